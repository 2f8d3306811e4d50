//! The baseline: findings that were there when a team began to check, and that may stay for now.

use crate::list_file::ListFault;
use crate::source::{FileId, Span, Spanned};

/// Name of the baseline where no other is given, below the root.
pub const BASELINE: &str = "rollbook-baseline.yaml";

/// The findings of one rule on one thing that may stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineEntry {
    /// Where findings about the entry point: its first key.
    pub span: Span,
    /// The rule.
    pub rule: Spanned<String>,
    /// The file.
    pub path: String,
    /// What it is about: an item's id, a flag's key.
    pub item: Option<String>,
    /// Without an item: the name of what it is about, as [`crate::fingerprint`] makes it.
    pub fingerprint: Option<String>,
    /// How many such findings there were.
    pub count: usize,
}

/// The baseline as read.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The file.
    pub file: FileId,
    /// Its entries, in order.
    pub entries: Vec<BaselineEntry>,
    /// What is wrong with it.
    pub faults: Vec<ListFault>,
}
