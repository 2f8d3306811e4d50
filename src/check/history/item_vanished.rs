//! `history/item-vanished`

use crate::check::Context;
use crate::check::history::items_since;
use crate::check::rule::rule;
use crate::check::wording::item as name;
use crate::model::{ChecklistItem, Previous};
use crate::say;
use crate::source::{FileId, Span};

rule! {
    /// ## What it does
    /// Finds checklist items that the last revision had, not done, and that are gone. An item is found again by its id, or by
    /// what it says; new words or another page do not count as gone.
    ///
    /// ## Why it matters
    /// The quickest way to a complete checklist is to remove what is not done.
    ///
    /// ## Example
    /// The last revision kept two items, and one is left:
    ///
    /// ```markdown @1 content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item               | Owner   | Status |
    /// |--------------------|---------|--------|
    /// | QA cycles passed   | QA Lead | ⏳     |
    /// | Rollback rehearsed | DevOps  | ⏳     |
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
    /// What does not concern this rollout any more stays, and says why:
    ///
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item               | Owner   | Status | Reason                        |
    /// |--------------------|---------|--------|-------------------------------|
    /// | QA cycles passed   | QA Lead | ⏳     |                               |
    /// | Rollback rehearsed | DevOps  | N/A    | Steering moved it to phase 2  |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static ITEM_VANISHED = "history/item-vanished", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let Some(previous) = &cx.past.previous else { return };
    let lang = cx.lang;
    let gone = items_since(cx, previous).into_iter().filter(|(before, now)| now.is_none() && before.is_open());
    for (item, _) in gone {
        let (file, span) = place(cx, previous, item);
        let (name, label) = (name(lang, item), &previous.label);
        let status = item.status.value.known().map(|_| item.status_text.trim()).filter(|it| !it.is_empty());
        let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
        let message = say!(
            lang,
            en: "{name} is gone from the checklist, and was not done in revision {label}{status}",
            es: "{name} ya no está en el checklist, y no estaba hecho en la revisión {label}{status}",
            pt: "{name} não está mais no checklist, e não estava concluído na revisão {label}{status}"
        );
        let help = say!(
            lang,
            en: "put the item back; if it no longer concerns this rollout, give it the status `N/A` and a reason",
            es: "recupere el ítem; si ya no concierne a este rollout, déle el estado `N/A` y un motivo",
            pt: "recupere o item; se não diz mais respeito a este rollout, dê-lhe o status `N/A` e um motivo"
        );
        cx.report(file, span, message).help(help).about(item.id.clone()).owner(item.owner.value.name());
    }
}

/// Where the item stood: the list on its page, else the page, else the revision that has it.
fn place(cx: &Context<'_>, previous: &Previous, item: &ChecklistItem) -> (FileId, Span) {
    let path = &previous.sources[item.file].path;
    let Some(document) = cx.site.documents.iter().find(|document| cx.site.sources[document.file].path == *path) else {
        return (previous.manifest, Span::default());
    };
    let list = document.plan.checklists.first();
    (document.file, list.map_or(Span::default(), |list| Span::at(list.span.start as usize)))
}
