//! What a check found: plain data that knows places and words, but neither rules nor formats.

use chrono::NaiveDate;

use crate::source::{FileId, Span};

/// How much a finding weighs. Only errors make `check` exit with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The plan is not true, or the site cannot be right.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The key in machine-readable output.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A second place that helps to understand the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// File of the place.
    pub file: FileId,
    /// The place.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// Whether a fix can be trusted without a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// It says what was there, only rightly written.
    Safe,
    /// It is probably meant; a person should look.
    Unsafe,
}

/// One replacement of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// File to change.
    pub file: FileId,
    /// What goes; empty where something is only put in.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// What would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Whether it can be trusted.
    pub safety: Safety,
    /// The replacements, which do not overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that puts `text` in the place of `span`.
    #[must_use]
    pub fn replace(safety: Safety, file: FileId, span: Span, text: impl Into<String>) -> Self {
        Self { safety, edits: vec![Edit { file, span, text: text.into() }] }
    }
}

/// One finding, in the language of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Id of the rule: `checklist/missing-owner`.
    pub rule: &'static str,
    /// Its weight after the settings.
    pub severity: Severity,
    /// File that it is about.
    pub file: FileId,
    /// The place to look at; empty where something is missing.
    pub span: Span,
    /// What is wrong, with names in backticks.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What it is about, in words that outlive its line: an item's id, a flag's key. Waivers name it, fingerprints hold it.
    pub subject: Option<String>,
    /// Who answers for that, where the plan says.
    pub owner: Option<String>,
    /// What would mend it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// The order of every report: by file, place, rule.
    #[must_use]
    pub fn order(&self) -> (FileId, Span, &'static str, &str) {
        (self.file, self.span, self.rule, &self.message)
    }
}

/// By what a finding was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// An entry of the waiver file.
    Waiver,
    /// A comment in the text.
    Suppression,
    /// An entry of the baseline.
    Baseline,
}

impl By {
    /// The key in machine-readable output.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiver => "waiver",
            Self::Suppression => "suppression",
            Self::Baseline => "baseline",
        }
    }
}

/// A finding that somebody decided to live with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The finding.
    pub finding: Diagnostic,
    /// By what.
    pub by: By,
    /// File in which that stands.
    pub file: FileId,
    /// Where it stands.
    pub span: Span,
    /// Why, in the words of whoever decided it.
    pub reason: Option<String>,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The findings, by file, place and rule.
    pub findings: Vec<Diagnostic>,
    /// What was set aside, in the same order.
    pub set_aside: Vec<SetAside>,
    /// How many findings were left out because they stand where nothing was changed.
    pub elsewhere: usize,
    /// The day that counted as today.
    pub now: NaiveDate,
    /// The profile that was taken.
    pub profile: Option<String>,
    /// Whether the profile lets warnings fail the check.
    pub deny_warnings: bool,
}

impl Outcome {
    /// How many findings were set aside by this.
    #[must_use]
    pub fn count(&self, by: By) -> usize {
        self.set_aside.iter().filter(|it| it.by == by).count()
    }
}
