//! `check --format` and `check --report`.

use rollbook::report::Format;
use serde_json::Value;

use super::readers::{assert_json, assert_junit, assert_sarif};
use crate::support::binary::{Run, rollbook, seed};
use crate::support::site::TestSite;

/// The seed, broken in several ways.
fn broken() -> TestSite {
    let text = seed().replace("| DevOps | ⏳ |", "|  | ⏳ |").replace("| Marketing | ⏳ |", "| Marketing | casi |");
    assert_ne!(text, seed());
    TestSite::with_page("content/plan.md", &format!("{text}\nVer [la guía](no-existe.md).\n"))
}

fn check(site: &TestSite, args: &[&str]) -> Run {
    let mut command = rollbook();
    command.args(["check", "--now", "2025-10-20", "--root"]).arg(site.root()).args(args).current_dir(site.root());
    Run::of(command)
}

#[test]
fn one_run_writes_every_format() {
    let site = broken();
    let reports = ["json=f.json", "sarif=f.sarif", "junit=f.xml", "github=f.txt", "gitlab=f.gitlab.json"];
    let args: Vec<&str> = reports.iter().flat_map(|report| ["--report", report]).collect();
    let run = check(&site, &args);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("[checklist/missing-owner]"), "{}", run.out);
    let json = assert_json(&site.read("f.json"));
    let findings = json["findings"].as_array().expect("findings");
    let has = |rule: &str| findings.iter().any(|finding| finding["rule"] == rule);
    assert!(has("checklist/missing-owner") && has("checklist/unknown-status") && has("links/broken-file"), "{json:#}");
    let log = assert_sarif(&site.read("f.sarif"));
    assert_eq!(log.runs[0].results.as_ref().expect("results").len(), findings.len());
    let suites = assert_junit(&site.read("f.xml"));
    let case = |name: &str| suites.suites.iter().flat_map(|suite| &suite.cases).find(|case| case.original_name == name);
    assert!(case("Flags configurados para pilotos").expect("an item").status.is_failure());
    assert!(case("Manuales y guías publicados").expect("an item").status.is_success());
    assert!(case("links/broken-file").expect("a finding outside of the items").status.is_failure());
    let commands = site.read("f.txt");
    assert!(commands.contains("::error file=content/plan.md,line="), "{commands}");
    let issues: Value = serde_json::from_str(&site.read("f.gitlab.json")).expect("JSON");
    assert_eq!(issues.as_array().expect("a list").len(), findings.len());
    let left: Vec<_> = std::fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 6, "nothing lies beside the reports: {left:?}");
}

#[test]
fn the_same_format_on_the_screen_is_the_same() {
    let site = broken();
    for format in ["json", "sarif", "junit", "github", "gitlab"] {
        let run = check(&site, &["--format", format, "--report", &format!("{format}=report")]);
        assert_eq!((run.code, run.out), (1, site.read("report")), "{format}");
    }
}

#[test]
fn a_report_replaces_the_old_one_also_behind_a_link() {
    let site = broken();
    site.write("out/old.json", "old");
    std::os::unix::fs::symlink("out/old.json", site.path("link.json")).unwrap();
    assert_eq!(check(&site, &["--report", "json=link.json"]).code, 1);
    assert_json(&site.read("out/old.json"));
    assert!(site.path("link.json").is_symlink());
}

#[test]
fn what_cannot_be_written_is_refused_before_the_work() {
    let site = broken();
    site.write("taken/x", "");
    let refused = [
        (vec!["--report", "sarif=no/where.sarif"], "there is no folder `no`"),
        (vec!["--report", "sarif=taken"], "that is no file"),
        (vec!["--report", "sarif=taken/x/y.sarif"], "there is no folder `taken/x`"),
        (vec!["--report", "json=/dev/null"], "that is no file"),
        (vec!["--report", "json=a", "--report", "json=b"], "the format `json` twice"),
        (vec!["--report", "json=a", "--report", "sarif=./a"], "the file `./a` twice"),
        (vec!["--report", "sarf=a"], "there is no format `sarf`"),
        (vec!["--report", "sarif"], "`sarif=out.sarif`"),
        (vec!["--report", "sarif="], "the file is missing"),
    ];
    for (args, why) in refused {
        let run = check(&site, &args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(why), "{args:?}: {}", run.err);
    }
    assert!(!site.path("a").exists(), "nothing is written where something is refused");
}

#[test]
fn the_page_of_a_job_is_added_to_on_github_only() {
    let site = broken();
    site.write("summary.md", "before\n");
    let run = |format: &str| {
        let mut command = rollbook();
        command.args(["check", "--format", format, "--root"]).arg(site.root());
        command.env("GITHUB_STEP_SUMMARY", site.path("summary.md"));
        Run::of(command)
    };
    assert_eq!(run("human").code, 1);
    assert_eq!(site.read("summary.md"), "before\n");
    assert_eq!(run("github").code, 1);
    assert!(site.read("summary.md").starts_with("before\n### Rollbook: "), "{}", site.read("summary.md"));
}

#[test]
fn forges_get_paths_from_the_top_of_the_repository() {
    let site = broken();
    std::fs::create_dir(site.root().parent().unwrap().join(".git")).unwrap();
    assert!(check(&site, &["--format", "github"]).out.contains("::error file=site/content/plan.md,"));
    let log = assert_sarif(&check(&site, &["--format", "sarif"]).out);
    let id = log.runs[0].automation_details.as_ref().and_then(|details| details.id.as_deref());
    assert_eq!(id, Some("rollbook/site/"));
    let json = assert_json(&check(&site, &["--format", "json"]).out);
    assert_eq!(json["findings"][0]["path"], "content/plan.md");
}

#[test]
fn order_is_the_same_every_time() {
    let site = broken();
    for format in ["human", "json", "sarif", "junit", "github", "gitlab"] {
        let first = check(&site, &["--format", format]).out;
        assert!((0..3).all(|_| check(&site, &["--format", format]).out == first), "{format}");
    }
}

#[test]
fn every_format_is_on_the_command_line() {
    use clap::ValueEnum as _;
    let site = TestSite::with_page("content/_index.md", "# Casa\n");
    for format in Format::value_variants() {
        let name = format.to_possible_value().expect("a name").get_name().to_owned();
        let run = check(&site, &["--format", &name]);
        assert_eq!(run.code, 0, "{name}: {}", run.err);
    }
}
