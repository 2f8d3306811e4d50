//! What the last revision says of the plan, for rules that compare.

use crate::model::{Change, Plan};
use crate::source::Sources;

/// The history of the site as rules see it.
#[derive(Debug, Default)]
pub struct Past {
    /// The last revision, if there is one.
    pub previous: Option<Previous>,
}

/// The last revision, read again from its stored bytes.
#[derive(Debug)]
pub struct Previous {
    /// Its number as folders show it: `0003`.
    pub label: String,
    /// Its pages; the places of `plan` point into them, never into today's.
    pub sources: Sources,
    /// The plan as it was.
    pub plan: Plan,
    /// Versioned files of today that differ from it, by path.
    pub changes: Vec<(String, Change)>,
}
