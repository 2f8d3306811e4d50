//! `checklist/garbled-status`

use crate::check::Context;
use crate::check::checklist::judged;
use crate::check::files::told_states;
use crate::check::rule::rule;
use crate::check::wording::{item as name, quoted};
use crate::diagnostic::{Fix, Safety};
use crate::model::{ChecklistItem, Site, StatusReading};
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklist items whose status was broken on its way: an emoji that became `?` or `�`, or that was saved in one
    /// encoding and read in another, as `‚è≥`.
    ///
    /// ## Why it matters
    /// Nobody can tell ⏳ from ✅ when both are `?`. The item stays open until somebody says again how far it is.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ‚è≥    |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ⏳     |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static GARBLED_STATUS = "checklist/garbled-status", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let told = told_states(cx.site);
    for item in judged(cx.site, "status").filter(|item| !file_is_broken(cx.site, item)) {
        if told.contains(&(item.file, item.status.span)) {
            continue;
        }
        let StatusReading::Garbled { repaired } = &item.status.value else { continue };
        let (name, written) = (name(lang, item), quoted(&item.status_text));
        let message = say!(
            lang,
            en: "{name}: the status {written} was broken by a wrong encoding",
            es: "{name}: el estado {written} se dañó por una codificación equivocada",
            pt: "{name}: o status {written} foi corrompido por uma codificação errada"
        );
        let help = match repaired {
            Some(repaired) => {
                let repaired = quoted(repaired);
                say!(
                    lang,
                    en: "it was {repaired}: write that again and save the file as UTF-8",
                    es: "era {repaired}: escríbalo de nuevo y guarde el archivo como UTF-8",
                    pt: "era {repaired}: escreva de novo e salve o arquivo como UTF-8"
                )
            }
            None => say!(
                lang,
                en: "write the status again, in words if the sign does not survive: `pending`, `done`; save the file as UTF-8",
                es: "escriba el estado de nuevo, con palabras si el signo no se conserva: `pendiente`, `hecho`; guarde el archivo como UTF-8",
                pt: "escreva o status de novo, com palavras se o sinal não se conserva: `pendente`, `concluído`; salve o arquivo como UTF-8"
            ),
        };
        let fix = repaired.as_ref().and_then(|repaired| {
            let exact = cx.site.sources[item.file].slice(item.status.span) == item.status_text;
            exact.then(|| Fix::replace(Safety::Safe, item.file, item.status.span, repaired.clone()))
        });
        let finding = cx.report(item.file, item.status.span, message).help(help).fix(fix);
        finding.about(item.id.clone()).owner(item.owner.value.name());
    }
}

/// Whether the file is not UTF-8 and the status is one of the wrecks: `files/invalid-utf8` has told the cause.
fn file_is_broken(site: &Site, item: &ChecklistItem) -> bool {
    site.sources[item.file].invalid_utf8.is_some() && item.status_text.contains('\u{fffd}')
}
