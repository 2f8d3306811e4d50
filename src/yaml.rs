//! YAML text to a tree that keeps the place of every key and value.
//!
//! The card of the project names `serde_yaml`; that crate is archived and has no spans, so `serde-saphyr` stands
//! in its place. This is the only module that knows it for reading. The tree is our own, since typed structs lose
//! places under `flatten` and stop at the first problem, and we want to report all of them.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Location, MergeKeyPolicy, Options, Spanned as Saphyr};

use crate::source::{Span, Spanned};

/// Deeper nesting than this is refused: no settings or front matter need it, and the tree is walked recursively.
const MAX_DEPTH: usize = 48;

/// More keys and values than this are refused: a checklist of five thousand items needs fewer, and a few bytes of aliases
/// can stand for millions.
const MAX_NODES: usize = 50_000;

/// The words for a text beyond these bounds, or with aliases that stand for too much.
pub const TOO_MUCH: &str = "too large or nested too deep";

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where, in bytes of the file. Empty, right behind the key's colon, where nothing was written.
    pub span: Span,
    /// A scalar without quotes as it is written, where other readers of YAML take it for something else, or where its
    /// value is written otherwise: `no`, `12:30`, `0123`, `1.10`.
    pub implicit: Option<Box<str>>,
}

/// What YAML can say.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values, in the order as written, repeated keys kept.
    Mapping(Vec<Entry>),
}

/// One line of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// The entries, if it is a mapping.
    #[must_use]
    pub fn as_mapping(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value under `key`, if it is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_mapping()?.iter().find(|entry| entry.key.value == key).map(|entry| &entry.node)
    }

    /// The text of any scalar that is there, as it would be read aloud: `8`, `true`, `QA Lead`.
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        match &self.value {
            Value::Bool(value) => Some(value.to_string()),
            Value::Integer(value) => Some(value.to_string()),
            Value::Float(value) => Some(value.to_string()),
            Value::String(value) => Some(value.clone()),
            Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// The name of the type, for messages.
    #[must_use]
    pub const fn type_name(&self) -> TypeName {
        match self.value {
            Value::Null => TypeName::Null,
            Value::Bool(_) => TypeName::Bool,
            Value::Integer(_) | Value::Float(_) => TypeName::Number,
            Value::String(_) => TypeName::Text,
            Value::Sequence(_) => TypeName::List,
            Value::Mapping(_) => TypeName::Map,
        }
    }
}

/// The types as messages name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeName {
    /// Nothing written.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// Text.
    Text,
    /// A list.
    List,
    /// Keys with values.
    Map,
}

/// Why a text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    /// The parser's words, in English, without the place.
    pub message: String,
    /// Where it gave up.
    pub span: Span,
}

/// Reads one YAML document. `base` is the byte of the file at which `text` starts; all spans count from the file's start.
///
/// # Errors
/// When the text is not one YAML document, nests too deep, or expands beyond the budget of the parser.
pub fn parse(text: &str, base: usize) -> Result<Node, YamlError> {
    if text.trim().is_empty() {
        return Ok(Node { value: Value::Null, span: Span::at(base), implicit: None });
    }
    let tree: Saphyr<Tree> = serde_saphyr::from_str_with_options(text, options()).map_err(|error| {
        let at = error.location().map_or(text.len(), |location| byte_offset(text, location));
        YamlError { message: plain_message(&error), span: one_character(text, at).shifted(base) }
    })?;
    Ok(Placer { text, base }.node(tree))
}

/// `text` as a double-quoted scalar that YAML 1.2 and JSON read alike: what YAML calls unprintable, and what it could take
/// for a line end, is escaped.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\0'..' ' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn options() -> Options {
    serde_saphyr::options! {
        // Repeated keys come through, so that each is a finding with both places.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::Error,
        // `yes`, `no`, `on` and `off` stay text.
        strict_booleans: true,
        with_snippet: false,
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH, max_nodes: MAX_NODES, max_documents: 1, max_aliases: 256 },
    }
}

/// The parser's message without the place that it appends; the place is in the span.
fn plain_message(error: &serde_saphyr::Error) -> String {
    let full = error.without_snippet().to_string();
    let first = full.lines().next().unwrap_or_default();
    if first.starts_with("budget breached") || first.starts_with("recursion limit") {
        return TOO_MUCH.to_owned();
    }
    match first.find(" at line ") {
        Some(cut) => first[..cut].trim_end_matches(',').to_owned(),
        None => first.to_owned(),
    }
}

/// Whether a scalar as written says one thing here and another to somebody else: YAML 1.1 takes `no` for false, `12:30` for 750
/// and `0123` for 83, and a number is not written as it is read.
fn reads_otherwise(written: &str, value: &Value) -> bool {
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let truth = || ["y", "n", "yes", "no", "on", "off"].iter().any(|word| written.eq_ignore_ascii_case(word));
    let time = || written.matches(':').count() > 0 && written.split(':').all(digits);
    let number = |read: String| read != written && written.starts_with(|c: char| c.is_ascii_digit());
    match value {
        Value::Integer(read) => number(read.to_string()) || time(),
        Value::Float(read) => number(read.to_string()) || time(),
        Value::String(read) => {
            let octal =
                || written.len() > 1 && written.starts_with('0') && written.bytes().all(|byte| byte.is_ascii_digit());
            read == written && (truth() || time() || octal())
        }
        _ => false,
    }
}

fn byte_offset(text: &str, location: Location) -> usize {
    let offset = match location.span().byte_offset() {
        Some(offset) => offset as usize,
        None => text.chars().take(location.span().offset() as usize).map(char::len_utf8).sum(),
    };
    text.floor_char_boundary(offset.min(text.len()))
}

fn one_character(text: &str, at: usize) -> Span {
    let width = text[at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
    Span::new(at, at + width)
}

/// The tree as the parser delivers it: places of containers are only their first byte.
enum Tree {
    Scalar(Value),
    Sequence(Vec<Saphyr<Tree>>),
    Mapping(Vec<(Saphyr<Key>, Saphyr<Tree>)>),
}

/// A mapping key: any scalar, as text.
struct Key(String);

/// Turns the parser's places into spans that hold exactly what was written.
struct Placer<'a> {
    text: &'a str,
    base: usize,
}

impl Placer<'_> {
    fn node(&self, tree: Saphyr<Tree>) -> Node {
        let start = byte_offset(self.text, tree.referenced);
        match tree.value {
            Tree::Scalar(value) => {
                let length = tree.referenced.span().byte_len().unwrap_or(0) as usize;
                let span = self.scalar_span(start, length);
                let implicit = reads_otherwise(self.slice(span), &value).then(|| self.slice(span).into());
                Node { value, span, implicit }
            }
            Tree::Sequence(items) => {
                let items: Vec<Node> = items.into_iter().map(|item| self.node(item)).collect();
                let end = items.last().map(|item| item.span.end);
                Node { span: self.container_span(start, end), value: Value::Sequence(items), implicit: None }
            }
            Tree::Mapping(pairs) => {
                let entries: Vec<Entry> = pairs.into_iter().map(|(key, value)| self.entry(key, value)).collect();
                let end = entries.last().map(|entry| entry.node.span.end);
                Node { span: self.container_span(start, end), value: Value::Mapping(entries), implicit: None }
            }
        }
    }

    fn entry(&self, key: Saphyr<Key>, value: Saphyr<Tree>) -> Entry {
        let at = byte_offset(self.text, key.referenced);
        let span = self.scalar_span(at, key.referenced.span().byte_len().unwrap_or(0) as usize);
        let key = Spanned::new(key.value.0, span);
        let mut node = self.node(value);
        if node.value == Value::Null && !matches!(self.slice(node.span), "~" | "null" | "Null" | "NULL") {
            node.span = self.behind_colon(key.span);
        }
        Entry { key, node }
    }

    /// The span of a scalar without the white space behind it.
    fn scalar_span(&self, start: usize, length: usize) -> Span {
        let end = self.text.floor_char_boundary((start + length).min(self.text.len()));
        let written = self.text[start..end.max(start)].trim_end();
        Span::new(start, start + written.len()).shifted(self.base)
    }

    fn container_span(&self, start: usize, end: Option<u32>) -> Span {
        let start = start + self.base;
        Span::new(start, end.map_or(start, |end| (end as usize).max(start)))
    }

    /// Where a value would stand that was not written: behind the colon of its key.
    fn behind_colon(&self, key: Span) -> Span {
        let from = key.end as usize - self.base;
        let colon = self.text[from..].find(':').map_or(from, |at| from + at + 1);
        Span::at(colon + self.base)
    }

    fn slice(&self, span: Span) -> &str {
        &self.text[span.start as usize - self.base..span.end as usize - self.base]
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(TreeVisitor)? {
            Tree::Scalar(value) => {
                let node = Node { value, span: Span::default(), implicit: None };
                Ok(Self(node.as_text().unwrap_or_else(|| "null".to_owned())))
            }
            Tree::Sequence(_) | Tree::Mapping(_) => Err(serde::de::Error::custom("a key must be text")),
        }
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Integer(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Scalar(i64::try_from(value).map_or(Value::Float(value as f64), Value::Integer)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::String(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::String(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::Sequence(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Tree::Mapping(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "title: Plan ñ\nowner:\nlist:\n  - a: \"x y\"\n    b: 007   # why\n  - c: 2025-10-20\nflow: {k: [1, yes]}\n";

    fn slice_of(text: &str, span: Span) -> &str {
        &text[span.start as usize - 100..span.end as usize - 100]
    }

    #[test]
    fn keys_and_values_keep_their_bytes() {
        let tree = parse(TEXT, 100).unwrap();
        let entries = tree.as_mapping().unwrap();
        let keys: Vec<_> = entries.iter().map(|entry| slice_of(TEXT, entry.key.span)).collect();
        assert_eq!(keys, ["title", "owner", "list", "flow"]);
        assert_eq!(slice_of(TEXT, entries[0].node.span), "Plan ñ");
        assert_eq!(entries[1].node.span, Span::at(100 + TEXT.find("owner:").unwrap() + "owner:".len()));
        let Value::Sequence(items) = &entries[2].node.value else { panic!("`list` is a list") };
        assert_eq!(slice_of(TEXT, items[0].get("a").unwrap().span), "\"x y\"");
        assert_eq!(slice_of(TEXT, items[0].get("b").unwrap().span), "007");
        assert_eq!(slice_of(TEXT, items[1].get("c").unwrap().span), "2025-10-20");
        assert_eq!(items[1].get("c").unwrap().value, Value::String("2025-10-20".into()));
        assert_eq!(slice_of(TEXT, items[1].span), "c: 2025-10-20");
    }

    #[test]
    fn repeated_keys_are_kept_for_the_checker() {
        let tree = parse("a: 1\nb: 2\na: 3\n", 0).unwrap();
        assert_eq!(tree.as_mapping().unwrap().len(), 3);
    }

    #[test]
    fn errors_have_a_place_inside_the_text() {
        for text in ["a: [1, 2\n", "a: b: c\n", "a:\n\tb: 1\n", "a: \"ñ\n", "- a\nb: 1\n", "a: *nobody\n"] {
            let error = parse(text, 7).unwrap_err();
            assert!(error.span.start >= 7 && error.span.end as usize <= 7 + text.len(), "{text:?}: {error:?}");
            assert!(!error.message.is_empty());
            assert!(!error.message.contains("line "), "{}", error.message);
        }
    }

    #[test]
    fn hostile_text_is_refused_and_does_not_hang() {
        let bomb = "a: &a [x,x,x,x,x,x,x,x]\n".to_owned()
            + &(b'b'..=b'j')
                .map(|c| format!("{0}: &{0} [{1}]\n", c as char, vec![format!("*{}", (c - 1) as char); 8].join(",")))
                .collect::<String>();
        assert_eq!(parse(&bomb, 0).unwrap_err().message, TOO_MUCH);
        assert!(parse(&"[".repeat(100_000), 0).is_err());
        assert!(parse(&"- ".repeat(10_000), 0).is_err());
        assert!(parse(&"- a\n".repeat(MAX_NODES), 0).is_err());
        assert!(parse(&format!("a: [{}]", "1,".repeat(MAX_NODES)), 0).is_err());
    }

    #[test]
    fn a_long_checklist_is_read() {
        let items = "- item: Ítem\n  owner: QA\n  status: done\n".repeat(5_000);
        assert!(parse(&items, 0).is_ok());
    }
}
