//! `frontmatter/wrong-type`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::field_fault;
use crate::fields::FieldFault;
use crate::model::Fault;

rule! {
    /// ## What it does
    /// Finds values in front matter that their key does not take: a text where a number belongs, a word that is none of the
    /// known ones, a date that does not exist.
    ///
    /// ## Why it matters
    /// Such a value is left out: a page with `draft: si` is published, and one with `kind: cheklist` has no checklist.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// title: Rollout plan
    /// date: 2025-13-01
    /// ---
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// title: Rollout plan
    /// date: 2025-12-01
    /// ---
    /// ```
    ///
    /// ## Options
    /// None.
    pub static WRONG_TYPE = "frontmatter/wrong-type", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::Field(fault @ FieldFault::WrongType { span, .. }) = fault else { continue };
        let (message, help) = field_fault(lang, fault);
        cx.report(file, *span, message).help(help);
    }
}
