//! Waivers, suppressions and the baseline together.

use rollbook::diagnostic::By;

use super::{checklist, outcome, weights};
use crate::support::site::TestSite;

const WAIVER: &str = "- rule: checklist/missing-owner\n  item: uno\n  reason: llega el lunes\n  requested_by: QA\n  approved_by: Release manager\n  expires: 2025-10-31\n";

#[test]
fn each_finding_says_by_what_it_was_set_aside_and_why() {
    let rows = "| Uno | TBD | ⏳ |\n| Dos | TBD <!-- rollbook: allow checklist/missing-owner -- se acordó --> | ⏳ |\n| Tres | | ⏳ |\n| Cuatro | | ⏳ |\n";
    let baseline = "findings:\n  - {rule: checklist/missing-owner, path: content/plan.md, item: tres, count: 1}\n";
    let site = TestSite::with(&[
        ("content/plan.md", &checklist(rows)),
        ("rollbook-waivers.yaml", WAIVER),
        ("rollbook-baseline.yaml", baseline),
    ]);
    let site = site.load();
    let outcome = outcome(&site, None);
    assert_eq!(weights(&outcome), [("checklist/missing-owner", "error")]);
    let set_aside: Vec<_> = outcome
        .set_aside
        .iter()
        .map(|it| {
            let place = site.sources.locate(it.file, it.span);
            (it.finding.subject.as_deref().unwrap_or_default(), it.by, it.reason.as_deref(), place)
        })
        .collect();
    let place = |place: &str| place.to_owned();
    assert_eq!(
        set_aside,
        [
            ("uno", By::Waiver, Some("llega el lunes"), place("rollbook-waivers.yaml:1:3")),
            ("dos", By::Suppression, Some("se acordó"), place("content/plan.md:8:13")),
            ("tres", By::Baseline, None, place("rollbook-baseline.yaml:2:6")),
        ]
    );
}

#[test]
fn a_waiver_means_one_rule_one_item_and_its_paths() {
    let page = checklist("| Uno | TBD | |\n");
    let files = |waiver: &str| {
        let site =
            TestSite::with(&[("content/a.md", &page), ("content/b.md", &page), ("rollbook-waivers.yaml", waiver)]);
        let outcome = outcome(&site.load(), None);
        (weights(&outcome).len(), outcome.count(By::Waiver))
    };
    assert_eq!(files(WAIVER), (2, 2));
    assert_eq!(files(&format!("{WAIVER}  path: content/a.md\n")), (3, 1));
    assert_eq!(files(&WAIVER.replace("item: uno", "path: content/*.md")), (2, 2));
}

#[test]
fn existing_directives_are_not_disturbed() {
    let page = "---\nkind: manual\n---\n\n<!-- rollbook: checklist -->\n<!-- rollbook: allow checklist/missing-owner -- se acordó -->\n| Ítem | Responsable | Estado |\n|---|---|---|\n| Uno | TBD | |\n\n<!-- rollbook: allow checklist/missing-status -- de otra tabla -->\n\n<!-- rollbook: ignore -->\n| Ítem | Responsable | Estado |\n|---|---|---|\n| Dos | | |\n";
    let outcome = outcome(&TestSite::with(&[("content/plan.md", page)]).load(), None);
    assert_eq!(weights(&outcome), [("checklist/missing-status", "error"), ("waiver/unused", "warning")]);
    assert_eq!(outcome.count(By::Suppression), 1);
}

#[test]
fn what_is_allowed_in_the_text_is_not_shown_to_readers() {
    let page = "Texto <!-- rollbook: allow links/broken-file -- a <b> & c --> sigue.\n\n<!-- rollbook: allow links/broken-file -- otra -->\n\nMás.\n";
    let site = TestSite::with(&[("content/_index.md", page)]);
    assert_eq!(site.rollbook(&["build"]).code, 0);
    assert!(!site.read("public/index.html").contains("rollbook: allow"));
}
