//! What single formats promise.

use rollbook::diagnostic::{By, SetAside};
use rollbook::report::{Format, github};

use super::sample::Sample;

#[test]
fn github_shows_the_worst_and_says_how_many_more_there_are() {
    let written = Sample::many(100).written(Format::Github);
    let kinds: Vec<&str> = written.lines().filter_map(|line| line.strip_prefix("::")?.split(' ').next()).collect();
    assert_eq!(kinds, [["error"; 10], ["warning"; 10], ["notice"; 10]].concat());
    let rest: Vec<&str> = written.lines().filter(|line| !line.starts_with("::")).collect();
    assert_eq!(
        rest,
        [
            "Sin marcar, porque un paso muestra 10 de cada tipo: 23 errores, 23 advertencias, 24 notas. `rollbook check` los muestra todos.",
            "33 errores, 33 advertencias, 34 notas, al 2025-10-20"
        ]
    );
}

#[test]
fn github_takes_no_command_from_a_page() {
    let sample = Sample::hostile();
    let written = sample.written(Format::Github);
    assert_eq!(written.lines().filter(|line| line.starts_with("::")).count(), sample.outcome.findings.len());
    assert_eq!(written.lines().count(), sample.outcome.findings.len() + 1);
    assert!(written.lines().all(|line| line.starts_with("::") || !line.contains("##[")));
    let line = written.lines().next().expect("a command");
    let properties =
        "::error file=content/%252e%3Aa%2Cb \u{fffd}\"<ñ>#?.md,line=1,endLine=1,col=1,title=checklist/missing-owner";
    let message = "::a%0A::error file=x::b\u{fffd}%0A##[error]c %250A \"d\" 'e'";
    assert!(line.starts_with(&format!("{properties}{message}")), "{line}");
}

#[test]
fn the_page_of_a_job_stays_small_and_holds_no_markup_of_a_page() {
    let sample = Sample::many(10_000);
    assert!(github::step_summary(&sample.report()).len() < 200_000);
    let page = github::step_summary(&Sample::hostile().report());
    for markup in ["<script", "](javascript", "##[", "`f`", "\n::"] {
        assert!(!page.contains(markup), "{page}");
    }
    let rows = page.lines().filter(|line| line.starts_with("| error") || line.starts_with("| warning"));
    assert!(rows.map(|row| row.matches('|').count()).all(|pipes| pipes == 5), "{page}");
}

#[test]
fn the_summary_of_many_findings_fits_a_screen() {
    let written = Sample::many(500).written(Format::Human);
    let at = written.find("Por regla:").expect("a summary by rule");
    let summary = &written[at..];
    assert!(summary.lines().count() < 25, "{summary}");
    assert!(summary.contains("  Team 1           "), "{summary}");
    assert!(summary.contains("  sin responsable  "), "{summary}");
    assert!(summary.ends_with("166 errores, 167 advertencias, 167 notas\nal 2025-10-20\n"), "{summary}");
}

#[test]
fn so_few_findings_need_no_summary() {
    let mut sample = Sample::usual();
    sample.outcome.findings.truncate(3);
    assert!(!sample.written(Format::Human).contains("Por regla:"));
    assert!(sample.written(Format::Human).contains("\n2 errores, 1 nota\nal 2025-10-20, perfil golive; exceptuados: "));
}

#[test]
fn a_terminal_gets_no_control_characters() {
    let written = Sample::hostile().written(Format::Human);
    assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "{written:?}");
}

#[test]
fn a_finding_keeps_its_name_when_its_like_is_set_aside() {
    let mut sample = Sample::many(20);
    sample.outcome.findings.iter_mut().for_each(|finding| finding.subject = Some("x".to_owned()));
    let names = |sample: &Sample| -> Vec<String> {
        let report: serde_json::Value = serde_json::from_str(&sample.written(Format::Json)).expect("JSON");
        let findings = report["findings"].as_array().expect("findings").clone();
        findings.into_iter().map(|it| it["fingerprint"].to_string()).collect()
    };
    let before = names(&sample);
    let first = sample.outcome.findings.remove(0);
    let (file, span) = (first.file, first.span);
    sample.outcome.set_aside.push(SetAside { finding: first, by: By::Waiver, file, span, reason: None });
    assert_eq!(names(&sample), before[1..]);
}
