//! `frontmatter/unknown-field`

use crate::check::Context;
use crate::check::fixes;
use crate::check::rule::rule;
use crate::check::wording::field_fault;
use crate::diagnostic::Safety;
use crate::fields::FieldFault;
use crate::model::Fault;

rule! {
    /// ## What it does
    /// Finds keys in front matter that Rollbook does not know.
    ///
    /// ## Why it matters
    /// A mistyped key is silently without effect: `weigth: 10` orders nothing, `onwer: DevOps` names nobody.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// titel: Rollout plan
    /// ---
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// title: Rollout plan
    /// ---
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNKNOWN_FIELD = "frontmatter/unknown-field", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::Field(fault @ FieldFault::UnknownField { span, nearest, .. }) = fault else { continue };
        let (message, help) = field_fault(lang, fault);
        let written = cx.site.sources[file].slice(*span);
        let fix = nearest.and_then(|nearest| fixes::text(cx.site, file, *span, written, nearest, Safety::Unsafe));
        cx.report(file, *span, message).help(help).fix(fix);
    }
}
