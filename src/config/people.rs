//! `people:` of the settings: the roles and persons that owner cells may name.

use crate::fields::{FieldFault, FieldSpec, FieldType, Fields, first_of_each};
use crate::source::Spanned;
use crate::words::fold;
use crate::yaml::{Entry, Node, Value};

/// Somebody who can answer for things: a role, a group, or a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The name that owner cells hold.
    pub name: Spanned<String>,
    /// Other names for the same.
    pub aliases: Vec<String>,
}

impl Person {
    /// The name and the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.value.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// Whether `name` is one of the names, whatever its case and accents.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let name = fold(name);
        self.names().any(|own| fold(own) == name)
    }
}

/// What may be said of somebody below `people:`.
pub const PERSON_SPECS: &[FieldSpec] = &[FieldSpec { name: "aliases", takes: FieldType::TextList }];

/// Reads names with what is said of them, or a plain list of names.
pub(super) fn people(node: Option<&Node>, faults: &mut Vec<FieldFault>) -> Vec<Person> {
    let Some(node) = node else { return Vec::new() };
    match &node.value {
        Value::Mapping(entries) => {
            first_of_each(entries, faults).into_iter().filter_map(|entry| person(entry, faults)).collect()
        }
        Value::Sequence(items) => items.iter().filter_map(|item| named(item, faults)).collect(),
        _ => {
            faults.push(FieldFault::wrong_type("people", FieldType::Map, node));
            Vec::new()
        }
    }
}

fn person(Entry { key, node }: &Entry, faults: &mut Vec<FieldFault>) -> Option<Person> {
    let entries = match &node.value {
        Value::Mapping(entries) => entries.as_slice(),
        Value::Null => &[],
        _ => {
            faults.push(FieldFault::wrong_type("people", FieldType::Map, node));
            return None;
        }
    };
    let aliases = Fields::new(entries, PERSON_SPECS, faults).texts("aliases");
    Some(Person { name: key.clone(), aliases: aliases.into_iter().map(|alias| alias.value).collect() })
}

fn named(item: &Node, faults: &mut Vec<FieldFault>) -> Option<Person> {
    match item.as_text() {
        Some(name) => Some(Person { name: Spanned::new(name, item.span), aliases: Vec::new() }),
        None => {
            faults.push(FieldFault::wrong_type("people", FieldType::TextList, item));
            None
        }
    }
}
