//! Options of rules, which the settings give.

use rollbook::config::RuleSetting;
use rollbook::source::{Span, Spanned};
use rollbook::yaml;

use crate::support::site::{TestSite, findings};

const DATELESS: &str = "---\nkind: checklist\n---\n\n- [ ] QA — Responsable: QA Lead\n- [x] Guías — Responsable: CS\n";

#[test]
fn a_list_without_any_date_is_told_where_that_is_asked_for() {
    let mut site = TestSite::with_page("content/plan.md", DATELESS).load();
    assert!(findings(&site).is_empty());
    let options = yaml::parse("every_list: true", 0).expect("options are YAML");
    site.config.rules.push(RuleSetting {
        rule: Spanned::new("checklist/missing-due-date".to_owned(), Span::default()),
        severity: None,
        options: options.as_mapping().expect("a mapping").to_vec(),
    });
    let found = findings(&site);
    assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["checklist/missing-due-date"]);
}

#[test]
fn a_rule_that_has_to_be_asked_for_says_nothing_by_itself() {
    let site = TestSite::with_page("content/plan.md", DATELESS).load();
    assert!(!findings(&site).iter().any(|finding| finding.rule == "checklist/missing-evidence"));
}
