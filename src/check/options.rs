//! What the settings say of one rule besides its severity.

use crate::check::Rule;
use crate::config::Config;
use crate::yaml::{Entry, Value};

/// The options of one rule as the settings give them. They were judged with the settings: here what is wrong is absent.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    entries: &'a [Entry],
}

impl<'a> Options<'a> {
    /// The options that `config` gives to `rule`.
    #[must_use]
    pub fn of(config: &'a Config, rule: &Rule) -> Self {
        let setting = config.rules.iter().rev().find(|setting| setting.rule.value == rule.id);
        Self { entries: setting.map_or(&[], |setting| &setting.options) }
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
