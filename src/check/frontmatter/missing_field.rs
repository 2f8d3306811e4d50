//! `frontmatter/missing-field`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::field_fault;
use crate::diagnostic::Severity;
use crate::fields::FieldFault;
use crate::model::Fault;
use crate::say;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds front matter that lacks a key without which the rest cannot be used: an entry of `checklist:` without `item`, of
    /// `flags:` without `key`, of `events:` without `flag`; and, as a warning, a page that has to be reviewed every so often
    /// (`review_every`) and does not say when that was done last (`reviewed`, or else `updated` or `date`).
    ///
    /// ## Why it matters
    /// An entry that names nothing is left out: a flag without a key is in no table, and nobody misses it.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: flags
    /// flags:
    ///   - description: The new checkout
    ///     owner: DevOps
    /// ---
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: flags
    /// flags:
    ///   - key: NEW_CHECKOUT
    ///     description: The new checkout
    ///     default: "false"
    ///     owner: DevOps
    /// ---
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_FIELD = "frontmatter/missing-field", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::Field(fault @ FieldFault::MissingField { span, .. }) = fault else { continue };
        let (message, help) = field_fault(lang, fault);
        let first_line = cx.site.sources[file].slice(*span).lines().next().unwrap_or_default().len();
        let place = Span::new(0, first_line).shifted(span.start as usize);
        cx.report(file, place, message).help(help);
    }
    for document in &cx.site.documents {
        let front = &document.front_matter;
        let Some(every) = &front.review_every else { continue };
        if [&front.reviewed, &front.updated, &front.date].iter().any(|date| date.is_some()) {
            continue;
        }
        let message = say!(
            lang,
            en: "this page has to be reviewed regularly, and does not say when it was reviewed last",
            es: "esta página debe revisarse con regularidad, y no dice cuándo se revisó por última vez",
            pt: "esta página deve ser revisada regularmente, e não diz quando foi revisada pela última vez"
        );
        cx.report(document.file, every.span, message).severity(Severity::Warning).help(say!(
            lang,
            en: "add `reviewed:` with a date, for example `reviewed: 2025-10-20`",
            es: "agregue `reviewed:` con una fecha, por ejemplo `reviewed: 2025-10-20`",
            pt: "acrescente `reviewed:` com uma data, por exemplo `reviewed: 2025-10-20`"
        ));
    }
}
