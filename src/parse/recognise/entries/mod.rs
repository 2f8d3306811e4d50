//! Entities that are written as YAML in front matter.

mod plan;

use crate::fields::{FieldFault, FieldType, Fields};
use crate::model::{Blank, Checklist, ChecklistItem, Fault, Flag, FlagEvent, ItemOrigin, Owner, ShapeFault};
use crate::parse::owner::read_owner;
use crate::parse::recognise::columns::is_blank;
use crate::parse::recognise::fields::{ENTITIES, EVENT, FLAG, ITEM};
use crate::parse::recognise::flags::{expiry, is_everywhere, truth};
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
    let text = fields.text("item");
    if text.is_none() {
        fields.missing("item", "checklist", node.span);
    }
    let text = text.unwrap_or_else(|| absent(node, "item"));
    let owner = fields.text("owner").unwrap_or_else(|| absent(node, "owner"));
    let status = fields.text("status").unwrap_or_else(|| absent(node, "status"));
    let written_id = fields.text("id").filter(|id| !id.value.is_empty());
    let id = written_id.as_ref().map_or_else(|| slug(&text.value), |id| id.value.clone());
    let owner: Spanned<Owner> = owner.map(|owner| read_owner(&owner, page.words));
    ChecklistItem {
        file: page.file,
        id: ids.unique(if id.is_empty() { "item".to_owned() } else { id }),
        written_id,
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
    let Some(key) = fields.text("key") else {
        fields.missing("key", "flags", node.span);
        return None;
    };
    let mut blanks = Vec::new();
    let mut text = |name| text_or_blank(page, node, name, fields.text(name), &mut blanks);
    let (default, expires) = (text("default"), text("expires"));
    let (description, owner) = (text("description"), text("owner"));
    Some(Flag {
        file: page.file,
        span: node.span,
        key,
        description,
        default_on: default.as_ref().and_then(|default| truth(&default.value, page.words)),
        default,
        remarks: fields.text("remarks"),
        owner,
        expiry: expires.as_ref().map(|expires| expiry(&expires.value, page.words)),
        expires,
        blanks,
        in_front_matter: true,
    })
}

fn event(page: &Page<'_>, node: &Node, faults: &mut Vec<FieldFault>) -> Option<FlagEvent> {
    let mut fields = Fields::new(node.as_mapping()?, EVENT, faults);
    let Some(flag) = fields.text("flag") else {
        fields.missing("flag", "events", node.span);
        return None;
    };
    let mut blanks = Vec::new();
    let mut text = |name| text_or_blank(page, node, name, fields.text(name), &mut blanks);
    let (date, reason) = (text("date"), text("reason"));
    let (scope, from, to) = (fields.text("scope"), fields.text("from"), fields.text("to"));
    Some(FlagEvent {
        file: page.file,
        span: node.span,
        flag,
        date,
        everywhere: is_everywhere(scope.as_ref(), page.words),
        scope,
        from_on: from.as_ref().and_then(|from| truth(&from.value, page.words)),
        from,
        to_on: to.as_ref().and_then(|to| truth(&to.value, page.words)),
        to,
        author: fields.text("author"),
        reason,
        blanks,
        in_front_matter: true,
    })
}

/// A text, or, where its key is written and says nothing, a blank.
fn text_or_blank(
    page: &Page<'_>,
    node: &Node,
    name: &'static str,
    text: Option<Spanned<String>>,
    blanks: &mut Vec<Blank>,
) -> Option<Spanned<String>> {
    let written = node.get(name)?;
    if text.as_ref().is_some_and(|text| !is_blank(name, &text.value, page.words)) {
        return text;
    }
    blanks.push(Spanned::new(name, written.span));
    None
}
