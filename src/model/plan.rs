//! What documents say of the rollout: of one page, or of all of them, joined.

use std::collections::BTreeMap;

use crate::model::{
    Checklist, ChecklistItem, Communication, Decision, Flag, FlagEvent, Metric, Phase, Report, Risk, Rollback, Status,
};

/// The rollout as one model, or the parts of it that stand on one page.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Every checklist, by file and place.
    pub checklists: Vec<Checklist>,
    /// Every registered flag, by file and place; one key may stand more than once.
    pub flags: Vec<Flag>,
    /// Every change of a flag; in the whole plan oldest first where dates allow.
    pub events: Vec<FlagEvent>,
    /// Every phase, by file and place, which is the order in which they run.
    pub phases: Vec<Phase>,
    /// Every metric, by file and place.
    pub metrics: Vec<Metric>,
    /// Every rollback procedure, by file and place.
    pub rollbacks: Vec<Rollback>,
    /// Every communication, by file and place.
    pub communications: Vec<Communication>,
    /// Every risk, by file and place.
    pub risks: Vec<Risk>,
    /// Every decision, by file and place.
    pub decisions: Vec<Decision>,
    /// Every closing report, by file and place.
    pub reports: Vec<Report>,
}

impl Plan {
    /// Adds the parts of another page behind its own.
    pub fn extend(&mut self, other: &Self) {
        self.checklists.extend_from_slice(&other.checklists);
        self.flags.extend_from_slice(&other.flags);
        self.events.extend_from_slice(&other.events);
        self.phases.extend_from_slice(&other.phases);
        self.metrics.extend_from_slice(&other.metrics);
        self.rollbacks.extend_from_slice(&other.rollbacks);
        self.communications.extend_from_slice(&other.communications);
        self.risks.extend_from_slice(&other.risks);
        self.decisions.extend_from_slice(&other.decisions);
        self.reports.extend_from_slice(&other.reports);
    }

    /// The phase that the rollout is in: the last of those whose status says so.
    #[must_use]
    pub fn current_phase(&self) -> Option<&Phase> {
        let is_running =
            |phase: &&Phase| phase.status.as_ref().is_some_and(|it| it.value.known() == Some(Status::InProgress));
        self.phases.iter().rev().find(is_running)
    }

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
