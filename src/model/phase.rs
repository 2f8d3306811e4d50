//! A phase of the rollout: who gets what, when, and what must be true before the next one.

use chrono::NaiveDate;

use crate::model::{Criterion, StatusReading};
use crate::source::{FileId, Span, Spanned};

/// One phase.
#[derive(Clone, Debug)]
pub struct Phase {
    /// File that holds it.
    pub file: FileId,
    /// The whole row, section or entry.
    pub span: Span,
    /// Anchor and name, unique within the file.
    pub id: String,
    /// Its name as written: `Piloto Controlado (Semana 1)`; the span holds inline Markdown, or is a YAML scalar.
    pub name: Spanned<String>,
    /// How far it is, where that is written.
    pub status: Option<Spanned<StatusReading>>,
    /// When, as written: `Semana 2-3`, `2025-10-20 – 2025-10-26`.
    pub window: Option<Spanned<String>>,
    /// First day, where a date is written.
    pub start: Option<Spanned<NaiveDate>>,
    /// Last day, where a date is written.
    pub end: Option<Spanned<NaiveDate>>,
    /// Who gets it; the span holds inline Markdown, or is a YAML scalar.
    pub audience: Option<Spanned<String>>,
    /// What is done in it; the span holds inline Markdown, or is a YAML scalar.
    pub actions: Option<Spanned<String>>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// What must be true before it begins.
    pub entry: Vec<Criterion>,
    /// What must be true before the next one begins.
    pub exit: Vec<Criterion>,
    /// Where exit criteria are or should be written.
    pub exit_span: Span,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}
