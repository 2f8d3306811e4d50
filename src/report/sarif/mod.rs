//! SARIF 2.1.0, which code scanning of forges and many editors read. Paths are relative to the top of the repository.

mod log;

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostic::{By, Diagnostic, Edit, Fix, SetAside, Severity};
use crate::report::{Report, RuleInfo};
use crate::say;
use crate::source::{FileId, Span};

use log::Message;

/// What stays as it is in the path of a URI: the unreserved characters of RFC 3986, and the slash between the parts.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The findings as one SARIF log, indented. Findings that are set aside stand behind the others, as suppressed.
///
/// # Panics
/// Never: the log holds only texts and numbers.
#[must_use]
pub fn render(report: &Report<'_>) -> String {
    let log =
        log::Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: vec![run(report)] };
    serde_json::to_string_pretty(&log).expect("texts and numbers are always JSON")
}

fn run<'a>(report: &'a Report<'_>) -> log::Run<'a> {
    let rules = named_rules(report);
    let driver = log::Driver {
        name: "Rollbook",
        semantic_version: report.tool.version,
        information_uri: report.tool.homepage,
        rules: rules.iter().map(|rule| self::rule(report, rule)).collect(),
    };
    log::Run {
        results: results(report, &rules),
        tool: log::Tool { driver },
        // Several sites of one repository are several analyses.
        automation_details: log::AutomationDetails { id: format!("rollbook/{}", report.base) },
        invocations: vec![log::Invocation {
            execution_successful: true,
            properties: log::InvocationProperties { now: report.outcome.now.to_string() },
        }],
        original_uri_base_ids: log::OriginalUriBaseIds {
            root: log::Base { description: text("The top of the repository.") },
        },
        column_kind: "utf16CodeUnits",
        language: report.lang.code(),
    }
}

/// The rules that findings name, by id.
fn named_rules<'a>(report: &Report<'a>) -> Vec<RuleInfo<'a>> {
    let aside = report.outcome.set_aside.iter().map(|aside| &aside.finding);
    let named: BTreeSet<&str> = report.outcome.findings.iter().chain(aside).map(|finding| finding.rule).collect();
    let mut rules: Vec<RuleInfo<'a>> = report.rules.iter().filter(|rule| named.contains(rule.id)).cloned().collect();
    rules.sort_by_key(|rule| rule.id);
    rules
}

fn rule<'a>(report: &Report<'_>, rule: &RuleInfo<'a>) -> log::Rule<'a> {
    let page: String = rule.docs.lines().flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect();
    log::Rule {
        id: rule.id,
        short_description: text(rule.summary.as_str()),
        help_uri: report.tool.homepage.map(|home| format!("{}/rules/{}.html", home.trim_end_matches('/'), rule.id)),
        help: log::Help { text: page.clone(), markdown: page },
        default_configuration: log::Configuration { level: level(rule.severity) },
    }
}

fn results<'a>(report: &'a Report<'_>, rules: &[RuleInfo<'_>]) -> Vec<log::Result<'a>> {
    let (names, aside_names) = report.fingerprints();
    // A run says of all of its results whether they are suppressed, or of none.
    let some_are_suppressed = !report.outcome.set_aside.is_empty();
    let counting = report.outcome.findings.iter().zip(names);
    let counting = counting.map(|(finding, name)| {
        let suppressions = some_are_suppressed.then(Vec::new);
        result(report, rules, finding, name, suppressions)
    });
    let aside = report.outcome.set_aside.iter().zip(aside_names);
    let aside = aside.map(|(aside, name)| result(report, rules, &aside.finding, name, Some(vec![suppression(aside)])));
    counting.chain(aside).collect()
}

fn result<'a>(
    report: &Report<'_>,
    rules: &[RuleInfo<'_>],
    finding: &'a Diagnostic,
    fingerprint: String,
    suppressions: Option<Vec<log::Suppression<'a>>>,
) -> log::Result<'a> {
    let related = finding.labels.iter().enumerate().map(|(index, label)| log::Location {
        id: Some(index + 1),
        physical_location: place(report, label.file, label.span),
        message: Some(text(label.message.as_str())),
    });
    let physical_location = place(report, finding.file, finding.span);
    log::Result {
        rule_id: finding.rule,
        rule_index: rules.binary_search_by_key(&finding.rule, |rule| rule.id).ok(),
        level: level(finding.severity),
        message: message(finding),
        locations: vec![log::Location { id: None, physical_location, message: None }],
        related_locations: related.collect(),
        partial_fingerprints: log::PartialFingerprints { rollbook: fingerprint },
        fixes: finding.fix.iter().filter(|fix| !fix.edits.is_empty()).map(|it| fix(report, finding, it)).collect(),
        suppressions,
        properties: log::Properties { subject: finding.subject.as_deref(), owner: finding.owner.as_deref() },
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// What is wrong, and below it what to write instead: viewers show no other text.
fn message(finding: &Diagnostic) -> Message {
    match &finding.help {
        Some(help) => text(format!("{}\n{help}", finding.message)),
        None => text(finding.message.as_str()),
    }
}

/// A plain text. `[words](address)` would be a link in it, and texts of pages make no links.
fn text(words: impl Into<String>) -> Message {
    let words = words.into();
    let text = if words.contains("](") { words.replace('[', "\\[").replace(']', "\\]") } else { words };
    Message { text }
}

fn place(report: &Report<'_>, file: FileId, span: Span) -> log::PhysicalLocation {
    log::PhysicalLocation { artifact_location: artifact(report, file), region: region(report, file, span) }
}

fn artifact(report: &Report<'_>, file: FileId) -> log::ArtifactLocation {
    let uri = utf8_percent_encode(&report.path(file), IN_PATH).to_string();
    log::ArtifactLocation { uri, uri_base_id: "%SRCROOT%" }
}

fn region(report: &Report<'_>, file: FileId, span: Span) -> log::Region {
    let (start, end) = report.positions(file, span);
    log::Region {
        start_line: start.line,
        start_column: start.utf16_column,
        end_line: end.line,
        end_column: end.utf16_column,
    }
}

fn fix(report: &Report<'_>, finding: &Diagnostic, fix: &Fix) -> log::Fix {
    let mut files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    fix.edits.iter().for_each(|edit| files.entry(edit.file).or_default().push(edit));
    let replacement = |edit: &Edit| log::Replacement {
        deleted_region: region(report, edit.file, edit.span),
        inserted_content: Message { text: edit.text.clone() },
    };
    let change = |(file, edits): (FileId, Vec<&Edit>)| log::ArtifactChange {
        artifact_location: artifact(report, file),
        replacements: edits.into_iter().map(replacement).collect(),
    };
    let lang = report.lang;
    let otherwise = || say!(lang, en: "mend it", es: "corregirlo", pt: "corrigir");
    let description = text(finding.help.clone().unwrap_or_else(otherwise));
    log::Fix { description, artifact_changes: files.into_iter().map(change).collect() }
}

fn suppression(aside: &SetAside) -> log::Suppression<'_> {
    log::Suppression {
        kind: match aside.by {
            By::Waiver | By::Baseline => "external",
            By::Suppression => "inSource",
        },
        status: "accepted",
        justification: aside.reason.as_deref(),
    }
}
