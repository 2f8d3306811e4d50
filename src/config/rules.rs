//! What the settings say of rules: `rules:`, `overrides:` and `profiles:`. Which rules and options there are is known to
//! `check` alone; here everything is only brought into form.

use crate::config::PathPattern;
use crate::diagnostic::Severity;
use crate::fields::{FieldFault, FieldSpec, FieldType, Fields, entries_under, first_of_each, mappings};
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node, Value};

/// The words for a severity.
pub const SEVERITIES: FieldType = FieldType::OneOf(&["off", "info", "warning", "error"]);

/// The key beside a rule's options.
pub const SEVERITY: &str = "severity";

/// What the settings say of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSetting {
    /// The rule's id; a group such as `flags/*` stands for all its rules.
    pub rule: Spanned<String>,
    /// Its severity: `None` in the inner option switches it off; the outer `None` leaves it as it is.
    pub severity: Option<Spanned<Option<Severity>>>,
    /// Its other options, as written.
    pub options: Vec<Entry>,
}

impl RuleSetting {
    /// The group of `group/*`.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        self.rule.value.strip_suffix("/*")
    }
}

/// What is said of rules for some paths only.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// Its first key.
    pub span: Span,
    /// The files that it is about.
    pub paths: Vec<Spanned<PathPattern>>,
    /// What is said of rules there.
    pub rules: Vec<RuleSetting>,
}

/// A named set of settings for rules, to be chosen for a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Its name.
    pub name: Spanned<String>,
    /// What is said of rules.
    pub rules: Vec<RuleSetting>,
    /// Whether warnings fail the check too, where it says so.
    pub deny_warnings: Option<bool>,
}

/// Keys of an entry of `overrides:`.
pub const OVERRIDE_SPECS: &[FieldSpec] =
    &[FieldSpec { name: "paths", takes: FieldType::PathPattern }, FieldSpec { name: "rules", takes: FieldType::Map }];

/// Keys of a profile.
pub const PROFILE_SPECS: &[FieldSpec] =
    &[FieldSpec { name: "rules", takes: FieldType::Map }, FieldSpec { name: "deny_warnings", takes: FieldType::Bool }];

/// Reads `rules:`: ids with a severity, or with keys.
pub(super) fn rules(entries: &[Entry], faults: &mut Vec<FieldFault>) -> Vec<RuleSetting> {
    first_of_each(entries, faults).into_iter().filter_map(|entry| rule(entry, faults)).collect()
}

fn rule(entry: &Entry, faults: &mut Vec<FieldFault>) -> Option<RuleSetting> {
    let rule = entry.key.clone();
    match &entry.node.value {
        // A key without a value was begun and not finished.
        Value::Mapping(options) => {
            let options = first_of_each(options, faults);
            let severity = options.iter().find(|option| option.key.value == SEVERITY);
            let severity = severity.and_then(|entry| severity_of(&entry.node, faults));
            let options = options.into_iter().filter(|option| option.key.value != SEVERITY).cloned().collect();
            Some(RuleSetting { rule, severity, options })
        }
        _ => {
            let severity = severity_of(&entry.node, faults)?;
            Some(RuleSetting { rule, severity: Some(severity), options: Vec::new() })
        }
    }
}

/// A severity; the inner `None` is `off`.
fn severity_of(node: &Node, faults: &mut Vec<FieldFault>) -> Option<Spanned<Option<Severity>>> {
    let severity = match &node.value {
        Value::String(word) => match word.as_str() {
            "off" => Some(None),
            "info" => Some(Some(Severity::Info)),
            "warning" => Some(Some(Severity::Warning)),
            "error" => Some(Some(Severity::Error)),
            _ => None,
        },
        _ => None,
    };
    if severity.is_none() {
        faults.push(FieldFault::wrong_type(SEVERITY, SEVERITIES, node));
    }
    severity.map(|severity| Spanned::new(severity, node.span))
}

/// Reads `overrides:`, a list.
pub(super) fn overrides(node: Option<&Node>, faults: &mut Vec<FieldFault>) -> Vec<Override> {
    mappings("overrides", node, faults, |entries, faults| {
        let mut fields = Fields::new(entries, OVERRIDE_SPECS, faults);
        let paths = fields.texts_read("paths", PathPattern::new);
        fields.map("rules");
        let span = entries.first().map_or_else(Span::default, |entry| entry.key.span);
        Override { span, paths, rules: rules(entries_under(entries, "rules"), faults) }
    })
}

/// Reads `profiles:`, by name.
pub(super) fn profiles(entries: &[Entry], faults: &mut Vec<FieldFault>) -> Vec<Profile> {
    let mut profiles = Vec::new();
    for Entry { key, node } in first_of_each(entries, faults) {
        let entries = match &node.value {
            Value::Mapping(entries) => entries.as_slice(),
            Value::Null => &[],
            _ => {
                faults.push(FieldFault::wrong_type("profiles", FieldType::Map, node));
                continue;
            }
        };
        let mut fields = Fields::new(entries, PROFILE_SPECS, faults);
        let deny_warnings = fields.bool("deny_warnings").map(|deny| deny.value);
        fields.map("rules");
        let rules = rules(entries_under(entries, "rules"), faults);
        profiles.push(Profile { name: key.clone(), rules, deny_warnings });
    }
    profiles
}
