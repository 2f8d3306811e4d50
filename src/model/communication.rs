//! A communication: who is told what, when, and by which way.

use chrono::NaiveDate;

use crate::source::{FileId, Span, Spanned};

/// One message to somebody.
#[derive(Clone, Debug)]
pub struct Communication {
    /// File that holds it.
    pub file: FileId,
    /// The whole row or entry.
    pub span: Span,
    /// Anchor and name, unique within the file.
    pub id: String,
    /// What is told; the span holds inline Markdown, or is a YAML scalar.
    pub text: Spanned<String>,
    /// The moment that it is listed under: `Previo a piloto`.
    pub moment: Option<Spanned<String>>,
    /// The way: mail, webinar, in the application. Written, or told from the text (then the span is that of the word).
    pub channel: Option<Spanned<String>>,
    /// Who is told.
    pub audience: Option<Spanned<String>>,
    /// When, as written.
    pub date: Option<Spanned<String>>,
    /// The date as read.
    pub on: Option<NaiveDate>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// How far it is, as written.
    pub status: Option<Spanned<String>>,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}
