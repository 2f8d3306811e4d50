//! Feature flags and the record of their changes.

use crate::source::{FileId, Span, Spanned};

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
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
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
    /// Value before.
    pub from: Option<Spanned<String>>,
    /// Value after.
    pub to: Option<Spanned<String>>,
    /// Who changed it.
    pub author: Option<Spanned<String>>,
    /// Why; the span holds inline Markdown, or is a YAML scalar.
    pub reason: Option<Spanned<String>>,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}
