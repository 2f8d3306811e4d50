//! Rules about the go-live checklist.

pub mod blocked_without_reason;
pub mod column_shift;
pub mod detached_row;
pub mod due_after_phase;
pub mod duplicate_id;
pub mod duplicate_item;
pub mod empty_list;
pub mod garbled_status;
pub mod invalid_date;
pub mod missing_column;
pub mod missing_due_date;
pub mod missing_evidence;
pub mod missing_owner;
pub mod missing_status;
pub mod mixed_status;
pub mod not_applicable_without_reason;
pub mod overdue;
pub mod short_row;
pub mod unknown_column;
pub mod unknown_status;

use std::collections::HashSet;

use crate::check::Context;
use crate::fields::FieldFault;
use crate::model::{ChecklistItem, Fault, ShapeFault, Site};
use crate::source::{FileId, Spanned};
use crate::words::fold;

/// The items whose `column` can be judged: the list has it, the row's cells can be told apart, and no other rule has said
/// already that the value there cannot be read.
fn judged<'a>(site: &'a Site, column: &'static str) -> impl Iterator<Item = &'a ChecklistItem> + use<'a> {
    let lists = site.plan.checklists.iter().filter(move |list| !list.lacks(column));
    lists.flat_map(|list| &list.items).filter(move |item| item.aligned && !has_wrong_type(site, item, column))
}

/// Whether the front matter's value for `column` is no text, which `frontmatter/wrong-type` tells.
fn has_wrong_type(site: &Site, item: &ChecklistItem, column: &str) -> bool {
    let place = if column == "owner" { item.owner.span } else { item.status.span };
    let Some(page) = site.page_of(item.file) else { return false };
    site.document(page).faults.iter().any(
        |fault| matches!(fault, Fault::Field(FieldFault::WrongType { field, span, .. }) if *field == column && *span == place),
    )
}

/// Everything that is wrong with the shape of a checklist, with its file.
fn shape_faults(site: &Site) -> impl Iterator<Item = (FileId, &ShapeFault)> {
    site.plan.checklists.iter().flat_map(|list| list.faults.iter().map(|fault| (list.file, fault)))
}

/// Items whose cells can be told apart, with their date as written.
fn dated(site: &Site) -> impl Iterator<Item = (&ChecklistItem, &Spanned<String>)> {
    site.plan.items().filter(|item| item.aligned).filter_map(|item| Some((item, item.due.as_ref()?)))
}

/// The names of phases, folded: those of the plan, and those that items give as theirs.
fn phase_names(site: &Site) -> HashSet<String> {
    let short = |name: &str| fold(name.split('(').next().unwrap_or_default());
    let of_plan = site.plan.phases.iter().flat_map(|it| [fold(&it.id), fold(&it.name.value), short(&it.name.value)]);
    let of_items = site.plan.items().filter_map(|item| item.phase.as_ref()).map(|phase| fold(&phase.value));
    of_plan.chain(of_items).collect()
}

/// Whether words follow the status in its cell: `Blocked (legal)`, `N/A — no shoes`.
fn says_more(status: &str) -> bool {
    let cuts = ["(", ":", ";", ",", " - ", "–", "—", ". "];
    let rest = cuts.iter().filter_map(|cut| status.split_once(cut)).map(|(_, rest)| rest);
    rest.max_by_key(|rest| rest.len()).is_some_and(|rest| rest.contains(char::is_alphanumeric))
}

/// Whether a link stands in the row or entry of an item.
fn has_link(cx: &Context<'_>, item: &ChecklistItem) -> bool {
    let Some(page) = cx.site.page_of(item.file) else { return false };
    let links = &cx.site.document(page).links;
    let first = links.partition_point(|link| link.span.start < item.span.start);
    links.get(first).is_some_and(|link| item.span.contains(link.span.start))
}
