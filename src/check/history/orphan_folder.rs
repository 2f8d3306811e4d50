//! `history/orphan-folder`

use crate::check::Context;
use crate::check::history::report_faults;
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds folders in `rollout-history/` that are no revision: their names have no number such as `0003-`.
    ///
    /// ## Why it matters
    /// What lies there looks kept, and nothing protects it: it can be changed without a trace.
    ///
    /// ## Example
    /// ```markdown rollout-history/copy-of-the-plan/plan.md
    /// The plan as it was in spring.
    /// ```
    ///
    /// ## Use instead
    /// Keep the plan with `rollbook snapshot`:
    ///
    /// ```markdown @1 content/plan.md
    /// The plan as it was in spring.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static ORPHAN_FOLDER = "history/orphan-folder", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let help = say!(
        cx.lang,
        en: "move it out of `rollout-history/`; only `rollbook snapshot` writes there",
        es: "sáquela de `rollout-history/`; allí solo escribe `rollbook snapshot`",
        pt: "tire-a de `rollout-history/`; ali só `rollbook snapshot` escreve"
    );
    report_faults(cx, ORPHAN_FOLDER.id, &help);
}
