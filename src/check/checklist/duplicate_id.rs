//! `checklist/duplicate-id`

use std::collections::{HashMap, HashSet};

use crate::check::Context;
use crate::check::fixes;
use crate::check::rule::rule;
use crate::check::wording::{item as name, quoted, stands_first};
use crate::diagnostic::Safety;
use crate::model::{ChecklistItem, ItemOrigin};
use crate::say;
use crate::source::Spanned;

rule! {
    /// ## What it does
    /// Finds checklist items with an id that another item has already: in an `id` column or key, or written as `{#id}`. Ids
    /// that Rollbook makes from the text never clash.
    ///
    /// ## Why it matters
    /// Waivers, links and the history name an item by its id. With two of them, a waiver for one excuses the other.
    ///
    /// ## Example
    /// ```markdown
    /// | Id | Item | Owner | Status |
    /// |----|------|-------|--------|
    /// | qa | QA cycles completed | QA Lead | ✅ |
    /// | qa | Seeds ready | DevOps | ⏳ |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Id | Item | Owner | Status |
    /// |----|------|-------|--------|
    /// | qa | QA cycles completed | QA Lead | ✅ |
    /// | seeds | Seeds ready | DevOps | ⏳ |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static DUPLICATE_ID = "checklist/duplicate-id", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let mut seen: HashMap<&str, &ChecklistItem> = HashMap::new();
    let taken: HashSet<&str> = cx.site.plan.items().filter_map(written).map(|id| id.value.as_str()).collect();
    for item in cx.site.plan.items() {
        let Some(id) = written(item) else { continue };
        let first = *seen.entry(&id.value).or_insert(item);
        if std::ptr::eq(first, item) || is_same_item(first, item) {
            continue;
        }
        let Some(place) = written(first) else { continue };
        let (name, other) = (quoted(&id.value), name(lang, first));
        let message = say!(
            lang,
            en: "the id {name} already belongs to {other}",
            es: "el id {name} ya pertenece a {other}",
            pt: "o id {name} já pertence a {other}"
        );
        let fix = free_id(&id.value, &taken)
            .and_then(|free| fixes::text(cx.site, item.file, id.span, &id.value, &free, Safety::Unsafe));
        let finding = cx.report(item.file, id.span, message).help(say!(
            lang,
            en: "give each item an id of its own",
            es: "dé a cada ítem un id propio",
            pt: "dê a cada item um id próprio"
        ));
        let finding = finding.about(item.id.clone()).owner(item.owner.value.name()).fix(fix);
        finding.label(first.file, place.span, stands_first(lang));
    }
}

fn written(item: &ChecklistItem) -> Option<&Spanned<String>> {
    item.written_id.as_ref()
}

/// Whether one of them is written in front matter and the other in the body of the same page: one item, told twice.
fn is_same_item(a: &ChecklistItem, b: &ChecklistItem) -> bool {
    a.file == b.file && (a.origin == ItemOrigin::FrontMatter) != (b.origin == ItemOrigin::FrontMatter)
}

fn free_id(id: &str, taken: &HashSet<&str>) -> Option<String> {
    (2..100).map(|number| format!("{id}-{number}")).find(|id| !taken.contains(id.as_str()))
}
