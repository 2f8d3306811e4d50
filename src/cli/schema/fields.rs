//! Tables of fields as JSON Schema.

use serde_json::{Map, Value, json};

use crate::fields::{FieldSpec, FieldType};
use crate::model::Status;
use crate::parse::{EntityFields, STEP};

/// The properties of a mapping with these fields.
pub fn object(specs: &[FieldSpec]) -> Map<String, Value> {
    specs.iter().map(|spec| (spec.name.to_owned(), field(spec))).collect()
}

/// A mapping with these fields and no other.
pub fn closed(specs: &[FieldSpec]) -> Value {
    json!({"type": "object", "properties": object(specs), "additionalProperties": false})
}

/// A key of front matter that holds entities: a list of mappings, or one.
pub fn entity(entity: &EntityFields) -> Value {
    let mut one = closed(entity.fields);
    let required = required(entity.key);
    if !required.is_empty() {
        one["required"] = json!(required);
    }
    if entity.key == "rollback" {
        // A step may be a text alone, and the procedure its steps alone.
        let steps = json!({"type": "array", "items": {"anyOf": [text(), closed(STEP)]}});
        one["properties"]["steps"] = steps.clone();
        return json!({"anyOf": [one, steps]});
    }
    match entity.takes {
        FieldType::Map if entity.key == "report" => json!({"anyOf": [one, texts()]}),
        FieldType::Map => json!({"anyOf": [one, {"type": "array", "items": one}]}),
        _ => json!({"type": "array", "items": one}),
    }
}

/// What an entity cannot do without: what it is about, and for an item of a checklist who answers and how far it is.
const fn required(key: &str) -> &'static [&'static str] {
    match key.as_bytes() {
        b"checklist" => &["item", "owner", "status"],
        b"flags" => &["key"],
        b"events" => &["flag"],
        _ => &[],
    }
}

fn field(spec: &FieldSpec) -> Value {
    let mut schema = value(spec.takes);
    if spec.name == "status" {
        schema["examples"] = Status::ALL.into_iter().map(Status::key).collect();
    }
    // A key without a value counts as not written.
    json!({"anyOf": [schema, {"type": "null"}]})
}

fn value(takes: FieldType) -> Value {
    match takes {
        FieldType::Text => text(),
        FieldType::Integer => json!({"type": "integer"}),
        FieldType::IntegerIn(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        FieldType::Bool => json!({"type": "boolean"}),
        FieldType::Date => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[Tt ])"}),
        FieldType::TextList | FieldType::PathPattern => texts(),
        FieldType::PathPart => json!({"type": "string", "pattern": "^[^/\\\\]+$"}),
        FieldType::Folder => json!({"type": "string", "pattern": "^[^/\\\\:]", "not": {"pattern": "(^|/)\\.\\.(/|$)"}}),
        FieldType::OneOf(words) => json!({"enum": words}),
        FieldType::Map => json!({"type": "object"}),
        FieldType::MapList => json!({"type": "array", "items": {"type": "object"}}),
    }
}

/// A number or `true` is read as text.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

/// A single text counts as a list of one.
fn texts() -> Value {
    json!({"anyOf": [text(), {"type": "array", "items": text()}]})
}
