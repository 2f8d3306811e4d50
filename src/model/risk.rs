//! A risk: what could go wrong, how bad that would be, and what is done against it.

use crate::source::{FileId, Span, Spanned};

/// How likely or how grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskLevel {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Higher than high.
    Critical,
}

impl RiskLevel {
    /// The key in JSON and templates.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// A level as written and as read; `None` for a word that is no level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelReading {
    /// As written.
    pub text: String,
    /// As read.
    pub level: Option<RiskLevel>,
}

/// One risk.
#[derive(Clone, Debug)]
pub struct Risk {
    /// File that holds it.
    pub file: FileId,
    /// The whole row or entry.
    pub span: Span,
    /// Anchor and name, unique within the file.
    pub id: String,
    /// What could go wrong; the span holds inline Markdown, or is a YAML scalar.
    pub name: Spanned<String>,
    /// How likely.
    pub probability: Option<Spanned<LevelReading>>,
    /// How grave.
    pub impact: Option<Spanned<LevelReading>>,
    /// Both together, as written.
    pub score: Option<Spanned<String>>,
    /// What is done against it.
    pub mitigation: Option<Spanned<String>>,
    /// What shows that it has come true.
    pub trigger: Option<Spanned<String>>,
    /// Who answers for it.
    pub owner: Option<Spanned<String>>,
    /// How far it is, as written.
    pub status: Option<Spanned<String>>,
    /// Whether it stands in front matter, where spans are not Markdown.
    pub in_front_matter: bool,
}
