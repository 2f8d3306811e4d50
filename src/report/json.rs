//! Findings for other programs: stable keys, never translated; only messages follow the language.

use serde::Serialize;

use crate::diagnostic::{self, By, Diagnostic, Outcome, Severity};
use crate::source::{FileId, Sources, Span};

/// Version of the format; it grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    now: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a str>,
    findings: Vec<Finding<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    set_aside: Vec<SetAside<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Label<'a>>,
}

/// A finding that somebody decided to live with, and the place of that decision.
#[derive(Serialize)]
struct SetAside<'a> {
    by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    decided: Place<'a>,
    finding: Finding<'a>,
}

/// Lines and columns count from 1, columns in Unicode scalar values; bytes count from 0.
#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    byte_start: u32,
    byte_end: u32,
}

#[derive(Serialize)]
struct Label<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    waived: usize,
    suppressed: usize,
    in_baseline: usize,
    elsewhere: usize,
}

/// The findings as one JSON document, indented.
///
/// # Panics
/// Never: the report holds only texts and numbers.
#[must_use]
pub fn render(sources: &Sources, outcome: &Outcome) -> String {
    let count = |severity| outcome.findings.iter().filter(|finding| finding.severity == severity).count();
    let report = Report {
        version: VERSION,
        now: outcome.now.to_string(),
        profile: outcome.profile.as_deref(),
        findings: outcome.findings.iter().map(|finding| self::finding(sources, finding)).collect(),
        set_aside: outcome.set_aside.iter().map(|it| set_aside(sources, it)).collect(),
        summary: Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            waived: outcome.count(By::Waiver),
            suppressed: outcome.count(By::Suppression),
            in_baseline: outcome.count(By::Baseline),
            elsewhere: outcome.elsewhere,
        },
    };
    serde_json::to_string_pretty(&report).expect("texts and numbers are always JSON")
}

fn set_aside<'a>(sources: &'a Sources, it: &'a diagnostic::SetAside) -> SetAside<'a> {
    SetAside {
        by: it.by.key(),
        reason: it.reason.as_deref(),
        decided: place(sources, it.file, it.span),
        finding: finding(sources, &it.finding),
    }
}

fn finding<'a>(sources: &'a Sources, finding: &'a Diagnostic) -> Finding<'a> {
    let label = |label: &'a crate::diagnostic::Label| Label {
        message: &label.message,
        place: place(sources, label.file, label.span),
    };
    Finding {
        rule: finding.rule,
        severity: finding.severity.key(),
        message: &finding.message,
        help: finding.help.as_deref(),
        place: place(sources, finding.file, finding.span),
        labels: finding.labels.iter().map(label).collect(),
    }
}

fn place(sources: &Sources, file: FileId, span: Span) -> Place<'_> {
    let source = &sources[file];
    let (start, end) = (source.position(span.start as usize), source.position(span.end as usize));
    Place {
        path: &source.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_start: span.start,
        byte_end: span.end,
    }
}
