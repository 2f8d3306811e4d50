//! Which rules run with which weight.

use rollbook::check::{RULES, check_before_build};

use super::{checklist, outcome, two_open, weights};
use crate::support::binary::Run;
use crate::support::site::TestSite;

const OWNER: &str = "checklist/missing-owner";
const STATUS: &str = "checklist/missing-status";

fn under(settings: &str, profile: Option<&str>) -> Vec<(&'static str, &'static str)> {
    let site = TestSite::with(&[("rollbook.yaml", settings), ("content/plan.md", &two_open())]);
    weights(&outcome(&site.load(), profile))
}

#[test]
fn a_rule_is_weighed_or_switched_off() {
    assert_eq!(under("", None), [(OWNER, "error"), (STATUS, "error")]);
    assert_eq!(under("rules: {checklist/missing-owner: info}", None), [(OWNER, "info"), (STATUS, "error")]);
    assert_eq!(under("rules: {checklist/missing-owner: {severity: off}}", None), [(STATUS, "error")]);
}

#[test]
fn a_rule_that_is_named_wins_over_its_group_wherever_it_stands() {
    for rules in [
        "{\"checklist/*\": info, checklist/missing-owner: warning}",
        "{checklist/missing-owner: warning, \"checklist/*\": info}",
    ] {
        assert_eq!(under(&format!("rules: {rules}"), None), [(OWNER, "warning"), (STATUS, "info")], "{rules}");
    }
}

#[test]
fn paths_have_their_own_weights_and_the_later_one_wins() {
    let settings = "rules: {checklist/missing-owner: off}\noverrides:\n\
        - {paths: [\"content/a/**\"], rules: {\"checklist/*\": info}}\n\
        - {paths: content/a/b.md, rules: {checklist/missing-owner: warning}}\n";
    let page = checklist("| Uno | TBD | ⏳ |\n");
    let files =
        [("rollbook.yaml", settings), ("content/a/a.md", &page), ("content/a/b.md", &page), ("content/c.md", &page)];
    let outcome = outcome(&TestSite::with(&files).load(), None);
    assert_eq!(weights(&outcome), [(OWNER, "info"), (OWNER, "warning")]);
}

#[test]
fn draft_forgives_what_is_missing_and_not_what_is_broken() {
    let page = checklist("| Uno | TBD | ⏳ |\n| Dos | QA | casi |\n");
    let site = TestSite::with(&[("content/plan.md", &page)]).load();
    let found = weights(&outcome(&site, Some("draft")));
    assert_eq!(found, [(OWNER, "warning"), ("checklist/unknown-status", "error")]);
}

#[test]
fn golive_denies_warnings_about_the_plan() {
    let page =
        "---\nkind: checklist\n---\n\n| Ítem | Responsable | Estado | Notas |\n|---|---|---|---|\n| Uno | QA | ⏳ |\n";
    let site = TestSite::with(&[("content/plan.md", page)]).load();
    let rule = "checklist/short-row";
    assert_eq!(weights(&outcome(&site, None)), [(rule, "warning")]);
    assert_eq!(weights(&outcome(&site, Some("golive"))), [(rule, "error")]);
}

#[test]
fn audit_shows_what_the_settings_switch_off() {
    let settings = "rules: {checklist/missing-owner: off, checklist/missing-status: info}\n\
        overrides: [{paths: [\"content/**\"], rules: {\"checklist/*\": off}}]\n";
    assert_eq!(under(settings, None), []);
    assert_eq!(under(settings, Some("audit")), [(OWNER, "error"), (STATUS, "info")]);
}

#[test]
fn the_settings_win_over_a_built_in_profile_and_a_profile_of_their_own_over_both() {
    let rules = "rules: {checklist/missing-owner: error}\n";
    assert_eq!(under(rules, Some("draft")), [(OWNER, "error"), (STATUS, "warning")]);
    let own = "profiles: {draft: {rules: {checklist/missing-owner: info}}}\n";
    assert_eq!(under(&format!("{rules}{own}"), Some("draft")), [(OWNER, "info"), (STATUS, "warning")]);
    assert_eq!(under(&format!("{rules}{own}"), None), [(OWNER, "error"), (STATUS, "error")]);
    assert_eq!(under(&format!("profile: draft\n{rules}"), None), [(OWNER, "error"), (STATUS, "warning")]);
}

#[test]
fn nothing_makes_the_settings_silent() {
    let settings =
        "titel: x\nrules: {settings/invalid: off}\noverrides: [{paths: [\"**\"], rules: {\"settings/*\": off}}]\n";
    let site = TestSite::with(&[("rollbook.yaml", settings), ("content/_index.md", "Hola.\n")]).load();
    for profile in [None, Some("draft"), Some("golive"), Some("audit")] {
        let weights = weights(&outcome(&site, profile));
        assert_eq!(weights, [("settings/invalid", "error"); 3], "{profile:?}");
    }
}

#[test]
fn a_build_stays_safe_whatever_the_settings_say() {
    let off: String =
        RULES.iter().filter(|rule| rule.id != "settings/invalid").map(|rule| format!("  {}: off\n", rule.id)).collect();
    let waiver = "- {rule: frontmatter/syntax, path: content/a.md, reason: x, requested_by: A, approved_by: B, expires: 2025-10-21}\n";
    let site = TestSite::with(&[
        ("rollbook.yaml", &format!("rules:\n{off}")),
        ("rollbook-waivers.yaml", waiver),
        ("content/a.md", "---\ntitle: [\n---\n"),
    ]);
    let site_now = site.load();
    assert_eq!(weights(&outcome(&site_now, None)), []);
    let before_build: Vec<_> = check_before_build(&site_now, site_now.config.lang).iter().map(|it| it.rule).collect();
    assert_eq!(before_build, ["frontmatter/syntax"]);
    let Run { code, .. } = site.rollbook(&["build"]);
    assert_eq!(code, 1);
}
