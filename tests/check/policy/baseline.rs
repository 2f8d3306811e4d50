//! The baseline: written, read, and known again after the plan went on.

use super::{checklist, two_open};
use crate::support::site::TestSite;

const PAGE: &str = "content/plan.md";

#[test]
fn what_was_there_may_stay_and_what_is_new_is_found() {
    let site = TestSite::with(&[(PAGE, &two_open())]);
    let run = site.rollbook(&["check", "--write-baseline", "--lang", "en"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("2 findings written"), "{run:?}");
    let text = site.read("rollbook-baseline.yaml");
    assert!(
        text.contains(
            "rule: checklist/missing-owner\n    path: \"content/plan.md\"\n    item: \"uno\"\n    count: 1\n"
        ),
        "{text}"
    );
    assert!(!text.contains("line:"), "{text}");

    let run = site.rollbook(&["check", "--lang", "en", "--now", "2025-10-20", "--deny-warnings"]);
    assert_eq!((run.code, run.out.as_str()), (0, "no findings\nas of 2025-10-20; set aside: 2 by the baseline\n"));

    site.write(
        PAGE,
        two_open().replace("| Uno", "| Cero | | ⏳ |\n| Uno").replace("---\n\n|", "---\n\nOtra línea.\n\n|"),
    );
    let run = site.rollbook(&["check", "--lang", "en"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("`Cero` has no owner") && run.out.contains("1 error\n"), "{}", run.out);
}

#[test]
fn findings_without_a_subject_are_known_by_their_line() {
    let site = TestSite::with(&[("content/_index.md", "Ver [a](nada.md) y [b](nada.md).\n")]);
    assert_eq!(site.rollbook(&["check", "--write-baseline"]).code, 0);
    assert!(site.read("rollbook-baseline.yaml").contains("count: 2\n"));
    site.write("content/_index.md", "Antes.\n\nVer [a](nada.md) y [b](nada.md).\n");
    assert_eq!(site.rollbook(&["check", "--deny-warnings"]).code, 0);
    site.write("content/_index.md", "Ver otra vez [a](nada.md).\n");
    let run = site.rollbook(&["check", "--format", "json"]);
    assert!(run.out.contains("links/broken-file") && run.out.contains("baseline/stale"), "{}", run.out);
}

#[test]
fn it_is_sorted_and_written_anew_the_same() {
    let page = checklist("| Uno | TBD | |\n| Dos | | |\n");
    let site = TestSite::with(&[("content/b.md", &page), ("content/a.md", &page), ("content/\"ñ\": x.md", &page)]);
    assert_eq!(site.rollbook(&["check", "--write-baseline"]).code, 0);
    let first = site.read("rollbook-baseline.yaml");
    let paths: Vec<&str> = first.lines().filter(|line| line.contains("path:")).collect();
    assert!(paths.is_sorted() && paths.len() == 12, "{first}");
    assert_eq!(site.rollbook(&["check", "--deny-warnings"]).code, 0);
    assert_eq!(site.rollbook(&["check", "--write-baseline"]).code, 0);
    assert_eq!(site.read("rollbook-baseline.yaml"), first);
}

#[test]
fn a_file_of_another_name_is_read_and_written() {
    let site = TestSite::with(&[(PAGE, &two_open())]);
    let file = site.path("otra/base.yaml");
    std::fs::create_dir(site.path("otra")).expect("a folder");
    let file = file.to_str().expect("a plain path");
    assert_eq!(site.rollbook(&["check", "--write-baseline", file]).code, 0);
    assert!(!site.path("rollbook-baseline.yaml").exists());
    assert_eq!(site.rollbook(&["check"]).code, 1);
    assert_eq!(site.rollbook(&["check", "--baseline", file]).code, 0);
    site.write(PAGE, checklist("| Uno | QA | ⏳ |\n"));
    let run = site.rollbook(&["check", "--baseline", file]);
    assert!(run.out.contains("otra/base.yaml:3:11"), "{}", run.out);
}

#[test]
fn what_concerns_the_rules_themselves_never_goes_in() {
    let site = TestSite::with(&[(PAGE, &two_open()), ("rollbook-waivers.yaml", "- rule: checklist/missing-owner\n")]);
    let run = site.rollbook(&["check", "--write-baseline", "--lang", "en"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("waiver/missing-reason"), "{run:?}");
    assert!(!site.read("rollbook-baseline.yaml").contains("waiver/"));

    site.write("rollbook.yaml", "titel: x\n");
    site.write("rollbook-baseline.yaml", "as it was");
    let run = site.rollbook(&["check", "--write-baseline"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert_eq!(site.read("rollbook-baseline.yaml"), "as it was");
}

#[test]
fn it_is_written_whole_or_not_at_all() {
    let site = TestSite::with(&[(PAGE, &two_open())]);
    let missing = site.path("no/such/folder/base.yaml");
    assert_eq!(site.rollbook(&["check", "--write-baseline", missing.to_str().expect("plain")]).code, 2);
    assert_eq!(site.rollbook(&["check", "--write-baseline"]).code, 0);
    let names: Vec<_> = std::fs::read_dir(site.root()).expect("the root").flatten().map(|it| it.file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}
