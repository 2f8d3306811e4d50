//! GitLab's code quality report: a list that the merge request shows beside the lines.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::Report;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The findings as a JSON list. Paths count from the top of the repository.
///
/// # Panics
/// Never: the list holds only texts and numbers.
#[must_use]
pub fn render(report: &Report<'_>) -> String {
    let issues = report.outcome.findings.iter().zip(report.fingerprints().0);
    let issues: Vec<Issue<'_>> = issues.map(|(finding, fingerprint)| issue(report, finding, fingerprint)).collect();
    serde_json::to_string_pretty(&issues).expect("texts and numbers are always JSON")
}

fn issue<'a>(report: &Report<'_>, finding: &'a Diagnostic, fingerprint: String) -> Issue<'a> {
    let (start, end) = report.positions(finding.file, finding.span);
    let description = match &finding.help {
        Some(help) => format!("{}: {help}", finding.message),
        None => finding.message.clone(),
    };
    Issue {
        description,
        check_name: finding.rule,
        fingerprint,
        // Of GitLab's five: what stops a merge, what should be looked at, what is good to know.
        severity: match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: Location { path: report.path(finding.file), lines: Lines { begin: start.line, end: end.line } },
    }
}
