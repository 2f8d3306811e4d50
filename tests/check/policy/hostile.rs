//! Files of a stranger's branch: each gets a finding with a place, and none hangs or crashes the check.

use super::{outcome, two_open};
use crate::support::site::TestSite;

fn rules_for(waivers: &[u8]) -> Vec<&'static str> {
    let site = TestSite::with(&[("content/plan.md", &two_open())]);
    site.write("rollbook-waivers.yaml", waivers);
    let site = site.load();
    let outcome = outcome(&site, None);
    for finding in &outcome.findings {
        let text = &site.sources[finding.file].text;
        assert!(text.is_char_boundary(finding.span.start as usize) && text.is_char_boundary(finding.span.end as usize));
    }
    assert!(outcome.findings.iter().any(|finding| finding.rule == "checklist/missing-owner"));
    let about = outcome.findings.iter().filter(|it| site.sources[it.file].path == "rollbook-waivers.yaml");
    about.map(|finding| finding.rule).collect()
}

#[test]
fn a_list_of_lists() {
    assert_eq!(rules_for(b"[[[a], b], [[c]]]"), ["waiver/invalid", "waiver/invalid"]);
}

#[test]
fn ten_megabytes() {
    assert_eq!(rules_for(&b"- {rule: x}\n".repeat(900_000)), ["waiver/invalid"]);
    assert_eq!(rules_for(&b"[".repeat(10_000_000)), ["waiver/invalid"]);
    assert_eq!(
        rules_for(format!("- rule: {}\n", "x".repeat(10_000_000)).as_bytes()).first(),
        Some(&"waiver/missing-reason")
    );
}

#[test]
fn bytes_that_are_no_text() {
    assert!(rules_for(b"- rule: \xff\xfe\n").contains(&"files/invalid-utf8"));
    assert!(!rules_for(&(0..=255).collect::<Vec<u8>>()).is_empty());
}

#[test]
fn aliases_that_stand_for_millions() {
    let mut bomb = "- &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for c in b'b'..=b'k' {
        let (name, one) = (char::from(c), char::from(c - 1));
        bomb += &format!("- &{name} [{}]\n", vec![format!("*{one}"); 9].join(","));
    }
    assert_eq!(rules_for(bomb.as_bytes()), ["waiver/invalid"]);
}

#[test]
fn patterns_that_are_none() {
    let waiver = |path: &str| {
        format!(
            "- {{rule: checklist/missing-owner, path: \"{path}\", reason: x, requested_by: A, approved_by: B, expires: 2025-10-21}}\n"
        )
    };
    for path in ["[", "{a,", "/etc/**", "../**", &"{a,b}".repeat(200)] {
        assert_eq!(rules_for(waiver(path).as_bytes()), ["waiver/invalid"], "{path}");
    }
}

#[test]
fn many_comments_on_one_line() {
    let page = "x <!-- rollbook: allow links/broken-file -- y --> ".repeat(20_000);
    let site = TestSite::with(&[("content/_index.md", &page)]);
    assert_eq!(outcome(&site.load(), None).findings.len(), 20_000);
}
