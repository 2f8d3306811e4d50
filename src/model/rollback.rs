//! The way back: what sets it off, and its steps.

use crate::source::{FileId, Span, Spanned};

/// One rollback procedure: a list or table under its heading, or `rollback:` in front matter.
#[derive(Clone, Debug)]
pub struct Rollback {
    /// File that holds it.
    pub file: FileId,
    /// The list, table or mapping.
    pub span: Span,
    /// What sets it off, where that is written: a step or a line about detection, or a trigger of its own.
    pub trigger: Option<Spanned<String>>,
    /// Who may start it.
    pub owner: Option<Spanned<String>>,
    /// Its steps, in order.
    pub steps: Vec<RollbackStep>,
}

/// One step.
#[derive(Clone, Debug)]
pub struct RollbackStep {
    /// The whole entry or row, sub-steps included.
    pub span: Span,
    /// Anchor and name, unique within the file.
    pub id: String,
    /// What is done; the span holds inline Markdown, or is a YAML scalar.
    pub text: Spanned<String>,
    /// Who does it.
    pub owner: Option<Spanned<String>>,
    /// Parts of it, in order.
    pub substeps: Vec<Spanned<String>>,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}
