//! `rollbook schema`: what an editor calls right, `check` calls right too, and what it marks, `check` finds.

use rollbook::model::Kind;
use serde_json::{Value, json};

use crate::support::binary::{Run, rollbook};
use crate::support::site::{TestSite, findings};

fn schema(what: &str) -> Value {
    let mut command = rollbook();
    command.args(["schema", what]);
    let run = Run::of(command);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{what}");
    serde_json::from_str(&run.out).expect("a schema is JSON")
}

fn accepts(schema: &Value, instance: &Value) -> bool {
    jsonschema::validator_for(schema).expect("the schema is one").is_valid(instance)
}

#[test]
fn every_schema_is_a_schema() {
    for what in Kind::ALL.into_iter().map(Kind::key).chain(["settings", "report"]) {
        let schema = schema(what);
        assert!(jsonschema::meta::is_valid(&schema), "{what}");
        assert!(accepts(&schema, &json!({"kind": what})) || matches!(what, "settings" | "report"), "{what}");
    }
}

#[test]
fn a_mistyped_schema_is_told() {
    let mut command = rollbook();
    command.args(["schema", "checklits"]);
    let run = Run::of(command);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("did you mean `checklist`?"), "{}", run.err);
}

/// Front matter with whether it is right; the schema and the checker have to say the same.
#[test]
fn an_editor_and_the_checker_agree_on_front_matter() {
    let schema = schema("checklist");
    for (front_matter, right) in [
        (json!({"kind": "checklist", "checklist": [{"item": "QA", "owner": "QA Lead", "status": "done"}]}), true),
        (json!({"kind": "checklist", "checklist": [{"item": "QA", "status": "done"}]}), false),
        (
            json!({"kind": "checklist", "checklist": [{"item": "QA", "owner": "QA Lead", "status": "done", "onwer": 1}]}),
            false,
        ),
        (json!({"kind": "checklist", "checklist": {"item": "QA"}}), false),
        (
            json!({"kind": "checklist", "wieght": 1, "checklist": [{"item": "QA", "owner": "DevOps", "status": "done"}]}),
            false,
        ),
        (
            json!({"kind": "checklist", "weight": "first", "checklist": [{"item": "QA", "owner": "DevOps", "status": "done"}]}),
            false,
        ),
        (
            json!({"kind": "checklist", "date": "2025-10-20", "checklist": [{"item": "QA", "owner": "DevOps", "status": "done"}]}),
            true,
        ),
    ] {
        assert_eq!(accepts(&schema, &front_matter), right, "{front_matter}");
        let page = format!("---\n{front_matter}\n---\n");
        let found = findings(&TestSite::with_page("content/plan.md", &page).load());
        let faults =
            found.iter().filter(|it| it.severity.key() == "error" || it.rule.starts_with("frontmatter/")).count();
        assert_eq!(faults == 0, right, "{front_matter}: {found:?}");
    }
}

#[test]
fn an_editor_and_the_checker_agree_on_settings() {
    let schema = schema("settings");
    for (settings, right) in [
        (json!({"lang": "es", "rules": {"flags/missing-expiry": "off", "history/*": "info"}}), true),
        (json!({"rules": {"flags/missing-expiri": "off"}}), false),
        (json!({"rules": {"flags/missing-expiry": "loud"}}), false),
        (json!({"people": ["QA Lead"], "waivers": {"max_days": 10}}), true),
        (json!({"waivers": {"max_days": 0}}), false),
        (json!({"overrides": [{"paths": ["content/**"], "rules": {"plan/unknown-directive": "off"}}]}), true),
        (json!({"content": "../elsewhere"}), false),
    ] {
        assert_eq!(accepts(&schema, &settings), right, "{settings}");
        let site = TestSite::with_page("content/_index.md", "# Home\n");
        site.write("rollbook.yaml", settings.to_string());
        let found = findings(&site.load());
        assert_eq!(found.iter().all(|it| it.rule != "settings/invalid"), right, "{settings}: {found:?}");
    }
}
