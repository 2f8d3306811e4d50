//! `checklist/overdue`

use crate::check::Context;
use crate::check::checklist::dated;
use crate::check::rule::rule;
use crate::check::wording::item as name;
use crate::say;
use crate::words::read_date;

rule! {
    /// ## What it does
    /// Finds checklist items that should be ready by now and are still open: their date lies before today, or before the day
    /// that `--now` gives.
    ///
    /// ## Why it matters
    /// A date that passes in silence teaches everybody that dates mean nothing.
    ///
    /// ## Example
    /// ```markdown
    /// | Item | Owner | Status | Due |
    /// |------|-------|--------|-----|
    /// | QA cycles completed | QA Lead | ⏳ | 2025-10-13 |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item | Owner | Status | Due |
    /// |------|-------|--------|-----|
    /// | QA cycles completed | QA Lead | ⏳ | 2025-10-27 |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static OVERDUE = "checklist/overdue", Error, check, clock;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (item, due) in dated(cx.site).filter(|(item, _)| item.is_open()) {
        let Some(day) = read_date(&due.value).day().filter(|day| *day < cx.now) else { continue };
        let name = name(lang, item);
        let message = say!(
            lang,
            en: "{name} is still open, and its date was {day}",
            es: "{name} sigue sin cerrar, y su fecha era {day}",
            pt: "{name} continua em aberto, e a sua data era {day}"
        );
        let finding = cx.report(item.file, due.span, message).help(say!(
            lang,
            en: "finish it, or write the date that was agreed instead",
            es: "complételo, o escriba la nueva fecha acordada",
            pt: "conclua-o, ou escreva a nova data combinada"
        ));
        finding.about(item.id.clone()).owner(item.owner.value.name());
    }
}
