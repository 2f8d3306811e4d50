//! Exit codes and what the command says besides findings.

use super::{checklist, two_open};
use crate::support::binary::{Run, rollbook};
use crate::support::site::TestSite;

const SHORT: &str =
    "---\nkind: checklist\n---\n\n| Ítem | Responsable | Estado | Notas |\n|---|---|---|---|\n| Uno | QA | ⏳ |\n";

#[test]
fn warnings_fail_only_where_somebody_denies_them() {
    let site = TestSite::with(&[("content/plan.md", SHORT)]);
    assert_eq!(site.rollbook(&["check"]).code, 0);
    assert_eq!(site.rollbook(&["check", "--deny-warnings"]).code, 1);
    assert_eq!(site.rollbook(&["check", "--profile", "golive"]).code, 1);
    site.write("rollbook.yaml", "profiles: {estricto: {deny_warnings: true}}\n");
    assert_eq!(site.rollbook(&["check"]).code, 0);
    assert_eq!(site.rollbook(&["check", "--profile", "estricto"]).code, 1);
}

#[test]
fn what_cannot_be_done_is_told_with_exit_code_2() {
    let site = TestSite::with(&[("content/plan.md", &two_open())]);
    for (args, words) in [
        (&["check", "--profile", "golve"][..], "did you mean `golive`?"),
        (&["check", "--profile", "xyzxyz"], "`draft`, `golive`, `audit`"),
        (&["check", "--baseline", "no/such/file"], "no/such/file"),
        (&["check", "--changed", "HEAD"], "git repository"),
        (&["check", "--baseline", "a", "--write-baseline"], "cannot be used with"),
        (&["check", "--changed", "a", "--write-baseline"], "cannot be used with"),
    ] {
        let run = site.rollbook(args);
        assert_eq!(run.code, 2, "{args:?}: {run:?}");
        assert!(run.err.contains(words), "{args:?}: {run:?}");
    }
    site.write("rollbook.yaml", "rules: {nada/nada: off}\n");
    assert_eq!(site.rollbook(&["check"]).code, 2);
}

#[test]
fn the_day_is_given_or_that_of_source_date_epoch_and_is_printed() {
    let site =
        TestSite::with(&[("content/plan.md", &checklist("| Uno | QA | ⏳ |\n")), ("rollbook.yaml", "lang: en\n")]);
    let run = site.rollbook(&["check", "--now", "2025-10-20", "--profile", "draft"]);
    assert_eq!(run.out, "no findings\nas of 2025-10-20, profile draft\n");
    let with_epoch = |epoch: &str, args: &[&str]| {
        let mut command = rollbook();
        command.arg("check").args(args).arg("--root").arg(site.root()).env("SOURCE_DATE_EPOCH", epoch);
        Run::of(command)
    };
    assert_eq!(with_epoch("86399", &[]).out, "no findings\nas of 1970-01-01\n");
    assert!(with_epoch("86400", &["--format", "json"]).out.contains("\"now\": \"1970-01-02\""));
    assert_eq!(with_epoch("86400", &["--now", "2025-10-20"]).out, "no findings\nas of 2025-10-20\n");
    assert_eq!(with_epoch("morgen", &[]).code, 2);
}

#[test]
fn a_waiver_opens_the_gate_until_its_day_is_over() {
    let waiver = "- rule: checklist/missing-owner\n  item: uno\n  reason: llega el lunes\n  requested: 2025-10-15\n  requested_by: QA\n  approved_by: Release manager\n  expires: 2025-10-31\n";
    let page = checklist("| Uno | TBD | ⏳ |\n");
    let site = TestSite::with(&[
        ("content/plan.md", &page),
        ("rollbook-waivers.yaml", waiver),
        ("rollbook.yaml", "lang: es\n"),
    ]);
    let run = site.rollbook(&["check", "--now", "2025-10-31"]);
    assert_eq!((run.code, run.out.as_str()), (0, "sin hallazgos\nal 2025-10-31; exceptuados: 1 por excepciones\n"));
    let json = site.rollbook(&["check", "--now", "2025-10-31", "--format", "json"]).out;
    assert!(
        json.contains("\"waived\": 1") && json.contains("\"by\": \"waiver\"") && json.contains("llega el lunes"),
        "{json}"
    );
    let run = site.rollbook(&["check", "--now", "2025-11-01"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("waiver/expired") && run.out.contains("checklist/missing-owner"), "{}", run.out);
}
