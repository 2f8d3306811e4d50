//! Rules about files as such, before anything in them is read.

pub mod garbled_encoding;
pub mod invalid_utf8;
pub mod outside_root;

use std::collections::{BTreeMap, HashSet};

use crate::model::{ChecklistItem, Fault, Site, StatusReading};
use crate::source::{FileId, Span, Spanned};
use crate::words::Extent;

/// A page or a line in a broken encoding.
#[derive(Clone, Copy)]
struct Garbled<'a> {
    file: FileId,
    extent: Extent,
    runs: &'a [Spanned<String>],
}

/// The states of checklist items that are broken and can be restored, by file and first byte.
struct States(BTreeMap<(FileId, u32), Span>);

impl States {
    fn of(site: &Site) -> Self {
        let is_garbled =
            |item: &&ChecklistItem| matches!(item.status.value, StatusReading::Garbled { repaired: Some(_) });
        let place = |item: &ChecklistItem| ((item.file, item.status.span.start), item.status.span);
        Self(site.plan.items().filter(is_garbled).map(place).collect())
    }

    /// The state that holds a run.
    fn holding(&self, file: FileId, run: Span) -> Option<Span> {
        let ((of, _), span) = self.0.range(..=(file, run.start)).next_back()?;
        (*of == file && run.end <= span.end).then_some(*span)
    }
}

/// Every broken page and line, without those in which only the state of checklist items is broken.
fn garbled(site: &Site) -> Vec<Garbled<'_>> {
    let states = States::of(site);
    let all = site.documents.iter().flat_map(|document| {
        document.faults.iter().filter_map(move |fault| match fault {
            Fault::Garbled { extent, runs } => Some(Garbled { file: document.file, extent: *extent, runs }),
            _ => None,
        })
    });
    all.filter(|it| !it.runs.iter().all(|run| states.holding(it.file, run.span).is_some())).collect()
}

/// The states of which `files/garbled-encoding` tells what became of them.
pub fn told_states(site: &Site) -> HashSet<(FileId, Span)> {
    let states = States::of(site);
    let told = garbled(site);
    let runs = told.iter().flat_map(|it| it.runs.iter().map(|run| (it.file, run.span)));
    runs.filter_map(|(file, run)| Some((file, states.holding(file, run)?))).collect()
}
