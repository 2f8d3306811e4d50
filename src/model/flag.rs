//! Feature flags and the record of their changes.

use chrono::NaiveDate;

use crate::source::{FileId, Span, Spanned};

/// When a flag is to be removed, as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// On this day.
    On(NaiveDate),
    /// Never; whether the text goes on and says why.
    Never {
        /// Whether it says why.
        with_reason: bool,
    },
    /// At a phase, or at something else that is no day.
    Other,
}

/// A field that is asked for and says nothing: its cell or value is empty, or holds a placeholder. The span is that place. Where
/// there is no such column or key at all, the field is no blank.
pub type Blank = Spanned<&'static str>;

/// A flag of the registry.
#[derive(Clone, Debug)]
pub struct Flag {
    /// File that registers it.
    pub file: FileId,
    /// The whole row or entry.
    pub span: Span,
    /// The key that code and documents use: `ENABLE_VERTICAL_PROFILES`.
    pub key: Spanned<String>,
    /// What it controls; the span holds inline Markdown, or is a YAML scalar.
    pub description: Option<Spanned<String>>,
    /// The default as written: `false`, `true (admin)`.
    pub default: Option<Spanned<String>>,
    /// The default as read: on, off, or neither.
    pub default_on: Option<bool>,
    /// Remarks; the span holds inline Markdown, or is a YAML scalar.
    pub remarks: Option<Spanned<String>>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// When it is to be removed, as written: a date, a phase, or `never`.
    pub expires: Option<Spanned<String>>,
    /// The same as read.
    pub expiry: Option<Expiry>,
    /// Which of `description`, `default`, `owner` and `expires` are asked for and say nothing.
    pub blanks: Vec<Blank>,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}

impl Flag {
    /// Where a field is asked for and says nothing.
    #[must_use]
    pub fn blank(&self, field: &str) -> Option<Span> {
        blank(&self.blanks, field)
    }
}

fn blank(blanks: &[Blank], field: &str) -> Option<Span> {
    blanks.iter().find(|blank| blank.value == field).map(|blank| blank.span)
}

/// One change of a flag's value.
#[derive(Clone, Debug)]
pub struct FlagEvent {
    /// File that records it.
    pub file: FileId,
    /// The whole row or entry.
    pub span: Span,
    /// The flag's key.
    pub flag: Spanned<String>,
    /// When, as written (ISO 8601 where it is right).
    pub date: Option<Spanned<String>>,
    /// Where it was changed: a tenant, an environment.
    pub scope: Option<Spanned<String>>,
    /// Whether it holds for everybody, so that it changed the default: no scope is written, or a word for all.
    pub everywhere: bool,
    /// Value before.
    pub from: Option<Spanned<String>>,
    /// Value before as read: on, off, or neither.
    pub from_on: Option<bool>,
    /// Value after.
    pub to: Option<Spanned<String>>,
    /// Value after as read: on, off, or neither.
    pub to_on: Option<bool>,
    /// Who changed it.
    pub author: Option<Spanned<String>>,
    /// Why; the span holds inline Markdown, or is a YAML scalar.
    pub reason: Option<Spanned<String>>,
    /// Which of `date` and `reason` are asked for and say nothing.
    pub blanks: Vec<Blank>,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}

impl FlagEvent {
    /// Where a field is asked for and says nothing.
    #[must_use]
    pub fn blank(&self, field: &str) -> Option<Span> {
        blank(&self.blanks, field)
    }
}
