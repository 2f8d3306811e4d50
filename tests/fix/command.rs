//! `rollbook fix` as a command: what it prints, what it writes, how it ends.

use std::os::unix::fs::symlink;

use crate::support::site::TestSite;

const PAGE: &str = "---\nkind: checklist\n---\n\n| Item | Owner | Status | Evidence |\n|---|---|---|---|\n| Seeds | DevOps | ⏳ |\n| Flags | DevOps | Pendnig | |\n";

fn site() -> TestSite {
    TestSite::with(&[("rollbook.yaml", "lang: en\n"), ("content/plan.md", PAGE), ("content/other.md", PAGE)])
}

#[test]
fn it_shows_what_changes_and_writes_it() {
    let site = site();
    let run = site.rollbook(&["fix", "content/plan.md"]);
    assert_eq!(run.err, "");
    assert_eq!(
        run.out,
        "--- a/content/plan.md
+++ b/content/plan.md
@@ -5,4 +5,4 @@
 | Item | Owner | Status | Evidence |
 |---|---|---|---|
-| Seeds | DevOps | ⏳ |
+| Seeds | DevOps | ⏳ |  |
 | Flags | DevOps | Pendnig | |
checklist/short-row: 1
fixes applied: 1; files: 1
"
    );
    assert_eq!(run.code, 0);
    assert_eq!(site.read("content/plan.md"), PAGE.replacen("⏳ |", "⏳ |  |", 1));
    assert_eq!(site.read("content/other.md"), PAGE);
    let again = site.rollbook(&["fix", "content/plan.md"]);
    assert_eq!((again.out.as_str(), again.code), ("nothing to mend\n", 0));
}

/// A fix changes the plan, and so the plan differs from the last revision afterwards. That is no reason against it.
#[test]
fn a_plan_with_a_history_is_mended_too() {
    let site = site();
    let page = "---\nkind: checklist\n---\n\n| Item | Owner | Status | Evidnce |\n|---|---|---|---|\n| Seeds | DevOps | ⏳ | run 7 |\n";
    site.write("content/plan.md", page);
    site.keep("@1");
    let run = site.rollbook(&["fix", "content/plan.md", "--unsafe"]);
    assert!(run.out.ends_with("checklist/unknown-column: 1\nfixes applied: 1; files: 1\n"), "{}", run.out);
}

#[test]
fn a_dry_run_writes_nothing_and_says_so_with_its_code() {
    let site = site();
    let run = site.rollbook(&["fix", "--dry-run", "--unsafe", "--rule", "checklist/unknown-status"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("+| Flags | DevOps | Pending | |\n"), "{}", run.out);
    assert!(
        run.out.ends_with("checklist/unknown-status: 2\nfixes that would be applied: 2; files: 2\n"),
        "{}",
        run.out
    );
    assert_eq!(site.read("content/plan.md"), PAGE);
    let safe = site.rollbook(&["fix", "--dry-run", "--rule", "checklist/unknown-status"]);
    assert_eq!((safe.out.as_str(), safe.code), ("nothing to mend\n", 0));
}

#[test]
fn a_fix_that_spoils_something_else_is_left_out_and_named() {
    let page = "---\ntitle: A\ntitel: B\n---\n";
    let site = TestSite::with(&[("rollbook.yaml", "lang: en\n"), ("content/a.md", page)]);
    let run = site.rollbook(&["fix", "--unsafe"]);
    let expected =
        "left out frontmatter/unknown-field at content/a.md:3:1: it would bring other findings\nnothing to mend\n";
    assert_eq!((run.out.as_str(), run.code), (expected, 0));
    let kind = "---\nknid: checklist\n---\n\n| Item | Owner | Status |\n|---|---|---|\n| A | B | ⏳ |\n";
    site.write("content/a.md", kind);
    let run = site.rollbook(&["fix", "--unsafe"]);
    let expected = "left out frontmatter/unknown-field at content/a.md:2:1: something else on the page would be read otherwise\nnothing to mend\n";
    assert_eq!(run.out, expected);
    assert_eq!(site.read("content/a.md"), kind);
}

#[test]
fn what_is_not_utf8_or_not_in_the_repository_is_not_touched() {
    let site = site();
    let bytes = [PAGE.as_bytes(), b"\xf3\n"].concat();
    site.write("content/plan.md", &bytes);
    std::fs::write(site.root().join("../outside.md"), PAGE).expect("a file beside the site");
    symlink("../../outside.md", site.path("content/link.md")).expect("a symbolic link");
    let run = site.rollbook(&["fix"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.ends_with("files: 1\n"), "{}", run.out);
    assert_eq!(std::fs::read(site.path("content/plan.md")).expect("the page"), bytes);
    assert_eq!(std::fs::read_to_string(site.root().join("../outside.md")).expect("the file"), PAGE);
}

#[test]
fn wrong_rules_paths_and_settings_are_told() {
    let site = site();
    let run = site.rollbook(&["fix", "--rule", "checklist/shortrow"]);
    let expected = "error: there is no rule `checklist/shortrow`; did you mean `checklist/short-row`?\n";
    assert_eq!((run.err.as_str(), run.code), (expected, 2));
    let run = site.rollbook(&["fix", "content/nada.md"]);
    assert_eq!((run.err.as_str(), run.code), ("error: there is no page `content/nada.md`\n", 2));
    site.write("rollbook.yaml", "titel: A\n");
    let run = site.rollbook(&["fix"]);
    let expected = "error: the settings are not valid: `rollbook check` says what is wrong\n";
    assert_eq!((run.err.as_str(), run.code), (expected, 2));
    assert_eq!(site.read("content/plan.md"), PAGE);
}

#[test]
fn the_summary_speaks_the_language_of_the_site() {
    let site = site();
    for (lang, words) in [("es", "nada que corregir\n"), ("pt", "nada a corrigir\n")] {
        site.write("rollbook.yaml", format!("lang: {lang}\n"));
        let run = site.rollbook(&["fix", "--rule", "links/case-mismatch"]);
        assert_eq!(run.out, words);
    }
}
