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
    /// `rollbook history renumber` puts the revisions of one branch behind those of the other; they say the same as before, under new
    /// numbers. `rollbook snapshot` then keeps what the merge made of the plan:
    ///
    /// ```markdown @1 content/notes.md
    /// Notes.
    /// ```
    /// ```markdown @2 content/notes.md
    /// Notes of one branch.
    /// ```
    /// ```markdown @3 content/notes.md
    /// Notes of another branch.
    /// ```
    /// ```markdown @4 content/notes.md
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
        en: "`rollbook history renumber` puts one branch behind the other; then keep the merged plan with `rollbook snapshot`",
        es: "`rollbook history renumber` pone una rama detrás de la otra; después guarde el plan combinado con `rollbook snapshot`",
        pt: "`rollbook history renumber` põe um ramo atrás do outro; depois guarde o plano combinado com `rollbook snapshot`"
    );
    report_faults(cx, FORK.id, &help);
}
