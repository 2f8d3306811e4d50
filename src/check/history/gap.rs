//! `history/gap`

use crate::check::Context;
use crate::check::history::report_faults;
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds numbers that no revision has although a later one exists.
    ///
    /// ## Why it matters
    /// Somebody removed a revision, and with it the proof of what was planned then. Later revisions may also need the files
    /// that it kept.
    ///
    /// ## Example
    /// The folder of the first revision is gone:
    ///
    /// ```markdown @1 content/notes.md
    /// Notes.
    /// ```
    /// ```markdown @2 content/notes.md
    /// More notes.
    /// ```
    /// ```removed rollout-history/0001-r1
    /// ```
    ///
    /// ## Use instead
    /// ```markdown @1 content/notes.md
    /// Notes.
    /// ```
    /// ```markdown @2 content/notes.md
    /// More notes.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static GAP = "history/gap", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let help = say!(
        cx.lang,
        en: "bring the missing folder back from the repository's own history, for example with `git checkout`",
        es: "recupere la carpeta que falta del historial del repositorio, por ejemplo con `git checkout`",
        pt: "recupere a pasta que falta do histórico do repositório, por exemplo com `git checkout`"
    );
    report_faults(cx, GAP.id, &help);
}
