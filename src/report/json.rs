//! Findings for other programs: stable keys, never translated; only messages follow the language. [`schema`] says the same as the
//! types below, since it is made from them.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::diagnostic::{self, By};
use crate::report::Report;
use crate::report::summary::Counts;
use crate::source::{FileId, Span};

/// Version of the format; it grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

/// What `rollbook check --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RollbookReport")]
struct Document<'a> {
    /// Version of this format. It grows when a key changes its meaning or goes; new keys may come without.
    version: u32,
    /// Who made the report.
    tool: Tool<'a>,
    /// Language of the messages: `en`, `es` or `pt`.
    lang: &'a str,
    /// The day that counted as today, as `YYYY-MM-DD`.
    #[schemars(extend("format" = "date"))]
    now: String,
    /// The profile that was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a str>,
    /// What was found and counts, by file, place and rule.
    findings: Vec<Finding<'a>>,
    /// What was found and does not count, in the same order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    set_aside: Vec<SetAside<'a>>,
    /// Everything in numbers.
    summary: Summary,
}

/// The program that made the report.
#[derive(Serialize, JsonSchema)]
struct Tool<'a> {
    /// Always `rollbook`.
    name: &'a str,
    /// Its version.
    version: &'a str,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// Id of the rule: `checklist/missing-owner`.
    rule: &'a str,
    /// Its weight after the settings. Only errors fail a check by themselves.
    severity: Severity,
    /// Name of the finding that outlives edits elsewhere in the file: 32 hexadecimal digits.
    #[schemars(regex(pattern = "^[0-9a-f]{32}$"))]
    fingerprint: String,
    /// What is wrong.
    message: &'a str,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    /// What it is about: an item's id, a flag's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    /// Who answers for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    /// Further places that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Label<'a>>,
    /// What would mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

/// How much a finding weighs.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Severity {
    /// The plan is not true, or the site cannot be right.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

/// A place. Lines and columns count from 1, columns in Unicode scalar values; bytes count from 0. The end is the first place behind
/// it; start and end are the same where something is missing.
#[derive(Serialize, JsonSchema)]
struct Place<'a> {
    /// Path below the site's root, with `/` between the parts.
    path: &'a str,
    /// First line.
    #[schemars(range(min = 1))]
    line: usize,
    /// First column.
    #[schemars(range(min = 1))]
    column: usize,
    /// Last line.
    #[schemars(range(min = 1))]
    end_line: usize,
    /// First column behind it.
    #[schemars(range(min = 1))]
    end_column: usize,
    /// First byte.
    byte_start: u32,
    /// First byte behind it.
    byte_end: u32,
}

/// A further place.
#[derive(Serialize, JsonSchema)]
struct Label<'a> {
    /// What stands there.
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// What would mend a finding.
#[derive(Serialize, JsonSchema)]
struct Fix<'a> {
    /// Whether it can be trusted without a second look.
    safety: Safety,
    /// The replacements, which do not overlap.
    edits: Vec<Edit<'a>>,
}

/// Whether a fix can be trusted.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Safety {
    /// It says what was there, only rightly written.
    Safe,
    /// It is probably meant; a person should look.
    Unsafe,
}

/// One replacement.
#[derive(Serialize, JsonSchema)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    /// What comes in the place of what stands there.
    text: &'a str,
}

/// Everything in numbers.
#[derive(Serialize, JsonSchema)]
struct Summary {
    /// Findings that are errors.
    errors: usize,
    /// Findings that are warnings.
    warnings: usize,
    /// Findings that are notes.
    infos: usize,
    /// Findings set aside by the waiver file.
    waived: usize,
    /// Findings set aside by a comment in the text.
    suppressed: usize,
    /// Findings set aside by the baseline.
    in_baseline: usize,
    /// Findings left out because they stand where nothing was changed.
    elsewhere: usize,
}

/// A finding that somebody decided to live with.
#[derive(Serialize, JsonSchema)]
struct SetAside<'a> {
    /// What sets it aside.
    by: Pass,
    /// Why, in the words of whoever decided it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    /// Where that decision stands.
    decided: Place<'a>,
    /// The finding.
    finding: Finding<'a>,
}

/// What sets a finding aside.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Pass {
    /// An entry of the waiver file.
    Waiver,
    /// A comment in the text.
    Suppression,
    /// An entry of the baseline.
    Baseline,
}

/// The findings as one JSON document, indented.
///
/// # Panics
/// Never: the report holds only texts and numbers.
#[must_use]
pub fn render(report: &Report<'_>) -> String {
    let (names, aside_names) = report.fingerprints();
    let findings = report.outcome.findings.iter().zip(names);
    let aside = report.outcome.set_aside.iter().zip(aside_names);
    let document = Document {
        version: VERSION,
        tool: Tool { name: "rollbook", version: report.tool.version },
        lang: report.lang.code(),
        now: report.outcome.now.to_string(),
        profile: report.outcome.profile.as_deref(),
        findings: findings.map(|(it, name)| finding(report, it, name)).collect(),
        set_aside: aside.map(|(it, name)| set_aside(report, it, name)).collect(),
        summary: summary(report),
    };
    serde_json::to_string_pretty(&document).expect("texts and numbers are always JSON")
}

/// The JSON Schema (draft 2020-12) of what [`render`] writes.
#[must_use]
pub fn schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Document<'static>>().to_value()
}

fn finding<'a>(report: &'a Report<'_>, finding: &'a diagnostic::Diagnostic, fingerprint: String) -> Finding<'a> {
    let label =
        |label: &'a diagnostic::Label| Label { message: &label.message, place: place(report, label.file, label.span) };
    Finding {
        rule: finding.rule,
        severity: match finding.severity {
            diagnostic::Severity::Error => Severity::Error,
            diagnostic::Severity::Warning => Severity::Warning,
            diagnostic::Severity::Info => Severity::Info,
        },
        fingerprint,
        message: &finding.message,
        help: finding.help.as_deref(),
        subject: finding.subject.as_deref(),
        owner: finding.owner.as_deref(),
        place: place(report, finding.file, finding.span),
        labels: finding.labels.iter().map(label).collect(),
        fix: finding.fix.as_ref().map(|fix| self::fix(report, fix)),
    }
}

fn fix<'a>(report: &'a Report<'_>, fix: &'a diagnostic::Fix) -> Fix<'a> {
    let edit = |edit: &'a diagnostic::Edit| Edit { place: place(report, edit.file, edit.span), text: &edit.text };
    Fix {
        safety: match fix.safety {
            diagnostic::Safety::Safe => Safety::Safe,
            diagnostic::Safety::Unsafe => Safety::Unsafe,
        },
        edits: fix.edits.iter().map(edit).collect(),
    }
}

fn place<'a>(report: &'a Report<'_>, file: FileId, span: Span) -> Place<'a> {
    let (start, end) = report.positions(file, span);
    Place {
        path: &report.sources[file].path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_start: span.start,
        byte_end: span.end,
    }
}

fn set_aside<'a>(report: &'a Report<'_>, it: &'a diagnostic::SetAside, fingerprint: String) -> SetAside<'a> {
    SetAside {
        by: match it.by {
            By::Waiver => Pass::Waiver,
            By::Suppression => Pass::Suppression,
            By::Baseline => Pass::Baseline,
        },
        reason: it.reason.as_deref(),
        decided: place(report, it.file, it.span),
        finding: finding(report, &it.finding, fingerprint),
    }
}

fn summary(report: &Report<'_>) -> Summary {
    let outcome = report.outcome;
    let Counts { errors, warnings, infos } = Counts::of(&outcome.findings);
    let count = |by| outcome.count(by);
    let (waived, suppressed, in_baseline) = (count(By::Waiver), count(By::Suppression), count(By::Baseline));
    Summary { errors, warnings, infos, waived, suppressed, in_baseline, elsewhere: outcome.elsewhere }
}
