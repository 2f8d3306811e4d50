//! The block between two `---` lines at the top of a page.

use crate::fields::{FieldFault, FieldSpec, FieldType, Fields};
use crate::lang::Lang;
use crate::model::{Fault, FrontMatter, Kind};
use crate::parse::recognise::ENTITIES;
use crate::source::Span;
use crate::yaml::{self, Entry, Node, Value};

const KINDS: [&str; 13] = {
    let mut keys = [""; 13];
    let mut index = 0;
    while index < keys.len() {
        keys[index] = Kind::ALL[index].key();
        index += 1;
    }
    keys
};

/// Every key that front matter may have, with what it takes.
pub const SPECS: &[FieldSpec] = &[
    FieldSpec { name: "title", takes: FieldType::Text },
    FieldSpec { name: "description", takes: FieldType::Text },
    FieldSpec { name: "kind", takes: FieldType::OneOf(&KINDS) },
    FieldSpec { name: "lang", takes: FieldType::OneOf(&["en", "es", "pt"]) },
    FieldSpec { name: "date", takes: FieldType::Date },
    FieldSpec { name: "updated", takes: FieldType::Date },
    FieldSpec { name: "weight", takes: FieldType::Integer },
    FieldSpec { name: "slug", takes: FieldType::PathPart },
    FieldSpec { name: "aliases", takes: FieldType::TextList },
    FieldSpec { name: "tags", takes: FieldType::TextList },
    FieldSpec { name: "authors", takes: FieldType::TextList },
    FieldSpec { name: "owner", takes: FieldType::Text },
    FieldSpec { name: "draft", takes: FieldType::Bool },
    FieldSpec { name: "toc", takes: FieldType::Bool },
    FieldSpec { name: "search", takes: FieldType::Bool },
    FieldSpec { name: "reviewed", takes: FieldType::Date },
    FieldSpec { name: "review_every", takes: FieldType::Text },
    FieldSpec { name: "cascade", takes: FieldType::Map },
    FieldSpec { name: "checklist", takes: FieldType::MapList },
    FieldSpec { name: "flags", takes: FieldType::MapList },
    FieldSpec { name: "events", takes: FieldType::MapList },
    FieldSpec { name: "phases", takes: FieldType::MapList },
    FieldSpec { name: "metrics", takes: FieldType::MapList },
    FieldSpec { name: "rollback", takes: FieldType::Map },
    FieldSpec { name: "communications", takes: FieldType::MapList },
    FieldSpec { name: "risks", takes: FieldType::MapList },
    FieldSpec { name: "decision", takes: FieldType::Map },
    FieldSpec { name: "decisions", takes: FieldType::MapList },
    FieldSpec { name: "report", takes: FieldType::Map },
];

/// Where the front matter stands in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    /// The page begins with its body.
    None,
    /// `---` was opened and never closed.
    Unclosed,
    /// YAML from `start` to `end`; the body begins at `body`.
    Found { start: usize, end: usize, body: usize },
}

/// Reads the front matter of a page and tells where its body begins.
pub fn read(text: &str, faults: &mut Vec<Fault>) -> (FrontMatter, usize) {
    let start = byte_order_mark(text);
    match find(text, start) {
        Block::None => (FrontMatter::default(), start),
        Block::Unclosed => {
            faults.push(Fault::Unclosed { span: Span::new(start, start + 3) });
            (FrontMatter::default(), start)
        }
        Block::Found { start, end, body } => (read_yaml(&text[start..end], start, faults), body),
    }
}

fn byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Finds the two `---` lines. A page that begins with a thematic break has none: there the line behind `---` is no key.
fn find(text: &str, start: usize) -> Block {
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return Block::None };
    let yaml = start + first.len();
    let mut at = yaml;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Block::Found { start: yaml, end: at, body: at + line.len() };
        }
        at += line.len();
    }
    let next = text[yaml..].lines().next().unwrap_or_default();
    if next.contains(':') || next.starts_with('#') { Block::Unclosed } else { Block::None }
}

fn read_yaml(yaml: &str, base: usize, faults: &mut Vec<Fault>) -> FrontMatter {
    let tree = match yaml::parse(yaml, base) {
        Ok(tree) => tree,
        Err(error) => {
            faults.push(Fault::YamlSyntax { message: error.message, span: error.span });
            return FrontMatter::default();
        }
    };
    match &tree.value {
        Value::Null => FrontMatter::default(),
        Value::Mapping(entries) => {
            let mut field_faults = Vec::new();
            let front_matter = read_fields(entries, true, &mut field_faults);
            note_implicit(entries, &field_faults, faults);
            faults.extend(field_faults.into_iter().map(Fault::Field));
            front_matter
        }
        _ => {
            faults.push(Fault::NotAMapping { found: tree.type_name(), span: tree.span });
            FrontMatter::default()
        }
    }
}

/// Reads the fields of a page, or of a `cascade:`, which may hold every field but another cascade.
fn read_fields(entries: &[Entry], may_cascade: bool, faults: &mut Vec<FieldFault>) -> FrontMatter {
    let mut cascade_faults = Vec::new();
    let mut fields = Fields::new(entries, SPECS, faults);
    let front_matter = FrontMatter {
        title: fields.text("title"),
        description: fields.text("description"),
        kind: fields.one_of("kind", Kind::from_key),
        lang: fields.one_of("lang", |word| word.parse::<Lang>().ok()),
        date: fields.date("date"),
        updated: fields.date("updated"),
        weight: fields.integer("weight"),
        slug: fields.one_of("slug", |word| is_one_path_part(word).then(|| word.to_owned())),
        aliases: fields.texts("aliases"),
        tags: fields.texts("tags"),
        authors: fields.texts("authors"),
        owner: fields.text("owner"),
        draft: fields.bool("draft"),
        toc: fields.bool("toc"),
        search: fields.bool("search"),
        reviewed: fields.date("reviewed"),
        review_every: fields.text("review_every"),
        cascade: fields
            .map("cascade")
            .filter(|_| may_cascade)
            .map(|entries| Box::new(read_fields(entries, false, &mut cascade_faults))),
        entities: entries
            .iter()
            .filter(|entry| ENTITIES.iter().any(|entity| entity.key == entry.key.value))
            .cloned()
            .collect(),
    };
    faults.extend(cascade_faults);
    front_matter
}

/// Notes texts that other readers of YAML take for something else. A value of the wrong type has been told already, and where a
/// number, a date or `true` belongs no text is meant.
fn note_implicit(entries: &[Entry], told: &[FieldFault], faults: &mut Vec<Fault>) {
    let takes_text = |key: &str| match SPECS.iter().find(|spec| spec.name == key) {
        Some(spec) => matches!(
            spec.takes,
            FieldType::Text | FieldType::TextList | FieldType::PathPart | FieldType::Map | FieldType::MapList
        ),
        None => true,
    };
    let is_told =
        |span| told.iter().any(|fault| matches!(fault, FieldFault::WrongType { span: told, .. } if *told == span));
    let mut nodes: Vec<&Node> =
        entries.iter().filter(|entry| takes_text(&entry.key.value)).map(|entry| &entry.node).collect();
    while let Some(node) = nodes.pop() {
        match (&node.value, &node.implicit) {
            (Value::Sequence(items), _) => nodes.extend(items),
            (Value::Mapping(entries), _) => nodes.extend(entries.iter().map(|entry| &entry.node)),
            (_, Some(written)) if !is_told(node.span) => {
                faults.push(Fault::ImplicitType { written: written.to_string(), span: node.span });
            }
            _ => {}
        }
    }
}

fn is_one_path_part(word: &str) -> bool {
    !word.is_empty() && word != "." && word != ".." && !word.contains(['/', '\\', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, title: Option<&str>, body: &str, faults: usize) {
        let mut found = Vec::new();
        let (front_matter, at) = read(text, &mut found);
        assert_eq!(front_matter.title.map(|title| title.value).as_deref(), title, "{text:?}");
        assert_eq!(&text[at..], body, "{text:?}");
        assert_eq!(found.len(), faults, "{found:?}");
    }

    #[test]
    fn the_block_is_found_whatever_the_line_ends() {
        check("---\ntitle: A\n---\nbody", Some("A"), "body", 0);
        check("---\r\ntitle: A\r\n---\r\nbody", Some("A"), "body", 0);
        check("\u{feff}---\ntitle: A\n...\nbody", Some("A"), "body", 0);
        check("---\n---\nbody", None, "body", 0);
        check("---\ntitle: A\n---", Some("A"), "", 0);
        check("no front matter", None, "no front matter", 0);
        check("", None, "", 0);
    }

    #[test]
    fn a_thematic_break_is_not_an_open_block() {
        check("---\n\nText\n", None, "---\n\nText\n", 0);
        check("---\ntitle: A\n\nText\n", None, "---\ntitle: A\n\nText\n", 1);
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_told() {
        check("---\n- a\n---\nbody", None, "body", 1);
        check("---\ntitle: [\n---\nbody", None, "body", 1);
        check("---\ntitle: A\nwieght: 1\nkind: planta\ntitle: B\n---\n", Some("A"), "", 3);
    }
}
