//! Rules about the go-live checklist.

pub mod column_shift;
pub mod detached_row;
pub mod empty_list;
pub mod garbled_status;
pub mod missing_column;
pub mod missing_owner;
pub mod missing_status;
pub mod short_row;
pub mod unknown_status;

use crate::fields::FieldFault;
use crate::model::{ChecklistItem, Fault, ShapeFault, Site};
use crate::source::FileId;

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
