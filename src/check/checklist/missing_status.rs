//! `checklist/missing-status`

use crate::check::Context;
use crate::check::checklist::judged;
use crate::check::rule::rule;
use crate::check::wording::{item as name, quoted};
use crate::model::StatusReading;
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklist items without a status: the cell is empty, holds a dash or a placeholder such as `TBD`, or the task has
    /// no box.
    ///
    /// ## Why it matters
    /// An item that does not say how far it is cannot be counted as done, and whoever reads the list will guess.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead |        |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner   | Status     |
    /// |---------------------|---------|------------|
    /// | QA cycles completed | QA Lead | ⏳ pending |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_STATUS = "checklist/missing-status", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for item in judged(cx.site, "status").filter(|item| item.status.value == StatusReading::Missing) {
        let name = name(lang, item);
        let message = if item.status_text.trim().is_empty() {
            say!(lang, en: "{name} has no status", es: "{name} no tiene estado", pt: "{name} não tem status")
        } else {
            let written = quoted(&item.status_text);
            say!(
                lang,
                en: "{name} has no status: {written} is a placeholder",
                es: "{name} no tiene estado: {written} solo ocupa el lugar",
                pt: "{name} não tem status: {written} só ocupa o lugar"
            )
        };
        let finding = cx.report(item.file, item.status.span, message).about(item.id.clone());
        finding.owner(item.owner.value.name()).help(say!(
            lang,
            en: "write how far it is: `⏳ pending`, `🚧 in progress`, `✅ done`",
            es: "escriba en qué estado está: `⏳ pendiente`, `🚧 en progreso`, `✅ hecho`",
            pt: "escreva em que estado está: `⏳ pendente`, `🚧 em andamento`, `✅ concluído`"
        ));
    }
}
