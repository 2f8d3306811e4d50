//! A revision in memory: what the caller wants to keep becomes a manifest and the files whose bytes are new.

use std::collections::BTreeMap;

use anyhow::{bail, ensure};
use chrono::{DateTime, FixedOffset, Offset as _, Timelike as _};
use rayon::prelude::*;

use crate::history::hash::sha256;
use crate::history::manifest::{from_yaml, to_yaml};
use crate::history::path::is_clean;
use crate::model::{Change, FileRecord, Rename, Revision, Summary};
use crate::words::fold;

/// Longest slug in a folder's name, in bytes.
const SLUG_LENGTH: usize = 48;

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
    /// Joins the draft to its parent.
    ///
    /// # Errors
    /// When a path cannot be kept: it leads out of the root, holds `\` or stands twice; or when the numbers ran out.
    pub fn compose(mut self, parent: Option<&Revision>) -> anyhow::Result<Composed> {
        self.files.sort_by(|a, b| a.0.cmp(&b.0));
        check_paths(&self.files)?;
        let Some(number) = parent.map_or(Some(1), |parent| parent.number.checked_add(1)) else {
            bail!("there is no number after revision {}", u32::MAX);
        };
        let files: Vec<FileRecord> =
            self.files.iter().map(|(path, bytes)| record(path, bytes, number, parent)).collect();
        let (removed, renamed) = moves(&files, parent);
        let mut revision = Revision {
            number,
            folder: format!("{number:04}-{}", slug(&self.message)),
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
    let (removed, renamed) = moves(&records, Some(last));
    let today = Revision { files: records, removed, renamed, ..last.clone() };
    let changes = today.changes(Some(last)).into_iter().filter(|(_, change)| *change != Change::Unchanged);
    changes.map(|(path, change)| (path.to_owned(), change)).collect()
}

/// The record of a path; manifests list their files by path.
pub(super) fn find<'a>(revision: &'a Revision, path: &str) -> Option<&'a FileRecord> {
    revision.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|at| &revision.files[at])
}

/// Paths that are gone, and among them those whose bytes stand under a path that is new. Equal files pair up in the
/// order of their paths, each once.
fn moves(files: &[FileRecord], parent: Option<&Revision>) -> (Vec<String>, Vec<Rename>) {
    let Some(parent) = parent else { return (Vec::new(), Vec::new()) };
    let is_there = |path: &str| files.binary_search_by(|file| file.path.as_str().cmp(path)).is_ok();
    let mut gone: BTreeMap<&str, &str> = parent
        .files
        .iter()
        .filter(|file| !is_there(&file.path))
        .map(|file| (file.path.as_str(), file.sha256.as_str()))
        .collect();
    let mut renamed = Vec::new();
    for file in files.iter().filter(|file| find(parent, &file.path).is_none()) {
        let from = gone.iter().find(|(_, sha256)| **sha256 == file.sha256).map(|(path, _)| *path);
        if let Some(from) = from {
            gone.remove(from);
            renamed.push(Rename { from: from.to_owned(), to: file.path.clone() });
        }
    }
    (gone.into_keys().map(str::to_owned).collect(), renamed)
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
