//! `checklist/mixed-status`

use crate::check::Context;
use crate::check::checklist::judged;
use crate::check::rule::rule;
use crate::check::wording::{item as name, quoted, status as status_word};
use crate::model::StatusReading;
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklist items whose sign and word disagree: `✅ pending`, `⚠️ code ready`.
    ///
    /// ## Why it matters
    /// One reader sees the tick, another reads the word. Rollbook counts the less advanced of both, so that the gate stays
    /// shut, and asks which one is true.
    ///
    /// ## Example
    /// ```markdown
    /// | Item | Owner | Status |
    /// |------|-------|--------|
    /// | QA cycles completed | QA Lead | ✅ pending |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item | Owner | Status |
    /// |------|-------|--------|
    /// | QA cycles completed | QA Lead | ⏳ pending |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MIXED_STATUS = "checklist/mixed-status", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for item in judged(cx.site, "status") {
        let StatusReading::Conflicting { status, .. } = item.status.value else { continue };
        let (name, written) = (name(lang, item), quoted(&item.status_text));
        let message = say!(
            lang,
            en: "{name}: the sign and the word of {written} disagree",
            es: "{name}: el signo y la palabra de {written} se contradicen",
            pt: "{name}: o sinal e a palavra de {written} se contradizem"
        );
        let counts = status_word(lang, status);
        let finding = cx.report(item.file, item.status.span, message).help(say!(
            lang,
            en: "write only what is true; until then it counts as `{counts}`",
            es: "escriba solo lo que es cierto; hasta entonces cuenta como `{counts}`",
            pt: "escreva só o que é verdade; até lá conta como `{counts}`"
        ));
        finding.about(item.id.clone()).owner(item.owner.value.name());
    }
}
