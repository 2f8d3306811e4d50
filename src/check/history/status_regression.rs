//! `history/status-regression`

use crate::check::Context;
use crate::check::history::items_since;
use crate::check::rule::rule;
use crate::check::wording::{item as name, quoted};
use crate::lang::Lang;
use crate::model::{ChecklistItem, ItemOrigin, Status};
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklist items that were done in the last revision and are not done now, without a word on why. A reason
    /// column, a note or what the item waits for is such a word, and so is a text behind the status: `⏳ reopened: seeds failed`.
    ///
    /// ## Why it matters
    /// Somebody decided on the strength of that "done". What has to be done again, and why, is the first question of
    /// the next meeting.
    ///
    /// ## Example
    /// ```markdown @1 content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item             | Owner   | Status |
    /// |------------------|---------|--------|
    /// | QA cycles passed | QA Lead | ✅     |
    /// ```
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item             | Owner   | Status |
    /// |------------------|---------|--------|
    /// | QA cycles passed | QA Lead | ⏳     |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item             | Owner   | Status | Reason                           |
    /// |------------------|---------|--------|----------------------------------|
    /// | QA cycles passed | QA Lead | ⏳     | The import failed after a fix    |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static STATUS_REGRESSION = "history/status-regression", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let Some(previous) = &cx.past.previous else { return };
    let lang = cx.lang;
    let pairs = items_since(cx, previous).into_iter().filter_map(|(before, now)| Some((before, now?)));
    for (_, item) in pairs.filter(|(before, now)| is_reopened(before, now) && !has_a_reason(now)) {
        let (name, label, status) = (name(lang, item), &previous.label, quoted(&item.status_text));
        let message = say!(
            lang,
            en: "{name} was done in revision {label}, and now is {status}, without a reason",
            es: "{name} estaba hecho en la revisión {label} y ahora está {status}, sin un motivo",
            pt: "{name} estava concluído na revisão {label} e agora está {status}, sem um motivo"
        );
        let help = help(lang, item);
        cx.report(item.file, item.status.span, message)
            .help(help)
            .about(item.id.clone())
            .owner(item.owner.value.name());
    }
}

fn help(lang: Lang, item: &ChecklistItem) -> String {
    let written = item.status_text.trim();
    match item.origin {
        ItemOrigin::Table => say!(
            lang,
            en: "say why in a reason column, or behind the status: `{written} (reopened, because …)`",
            es: "diga por qué en una columna de motivo, o detrás del estado: `{written} (reabierto, porque …)`",
            pt: "diga por quê em uma coluna de motivo, ou depois do status: `{written} (reaberto, porque …)`"
        ),
        ItemOrigin::TaskList => say!(
            lang,
            en: "say why behind the task: `— Reason: …`",
            es: "diga por qué detrás de la tarea: `— Motivo: …`",
            pt: "diga por quê depois da tarefa: `— Motivo: …`"
        ),
        ItemOrigin::FrontMatter => say!(
            lang,
            en: "say why under `reason:`",
            es: "diga por qué en `reason:`",
            pt: "diga por quê em `reason:`"
        ),
    }
}

/// Done before, and plainly not done now; what cannot be read has a finding of its own.
fn is_reopened(before: &ChecklistItem, now: &ChecklistItem) -> bool {
    before.status.value.known() == Some(Status::Done) && now.status.value.known().is_some_and(|it| !it.is_closed())
}

fn has_a_reason(item: &ChecklistItem) -> bool {
    let written = [&item.reason, &item.blocked_by]
        .into_iter()
        .flatten()
        .any(|text| text.value.chars().any(char::is_alphanumeric));
    written || has_words_behind(&item.status_text)
}

/// Whether something stands behind a status: `⏳ reopened: seeds failed`, `pending (waits for legal)`.
fn has_words_behind(status: &str) -> bool {
    let mut parts = status.splitn(2, ['(', ';', ':', '—', '–', '.', ',']);
    parts.nth(1).is_some_and(|behind| behind.chars().any(char::is_alphanumeric))
}
