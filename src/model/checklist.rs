//! The go-live checklist: items with an owner and a status, each with the place of every field.

use crate::source::{FileId, Span, Spanned};

/// How far an item is, from the least to the most advanced only in so far as `done` and `not_applicable` close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Not begun.
    Pending,
    /// Being worked on.
    InProgress,
    /// Moving, but in danger.
    AtRisk,
    /// Cannot go on.
    Blocked,
    /// Tried, and it did not hold.
    Failed,
    /// Finished.
    Done,
    /// Does not concern this rollout.
    NotApplicable,
}

impl Status {
    /// Every status, in the order of reports.
    pub const ALL: [Self; 7] =
        [Self::Pending, Self::InProgress, Self::AtRisk, Self::Blocked, Self::Failed, Self::Done, Self::NotApplicable];

    /// The key in front matter, JSON and templates.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::InProgress => "in_progress",
            Self::AtRisk => "at_risk",
            Self::Blocked => "blocked",
            Self::Failed => "failed",
            Self::Done => "done",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The status with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }

    /// Whether nothing remains to be done.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::NotApplicable)
    }
}

/// What a status cell says. What is not closed without doubt keeps the gate shut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusReading {
    /// A word or sign of the vocabulary.
    Known(Status),
    /// A word and a sign that disagree about whether the item is closed.
    Conflicting {
        /// The less advanced of both, which counts.
        status: Status,
        /// What the sign means.
        sign: Status,
        /// What the word means.
        word: Status,
    },
    /// Nothing written.
    Missing,
    /// A word outside the vocabulary; the nearest known word, if one is near.
    Unknown {
        /// The nearest known word.
        nearest: Option<String>,
    },
    /// A sign that an encoding broke; the sign it was, if that can be told.
    Garbled {
        /// What the cell said before it broke.
        repaired: Option<String>,
    },
}

impl StatusReading {
    /// The status, where it could be read.
    #[must_use]
    pub const fn known(&self) -> Option<Status> {
        match self {
            Self::Known(status) | Self::Conflicting { status, .. } => Some(*status),
            _ => None,
        }
    }
}

/// Who answers for an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A role or a person.
    Named(String),
    /// Nothing, or a placeholder such as `TBD`; the text as written.
    Missing(String),
}

impl Owner {
    /// The name, where there is one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Missing(_) => None,
        }
    }
}

/// How an item was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemOrigin {
    /// Row of a table.
    Table,
    /// Entry of a task list.
    TaskList,
    /// Entry of `checklist:` in front matter.
    FrontMatter,
}

/// One thing that has to be true before go-live.
#[derive(Clone, Debug)]
pub struct ChecklistItem {
    /// File that holds it.
    pub file: FileId,
    /// Anchor and name, unique within the file.
    pub id: String,
    /// The whole row or entry.
    pub span: Span,
    /// What has to be true; the span holds inline Markdown, or is a YAML scalar.
    pub text: Spanned<String>,
    /// Who answers for it, and where that is or should be written.
    pub owner: Spanned<Owner>,
    /// How far it is, and where that is or should be written.
    pub status: Spanned<StatusReading>,
    /// The status as written.
    pub status_text: String,
    /// Phase that it belongs to.
    pub phase: Option<Spanned<String>>,
    /// Date by which it has to be done, as written.
    pub due: Option<Spanned<String>>,
    /// Proof; the span holds inline Markdown, or is a YAML scalar.
    pub evidence: Option<Spanned<String>>,
    /// What it waits for.
    pub blocked_by: Option<Spanned<String>>,
    /// Who has to approve.
    pub approver: Option<Spanned<String>>,
    /// Why it is as it is.
    pub reason: Option<Spanned<String>>,
    /// Whether go-live waits for it.
    pub required: bool,
    /// Where it was read.
    pub origin: ItemOrigin,
    /// Whether the cells could be told apart: not so in a row with more cells than headers.
    pub aligned: bool,
}

impl ChecklistItem {
    /// Whether the item keeps the gate shut.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.status.value.known().is_some_and(Status::is_closed)
    }
}

/// What is wrong with the shape of a checklist rather than with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShapeFault {
    /// No column for a required field. The span is the header row.
    MissingColumn {
        /// `owner` or `status`.
        field: &'static str,
        /// The header row.
        header: Span,
        /// The word that one of the headers was probably meant to be, at the place of that header.
        resembles: Option<Spanned<String>>,
    },
    /// More cells than headers.
    ExtraCells {
        /// The first cell too many.
        extra: Span,
        /// Cells in the row.
        cells: usize,
        /// Cells in the header.
        headers: usize,
        /// The pipe inside a code span that split a cell, if that is why.
        pipe_in_code: Option<Span>,
    },
    /// Fewer cells than headers.
    ShortRow {
        /// Where the row ends.
        end: Span,
        /// Header texts without a cell.
        missing: Vec<String>,
    },
    /// Lines that look like rows, but that Markdown does not read as part of a table.
    DetachedRows {
        /// The first of them.
        first: Span,
    },
    /// A checklist was declared, and nothing is on it.
    Empty {
        /// The heading, directive, key or table that declares it.
        declared: Span,
    },
}

/// One recognised checklist.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// File that holds it.
    pub file: FileId,
    /// The table, list or mapping.
    pub span: Span,
    /// Its items, in order.
    pub items: Vec<ChecklistItem>,
    /// What is wrong with its shape.
    pub faults: Vec<ShapeFault>,
}

impl Checklist {
    /// Whether it has no column for `owner` or `status` at all, so that no single item is to blame.
    #[must_use]
    pub fn lacks(&self, column: &str) -> bool {
        self.faults.iter().any(|fault| matches!(fault, ShapeFault::MissingColumn { field, .. } if *field == column))
    }
}
