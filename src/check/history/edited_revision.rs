//! `history/edited-revision`

use crate::check::Context;
use crate::check::history::report_faults;
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Looks at every byte of `rollout-history/` and finds what is not as it was kept: a file that was changed, removed or added, a
    /// manifest that cannot be read or was rewritten, a revision that follows another than the one before it.
    ///
    /// ## Why it matters
    /// A history that can be improved afterwards proves nothing. Whoever asks next year what was approved, and with
    /// which values, gets the answer that suits somebody.
    ///
    /// ## Example
    /// The revision kept the page, and a file was added to it by hand:
    ///
    /// ```markdown @1 content/decision.md
    /// The steering committee approves the pilot.
    /// ```
    /// ```markdown rollout-history/0001-r1/files/content/approval.md
    /// The steering committee approves everything.
    /// ```
    ///
    /// ## Use instead
    /// Change the page itself, and keep another revision with `rollbook snapshot`:
    ///
    /// ```markdown @1 content/decision.md
    /// The steering committee approves the pilot.
    /// ```
    /// ```markdown @2 content/approval.md
    /// The steering committee approves everything.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static EDITED_REVISION = "history/edited-revision", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let help = say!(
        cx.lang,
        en: "bring the folder back as it was committed, for example with `git checkout`; a kept revision is never edited",
        es: "recupere la carpeta como se confirmó, por ejemplo con `git checkout`; una revisión guardada no se edita",
        pt: "recupere a pasta como foi confirmada, por exemplo com `git checkout`; uma revisão guardada não se edita"
    );
    report_faults(cx, EDITED_REVISION.id, &help);
}
