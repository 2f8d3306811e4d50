//! The rollout as one model: what the documents say of it, joined.

use std::collections::BTreeMap;

use crate::assemble::criteria;
use crate::model::{Document, FlagEvent, PageId, Plan};

/// Joins the entities of all published pages, in the order of the pages; changes of flags by date where they have one.
pub fn plan(documents: &[Document], is_published: impl Fn(PageId) -> bool) -> Plan {
    let mut plan = Plan::default();
    for (_, document) in documents.iter().enumerate().filter(|(index, _)| is_published(PageId(*index))) {
        plan.extend(&document.plan);
    }
    plan.events.sort_by(|a, b| date(a).cmp(&date(b)));
    criteria::join(&mut plan);
    plan
}

fn date(event: &FlagEvent) -> Option<&str> {
    event.date.as_ref().map(|date| date.value.as_str())
}

/// Which pages mention each registered flag, and how often. The page that registers it does not count.
pub fn flag_uses(plan: &Plan, documents: &[Document]) -> BTreeMap<String, Vec<(PageId, usize)>> {
    let mut uses: BTreeMap<String, Vec<(PageId, usize)>> =
        plan.flags.iter().map(|flag| (flag.key.value.clone(), Vec::new())).collect();
    if uses.is_empty() {
        return uses;
    }
    for (index, document) in documents.iter().enumerate() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for mention in &document.mentions {
            let registers = document.plan.flags.iter().any(|flag| flag.key.span.to(mention.span) == flag.key.span);
            *counts.entry(&mention.text).or_default() += usize::from(!registers);
        }
        for (key, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            if let Some(pages) = uses.get_mut(key) {
                pages.push((PageId(index), count));
            }
        }
    }
    uses
}
