//! `history/fork`

use crate::check::Context;
use crate::check::history::report_faults;
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds two revisions with one number: two branches each kept one, and were merged.
    ///
    /// ## Why it matters
    /// Nobody can say which of them was the plan, and no further revision can follow.
    ///
    /// ## Example
    /// Both branches started from revision 1, and each kept a second one:
    ///
    /// ```markdown @1 content/notes.md
    /// Notes.
    /// ```
    /// ```markdown @2 content/notes.md
    /// Notes of one branch.
    /// ```
    /// ```markdown @2b content/notes.md
    /// Notes of another branch.
    /// ```
    ///
    /// ## Use instead
    /// Remove the folder of one of the two, and keep what it changed as the next revision:
    ///
    /// ```markdown @1 content/notes.md
    /// Notes.
    /// ```
    /// ```markdown @2 content/notes.md
    /// Notes of one branch.
    /// ```
    /// ```markdown @3 content/notes.md
    /// Notes of both branches.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static FORK = "history/fork", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let help = say!(
        cx.lang,
        en: "remove the folder that was merged later, and keep its change again with `rollbook snapshot`",
        es: "elimine la carpeta que se incorporó después y guarde su cambio otra vez con `rollbook snapshot`",
        pt: "remova a pasta que foi incorporada depois e guarde sua mudança de novo com `rollbook snapshot`"
    );
    report_faults(cx, FORK.id, &help);
}
