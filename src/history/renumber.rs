//! Mending a fork: revisions that two branches made with the same numbers are put one behind the other.
//!
//! One side keeps its numbers and its bytes. The revisions of the other side say the same as before (when, who, why, and the same
//! files with the same bytes), and get new numbers, parents and seals behind it. Which side stays does not depend on who
//! asks, on which branch, or on what git knows: two people who mend the same fork get the same bytes.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;

use crate::history::chain::Chain;
use crate::history::store::{self, Depth, Rebuilt, Writer};
use crate::history::{Draft, History, every_fault, read_bytes, revisions};
use crate::model::{HistoryFault, Revision};

/// What became of the numbers.
#[derive(Clone, Debug)]
pub enum Renumbering {
    /// No two revisions share a number.
    Unneeded,
    /// Something else is wrong, which new numbers would only hide.
    Refused {
        /// What is wrong.
        faults: Vec<HistoryFault>,
    },
    /// Revisions got, or would get, new numbers.
    Moved {
        /// Those that did, in their new order.
        moves: Vec<Move>,
        /// Hash of the revision that is the last now.
        root: String,
    },
}

/// A revision that got a new number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Name of its folder before.
    pub from: String,
    /// Name of its folder now; none if it was a copy of another one, and is gone.
    pub to: Option<String>,
}

/// Mends every fork of the history below `root`: all in one step, or not at all. `keep` names a revision whose side keeps its
/// numbers, otherwise that is the side that was begun first. With `dry_run` nothing is written.
///
/// # Errors
/// When there is no revision `keep`, a file is not kept any more, or the disk does not do its part. Nothing is changed then.
pub fn renumber(root: &Path, keep: Option<&str>, dry_run: bool) -> anyhow::Result<Renumbering> {
    if store::scan(root, Depth::Manifests)?.folders.is_empty() {
        return Ok(Renumbering::Unneeded);
    }
    let writer = if dry_run { None } else { Some(Writer::open(root, "renumber")?) };
    let disk = store::scan(root, Depth::Everything)?;
    let (forks, others): (Vec<_>, Vec<_>) =
        every_fault(&Chain::new(&disk)).into_iter().partition(|fault| matches!(fault, HistoryFault::Fork { .. }));
    let faults: Vec<HistoryFault> = others.into_iter().filter(|fault| !is_stray(fault)).collect();
    if !faults.is_empty() {
        return Ok(Renumbering::Refused { faults });
    }
    if forks.is_empty() {
        return Ok(Renumbering::Unneeded);
    }
    let history = History { revisions: revisions(&disk), faults: Vec::new() };
    let keep = keep.map(|name| history.find(name)).transpose()?;
    let line = Line::new(&history.revisions, keep);
    let rebuilt = writer.as_ref().map(|writer| writer.rebuild(&line.moved_folders())).transpose()?;
    let (moves, last) = move_all(root, &history.revisions, &line, rebuilt.as_ref())?;
    if let Some(rebuilt) = rebuilt {
        rebuilt.take_place()?;
    }
    Ok(Renumbering::Moved { moves, root: last })
}

/// Whether a fault is about something beside the revisions.
const fn is_stray(fault: &HistoryFault) -> bool {
    matches!(fault, HistoryFault::OrphanFolder { .. } | HistoryFault::ForeignFile { revision: None, .. })
}

/// The one line into which the branches of a history are put.
struct Line<'a> {
    /// Those that stay as they are.
    kept: Vec<&'a Revision>,
    /// Those that follow, in this order.
    moved: Vec<&'a Revision>,
    /// Folders that repeat another one byte for byte.
    copies: Vec<&'a Revision>,
}

impl<'a> Line<'a> {
    fn new(revisions: &'a [Revision], keep: Option<&Revision>) -> Self {
        let mut by_hash: BTreeMap<&str, &Revision> = BTreeMap::new();
        let mut copies = Vec::new();
        for revision in revisions {
            if by_hash.contains_key(revision.hash.as_str()) {
                copies.push(revision);
            } else {
                by_hash.insert(&revision.hash, revision);
            }
        }
        let order = order(&by_hash, &ancestry(&by_hash, keep));
        let follows =
            |at: usize| order[at].parent.as_deref() == at.checked_sub(1).map(|before| order[before].hash.as_str());
        let first_moved = (0..order.len()).find(|at| !follows(*at)).unwrap_or(order.len());
        Self { kept: order[..first_moved].to_vec(), moved: order[first_moved..].to_vec(), copies }
    }

    fn moved_folders(&self) -> Vec<&str> {
        self.moved.iter().chain(&self.copies).map(|revision| revision.folder.as_str()).collect()
    }
}

/// Hashes of a revision and all before it.
fn ancestry<'a>(by_hash: &BTreeMap<&'a str, &'a Revision>, revision: Option<&Revision>) -> Vec<&'a str> {
    let mut hashes = Vec::new();
    let mut next = revision.map(|revision| revision.hash.as_str());
    while let Some((hash, revision)) = next.and_then(|hash| by_hash.get_key_value(hash)) {
        hashes.push(*hash);
        next = revision.parent.as_deref();
    }
    hashes
}

/// Every revision behind the one that it follows. Where several follow one, the side of `wanted` comes first, then the side that
/// began first; of two that began in the same second, the one with the smaller hash.
fn order<'a>(by_hash: &BTreeMap<&'a str, &'a Revision>, wanted: &[&str]) -> Vec<&'a Revision> {
    let mut children: BTreeMap<Option<&'a str>, Vec<&'a Revision>> = BTreeMap::new();
    for revision in by_hash.values().copied() {
        children.entry(revision.parent.as_deref()).or_default().push(revision);
    }
    for siblings in children.values_mut() {
        siblings.sort_by_key(|it| (!wanted.contains(&it.hash.as_str()), it.date, it.hash.as_str()));
    }
    let mut order = Vec::new();
    let next_of = |parent: Option<&'a str>| children.get(&parent).into_iter().flatten().rev().copied();
    let mut open: Vec<&Revision> = next_of(None).collect();
    while let Some(revision) = open.pop() {
        order.push(revision);
        open.extend(next_of(Some(&revision.hash)));
    }
    order
}

/// Composes the moved revisions anew, each behind the one before it, and writes them if there is where.
fn move_all(
    root: &Path,
    revisions: &[Revision],
    line: &Line<'_>,
    rebuilt: Option<&Rebuilt>,
) -> anyhow::Result<(Vec<Move>, String)> {
    let mut moves = Vec::new();
    // The one before, as it was and as it is now: both have the same files.
    let mut before = line.kept.last().map(|kept| (*kept, (*kept).clone()));
    for revision in &line.moved {
        let kept = |path: &str| read_bytes(root, revisions, before.as_ref()?.0, path).ok().flatten();
        let parent = before.as_ref().map(|(_, now)| now);
        let mut composed = draft(root, revisions, revision)?.compose(parent, kept)?;
        if let Some(rebuilt) = rebuilt {
            composed.revision.folder = rebuilt.write(&composed)?;
        }
        moves.push(Move { from: revision.folder.clone(), to: Some(composed.revision.folder.clone()) });
        before = Some((revision, composed.revision));
    }
    moves.extend(line.copies.iter().map(|copy| Move { from: copy.folder.clone(), to: None }));
    Ok((moves, before.map(|(_, now)| now.hash).unwrap_or_default()))
}

/// What a revision keeps, to be kept again.
fn draft(root: &Path, revisions: &[Revision], revision: &Revision) -> anyhow::Result<Draft> {
    let mut files = Vec::with_capacity(revision.files.len());
    for record in &revision.files {
        let bytes = read_bytes(root, revisions, revision, &record.path)?;
        files.push((record.path.clone(), bytes.with_context(|| format!("`{}` is not kept", record.path))?));
    }
    Ok(Draft {
        message: revision.message.clone(),
        author: revision.author.clone(),
        date: revision.date,
        phase: revision.phase.clone(),
        summary: revision.summary.clone(),
        files,
    })
}
