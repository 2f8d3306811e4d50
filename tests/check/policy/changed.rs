//! `check --changed`, in real repositories.

use std::process::Command;

use super::checklist;
use crate::support::binary::Run;
use crate::support::site::TestSite;

const PLAN: &str = "content/plan.md";

/// A site in a repository, with one commit on `main`.
struct Repository(TestSite);

impl Repository {
    fn new(files: &[(&str, &str)]) -> Self {
        let site = TestSite::with(files);
        let repository = Self(site);
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit();
        repository.git(&["switch", "--quiet", "-c", "branch"]);
        repository
    }

    fn git(&self, args: &[&str]) {
        let mut git = Command::new("git");
        // Neither the user's settings nor a surrounding repository.
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        git.args(["-c", "user.name=Tests", "-c", "user.email=tests@example.com", "-c", "commit.gpgsign=false"]);
        let run = Run::of({
            git.args(args).current_dir(self.0.root());
            git
        });
        assert_eq!(run.code, 0, "git {args:?}: {run:?}");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", "x"]);
    }

    /// Places and rules of what `check --changed main` reports.
    fn changed(&self) -> Vec<String> {
        let run = self.0.rollbook(&["check", "--changed", "main", "--format", "json", "--now", "2025-10-20"]);
        assert!(run.code < 2, "{run:?}");
        let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let findings = report["findings"].as_array().expect("a list");
        findings
            .iter()
            .map(|it| {
                format!(
                    "{}:{} {}",
                    it["path"].as_str().expect("a path"),
                    it["line"],
                    it["rule"].as_str().expect("a rule")
                )
            })
            .collect()
    }
}

fn three_open() -> String {
    checklist("| Uno | TBD | ⏳ |\n| Dos | TBD | ⏳ |\n| Tres | TBD | ⏳ |\n")
}

#[test]
fn only_lines_that_the_branch_touched() {
    let repository = Repository::new(&[(PLAN, &three_open()), ("content/otro.md", "[x](nada.md)\n")]);
    assert_eq!(repository.changed(), [""; 0]);
    repository.0.write(PLAN, three_open().replace("Dos", "Dos bis"));
    assert_eq!(repository.changed(), ["content/plan.md:8 checklist/missing-owner"]);
    repository.commit();
    assert_eq!(repository.changed(), ["content/plan.md:8 checklist/missing-owner"]);
    let run = repository.0.rollbook(&["check", "--changed", "main", "--lang", "en", "--now", "2025-10-20"]);
    assert!(run.out.ends_with("1 error\nas of 2025-10-20; 3 more where nothing was changed\n"), "{}", run.out);
}

#[test]
fn what_main_did_meanwhile_is_not_the_branchs() {
    let repository = Repository::new(&[(PLAN, &three_open())]);
    repository.0.write(PLAN, three_open().replace("Tres", "Tres bis"));
    repository.commit();
    repository.git(&["switch", "--quiet", "main"]);
    repository.0.write(PLAN, three_open().replace("Uno", "Uno bis"));
    repository.commit();
    repository.git(&["switch", "--quiet", "branch"]);
    assert_eq!(repository.changed(), ["content/plan.md:9 checklist/missing-owner"]);
}

#[test]
fn new_moved_and_unknown_files_count_as_a_whole() {
    let repository = Repository::new(&[(PLAN, &three_open())]);
    repository.git(&["mv", PLAN, "content/movido ñ.md"]);
    repository.0.write("content/nuevo.md", "[x](nada.md)\n");
    let moved = |line| format!("content/movido ñ.md:{line} checklist/missing-owner");
    assert_eq!(repository.changed(), [moved(7), moved(8), moved(9), "content/nuevo.md:1 links/broken-file".to_owned()]);
}

#[test]
fn a_row_of_several_lines_belongs_together() {
    let page = |note: &str| {
        format!(
            "---\nkind: checklist\nchecklist:\n  - item: Uno\n    owner: TBD\n    status: pending\n    evidence: {note}\n---\n"
        )
    };
    let repository = Repository::new(&[(PLAN, &page("a"))]);
    repository.0.write(PLAN, page("b"));
    assert_eq!(repository.changed(), ["content/plan.md:5 checklist/missing-owner"]);
}

#[test]
fn a_link_to_a_file_that_the_branch_deleted_is_found_where_nothing_was_changed() {
    let pages = [
        ("content/_index.md", "[a](guias/a.md), [b](b), [c](nunca.md)\n"),
        ("content/guias/a.md", "A.\n"),
        ("content/b.md", "B.\n"),
    ];
    let repository = Repository::new(&pages);
    repository.git(&["rm", "--quiet", "content/guias/a.md", "content/b.md"]);
    assert_eq!(repository.changed(), ["content/_index.md:1 links/broken-file"; 2]);
}

#[test]
fn a_link_to_a_place_that_the_branch_took_away_is_found_where_nothing_was_changed() {
    let list = "---\nkind: checklist\n---\n\n| ID | Ítem | Responsable | Estado |\n|---|---|---|---|\n| uno | Uno | QA | ⏳ |\n";
    let pages = [
        ("content/_index.md", "[a](guias/a.md#pasos), [b](guias/a.md#nunca), [c](lista.md#uno), [d](guias/a.md)\n"),
        ("content/guias/a.md", "# A\n\n## Pasos\n\n## Más\n\n[x](#pasos)\n"),
        ("content/lista.md", list),
    ];
    let repository = Repository::new(&pages);
    assert_eq!(repository.changed(), [""; 0], "what was broken before is nobody's");
    repository.0.write("content/guias/a.md", "# A\n\n## Pasos a seguir\n\n## Más\n\n[x](#pasos)\n");
    let found = ["content/_index.md:1 anchors/missing-anchor", "content/guias/a.md:7 anchors/missing-anchor"];
    assert_eq!(repository.changed(), found);
    repository.0.write("content/lista.md", list.replace("| uno |", "| primero |"));
    repository.commit();
    assert_eq!(repository.changed(), [found[0], found[0], found[1]]);
}

#[test]
fn a_path_to_a_file_that_the_branch_deleted_is_found_where_nothing_was_changed() {
    let plan = "---\nkind: plan\n---\n\nEl script `scripts/volver.ts` y el script `scripts/nunca.ts`.\n";
    let repository = Repository::new(&[(PLAN, plan), ("scripts/volver.ts", "x\n"), ("content/otra.md", "x\n")]);
    assert_eq!(repository.changed(), [""; 0]);
    repository.git(&["rm", "--quiet", "scripts/volver.ts"]);
    assert_eq!(repository.changed(), ["content/plan.md:5 paths/missing-reference"]);
}

#[test]
fn what_is_left_around_a_deleted_line_counts() {
    let page =
        "---\nkind: checklist\n---\n\n# Lista\n| Ítem | Responsable | Estado |\n|---|---|---|\n| Uno | QA | ⏳ |\n";
    let repository = Repository::new(&[(PLAN, page)]);
    repository.0.write(PLAN, page.replace("|---|---|---|\n", ""));
    assert_eq!(repository.changed().len(), 1, "{:?}", repository.changed());
}

#[test]
fn waivers_count_when_their_file_changed_and_settings_always() {
    let waiver = "- rule: checklist/missing-owner\n";
    let repository = Repository::new(&[(PLAN, &checklist("| Uno | QA | ⏳ |\n")), ("rollbook-waivers.yaml", waiver)]);
    assert_eq!(repository.changed(), [""; 0]);
    repository.0.write("rollbook-waivers.yaml", format!("# nota\n{waiver}"));
    assert!(
        repository.changed().iter().all(|it| it.starts_with("rollbook-waivers.yaml:2 waiver/"))
            && !repository.changed().is_empty()
    );
    repository.0.write("rollbook.yaml", "titel: x\n");
    repository.commit();
    repository.git(&["branch", "--force", "main"]);
    assert_eq!(repository.0.rollbook(&["check", "--changed", "main"]).code, 2);
}

#[test]
fn no_attribute_hides_a_change() {
    let repository = Repository::new(&[(PLAN, &three_open()), (".gitattributes", "*.md binary -diff\n")]);
    repository.0.write(PLAN, three_open().replace("Dos", "D\0s"));
    assert_eq!(repository.changed(), ["content/plan.md:8 checklist/missing-owner"]);
}

#[test]
fn a_site_below_the_top_of_its_repository() {
    let repository = Repository::new(&[("content/x.md", "x\n"), ("sitio/content/plan.md", &three_open())]);
    repository.0.write("sitio/content/plan.md", three_open().replace("Dos", "Dos bis"));
    let mut command = crate::support::binary::rollbook();
    command.args(["check", "--changed", "main", "--lang", "en"]).current_dir(repository.0.path("sitio"));
    let run = Run::of(command);
    assert!(run.out.contains("content/plan.md:8:") && run.out.contains("2 more where"), "{run:?}");
}

#[test]
fn a_revision_that_git_does_not_know_is_told() {
    let repository = Repository::new(&[(PLAN, &three_open())]);
    for reference in ["nadie", "-O/etc/passwd", "--output=x", ""] {
        let run = repository.0.rollbook(&["check", &format!("--changed={reference}")]);
        assert_eq!(run.code, 2, "{reference}: {run:?}");
        assert!(!run.err.is_empty() && run.out.is_empty(), "{reference}: {run:?}");
    }
}
