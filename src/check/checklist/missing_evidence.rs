//! `checklist/missing-evidence`

use crate::check::Context;
use crate::check::checklist::{has_link, judged};
use crate::check::rule::rule;
use crate::check::wording::item as name;
use crate::model::Status;
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklist items that are done and name no evidence: no cell, key or note for it, and no link in the row. The
    /// rule runs only where the settings give it a severity.
    ///
    /// ## Why it matters
    /// A tick is a claim. A report, a ticket or a screenshot lets the committee see for itself.
    ///
    /// ## Example
    /// ```markdown
    /// | Item | Owner | Status | Evidence |
    /// |------|-------|--------|----------|
    /// | QA cycles completed | QA Lead | ✅ | |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item | Owner | Status | Evidence |
    /// |------|-------|--------|----------|
    /// | QA cycles completed | QA Lead | ✅ | Report 12 |
    /// ```
    ///
    /// ## Options
    /// None. The rule is off until the settings give it a severity: `checklist/missing-evidence: error` below `rules:`.
    pub static MISSING_EVIDENCE = "checklist/missing-evidence", Error, check, opt_in;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for item in judged(cx.site, "status") {
        let is_done = item.status.value.known() == Some(Status::Done);
        if !is_done || item.evidence.is_some() || has_link(cx, item) {
            continue;
        }
        let name = name(lang, item);
        let message = say!(
            lang,
            en: "{name} is done, and nothing shows it",
            es: "{name} figura como hecho, y nada lo demuestra",
            pt: "{name} consta como feito, e nada o comprova"
        );
        let finding = cx.report(item.file, item.status.span, message).help(say!(
            lang,
            en: "name a report or a ticket in a column `Evidence`, or link it",
            es: "nombre un informe o un ticket en una columna `Evidencia`, o enlácelo",
            pt: "indique um relatório ou um ticket em uma coluna `Evidência`, ou ponha o link"
        ));
        finding.about(item.id.clone()).owner(item.owner.value.name());
    }
}
