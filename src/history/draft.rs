//! A revision in memory: what the caller wants to keep becomes a manifest and the files whose bytes are new.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{bail, ensure};
use chrono::{DateTime, FixedOffset, Offset as _, Timelike as _};
use rayon::prelude::*;

use crate::history::hash::sha256;
use crate::history::manifest::{from_yaml, to_yaml};
use crate::history::path::is_clean;
use crate::history::similarity::{Lines, SAME};
use crate::model::{Change, FileRecord, Rename, Revision, Summary};
use crate::words::fold;

/// Longest slug in a folder's name, in bytes.
const SLUG_LENGTH: usize = 48;

/// Digits of its hash at the end of a folder's name.
const HASH_LENGTH: usize = 6;

/// More comparisons than this are not made: where so many files moved at once, only those with the same bytes are told apart.
const MOST_COMPARISONS: usize = 10_000;

/// What is to become a revision.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Why.
    pub message: String,
    /// Who.
    pub author: String,
    /// When, in the maker's time zone.
    pub date: DateTime<FixedOffset>,
    /// Phase of the rollout.
    pub phase: Option<String>,
    /// The plan in numbers.
    pub summary: Summary,
    /// Every file to keep, in any order: path below the root, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A revision that is ready to be written.
#[derive(Debug)]
pub struct Composed {
    /// The revision, with the name that its folder should have.
    pub revision: Revision,
    /// Text of its manifest.
    pub manifest: String,
    /// The files that it stores: path below the root, and bytes.
    pub stored: Vec<(String, Vec<u8>)>,
}

impl Draft {
    /// Joins the draft to its parent. `kept` gives the bytes of a file of the parent, where they can be had.
    ///
    /// # Errors
    /// When a path cannot be kept: it leads out of the root, holds `\` or stands twice; or when the numbers ran out.
    pub fn compose(
        mut self,
        parent: Option<&Revision>,
        kept: impl Fn(&str) -> Option<Vec<u8>>,
    ) -> anyhow::Result<Composed> {
        self.files.sort_by(|a, b| a.0.cmp(&b.0));
        check_paths(&self.files)?;
        let Some(number) = parent.map_or(Some(1), |parent| parent.number.checked_add(1)) else {
            bail!("there is no number after revision {}", u32::MAX);
        };
        let files: Vec<FileRecord> =
            self.files.par_iter().map(|(path, bytes)| record(path, bytes, number, parent)).collect();
        let mut moves = Moves::new(&files, parent);
        moves.pair_similar(&self.files, kept);
        let (removed, renamed) = moves.finish();
        let mut revision = Revision {
            number,
            folder: String::new(),
            date: to_minutes_of_offset(self.date),
            author: self.author,
            message: self.message,
            phase: self.phase,
            parent: parent.map(|parent| parent.hash.clone()),
            hash: String::new(),
            summary: self.summary,
            files,
            removed,
            renamed,
        };
        let manifest = to_yaml(&revision);
        revision.hash = sha256(manifest.as_bytes());
        // Two branches may give one number and one message. Each has a folder of its own then, and git has nothing to mix.
        revision.folder = format!("{number:04}-{}-{}", slug(&revision.message), &revision.hash[..HASH_LENGTH]);
        // What is kept for years must be readable: better no revision than one that nobody can open.
        let read = from_yaml(&revision.folder, manifest.as_bytes());
        ensure!(read.as_ref() == Ok(&revision), "the manifest of the new revision cannot be read back: {read:?}");
        let is_new = |at: &usize| revision.files[*at].revision == number;
        let stored = self.files.into_iter().enumerate().filter(|(at, _)| is_new(at)).map(|(_, file)| file).collect();
        Ok(Composed { revision, manifest, stored })
    }
}

fn check_paths(files: &[(String, Vec<u8>)]) -> anyhow::Result<()> {
    if let Some((path, _)) = files.iter().find(|(path, _)| !is_clean(path)) {
        bail!("`{path}` cannot be kept in a revision: such a name does not exist on every system");
    }
    if let Some(pair) = files.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        bail!("`{}` is given twice", pair[0].0);
    }
    Ok(())
}

/// A file that has the parent's bytes at the same path points to where these are; any other is stored anew.
fn record(path: &str, bytes: &[u8], number: u32, parent: Option<&Revision>) -> FileRecord {
    let sha256 = sha256(bytes);
    let before = parent.and_then(|parent| find(parent, path)).filter(|before| before.sha256 == sha256);
    let revision = before.map_or(number, |before| before.revision);
    FileRecord { path: path.to_owned(), sha256, bytes: bytes.len() as u64, revision }
}

/// How files of today differ from those of a revision, by path; `files` are as [`collect`](crate::history::collect) gives
/// them, and those that do not differ are left out.
#[must_use]
pub fn changes_since(last: &Revision, files: &[(String, Vec<u8>)]) -> Vec<(String, Change)> {
    let records: Vec<FileRecord> =
        files.par_iter().map(|(path, bytes)| record(path, bytes, last.number, Some(last))).collect();
    let (removed, renamed) = Moves::new(&records, Some(last)).finish();
    let today = Revision { files: records, removed, renamed, ..last.clone() };
    let changes = today.changes(Some(last)).into_iter().filter(|(_, change)| *change != Change::Unchanged);
    changes.map(|(path, change)| (path.to_owned(), change)).collect()
}

/// The record of a path; manifests list their files by path.
pub(super) fn find<'a>(revision: &'a Revision, path: &str) -> Option<&'a FileRecord> {
    revision.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|at| &revision.files[at])
}

/// What became of the paths of the parent that are gone.
struct Moves<'a> {
    /// Those that no other path stands for, with the hash of their bytes.
    gone: BTreeMap<&'a str, &'a str>,
    /// Paths that are new and stand for none that is gone.
    new: BTreeSet<&'a str>,
    renamed: Vec<Rename>,
}

impl<'a> Moves<'a> {
    /// Finds the gone paths whose bytes stand under a path that is new. Equal files pair up in the order of their paths, each
    /// once.
    fn new(files: &'a [FileRecord], parent: Option<&'a Revision>) -> Self {
        let mut moves = Self { gone: BTreeMap::new(), new: BTreeSet::new(), renamed: Vec::new() };
        let Some(parent) = parent else { return moves };
        let is_gone = |file: &&FileRecord| files.binary_search_by(|it| it.path.cmp(&file.path)).is_err();
        moves.gone = parent.files.iter().filter(is_gone).map(|it| (it.path.as_str(), it.sha256.as_str())).collect();
        let mut by_hash: BTreeSet<(&str, &str)> = moves.gone.iter().map(|(path, sha256)| (*sha256, *path)).collect();
        for file in files.iter().filter(|file| find(parent, &file.path).is_none()) {
            moves.new.insert(&file.path);
            let first = by_hash.range((file.sha256.as_str(), "")..).next().copied();
            if let Some((sha256, from)) = first.filter(|(sha256, _)| *sha256 == file.sha256) {
                by_hash.remove(&(sha256, from));
                moves.pair(from, &file.path);
            }
        }
        moves
    }

    fn pair(&mut self, from: &str, to: &str) {
        self.gone.remove(from);
        self.new.remove(to);
        self.renamed.push(Rename { from: from.to_owned(), to: to.to_owned() });
    }

    /// Pairs what moved and was edited on the way: the most similar files first, then by path. `files` are sorted by path.
    fn pair_similar(&mut self, files: &[(String, Vec<u8>)], kept: impl Fn(&str) -> Option<Vec<u8>>) {
        if self.gone.len().saturating_mul(self.new.len()) > MOST_COMPARISONS {
            return;
        }
        let today = |path: &str| files.binary_search_by(|file| file.0.as_str().cmp(path)).ok().map(|at| &files[at].1);
        let new: Vec<(&str, Lines)> =
            self.new.iter().filter_map(|path| Some((*path, Lines::of(today(path)?)))).collect();
        let mut similar: Vec<(f64, &str, &str)> = Vec::new();
        for from in self.gone.keys().filter(|_| !new.is_empty()) {
            let Some(before) = kept(from) else { continue };
            let before = Lines::of(&before);
            let found = new.iter().map(|(to, lines)| (before.similarity(lines), *from, *to));
            similar.extend(found.filter(|(similarity, ..)| *similarity >= SAME));
        }
        similar.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, from, to) in similar {
            if self.gone.contains_key(from) && self.new.contains(to) {
                self.pair(from, to);
            }
        }
    }

    /// Paths that are gone for good, and those that moved, by new path.
    fn finish(mut self) -> (Vec<String>, Vec<Rename>) {
        self.renamed.sort_by(|a, b| a.to.cmp(&b.to));
        (self.gone.into_keys().map(str::to_owned).collect(), self.renamed)
    }
}

/// The date with whole seconds and an offset of whole minutes: all that RFC 3339 can write.
fn to_minutes_of_offset(date: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    let minutes = date.offset().fix().local_minus_utc() / 60;
    let offset = FixedOffset::east_opt(minutes * 60).unwrap_or_else(|| date.offset().fix());
    date.with_timezone(&offset).with_nanosecond(0).unwrap_or(date)
}

/// What the first line of a message gives to its folder's name: ASCII words with `-` between them, cut at a word.
fn slug(message: &str) -> String {
    let folded = fold(message.trim().lines().next().unwrap_or_default());
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        let word = &word[..word.len().min(SLUG_LENGTH)];
        if slug.len() + 1 + word.len() > SLUG_LENGTH && !slug.is_empty() {
            break;
        }
        slug.extend((!slug.is_empty()).then_some('-'));
        slug.push_str(word);
    }
    if slug.is_empty() { "revision".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn messages_become_names_that_every_system_takes() {
        assert_eq!(slug("Cierre del piloto"), "cierre-del-piloto");
        assert_eq!(slug("¿Activación «MODA»? (año 2)/v1.2"), "activacion-moda-ano-2-v1-2");
        assert_eq!(slug("⏳ 漢字 ../.."), "revision");
        assert_eq!(slug(""), "revision");
        assert_eq!(slug("\n Cierre\nCon detalles."), "cierre");
        let long = slug(&"palabra ".repeat(20));
        assert!(long.len() <= 48 && long.ends_with("palabra"), "{long}");
        assert_eq!(slug(&"x".repeat(300)).len(), 48);
    }
}
