//! A metric: what is watched, where the figure comes from, and what it has to reach.

use crate::model::Comparison;
use crate::source::{FileId, Span, Spanned};

/// One metric.
#[derive(Clone, Debug)]
pub struct Metric {
    /// File that holds it.
    pub file: FileId,
    /// The whole row or entry.
    pub span: Span,
    /// Anchor and name, unique within the file.
    pub id: String,
    /// The group that it is listed under: `Uso`.
    pub group: Option<Spanned<String>>,
    /// What is measured; the span holds inline Markdown, or is a YAML scalar.
    pub name: Spanned<String>,
    /// Where the figure comes from.
    pub source: Option<Spanned<String>>,
    /// What it has to reach, as written.
    pub threshold: Option<Spanned<String>>,
    /// The threshold as read.
    pub target: Option<Comparison>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}
