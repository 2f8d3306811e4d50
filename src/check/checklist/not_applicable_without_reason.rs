//! `checklist/not-applicable-without-reason`

use crate::check::Context;
use crate::check::checklist::{judged, says_more};
use crate::check::rule::rule;
use crate::check::wording::item as name;
use crate::model::Status;
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklist items that are marked as not applicable without saying why: neither in a column for the reason,
    /// remarks or evidence, nor behind the status.
    ///
    /// ## Why it matters
    /// `N/A` closes an item as a tick does, and nobody has done anything. Whoever reads the list later cannot tell a decision
    /// from a shortcut.
    ///
    /// ## Example
    /// ```markdown
    /// | Item | Owner | Status |
    /// |------|-------|--------|
    /// | Shoe sizes imported | Data Team | N/A |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item | Owner | Status | Reason |
    /// |------|-------|--------|--------|
    /// | Shoe sizes imported | Data Team | N/A | The pilot sells no shoes |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static NOT_APPLICABLE_WITHOUT_REASON = "checklist/not-applicable-without-reason", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for item in judged(cx.site, "status") {
        let is_closed = item.status.value.known() == Some(Status::NotApplicable);
        if !is_closed || item.reason.is_some() || item.evidence.is_some() || says_more(&item.status_text) {
            continue;
        }
        let name = name(lang, item);
        let message = say!(
            lang,
            en: "{name} does not apply, and nothing says why",
            es: "{name} no aplica, y nada dice por qué",
            pt: "{name} não se aplica, e nada diz por quê"
        );
        let finding = cx.report(item.file, item.status.span, message).help(say!(
            lang,
            en: "write the reason in a column `Reason`",
            es: "escriba el motivo en una columna `Motivo`",
            pt: "escreva o motivo em uma coluna `Motivo`"
        ));
        finding.about(item.id.clone()).owner(item.owner.value.name());
    }
}
