//! The settings as JSON Schema, with every rule and its options.

use serde_json::{Map, Value, json};

use super::DIALECT;
use super::fields::{closed, object};
use crate::check::{PROFILES, RULES};
use crate::config;

/// The schema of `rollbook.yaml`.
pub fn schema() -> Value {
    let mut properties = object(config::SPECS);
    let mut set = |name: &str, schema: Value| properties.insert(name.to_owned(), schema);
    set("profile", json!({"type": "string", "examples": PROFILES}));
    set("rules", rules());
    set("overrides", json!({"type": "array", "items": with_rules(config::OVERRIDE_SPECS)}));
    set("profiles", json!({"type": "object", "additionalProperties": with_rules(config::PROFILE_SPECS)}));
    set("people", people());
    set("waivers", closed(config::WAIVER_SPECS));
    json!({
        "$schema": DIALECT,
        "title": "Settings of a Rollbook site",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn with_rules(specs: &[crate::fields::FieldSpec]) -> Value {
    let mut schema = closed(specs);
    schema["properties"]["rules"] = rules();
    schema
}

/// Every rule by its id, with its severity or its options; a group such as `flags/*` takes a severity.
fn rules() -> Value {
    let mut properties = Map::new();
    for rule in RULES.iter().filter(|rule| !rule.id.starts_with("settings/")) {
        let mut options = object(rule.options);
        options.insert(config::SEVERITY.to_owned(), severity());
        let long = json!({"type": "object", "properties": options, "additionalProperties": false});
        let schema = json!({"description": rule.summary(), "anyOf": [severity(), long]});
        properties.insert(rule.id.to_owned(), schema);
    }
    let group = json!({"anyOf": [severity(), {
        "type": "object",
        "properties": {config::SEVERITY: severity()},
        "additionalProperties": false,
    }]});
    json!({
        "type": "object",
        "properties": properties,
        "patternProperties": {"^[a-z]+/\\*$": group},
        "additionalProperties": false,
    })
}

fn severity() -> Value {
    json!({"enum": ["off", "info", "warning", "error"]})
}

/// A list of names, or names with what is said of them.
fn people() -> Value {
    let person = json!({"anyOf": [closed(config::PERSON_SPECS), {"type": "null"}]});
    json!({"anyOf": [
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "additionalProperties": person},
    ]})
}
