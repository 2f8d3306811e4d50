//! What a team decided to let pass: waivers in a file of their own, and suppressions in the text.

use chrono::NaiveDate;

use crate::config::PathPattern;
use crate::list_file::ListFault;
use crate::model::Owner;
use crate::source::{FileId, Span, Spanned};

/// Name of the waiver file, below the root.
pub const WAIVERS: &str = "rollbook-waivers.yaml";

/// The name of a rule, or of all rules of a group: `checklist/*`.
pub type RuleName = Spanned<String>;

/// One entry of the waiver file.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Where findings about the whole entry point: its first key.
    pub span: Span,
    /// The rule whose findings are waived.
    pub rule: Option<RuleName>,
    /// Id of the item that it is about.
    pub item: Option<Spanned<String>>,
    /// The files that it is about.
    pub paths: Vec<Spanned<PathPattern>>,
    /// Why; none for a placeholder.
    pub reason: Option<Spanned<String>>,
    /// Where the reason, or a placeholder for it, stands; the first key where nothing is written.
    pub reason_span: Span,
    /// When it was asked for.
    pub requested: Option<Spanned<NaiveDate>>,
    /// Who asked for it.
    pub requested_by: Option<Spanned<Owner>>,
    /// Who approved it.
    pub approved_by: Option<Spanned<Owner>>,
    /// The last day on which it holds.
    pub expires: Option<Spanned<NaiveDate>>,
    /// Whether all of it could be read. What is said in faults is not said again.
    pub sound: bool,
}

/// The waiver file.
#[derive(Clone, Debug)]
pub struct Waivers {
    /// The file.
    pub file: FileId,
    /// Its entries, in order.
    pub entries: Vec<Waiver>,
    /// What is wrong with it.
    pub faults: Vec<ListFault>,
}

/// A comment that lets findings of one block pass: `<!-- rollbook: allow checklist/missing-owner -- reason -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The comment.
    pub span: Span,
    /// The rules that it names, one by one.
    pub rules: Vec<RuleName>,
    /// Why; none for a placeholder.
    pub reason: Option<Spanned<String>>,
    /// Where the reason, or a placeholder for it, stands; the comment where nothing is written.
    pub reason_span: Span,
    /// The block that it is about; empty where none follows.
    pub covers: Span,
}
