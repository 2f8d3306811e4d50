//! The table of rules, the rule files, the rules' pages and the case files belong together.

use std::collections::BTreeSet;
use std::path::Path;

use rollbook::check::{RULES, Rule};

use super::cases;
use crate::support::blocks::{Block, sections};
use crate::support::site::{TestSite, listed};

const PAGE: [&str; 5] = ["What it does", "Why it matters", "Example", "Use instead", "Options"];

#[test]
fn rules_are_sorted_and_unique() {
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let sorted: Vec<&str> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    assert_eq!(ids, sorted);
}

#[test]
fn every_rule_page_has_its_sections_in_order() {
    for rule in RULES {
        let headings: Vec<String> = sections(&rule.page()).into_iter().map(|section| section.heading).collect();
        assert_eq!(headings, PAGE, "{}", rule.id);
    }
}

#[test]
fn every_rule_file_is_in_the_table() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check");
    let mut declared = BTreeSet::new();
    for entry in walkdir::WalkDir::new(&top).min_depth(2) {
        let path = entry.expect("the rules can be listed").into_path();
        let source = std::fs::read_to_string(&path).unwrap_or_default();
        let name = path.strip_prefix(&top).expect("below the top").with_extension("");
        let id = name.to_str().expect("rule files have plain names").replace('_', "-");
        if path.extension().is_some_and(|it| it == "rs") && source.contains("rule! {") {
            assert!(source.contains(&format!("= \"{id}\", ")), "`{id}` is not the id that its file's name gives");
            assert!(source.starts_with(&format!("//! `{id}`\n")), "the first line of `{id}` does not name it");
            declared.insert(id);
        }
    }
    let registered: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(declared, registered);
}

#[test]
fn every_rule_has_cases_and_every_case_file_a_rule() {
    let with_cases: Vec<String> = cases::files().into_iter().map(|(id, _)| id).collect();
    let registered: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(with_cases, registered);
}

#[test]
fn every_example_gives_exactly_the_finding_of_its_rule() {
    for rule in RULES {
        let (mut found, text) = findings_in(rule, "Example");
        // What changed since the last revision is not kept yet: that goes without saying.
        found.retain(|id| rule.id == "history/unrecorded-change" || *id != "history/unrecorded-change");
        assert_eq!(found, [rule.id], "{text}");
        let (found, text) = findings_in(rule, "Use instead");
        assert!(found.is_empty(), "{}:\n{text}", rule.id);
    }
}

#[test]
fn a_finding_that_stops_a_build_is_an_error() {
    for rule in RULES.iter().filter(|rule| rule.blocks_build) {
        assert_eq!(rule.severity.key(), "error", "{}", rule.id);
    }
}

/// The rules that speak about the site in a section of a rule's page, and what they say.
fn findings_in(rule: &Rule, heading: &str) -> (Vec<&'static str>, String) {
    let (site, findings) = site_of(rule, heading).check_with(Some(rule));
    (findings.iter().map(|finding| finding.rule).collect(), listed(&site, &findings))
}

/// The site that a section of a rule's page describes.
pub fn site_of(rule: &Rule, heading: &str) -> TestSite {
    let sections = sections(&rule.page());
    let section = sections.iter().find(|section| section.heading == heading).expect("the page has the section");
    let site = TestSite::new();
    site.build(&section.blocks, |block| match &block.path {
        Some(path) => (path.clone(), block.clone()),
        None => ("content/example.md".to_owned(), Block { text: example_page(block), ..block.clone() }),
    });
    site
}

/// A block without a path is `content/example.md`; a bare table stands on a checklist page.
fn example_page(block: &Block) -> String {
    let front_matter = if block.text.starts_with('|') { "---\nkind: checklist\n---\n\n" } else { "" };
    format!("{front_matter}{}", block.text)
}
