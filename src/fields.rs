//! Reading a YAML mapping field by field: what each field takes, and what to say of the rest.
//! Settings and front matter are read with it, so that both are judged with the same care.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::source::{Span, Spanned};
use crate::words::{nearest, parse_date};
use crate::yaml::{Entry, Node, TypeName, Value};

/// The type that a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Text; a number or `true` is read as text.
    Text,
    /// A whole number.
    Integer,
    /// A whole number from the first to the second.
    IntegerIn(i64, i64),
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
    /// Paths below the root, or patterns of them, in a list; a single one counts as a list of one.
    PathPattern,
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
    /// A mapping lacks a key without which it cannot be read.
    MissingField {
        /// The key.
        field: &'static str,
        /// What lacks it: the list or the page.
        within: &'static str,
        /// The mapping.
        span: Span,
    },
}

impl FieldFault {
    /// `node` is not what `field` takes.
    #[must_use]
    pub fn wrong_type(field: &'static str, expected: FieldType, node: &Node) -> Self {
        Self::WrongType { field, expected, found: node.type_name(), written: node.as_text(), span: node.span }
    }
}

/// The value under `name`, if one was written. The first of repeated keys counts.
#[must_use]
pub fn value<'a>(entries: &'a [Entry], name: &str) -> Option<&'a Node> {
    let entry = entries.iter().find(|entry| entry.key.value == name)?;
    Some(&entry.node).filter(|node| node.value != Value::Null)
}

/// The mapping under `name`; nothing where there is none. [`Fields::map`] says what is wrong with it.
#[must_use]
pub fn entries_under<'a>(entries: &'a [Entry], name: &str) -> &'a [Entry] {
    value(entries, name).and_then(Node::as_mapping).unwrap_or_default()
}

/// The first of each key of a mapping whose keys are names of the author's; further ones become faults.
pub fn first_of_each<'a>(entries: &'a [Entry], faults: &mut Vec<FieldFault>) -> Vec<&'a Entry> {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let mut first_ones = Vec::new();
    for entry in entries {
        let first = *seen.entry(&entry.key.value).or_insert(entry.key.span);
        if first == entry.key.span {
            first_ones.push(entry);
        } else {
            faults.push(FieldFault::DuplicateKey { key: entry.key.value.clone(), first, again: entry.key.span });
        }
    }
    first_ones
}

/// Reads each mapping of the list under `name`; what is no list, or no mapping in it, becomes a fault.
pub fn mappings<'a, T>(
    name: &'static str,
    node: Option<&'a Node>,
    faults: &mut Vec<FieldFault>,
    read: impl Fn(&'a [Entry], &mut Vec<FieldFault>) -> T,
) -> Vec<T> {
    let items = match node.map(|node| (node, &node.value)) {
        None => &[],
        Some((_, Value::Sequence(items))) => items.as_slice(),
        Some((node, _)) => {
            faults.push(FieldFault::wrong_type(name, FieldType::MapList, node));
            &[]
        }
    };
    let mut all = Vec::new();
    for item in items {
        match &item.value {
            Value::Mapping(entries) => all.push(read(entries, faults)),
            _ => faults.push(FieldFault::wrong_type(name, FieldType::MapList, item)),
        }
    }
    all
}

/// What is wrong with the values of `entries` by `specs`. Keys are judged by whoever knows where they come from.
#[must_use]
pub fn judge_values(entries: &[Entry], specs: &'static [FieldSpec]) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for spec in specs {
        let mut fields = Fields::of_judged(entries, specs, &mut faults);
        match spec.takes {
            FieldType::Text | FieldType::PathPart | FieldType::Folder => drop(fields.text(spec.name)),
            FieldType::Integer | FieldType::IntegerIn(..) => drop(fields.integer(spec.name)),
            FieldType::Bool => drop(fields.bool(spec.name)),
            FieldType::Date => drop(fields.date(spec.name)),
            FieldType::TextList | FieldType::PathPattern => drop(fields.texts(spec.name)),
            FieldType::OneOf(words) => drop(fields.one_of(spec.name, |word| words.contains(&word).then_some(()))),
            FieldType::Map => drop(fields.map(spec.name)),
            FieldType::MapList => drop(mappings(spec.name, value(entries, spec.name), &mut faults, |_, _| ())),
        }
    }
    faults
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
        for Entry { key, .. } in first_of_each(entries, faults) {
            if !specs.iter().any(|spec| spec.name == key.value) {
                let nearest = nearest(&key.value, specs.iter().map(|spec| spec.name));
                faults.push(FieldFault::UnknownField { key: key.value.clone(), span: key.span, nearest });
            }
        }
        Self { entries, specs, faults }
    }

    /// Goes on with a mapping whose keys were looked at before.
    pub fn of_judged(entries: &'a [Entry], specs: &'static [FieldSpec], faults: &'a mut Vec<FieldFault>) -> Self {
        Self { entries, specs, faults }
    }

    /// The value under `name`, if one was written. The first of repeated keys counts.
    ///
    /// # Panics
    /// When `name` is not among the specs: then the table of fields lacks a row.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<&'a Node> {
        assert!(self.specs.iter().any(|spec| spec.name == name), "`{name}` has no row in the table of fields");
        value(self.entries, name)
    }

    /// Text under `name`.
    pub fn text(&mut self, name: &'static str) -> Option<Spanned<String>> {
        self.read(name, |node| node.as_text())
    }

    /// A whole number under `name`, from the range that the field takes if it takes only one.
    pub fn integer(&mut self, name: &'static str) -> Option<Spanned<i64>> {
        let range = match self.takes(name) {
            FieldType::IntegerIn(first, last) => first..=last,
            _ => i64::MIN..=i64::MAX,
        };
        self.read(name, |node| match node.value {
            Value::Integer(value) => range.contains(&value).then_some(value),
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
        self.texts_read(name, |text| Some(text.to_owned()))
    }

    /// A list of texts under `name`, each turned into a value by `read`.
    pub fn texts_read<T>(&mut self, name: &'static str, read: impl Fn(&str) -> Option<T>) -> Vec<Spanned<T>> {
        let Some(node) = self.node(name) else { return Vec::new() };
        let items = match &node.value {
            Value::Sequence(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for item in items {
            match item.as_text().and_then(|text| read(&text)) {
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

    /// Notes that a mapping in the list `within` lacks a key that it needs, unless a value of the wrong type stands there.
    pub fn missing(&mut self, field: &'static str, within: &'static str, span: Span) {
        if self.node(field).is_none() {
            self.faults.push(FieldFault::MissingField { field, within, span });
        }
    }

    fn read<T>(&mut self, name: &'static str, read: impl FnOnce(&Node) -> Option<T>) -> Option<Spanned<T>> {
        let node = self.node(name)?;
        let value = read(node);
        if value.is_none() {
            self.wrong_type(name, node);
        }
        value.map(|value| Spanned::new(value, node.span))
    }

    fn takes(&self, name: &str) -> FieldType {
        self.specs.iter().find(|spec| spec.name == name).map_or(FieldType::Text, |spec| spec.takes)
    }

    fn wrong_type(&mut self, name: &'static str, node: &Node) {
        let expected = self.takes(name);
        self.faults.push(FieldFault::wrong_type(name, expected, node));
    }
}
