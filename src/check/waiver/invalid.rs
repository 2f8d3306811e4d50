//! `waiver/invalid`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::report_list_fault;

rule! {
    /// ## What it does
    /// Finds everything in `rollbook-waivers.yaml` that cannot be read: text that is not YAML, something other than a list, unknown keys,
    /// keys that stand twice, and values that a key does not take. An entry with such a mistake waives nothing.
    ///
    /// ## Why it matters
    /// A waiver is a decision. One that is only half understood would let more pass than was decided, or less.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook-waivers.yaml
    /// - rule: checklist/missing-owner
    ///   item: qa-cycles-completed
    ///   reason: the new QA lead starts on Monday
    ///   requested_by: QA team
    ///   approved_by: Release manager
    ///   expires: end of October
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner | Status |
    /// |---------------------|-------|--------|
    /// | QA cycles completed | TBD   | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook-waivers.yaml
    /// - rule: checklist/missing-owner
    ///   item: qa-cycles-completed
    ///   reason: the new QA lead starts on Monday
    ///   requested_by: QA team
    ///   approved_by: Release manager
    ///   expires: 2025-10-31
    /// ```
    ///
    /// ## Options
    /// None.
    pub static INVALID = "waiver/invalid", Error, check, last;
}

fn check(cx: &mut Context<'_>) {
    let Some(waivers) = &cx.site.waivers else { return };
    for fault in &waivers.faults {
        report_list_fault(cx, waivers.file, fault);
    }
}
