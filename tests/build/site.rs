//! The whole road on real sources: the seed alone, the repository's own book, and what must hold for any site.

use std::path::Path;

use crate::support::binary::{Run, rollbook, tree};
use crate::support::site::TestSite;

#[test]
fn the_seed_alone_builds_and_its_plan_is_understood() {
    let site = TestSite::seed();
    let run = site.rollbook(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let plan = rollbook::load(&site.root(), false).unwrap().plan;
    assert_eq!(plan.checklists.len(), 1);
    assert_eq!(plan.items().count(), 7);
    assert_eq!(plan.items().filter(|item| item.owner.value.name().is_some()).count(), 7);
    assert_eq!(plan.progress().by_status, [("pending", 7)].into());
    let flags: Vec<_> = plan.flags.iter().map(|flag| (flag.key.value.as_str(), flag.default_on)).collect();
    let expected = [
        ("ENABLE_VERTICAL_PROFILES", Some(false)),
        ("DASHBOARD_CHARTS", Some(true)),
        ("ENABLE_ASSISTANT_VERTICALS", Some(false)),
        ("ENABLE_VERTICAL_IMPORT_EXPORT", Some(false)),
    ];
    assert_eq!(flags, expected);
    for path in [
        "index.html",
        "plan-rollout-retail.html",
        "rollout/checklist.html",
        "rollout/flags.html",
        "404.html",
        "sitemap.xml",
    ] {
        assert!(site.path("public").join(path).is_file(), "{path}");
    }
    assert!(site.read("public/rollout/checklist.html").contains("QA Cycles completados (plan QA)"));
}

/// Copies the sources of this repository's own site, so that a test does not write into the repository.
fn own_site() -> TestSite {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = TestSite::with(&[]);
    for folder in ["content", "templates", "static", "rollout-history"] {
        for (path, bytes) in tree(&repository.join(folder)) {
            site.write(&format!("{folder}/{path}"), bytes);
        }
    }
    site.write("rollbook.yaml", std::fs::read(repository.join("rollbook.yaml")).unwrap());
    site
}

#[test]
fn two_builds_are_the_same_to_the_byte() {
    let site = own_site();
    let first = site.rollbook(&["build"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let before = tree(&site.path("public"));
    assert_eq!(site.rollbook(&["build"]).code, 0);
    assert!(before == tree(&site.path("public")), "a second build differs");
}

#[test]
fn the_binary_alone_builds_the_same_site_anywhere() {
    let site = own_site();
    assert_eq!(site.rollbook(&["build", "--out", &site.path("own").to_string_lossy()]).code, 0);
    for folder in ["templates", "static"] {
        std::fs::remove_dir_all(site.path(folder)).unwrap();
    }
    assert_eq!(site.rollbook(&["build", "--out", &site.path("embedded").to_string_lossy()]).code, 0);
    assert!(tree(&site.path("own")) == tree(&site.path("embedded")), "the embedded theme is not the theme in the tree");
}

#[test]
fn a_file_of_the_site_wins_over_the_theme() {
    let site = TestSite::with(&[
        ("content/_index.md", "# Inicio\n"),
        ("templates/partials/page-foot.html", "<p>pie propio</p>"),
        ("static/theme/rollbook.css", "body{}"),
        ("static/robots.txt", "User-agent: *\n"),
    ]);
    assert_eq!(site.rollbook(&["build"]).code, 0);
    assert!(site.read("public/index.html").contains("pie propio"));
    assert_eq!(site.read("public/theme/rollbook.css"), "body{}");
    assert_eq!(site.read("public/robots.txt"), "User-agent: *\n");
}

#[test]
fn a_command_works_from_a_folder_of_the_site() {
    let site = TestSite::with(&[("content/a/b.md", "# B\n")]);
    let mut command = rollbook();
    command.arg("build").current_dir(site.path("content/a"));
    assert_eq!(Run::of(command).code, 0);
    assert!(site.path("public/a/b.html").is_file());
}

#[test]
fn drafts_are_built_only_when_asked_for() {
    let site = TestSite::with(&[
        ("content/_index.md", "# Inicio\n\n[borrador](b.md)\n"),
        ("content/b.md", "---\ntitle: Secreto\ndraft: true\n---\n"),
    ]);
    assert_eq!(site.rollbook(&["build"]).code, 0);
    assert!(!site.path("public/b.html").exists());
    let home = site.read("public/index.html");
    assert!(!home.contains("Secreto") && !home.contains("href=\"b.html\""), "{home}");
    assert_eq!(site.rollbook(&["build", "--drafts"]).code, 0);
    assert!(site.read("public/b.html").contains("Secreto"));
}

#[test]
fn a_page_does_not_grow_with_the_number_of_pages() {
    let size = |pages: usize| {
        let site = TestSite::with(&[("content/_index.md", "# Inicio\n")]);
        for page in 0..pages {
            site.write(&format!("content/guia/p{page:04}.md"), format!("# Página {page:04}\n\nTexto.\n"));
        }
        assert_eq!(site.rollbook(&["build"]).code, 0);
        site.read("public/guia/p0050.html").len()
    };
    let (small, large) = (size(100), size(1000));
    assert!(large.abs_diff(small) <= 8, "{small} bytes among 100 pages, {large} among 1,000");
}

#[test]
fn every_init_site_checks_clean_and_builds() {
    for lang in ["en", "es", "pt"] {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("new site");
        let run = |args: &[&str]| {
            let mut command = rollbook();
            command.args(args);
            Run::of(command)
        };
        let path = site.to_str().unwrap();
        let init = run(&["init", path, "--lang", lang]);
        assert_eq!(init.code, 0, "{}", init.err);
        let check = run(&["check", "--deny-warnings", "--root", path]);
        assert_eq!(check.code, 0, "{}", check.out);
        assert_eq!(run(&["build", "--root", path]).code, 0);
        assert!(
            std::fs::read_to_string(site.join("public/index.html"))
                .unwrap()
                .contains(&format!("<html lang=\"{lang}\""))
        );
        let again = run(&["init", path, "--lang", lang]);
        assert_eq!(again.code, 2, "nothing is overwritten");
    }
}
