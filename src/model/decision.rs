//! Decisions and the closing report: what was resolved, by whom, and what remains to be told.

use chrono::NaiveDate;

use crate::source::{FileId, Span, Spanned};

/// One decision: a row of a decision table, or `decision:` in front matter.
#[derive(Clone, Debug)]
pub struct Decision {
    /// File that holds it.
    pub file: FileId,
    /// The whole row or entry.
    pub span: Span,
    /// Anchor and name, unique within the file.
    pub id: String,
    /// What is decided: a gate, a phase, a question.
    pub subject: Spanned<String>,
    /// What was resolved, as written.
    pub verdict: Option<Spanned<String>>,
    /// Who approved.
    pub approver: Option<Spanned<String>>,
    /// When, as read.
    pub date: Option<Spanned<NaiveDate>>,
    /// Why, or on what evidence.
    pub reason: Option<Spanned<String>>,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}

/// The closing report: what it has to bring together.
#[derive(Clone, Debug)]
pub struct Report {
    /// File that holds it.
    pub file: FileId,
    /// The heading's section, list or entry.
    pub span: Span,
    /// Its heading or name.
    pub title: Spanned<String>,
    /// What it has to bring together, in order.
    pub parts: Vec<Spanned<String>>,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}
