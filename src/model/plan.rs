//! Everything that the site's documents say about the rollout, joined.

use std::collections::BTreeMap;

use crate::model::{Checklist, ChecklistItem, Flag, FlagEvent, Status};

/// The rollout as one model.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Every checklist, by file and place.
    pub checklists: Vec<Checklist>,
    /// Every registered flag, by file and place; one key may stand more than once.
    pub flags: Vec<Flag>,
    /// Every change of a flag, oldest first where dates allow.
    pub events: Vec<FlagEvent>,
}

impl Plan {
    /// All items of all checklists, in order.
    pub fn items(&self) -> impl Iterator<Item = &ChecklistItem> {
        self.checklists.iter().flat_map(|checklist| &checklist.items)
    }

    /// The flag with this key.
    #[must_use]
    pub fn flag(&self, key: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.key.value == key)
    }

    /// How far the checklists are.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for item in self.items() {
            progress.total += 1;
            let status = item.status.value.known();
            *progress.by_status.entry(status.map_or("unknown", Status::key)).or_default() += 1;
            progress.done += usize::from(status == Some(Status::Done));
            progress.open += usize::from(item.is_open());
        }
        progress
    }
}

/// Counts over all checklist items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// All items.
    pub total: usize,
    /// Items that are done.
    pub done: usize,
    /// Items that keep the gate shut.
    pub open: usize,
    /// Items by key of their status, `unknown` where it could not be read.
    pub by_status: BTreeMap<&'static str, usize>,
}
