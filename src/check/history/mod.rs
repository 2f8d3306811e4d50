//! Rules about the kept revisions, and about what became of the plan since the last.

pub mod edited_revision;
pub mod fork;
pub mod gap;
pub mod item_vanished;
pub mod orphan_folder;
pub mod status_regression;
pub mod unrecorded_change;

mod facts;
mod pairs;

use crate::check::Context;
use crate::model::{ChecklistItem, Plan, Previous};
use crate::source::{Sources, Span};
use crate::words::one_line;

/// Reports what is wrong with the history itself and belongs to the rule `id`.
fn report_faults(cx: &mut Context<'_>, id: &str, help: &str) {
    for placed in cx.past.faults.iter().filter(|placed| placed.fault.rule() == id) {
        let message = one_line(&placed.fault.message(cx.lang));
        let subject = placed.fault.revision().unwrap_or_else(|| placed.fault.path()).to_owned();
        cx.report(placed.file, Span::default(), message).help(help.to_owned()).about(subject);
    }
}

/// Every item of the last revision with what it is today.
fn items_since<'a>(cx: &Context<'a>, previous: &'a Previous) -> Vec<(&'a ChecklistItem, Option<&'a ChecklistItem>)> {
    let today: Vec<&ChecklistItem> = cx.site.plan.items().collect();
    let partners =
        pairs::pair(&identities(&previous.plan, &previous.sources), &identities(&cx.site.plan, &cx.site.sources));
    previous.plan.items().zip(partners).map(|(before, partner)| (before, partner.map(|index| today[index]))).collect()
}

fn identities<'a>(plan: &'a Plan, sources: &'a Sources) -> Vec<pairs::Identity<'a>> {
    let identity = |item: &'a ChecklistItem| pairs::Identity {
        path: &sources[item.file].path,
        id: &item.id,
        text: &item.text.value,
    };
    plan.items().map(identity).collect()
}
