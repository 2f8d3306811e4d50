//! GitHub's workflow commands: each finding becomes a mark on its line of the pull request. A step shows a few of each kind and
//! drops the others without a word, so the heaviest come first, and a line says how many more there are.

use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::Report;
use crate::report::circumstances;
use crate::report::summary::{Counts, by_owner, nobody};
use crate::report::text::{one_line, printable};
use crate::say;

/// Marks of each kind that a step may leave.
const SHOWN: usize = 10;

/// Rows of the summary page, which has a largest size.
const ROWS: usize = 200;

/// Characters of a message in the summary page, which has a largest size.
const LONG: usize = 400;

/// The commands, and a line that counts. No line but a command's holds text of a page: it could be a command itself.
#[must_use]
pub fn render(report: &Report<'_>) -> String {
    let mut text = String::new();
    let mut more = Counts::default();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let of_kind: Vec<&Diagnostic> = report.outcome.findings.iter().filter(|it| it.severity == severity).collect();
        of_kind.iter().take(SHOWN).for_each(|finding| text.push_str(&command(report, finding)));
        let hidden = of_kind.len().saturating_sub(SHOWN);
        match severity {
            Severity::Error => more.errors = hidden,
            Severity::Warning => more.warnings = hidden,
            Severity::Info => more.infos = hidden,
        }
    }
    if more != Counts::default() {
        let more = more.in_words(report.lang);
        let line = say!(
            report.lang,
            en: "Not marked, since a step shows {SHOWN} of a kind: {more}. `rollbook check` shows all of them.",
            es: "Sin marcar, porque un paso muestra {SHOWN} de cada tipo: {more}. `rollbook check` los muestra todos.",
            pt: "Sem marca, porque um passo mostra {SHOWN} de cada tipo: {more}. `rollbook check` mostra todos."
        );
        let _ = writeln!(text, "{line}");
    }
    let counts = Counts::of(&report.outcome.findings).in_words(report.lang);
    let _ = writeln!(text, "{counts}, {}", one_line(&circumstances(report)).replace("##[", "## ["));
    text
}

fn circumstances(report: &Report<'_>) -> String {
    circumstances::line(report.outcome, report.lang)
}

/// `::error file=…,line=…,endLine=…,col=…,title=…::message`.
fn command(report: &Report<'_>, finding: &Diagnostic) -> String {
    let (start, end) = report.positions(finding.file, finding.span);
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (path, title) = (property(&report.path(finding.file)), property(finding.rule));
    let message = match &finding.help {
        Some(help) => data(&format!("{}\n{help}", finding.message)),
        None => data(&finding.message),
    };
    let (line, end_line, column) = (start.line, end.line, start.column);
    format!("::{kind} file={path},line={line},endLine={end_line},col={column},title={title}::{message}\n")
}

/// Text behind `::`.
fn data(text: &str) -> String {
    printable(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A page of Markdown for the summary of a job: the findings, the heaviest first, and who owes what.
#[must_use]
pub fn step_summary(report: &Report<'_>) -> String {
    let site = report.base.trim_end_matches('/');
    let site = if site.is_empty() { String::new() } else { format!(" {}", cell(site)) };
    let counts = Counts::of(&report.outcome.findings).in_words(report.lang);
    let mut text = format!("### Rollbook{site}: {counts}\n\n{}\n\n", cell(&circumstances(report)));
    if report.outcome.findings.is_empty() {
        return text;
    }
    let lang = report.lang;
    text.push_str(&say!(
        lang,
        en: "| | Place | Finding | Owner |\n|---|---|---|---|\n",
        es: "| | Lugar | Hallazgo | Responsable |\n|---|---|---|---|\n",
        pt: "| | Lugar | Achado | Responsável |\n|---|---|---|---|\n"
    ));
    let mut findings: Vec<&Diagnostic> = report.outcome.findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity);
    findings.iter().take(ROWS).for_each(|finding| text.push_str(&row(report, finding)));
    if let Some(more) = findings.len().checked_sub(ROWS).filter(|more| *more > 0) {
        text.push_str(&say!(lang, en: "\n… and {more} more\n", es: "\n… y {more} más\n", pt: "\n… e mais {more}\n"));
    }
    text.push_str(
        &say!(lang, en: "\n**Who owes what**\n\n", es: "\n**Quién debe qué**\n\n", pt: "\n**Quem deve o quê**\n\n"),
    );
    for (owner, counts) in by_owner(&report.outcome.findings).iter().take(ROWS) {
        let owner = owner.map_or_else(|| nobody(lang), cell);
        let _ = writeln!(text, "- {owner}: {}", counts.in_words(lang));
    }
    text
}

fn row(report: &Report<'_>, finding: &Diagnostic) -> String {
    let start = report.positions(finding.file, finding.span).0;
    let (kind, rule, message) = (finding.severity.key(), finding.rule, cell(&finding.message));
    let place = format!("{}:{}:{}", cell(&report.path(finding.file)), start.line, start.column);
    let help = finding.help.as_deref().map(|help| format!("<br>{}", cell(help))).unwrap_or_default();
    let owner = finding.owner.as_deref().map(cell).unwrap_or_default();
    format!("| {kind} | {place} | `{rule}`: {message}{help} | {owner} |\n")
}

/// Text of a page as a cell of a table. What could mean something in Markdown or HTML is written as a number, which is always text.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for (index, c) in one_line(text).chars().enumerate() {
        match c {
            _ if index == LONG => {
                cell.push('…');
                break;
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '#' | '@' | '!' | '$' | ':' => {
                let _ = write!(cell, "&#{};", c as u32);
            }
            c => cell.push(c),
        }
    }
    cell
}
