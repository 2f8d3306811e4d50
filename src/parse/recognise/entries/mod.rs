//! Entities that are written as YAML in front matter.

mod plan;

use crate::fields::{FieldFault, FieldType, Fields};
use crate::model::{Checklist, ChecklistItem, Fault, Flag, FlagEvent, ItemOrigin, Owner, ShapeFault};
use crate::parse::owner::read_owner;
use crate::parse::recognise::fields::{ENTITIES, EVENT, FLAG, ITEM};
use crate::parse::recognise::flags::truth;
use crate::parse::recognise::{Found, Page};
use crate::parse::status::read_status;
use crate::source::{Span, Spanned};
use crate::words::{Slugger, slug};
use crate::yaml::{Entry, Node, Value};

/// Reads every key that holds entities.
pub fn read(page: &Page<'_>, entries: &[Entry], ids: &mut Slugger, found: &mut Found, faults: &mut Vec<Fault>) {
    let mut field_faults = Vec::new();
    for entry in entries {
        let Some(entity) = ENTITIES.iter().find(|entity| entity.key == entry.key.value) else { continue };
        let nodes = nodes(entity.key, entity.takes, &entry.node, &mut field_faults);
        let plan = &mut found.plan;
        match entity.key {
            "checklist" => plan.checklists.push(checklist(page, entry, &nodes, ids, &mut field_faults)),
            "flags" => plan.flags.extend(nodes.iter().filter_map(|it| flag(page, it, &mut field_faults))),
            "events" => plan.events.extend(nodes.iter().filter_map(|it| event(page, it, &mut field_faults))),
            key => plan::Reader { page, ids, faults: &mut field_faults, plan }.read(key, &nodes),
        }
    }
    faults.extend(field_faults.into_iter().map(Fault::Field));
}

/// The mappings under a key: of a list each, of a key that takes one mapping that one. Anything else in their place is a
/// fault; steps and parts may also stand in the list by themselves.
fn nodes<'a>(field: &'static str, expected: FieldType, node: &'a Node, faults: &mut Vec<FieldFault>) -> Vec<&'a Node> {
    let wrong = |node: &Node| wrong_type(field, expected, node);
    let takes_list_itself = matches!(field, "rollback" | "report");
    match &node.value {
        Value::Null => Vec::new(),
        Value::Mapping(_) if expected == FieldType::Map => vec![node],
        Value::Sequence(_) if takes_list_itself => vec![node],
        Value::Sequence(items) if expected == FieldType::MapList || field == "decision" => {
            faults.extend(items.iter().filter(|item| item.as_mapping().is_none()).map(wrong));
            items.iter().filter(|item| item.as_mapping().is_some()).collect()
        }
        _ => {
            faults.push(wrong(node));
            Vec::new()
        }
    }
}

fn wrong_type(field: &'static str, expected: FieldType, node: &Node) -> FieldFault {
    FieldFault::WrongType { field, expected, found: node.type_name(), written: node.as_text(), span: node.span }
}

fn checklist(
    page: &Page<'_>,
    entry: &Entry,
    items: &[&Node],
    ids: &mut Slugger,
    faults: &mut Vec<FieldFault>,
) -> Checklist {
    let items: Vec<ChecklistItem> = items.iter().map(|node| item(page, node, ids, faults)).collect();
    // A value of the wrong type has been told already.
    let nothing_written = match &entry.node.value {
        Value::Null => true,
        Value::Sequence(written) => written.is_empty(),
        _ => false,
    };
    let empty = nothing_written.then_some(ShapeFault::Empty { declared: entry.key.span });
    Checklist { file: page.file, span: entry.key.span.to(entry.node.span), items, faults: empty.into_iter().collect() }
}

fn item(page: &Page<'_>, node: &Node, ids: &mut Slugger, faults: &mut Vec<FieldFault>) -> ChecklistItem {
    let mut fields = Fields::new(node.as_mapping().unwrap_or_default(), ITEM, faults);
    let text = fields.text("item").unwrap_or_else(|| absent(node, "item"));
    let owner = fields.text("owner").unwrap_or_else(|| absent(node, "owner"));
    let status = fields.text("status").unwrap_or_else(|| absent(node, "status"));
    let id = fields.text("id").map_or_else(|| slug(&text.value), |id| id.value);
    let owner: Spanned<Owner> = owner.map(|owner| read_owner(&owner, page.words));
    ChecklistItem {
        file: page.file,
        id: ids.unique(if id.is_empty() { "item".to_owned() } else { id }),
        span: node.span,
        text,
        owner,
        status: Spanned::new(read_status(&status.value, page.words), status.span),
        status_text: status.value,
        phase: fields.text("phase"),
        due: fields.text("due"),
        evidence: fields.text("evidence"),
        blocked_by: fields.text("blocked_by"),
        approver: fields.text("approver"),
        reason: fields.text("reason"),
        required: fields.bool("required").is_none_or(|required| required.value),
        origin: ItemOrigin::FrontMatter,
        aligned: true,
    }
}

/// Where a value should stand: behind its key's colon, or, where the key was not written, at the entry.
fn absent(node: &Node, key: &str) -> Spanned<String> {
    let span = node.get(key).map_or(Span::at(node.span.start as usize), |value| value.span);
    Spanned::new(String::new(), span)
}

fn flag(page: &Page<'_>, node: &Node, faults: &mut Vec<FieldFault>) -> Option<Flag> {
    let mut fields = Fields::new(node.as_mapping()?, FLAG, faults);
    let default = fields.text("default");
    Some(Flag {
        file: page.file,
        span: node.span,
        key: fields.text("key")?,
        description: fields.text("description"),
        default_on: default.as_ref().and_then(|default| truth(&default.value, page.words)),
        default,
        remarks: fields.text("remarks"),
        owner: fields.text("owner"),
        expires: fields.text("expires"),
        in_front_matter: true,
    })
}

fn event(page: &Page<'_>, node: &Node, faults: &mut Vec<FieldFault>) -> Option<FlagEvent> {
    let mut fields = Fields::new(node.as_mapping()?, EVENT, faults);
    Some(FlagEvent {
        file: page.file,
        span: node.span,
        flag: fields.text("flag")?,
        date: fields.text("date"),
        scope: fields.text("scope"),
        from: fields.text("from"),
        to: fields.text("to"),
        author: fields.text("author"),
        reason: fields.text("reason"),
        in_front_matter: true,
    })
}
