//! Entities for other programs: stable keys that never follow the language.

use serde_json::{Map, Value, json};

use crate::cli::list::Kind;
use crate::cli::list::record::{Field, Record};
use crate::source::{FileId, Sources, Span};

/// Version of the format; it grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

/// The entities as one JSON document, indented. Lines and columns count from 1, columns in Unicode scalar values; bytes from 0.
#[must_use]
pub fn render(sources: &Sources, kind: Kind, records: &[Record]) -> String {
    let entities: Vec<Value> = records.iter().map(|it| record(sources, it)).collect();
    let document = json!({ "version": VERSION, "kind": kind.key(), "count": entities.len(), "entities": entities });
    format!("{document:#}")
}

fn record(sources: &Sources, record: &Record) -> Value {
    let mut object = Map::new();
    object.insert("id".to_owned(), json!(record.id));
    object.insert("path".to_owned(), json!(sources[record.file].path));
    object.extend(place(sources, record.file, record.span));
    object.insert("origin".to_owned(), json!(record.origin));
    let fields = record.fields.iter().map(|it| (it.key.to_owned(), field(sources, record.file, it)));
    object.insert("fields".to_owned(), Value::Object(fields.collect()));
    Value::Object(object)
}

/// A field as written, where that stands or should stand, and as read where that says more than the text.
fn field(sources: &Sources, file: FileId, field: &Field) -> Value {
    let mut object = Map::new();
    let written = field.written.clone().or_else(|| {
        let text = sources[file].slice(field.span).trim();
        (!text.is_empty()).then(|| text.to_owned())
    });
    object.insert("text".to_owned(), json!(written));
    object.extend(place(sources, file, field.span));
    if let Some(read) = &field.read {
        object.insert("read".to_owned(), read.clone());
    }
    Value::Object(object)
}

fn place(sources: &Sources, file: FileId, span: Span) -> Map<String, Value> {
    let (start, end) = (sources[file].position(span.start as usize), sources[file].position(span.end as usize));
    let place = [
        ("line", json!(start.line)),
        ("column", json!(start.column)),
        ("end_line", json!(end.line)),
        ("end_column", json!(end.column)),
        ("byte_start", json!(span.start)),
        ("byte_end", json!(span.end)),
    ];
    place.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
