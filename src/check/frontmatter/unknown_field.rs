//! `frontmatter/unknown-field`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::did_you_mean;
use crate::fields::FieldFault;
use crate::model::Fault;
use crate::say;

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
        let Fault::Field(FieldFault::UnknownField { key, span, nearest }) = fault else { continue };
        let message =
            say!(lang, en: "unknown key `{key}`", es: "clave desconocida `{key}`", pt: "chave desconhecida `{key}`");
        cx.report(file, *span, message).help(nearest.map(|nearest| did_you_mean(lang, nearest)));
    }
}
