//! What the settings say of one rule besides its severity.

use crate::check::Rule;
use crate::check::policy::Policy;
use crate::yaml::{Entry, Value};

/// The options of one rule as the settings give them. They were judged with the settings: here what is wrong is absent.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    entries: &'a [&'a Entry],
}

impl<'a> Options<'a> {
    /// The options that `policy` gives to `rule`.
    #[must_use]
    pub fn of(policy: &'a Policy<'a>, rule: &Rule) -> Self {
        Self { entries: policy.options(rule) }
    }

    /// A whole number.
    #[must_use]
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.value(name)? {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// `true` or `false`.
    #[must_use]
    pub fn bool(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// A list of texts; a single text counts as a list of one.
    #[must_use]
    pub fn texts(&self, name: &str) -> Option<Vec<&'a str>> {
        let text = |value: &'a Value| match value {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        };
        match self.value(name)? {
            Value::Sequence(items) => Some(items.iter().filter_map(|item| text(&item.value)).collect()),
            single => text(single).map(|text| vec![text]),
        }
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.entries.iter().find(|entry| entry.key.value == name).map(|entry| &entry.node.value)
    }
}
