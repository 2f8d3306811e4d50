//! The history of the plan: `rollout-history/` on disk and the revisions that it keeps.
//!
//! A revision is a folder: `revision.yaml` (what was kept, when, by whom, why), `revision.sha256` (the seal of that file)
//! and, under `files/`, the files whose bytes are new against the parent. Each manifest holds the hash of its parent's, so
//! that a change anywhere breaks the chain. `docs/content/revision-format.md` is the format in full.
//!
//! Making one: `collect` reads the sources; [`snapshot`] takes the lock, clears what a killed run left, scans the
//! manifests, refuses to build on a broken chain, composes the revision in memory (`draft`), and writes it into a hidden
//! folder that one rename turns into a revision. Judging one: `store` scans what is on disk, `chain` finds the faults,
//! [`HistoryFault`] says them. Only `store` touches the disk.

mod hash;
mod path;
mod canonical;
mod similarity;
pub mod manifest;
pub mod chain;
pub mod draft;
pub mod restore;
pub mod renumber;
pub mod store;

use std::path::Path;

pub use crate::model::{HISTORY_FOLDER as FOLDER, HistoryFault};
pub use draft::{Draft, changes_since};
pub use renumber::{Move, Renumbering, renumber};
pub use store::{Restore, collect, read_bytes};

use crate::model::Revision;
use chain::Chain;
use store::Depth;

/// What can be read of a history.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Every revision whose manifest can be read, by number, then folder.
    pub revisions: Vec<Revision>,
    /// What is wrong with manifests, seals, numbers, parents, and stray files; with kept files only where they were
    /// looked at.
    pub faults: Vec<HistoryFault>,
}

impl History {
    /// The last revision.
    #[must_use]
    pub fn last(&self) -> Option<&Revision> {
        self.revisions.last()
    }

    /// The revision that `revision` follows.
    #[must_use]
    pub fn parent_of(&self, revision: &Revision) -> Option<&Revision> {
        let parent = revision.parent.as_deref()?;
        self.revisions.iter().find(|other| other.hash == parent)
    }
}

/// Reads the manifests of a history; a site without one has no revisions.
///
/// # Errors
/// When the disk cannot be read.
pub fn read(root: &Path) -> anyhow::Result<History> {
    let disk = store::scan(root, Depth::Manifests)?;
    let chain = Chain::new(&disk);
    let faults = [chain.faults(), chain.stray_faults()].concat();
    Ok(History { revisions: revisions(&disk), faults })
}

/// As [`read`], but with a look at every byte that was kept: its faults are all that [`verify`] finds without a noted hash.
///
/// # Errors
/// When the disk cannot be read.
pub fn examine(root: &Path) -> anyhow::Result<History> {
    let disk = store::scan(root, Depth::Everything)?;
    Ok(History { revisions: revisions(&disk), faults: every_fault(&Chain::new(&disk)) })
}

fn revisions(disk: &chain::Disk) -> Vec<Revision> {
    disk.folders.iter().filter_map(|found| found.revision().cloned()).collect()
}

fn every_fault(chain: &Chain<'_>) -> Vec<HistoryFault> {
    [chain.faults(), chain.file_faults(), chain.stray_faults()].concat()
}

/// What a complete look at a history gives.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// How many revisions there are.
    pub revisions: usize,
    /// How many files they keep.
    pub files: usize,
    /// Hash of the last revision: it vouches for everything before, and is worth noting elsewhere.
    pub root: Option<String>,
    /// Label of the revision that has the expected hash.
    pub vouched: Option<String>,
    /// Everything that is wrong.
    pub faults: Vec<HistoryFault>,
}

/// Looks at every byte of a history. `expected` is a hash that was noted before: a revision must have it, and then that
/// revision and all before it are as they were.
///
/// # Errors
/// When the disk cannot be read.
pub fn verify(root: &Path, expected: Option<&str>) -> anyhow::Result<Verdict> {
    let disk = store::scan(root, Depth::Everything)?;
    let mut faults = every_fault(&Chain::new(&disk));
    let revisions: Vec<&Revision> = disk.folders.iter().filter_map(chain::Found::revision).collect();
    let root = revisions.last().map(|revision| revision.hash.clone());
    let vouched = expected.and_then(|hash| revisions.iter().find(|it| it.hash == hash)).map(|it| it.label());
    if let (Some(expected), None) = (expected, &vouched) {
        let (expected, actual) = (expected.to_owned(), root.clone());
        faults.push(HistoryFault::WrongRoot { path: FOLDER.to_owned(), expected, actual });
    }
    let kept = |revision: &&Revision| revision.files.iter().filter(|file| file.revision == revision.number).count();
    let files = revisions.iter().map(kept).sum();
    Ok(Verdict { revisions: disk.folders.len(), files, root, vouched, faults })
}

/// What became of a snapshot.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A revision was made, or would have been.
    Made {
        /// The revision.
        revision: Box<Revision>,
        /// The one before it.
        parent: Option<Box<Revision>>,
    },
    /// Nothing differs from the last revision, and so none was made.
    Unchanged {
        /// The last revision.
        last: Box<Revision>,
    },
    /// The history is broken, and nothing is built on top of it.
    Refused {
        /// What is wrong.
        faults: Vec<HistoryFault>,
    },
}

/// Keeps the draft as the next revision: whole, or not at all.
///
/// # Errors
/// When the disk cannot be read or written, when a path of the draft cannot be kept, or when another process makes a
/// revision and does not come to an end. There is no new revision then.
pub fn snapshot(root: &Path, draft: Draft) -> anyhow::Result<Outcome> {
    snapshot_with(root, draft, Options::default())
}

/// How a revision is to be made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Only if a file differs from the last revision.
    pub if_changed: bool,
    /// Not at all: what it would be is only said, and nothing is written.
    pub dry_run: bool,
}

/// As [`snapshot`], with options.
///
/// # Errors
/// As [`snapshot`].
pub fn snapshot_with(root: &Path, draft: Draft, options: Options) -> anyhow::Result<Outcome> {
    let writer = if options.dry_run { None } else { Some(store::Writer::open(root, &draft.author)?) };
    let disk = store::scan(root, Depth::Manifests)?;
    let faults = Chain::new(&disk).faults();
    if !faults.is_empty() {
        return Ok(Outcome::Refused { faults });
    }
    let parent = disk.folders.last().and_then(chain::Found::revision).cloned();
    let revisions = revisions(&disk);
    let kept = |path: &str| read_bytes(root, &revisions, parent.as_ref()?, path).ok().flatten();
    let mut composed = draft.compose(parent.as_ref(), kept)?;
    match parent {
        Some(last) if options.if_changed && composed.revision.has_files_of(&last) => {
            Ok(Outcome::Unchanged { last: Box::new(last) })
        }
        parent => {
            if let Some(writer) = writer {
                composed.revision.folder = writer.write(&composed)?;
            }
            Ok(Outcome::Made { revision: Box::new(composed.revision), parent: parent.map(Box::new) })
        }
    }
}
