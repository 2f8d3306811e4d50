//! Reading a YAML mapping field by field: what each field takes, and what to say of the rest.
//! Settings and front matter are read with it, so that both are judged with the same care.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::source::{Span, Spanned};
use crate::words::nearest;
use crate::yaml::{Entry, Node, TypeName, Value};

/// The type that a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Text; a number or `true` is read as text.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Bool,
    /// A date as `2025-10-20`; a time behind it is read over.
    Date,
    /// A list of texts; a single text counts as a list of one.
    TextList,
    /// One part of a path: a name without slashes.
    PathPart,
    /// A folder below the root, without `..`.
    Folder,
    /// One word of a list.
    OneOf(&'static [&'static str]),
    /// Keys with values.
    Map,
    /// A list of mappings.
    MapList,
}

/// One field that a mapping may have.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// The key.
    pub name: &'static str,
    /// What it takes.
    pub takes: FieldType,
}

/// Something wrong with a key or a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldFault {
    /// A key stands twice in one mapping.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stands first.
        first: Span,
        /// Where it stands again.
        again: Span,
    },
    /// A key that no field has.
    UnknownField {
        /// The key as written.
        key: String,
        /// Where.
        span: Span,
        /// The nearest field.
        nearest: Option<&'static str>,
    },
    /// A value of the wrong type.
    WrongType {
        /// The field.
        field: &'static str,
        /// What the field takes.
        expected: FieldType,
        /// What was written.
        found: TypeName,
        /// The text as written, for a scalar.
        written: Option<String>,
        /// Where.
        span: Span,
    },
}

/// The fields of one mapping while they are read.
#[derive(Debug)]
pub struct Fields<'a> {
    entries: &'a [Entry],
    specs: &'static [FieldSpec],
    faults: &'a mut Vec<FieldFault>,
}

impl<'a> Fields<'a> {
    /// Looks at the keys first: repeated and unknown ones become faults.
    pub fn new(entries: &'a [Entry], specs: &'static [FieldSpec], faults: &'a mut Vec<FieldFault>) -> Self {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for Entry { key, .. } in entries {
            let first = *seen.entry(&key.value).or_insert(key.span);
            if first != key.span {
                faults.push(FieldFault::DuplicateKey { key: key.value.clone(), first, again: key.span });
            } else if !specs.iter().any(|spec| spec.name == key.value) {
                let nearest = nearest(&key.value, specs.iter().map(|spec| spec.name));
                faults.push(FieldFault::UnknownField { key: key.value.clone(), span: key.span, nearest });
            }
        }
        Self { entries, specs, faults }
    }

    /// The value under `name`, if one was written. The first of repeated keys counts.
    ///
    /// # Panics
    /// When `name` is not among the specs: then the table of fields lacks a row.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<&'a Node> {
        assert!(self.specs.iter().any(|spec| spec.name == name), "`{name}` has no row in the table of fields");
        let entry = self.entries.iter().find(|entry| entry.key.value == name)?;
        Some(&entry.node).filter(|node| node.value != Value::Null)
    }

    /// Text under `name`.
    pub fn text(&mut self, name: &'static str) -> Option<Spanned<String>> {
        self.read(name, |node| node.as_text())
    }

    /// A whole number under `name`.
    pub fn integer(&mut self, name: &'static str) -> Option<Spanned<i64>> {
        self.read(name, |node| match node.value {
            Value::Integer(value) => Some(value),
            _ => None,
        })
    }

    /// `true` or `false` under `name`.
    pub fn bool(&mut self, name: &'static str) -> Option<Spanned<bool>> {
        self.read(name, |node| match node.value {
            Value::Bool(value) => Some(value),
            _ => None,
        })
    }

    /// A date under `name`.
    pub fn date(&mut self, name: &'static str) -> Option<Spanned<NaiveDate>> {
        self.read(name, |node| match &node.value {
            Value::String(text) => parse_date(text),
            _ => None,
        })
    }

    /// One word of the field's list under `name`, turned into a value by `read`.
    pub fn one_of<T>(&mut self, name: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<Spanned<T>> {
        self.read(name, |node| match &node.value {
            Value::String(text) => read(text),
            _ => None,
        })
    }

    /// A list of texts under `name`.
    pub fn texts(&mut self, name: &'static str) -> Vec<Spanned<String>> {
        let Some(node) = self.node(name) else { return Vec::new() };
        let items = match &node.value {
            Value::Sequence(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for item in items {
            match item.as_text() {
                Some(text) => texts.push(Spanned::new(text, item.span)),
                None => self.wrong_type(name, item),
            }
        }
        texts
    }

    /// A mapping under `name`.
    pub fn map(&mut self, name: &'static str) -> Option<&'a [Entry]> {
        let node = self.node(name)?;
        if node.as_mapping().is_none() {
            self.wrong_type(name, node);
        }
        node.as_mapping()
    }

    fn read<T>(&mut self, name: &'static str, read: impl FnOnce(&Node) -> Option<T>) -> Option<Spanned<T>> {
        let node = self.node(name)?;
        let value = read(node);
        if value.is_none() {
            self.wrong_type(name, node);
        }
        value.map(|value| Spanned::new(value, node.span))
    }

    fn wrong_type(&mut self, name: &'static str, node: &Node) {
        let expected = self.specs.iter().find(|spec| spec.name == name).map_or(FieldType::Text, |spec| spec.takes);
        self.faults.push(FieldFault::WrongType {
            field: name,
            expected,
            found: node.type_name(),
            written: node.as_text(),
            span: node.span,
        });
    }
}

/// Reads `2025-10-20`, and the date of `2025-10-20T09:00:00Z` or `2025-10-20 09:00`.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let (date, rest) = text.split_at_checked(10)?;
    let behind = rest.chars().next();
    // The calendar's own reader would take ` 2026-02-1` for a day.
    let is_padded = date.bytes().filter(u8::is_ascii_digit).count() == 8;
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok().filter(|_| is_padded);
    date.filter(|_| matches!(behind, None | Some('T' | 't' | ' ')))
}
