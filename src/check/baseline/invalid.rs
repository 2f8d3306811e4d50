//! `baseline/invalid`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::report_list_fault;

rule! {
    /// ## What it does
    /// Finds everything in the baseline that cannot be read: text that is not YAML, unknown keys, keys that stand twice, and values that
    /// a key does not take. An entry with such a mistake lets nothing pass.
    ///
    /// ## Why it matters
    /// The baseline is written by `rollbook check --write-baseline` and is not meant to be edited. What stands in it by a merge gone wrong
    /// must not decide what a gate overlooks.
    ///
    /// ## Example
    /// ```yaml rollbook-baseline.yaml
    /// findings:
    ///   - rule: checklist/missing-owner
    ///     path: content/example.md
    ///     item: qa-cycles-completed
    ///     count: one
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner | Status |
    /// |---------------------|-------|--------|
    /// | QA cycles completed | TBD   | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook-baseline.yaml
    /// findings:
    ///   - rule: checklist/missing-owner
    ///     path: content/example.md
    ///     item: qa-cycles-completed
    ///     count: 1
    /// ```
    ///
    /// ## Options
    /// None.
    pub static INVALID = "baseline/invalid", Error, check, last;
}

fn check(cx: &mut Context<'_>) {
    let Some(baseline) = &cx.site.baseline else { return };
    for fault in &baseline.faults {
        report_list_fault(cx, baseline.file, fault);
    }
}
