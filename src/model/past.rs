//! What the history says of the plan, for rules that look back.

use crate::model::{Change, Document, HistoryFault, Plan};
use crate::source::{FileId, Sources};

/// The history of the site as rules see it.
#[derive(Debug, Default)]
pub struct Past {
    /// Whether anybody looked at the history. Without that, nothing can be said of it, not even that there is none.
    pub examined: bool,
    /// How many revisions can be read.
    pub revisions: usize,
    /// The last revision; none if there is none, if it keeps no page, or if the history is broken.
    pub previous: Option<Previous>,
    /// What is wrong with the history.
    pub faults: Vec<PlacedFault>,
}

/// Something wrong with the history, and where findings about it point.
#[derive(Debug)]
pub struct PlacedFault {
    /// The file to look at, among the sources of today's site, without text.
    pub file: FileId,
    /// What is wrong.
    pub fault: HistoryFault,
}

/// The last revision, read again from its stored bytes.
#[derive(Debug)]
pub struct Previous {
    /// Its number as folders show it: `0003`.
    pub label: String,
    /// Its manifest among the sources of today's site, without text.
    pub manifest: FileId,
    /// Its pages; the places in `documents` and `plan` point into them, never into today's.
    pub sources: Sources,
    /// Its published pages.
    pub documents: Vec<Document>,
    /// The plan as it was.
    pub plan: Plan,
    /// Versioned files of today that differ from it, by path; empty where today's could not be kept (a link that leads out of
    /// the repository, a name that is not UTF-8), which has a finding of its own.
    pub changes: Vec<(String, Change)>,
}
