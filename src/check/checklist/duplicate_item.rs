//! `checklist/duplicate-item`

use std::collections::HashMap;

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::{item as name, stands_first};
use crate::model::ChecklistItem;
use crate::say;
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds items that stand twice in one checklist with the same words, unless they belong to different phases or have ids
    /// of their own.
    ///
    /// ## Why it matters
    /// When one of the two is ticked, the other keeps the gate shut, and nobody knows which one is right.
    ///
    /// ## Example
    /// ```markdown
    /// | Item | Owner | Status |
    /// |------|-------|--------|
    /// | QA cycles completed | QA Lead | ✅ |
    /// | QA cycles completed | QA Lead | ⏳ |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item | Owner | Status |
    /// |------|-------|--------|
    /// | QA cycles completed | QA Lead | ⏳ |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static DUPLICATE_ITEM = "checklist/duplicate-item", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for list in &cx.site.plan.checklists {
        let mut seen: HashMap<(String, Option<String>, Option<&str>), &ChecklistItem> = HashMap::new();
        for item in list.items.iter().filter(|item| item.aligned && !item.text.value.trim().is_empty()) {
            let first = *seen.entry(identity(item)).or_insert(item);
            if std::ptr::eq(first, item) {
                continue;
            }
            let name = name(lang, item);
            let message = say!(
                lang,
                en: "{name} stands twice in this checklist",
                es: "{name} aparece dos veces en este checklist",
                pt: "{name} aparece duas vezes neste checklist"
            );
            let finding = cx.report(item.file, item.text.span, message).help(say!(
                lang,
                en: "remove one of them, or say in the text what tells them apart",
                es: "quite uno de los dos, o diga en el texto qué los distingue",
                pt: "remova um dos dois, ou diga no texto o que os distingue"
            ));
            let finding = finding.about(item.id.clone()).owner(item.owner.value.name());
            finding.label(first.file, first.text.span, stands_first(lang));
        }
    }
}

fn identity(item: &ChecklistItem) -> (String, Option<String>, Option<&str>) {
    // Folding drops what only signs tell apart, so that a text without words stands for itself.
    let folded = fold(&item.text.value);
    let text = if folded.is_empty() { item.text.value.clone() } else { folded };
    let phase = item.phase.as_ref().map(|phase| fold(&phase.value));
    (text, phase, item.written_id.as_ref().map(|id| id.value.as_str()))
}
