//! `checklist/unknown-status`

use crate::check::Context;
use crate::check::checklist::judged;
use crate::check::fixes;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, item as name, quoted};
use crate::diagnostic::Safety;
use crate::lang::Lang;
use crate::model::StatusReading;
use crate::say;
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds checklist items whose status is a word that Rollbook does not know, or says more than one thing: `Pendeinte`,
    /// `almost done`, `Done?`, `✅ except shoes`.
    ///
    /// ## Why it matters
    /// What cannot be read plainly is never counted as done. Better to hear it now than from a gate that stays shut.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status  |
    /// |---------------------|---------|---------|
    /// | QA cycles completed | QA Lead | Pendnig |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner   | Status  |
    /// |---------------------|---------|---------|
    /// | QA cycles completed | QA Lead | Pending |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNKNOWN_STATUS = "checklist/unknown-status", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for item in judged(cx.site, "status") {
        let StatusReading::Unknown { nearest } = &item.status.value else { continue };
        let (name, written) = (name(lang, item), quoted(&item.status_text));
        let message = say!(
            lang,
            en: "{name}: {written} does not say plainly how far it is",
            es: "{name}: {written} no dice con claridad en qué estado está",
            pt: "{name}: {written} não diz com clareza em que estado está"
        );
        // "Done?" is near to `done`, but whoever doubts should not be told to drop the question mark.
        let mistyped = nearest.as_ref().filter(|nearest| fold(nearest) != fold(&item.status_text));
        let help = mistyped.map_or_else(|| known(lang), |nearest| did_you_mean(lang, nearest));
        let fix = mistyped.and_then(|nearest| {
            let right = capitalised_like(&item.status_text, nearest);
            fixes::text(cx.site, item.file, item.status.span, &item.status_text, &right, Safety::Unsafe)
        });
        let only_words = item.status_text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '_' | '-' | '/'));
        let finding = cx.report(item.file, item.status.span, message).help(help).fix(fix.filter(|_| only_words));
        finding.about(item.id.clone()).owner(item.owner.value.name());
    }
}

/// The word with a capital where the mistyped one had one.
fn capitalised_like(written: &str, word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if written.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}

fn known(lang: Lang) -> String {
    say!(
        lang,
        en: "write one of these alone: `pending`, `in progress`, `at risk`, `blocked`, `failed`, `done`, `N/A`; remarks need a column of their own",
        es: "escriba solo uno de estos estados: `pendiente`, `en progreso`, `en riesgo`, `bloqueado`, `fallido`, `hecho`, `N/A`; las notas van en otra columna",
        pt: "escreva só um destes estados: `pendente`, `em andamento`, `em risco`, `bloqueado`, `falhou`, `concluído`, `N/A`; as notas vão em outra coluna"
    )
}
