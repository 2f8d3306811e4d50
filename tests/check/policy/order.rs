//! The order in which things are written or found changes nothing.

use proptest::prelude::*;

use super::{checklist, outcome};
use crate::support::site::{TestSite, listed};

/// Files with findings of several groups, a waiver and a suppression among them.
fn files() -> Vec<(String, String)> {
    let rows = ["| Uno | TBD | |\n", "| Dos | QA | casi |\n", "| Tres | | ⏳ |\n"];
    let mut files: Vec<(String, String)> =
        rows.iter().enumerate().map(|(index, row)| (format!("content/{index}.md"), checklist(row))).collect();
    files.push(("content/b/_index.md".to_owned(), "[nada](nada.md)\n".to_owned()));
    files.push((
        "content/a/_index.md".to_owned(),
        "<!-- rollbook: allow links/* -- se sabe -->\n[nada](nada.md)\n".to_owned(),
    ));
    files
}

fn waiver(rule: &str, item: &str) -> String {
    format!("- {{rule: {rule}, item: {item}, reason: se sabe, requested_by: A, approved_by: B, expires: 2025-10-21}}\n")
}

/// What a site with these files and waivers says, without the places of the waivers.
fn told(files: &[(String, String)], waivers: &[String]) -> (Vec<String>, Vec<String>) {
    let site = TestSite::new();
    files.iter().for_each(|(path, text)| site.write(path, text));
    site.write("rollbook-waivers.yaml", waivers.concat());
    let site = site.load();
    let outcome = outcome(&site, None);
    let mut lines: Vec<String> = listed(&site, &outcome.findings)
        .lines()
        .map(|line| match line.split_once(' ') {
            Some((place, rest)) if place.starts_with("rollbook-waivers") => rest.to_owned(),
            _ => line.to_owned(),
        })
        .collect();
    lines.sort();
    let mut set_aside: Vec<String> = outcome
        .set_aside
        .iter()
        .map(|it| format!("{} {:?} {:?}", it.finding.rule, it.finding.subject, it.by))
        .collect();
    set_aside.sort();
    (lines, set_aside)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn order_is_no_matter(
        files in Just(files()).prop_shuffle(),
        waivers in Just(vec![
            waiver("checklist/missing-owner", "uno"),
            waiver("checklist/missing-owner", "uno"),
            waiver("checklist/missing-owner", "dos"),
            waiver("checklist/unknown-status", "dos"),
        ]).prop_shuffle(),
    ) {
        let sorted = [
            waiver("checklist/missing-owner", "dos"),
            waiver("checklist/missing-owner", "uno"),
            waiver("checklist/missing-owner", "uno"),
            waiver("checklist/unknown-status", "dos"),
        ];
        prop_assert_eq!(told(&files, &waivers), told(&self::files(), &sorted));
    }
}
