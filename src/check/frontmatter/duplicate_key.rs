//! `frontmatter/duplicate-key`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::{field_fault, stands_first};
use crate::fields::FieldFault;
use crate::model::Fault;

rule! {
    /// ## What it does
    /// Finds keys that stand twice in the front matter, or twice in one entry of a list there.
    ///
    /// ## Why it matters
    /// Only the first value counts, and whoever changed the second one believes that the page has changed.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// title: Rollout plan
    /// owner: QA Lead
    /// owner: DevOps
    /// ---
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// title: Rollout plan
    /// owner: DevOps
    /// ---
    /// ```
    ///
    /// ## Options
    /// None.
    pub static DUPLICATE_KEY = "frontmatter/duplicate-key", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::Field(fault @ FieldFault::DuplicateKey { first, again, .. }) = fault else { continue };
        let (message, help) = field_fault(lang, fault);
        cx.report(file, *again, message).help(help).label(file, *first, stands_first(lang));
    }
}
