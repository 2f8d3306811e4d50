//! Entities that are written as YAML in front matter.

use crate::fields::{FieldFault, FieldSpec, FieldType, Fields};
use crate::model::{Checklist, ChecklistItem, Fault, Flag, FlagEvent, ItemOrigin, Owner, ShapeFault};
use crate::parse::owner::read_owner;
use crate::parse::recognise::flags::truth;
use crate::parse::recognise::{Found, Page};
use crate::parse::status::read_status;
use crate::source::{Span, Spanned};
use crate::words::{Slugger, slug};
use crate::yaml::{Entry, Node, Value};

const fn text(name: &'static str) -> FieldSpec {
    FieldSpec { name, takes: FieldType::Text }
}

/// Keys of an entry of `checklist:`.
pub const ITEM_SPECS: &[FieldSpec] = &[
    text("id"),
    text("item"),
    text("owner"),
    text("status"),
    text("phase"),
    text("due"),
    text("evidence"),
    text("blocked_by"),
    text("approver"),
    text("reason"),
    FieldSpec { name: "required", takes: FieldType::Bool },
];

/// Keys of an entry of `flags:`.
pub const FLAG_SPECS: &[FieldSpec] =
    &[text("key"), text("description"), text("default"), text("remarks"), text("owner")];

/// Keys of an entry of `events:`.
pub const EVENT_SPECS: &[FieldSpec] =
    &[text("flag"), text("date"), text("scope"), text("from"), text("to"), text("author"), text("reason")];

/// Reads `checklist:`, `flags:` and `events:`.
pub fn read(page: &Page<'_>, entries: &[Entry], ids: &mut Slugger, found: &mut Found, faults: &mut Vec<Fault>) {
    let mut field_faults = Vec::new();
    for entry in entries {
        let items = maps(entry, &mut field_faults);
        match entry.key.value.as_str() {
            "checklist" => found.plan.checklists.push(checklist(page, entry, &items, ids, &mut field_faults)),
            "flags" => found.plan.flags.extend(items.iter().filter_map(|it| flag(page, it, &mut field_faults))),
            "events" => found.plan.events.extend(items.iter().filter_map(|it| event(page, it, &mut field_faults))),
            _ => {}
        }
    }
    faults.extend(field_faults.into_iter().map(Fault::Field));
}

/// The mappings of a list; anything else in their place is a fault.
fn maps<'a>(entry: &'a Entry, faults: &mut Vec<FieldFault>) -> Vec<&'a Node> {
    let field = match entry.key.value.as_str() {
        "checklist" => "checklist",
        "flags" => "flags",
        _ => "events",
    };
    let wrong = |node: &Node| FieldFault::WrongType {
        field,
        expected: FieldType::MapList,
        found: node.type_name(),
        written: node.as_text(),
        span: node.span,
    };
    match &entry.node.value {
        Value::Null => Vec::new(),
        Value::Sequence(items) => {
            faults.extend(items.iter().filter(|item| item.as_mapping().is_none()).map(wrong));
            items.iter().filter(|item| item.as_mapping().is_some()).collect()
        }
        _ => {
            faults.push(wrong(&entry.node));
            Vec::new()
        }
    }
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
    let mut fields = Fields::new(node.as_mapping().unwrap_or_default(), ITEM_SPECS, faults);
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
    let mut fields = Fields::new(node.as_mapping()?, FLAG_SPECS, faults);
    let Some(key) = fields.text("key") else {
        fields.missing("key", "flags", node.span);
        return None;
    };
    let default = fields.text("default");
    Some(Flag {
        file: page.file,
        span: node.span,
        key,
        description: fields.text("description"),
        default_on: default.as_ref().and_then(|default| truth(&default.value, page.words)),
        default,
        remarks: fields.text("remarks"),
        owner: fields.text("owner"),
        expires: None,
        in_front_matter: true,
    })
}

fn event(page: &Page<'_>, node: &Node, faults: &mut Vec<FieldFault>) -> Option<FlagEvent> {
    let mut fields = Fields::new(node.as_mapping()?, EVENT_SPECS, faults);
    let Some(flag) = fields.text("flag") else {
        fields.missing("flag", "events", node.span);
        return None;
    };
    Some(FlagEvent {
        file: page.file,
        span: node.span,
        flag,
        date: fields.text("date"),
        scope: fields.text("scope"),
        from: fields.text("from"),
        to: fields.text("to"),
        author: fields.text("author"),
        reason: fields.text("reason"),
        in_front_matter: true,
    })
}
