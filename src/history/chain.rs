//! Whether a history is whole: pure checks over what a scan found on disk.
//!
//! Three things vouch for a manifest: its seal (`revision.sha256`, beside it), the `parent` of the revision behind it, and
//! a hash that somebody noted elsewhere. Where two of them disagree with the third, the third is named. A manifest that
//! is known to be edited is not believed: its files are then judged by what later revisions say of them.

use std::collections::BTreeMap;

use crate::history::FOLDER;
use crate::history::hash::{is_sha256, sha256};
use crate::history::manifest::MANIFEST;
use crate::history::path::is_hidden;
use crate::model::{FileRecord, HistoryFault, Revision, Unreadable};
use crate::source::Position;

/// Name of the file that holds the hash of the manifest beside it.
pub const SEAL: &str = "revision.sha256";

/// Folder of the kept files, in a revision's folder, with a slash at its end.
pub const FILES: &str = "files/";

/// The text of a seal: a line as `sha256sum` writes and checks it.
#[must_use]
pub fn seal(manifest_sha256: &str) -> String {
    format!("{manifest_sha256}  {MANIFEST}\n")
}

/// What lies in the folder of the history. Hidden files and empty folders are left out.
#[derive(Debug, Default)]
pub struct Disk {
    /// Folders with a revision's name, by number, then name.
    pub folders: Vec<Found>,
    /// Names of other folders.
    pub orphans: Vec<String>,
    /// Paths below the root of files that belong to no folder of a revision.
    pub strays: Vec<String>,
}

/// A folder with a revision's name.
#[derive(Debug)]
pub struct Found {
    /// Number in its name.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// The manifest as read, or where and why it cannot be; none if there is no such file.
    pub manifest: Option<Result<Revision, (Position, Unreadable)>>,
    /// Text of the seal; none if there is no such file.
    pub seal: Option<String>,
    /// What else was looked at, by path below the folder. After a scan of manifests alone only these are here.
    pub files: BTreeMap<String, Content>,
}

/// What stands under a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A regular file.
    File {
        /// Hash of its bytes.
        sha256: String,
        /// Hash with `\n` for every `\r\n`, where that is different.
        unix_sha256: Option<String>,
    },
    /// A symbolic link, a pipe, a device.
    Special,
}

impl Found {
    fn label(&self) -> String {
        format!("{:04}", self.number)
    }

    fn path(&self, file: &str) -> String {
        format!("{FOLDER}/{}/{file}", self.name)
    }

    fn manifest_sha256(&self) -> Option<&str> {
        match self.files.get(MANIFEST) {
            Some(Content::File { sha256, .. }) => Some(sha256),
            _ => None,
        }
    }

    /// The revision, where its manifest can be read.
    #[must_use]
    pub fn revision(&self) -> Option<&Revision> {
        self.manifest.as_ref()?.as_ref().ok()
    }

    fn missing(&self, file: &str) -> HistoryFault {
        HistoryFault::MissingFile { revision: self.label(), path: self.path(file) }
    }

    /// The fault of `file`, if it is not there with this hash.
    fn compare(&self, file: &str, expected: &str) -> Option<HistoryFault> {
        match self.files.get(file) {
            Some(Content::File { sha256, .. }) if sha256 == expected => None,
            Some(Content::File { sha256, unix_sha256 }) => Some(HistoryFault::EditedFile {
                revision: self.label(),
                path: self.path(file),
                expected: expected.to_owned(),
                actual: sha256.clone(),
                line_ends: unix_sha256.as_deref() == Some(expected),
            }),
            Some(Content::Special) | None => Some(self.missing(file)),
        }
    }
}

/// A folder and whether its manifest can be believed.
struct Judged<'a> {
    found: &'a Found,
    faults: Vec<HistoryFault>,
    /// The revision, where nothing speaks against its manifest.
    trusted: Option<&'a Revision>,
}

/// The judged folders of a scan: what both checks start from.
pub struct Chain<'a> {
    disk: &'a Disk,
    judged: Vec<Judged<'a>>,
}

impl<'a> Chain<'a> {
    /// Looks at each manifest and its seal.
    #[must_use]
    pub fn new(disk: &'a Disk) -> Self {
        let judged = disk.folders.iter().map(|found| judge(disk, found)).collect();
        Self { disk, judged }
    }

    /// Faults of manifests, seals, numbers and parents: while there is one, nothing can be added on top.
    #[must_use]
    pub fn faults(&self) -> Vec<HistoryFault> {
        let mut faults = number_faults(&self.disk.folders);
        for judged in &self.judged {
            faults.extend(judged.faults.iter().cloned());
            faults.extend(judged.trusted.and_then(|revision| self.parent_fault(judged.found, revision)));
        }
        faults
    }

    /// Faults of folders and files that belong to no revision's folder.
    #[must_use]
    pub fn stray_faults(&self) -> Vec<HistoryFault> {
        let orphans =
            self.disk.orphans.iter().map(|name| HistoryFault::OrphanFolder { path: format!("{FOLDER}/{name}") });
        let strays =
            self.disk.strays.iter().map(|path| HistoryFault::ForeignFile { revision: None, path: path.clone() });
        orphans.chain(strays).collect()
    }

    /// Faults of the kept files; the scan must have looked at all of them.
    #[must_use]
    pub fn file_faults(&self) -> Vec<HistoryFault> {
        let mut faults = Vec::new();
        for judged in &self.judged {
            let expected = self.expected_files(judged);
            faults.extend(expected.iter().filter_map(|(file, sha256)| judged.found.compare(file, sha256)));
            faults.extend(foreign_faults(judged, &expected));
            faults.extend(judged.trusted.into_iter().flat_map(|revision| self.store_faults(judged.found, revision)));
        }
        faults
    }

    fn parent_fault(&self, found: &Found, revision: &Revision) -> Option<HistoryFault> {
        let parents: Vec<&Judged> = self.stores(found.number - 1).collect();
        let named = revision.parent.as_deref();
        let fits = match parents.as_slice() {
            // The first has no parent; behind a gap, the gap is the fault.
            [] => found.number > 1 || named.is_none(),
            // An edited parent is named itself.
            _ => parents.iter().any(|parent| parent.trusted.is_none() || parent.found.manifest_sha256() == named),
        };
        let parent = parents.first();
        (!fits).then(|| HistoryFault::BrokenParent {
            revision: found.label(),
            path: found.path(MANIFEST),
            parent: parent.map(|parent| parent.found.path(MANIFEST)),
            expected: revision.parent.clone(),
            actual: parent.and_then(|parent| parent.found.manifest_sha256()).map(str::to_owned),
        })
    }

    /// The files that the folder must hold, with their hashes: all of them for a manifest that can be believed, else
    /// those that later revisions still point to.
    fn expected_files(&self, judged: &Judged<'a>) -> BTreeMap<String, &'a str> {
        let number = judged.found.number;
        let sources: Vec<&'a Revision> = match judged.trusted {
            Some(revision) => vec![revision],
            None if self.stores(number).count() > 1 => Vec::new(),
            None => self.judged.iter().filter_map(|other| other.trusted).collect(),
        };
        let records = sources.into_iter().flat_map(|revision| &revision.files);
        records
            .filter(|record| record.revision == number)
            .map(|record| (format!("{FILES}{}", record.path), record.sha256.as_str()))
            .collect()
    }

    fn stores(&self, number: u32) -> impl Iterator<Item = &Judged<'a>> {
        self.judged.iter().filter(move |judged| judged.found.number == number)
    }

    /// Records that point to a revision which does not keep the file. A record is judged where it stands first.
    fn store_faults(&self, found: &Found, revision: &Revision) -> Vec<HistoryFault> {
        let before: Vec<&Revision> = self.stores(found.number - 1).filter_map(|judged| judged.trusted).collect();
        let points_wrong = |record: &&FileRecord| {
            record.revision < revision.number
                && !before.iter().any(|parent| has_record(parent, record))
                && self.stores(record.revision).next().is_some()
                && self.stores(record.revision).all(|store| store.trusted.is_some_and(|it| !has_record(it, record)))
        };
        let fault = |record: &FileRecord| HistoryFault::MissingStore {
            revision: found.label(),
            path: found.path(MANIFEST),
            file: record.path.clone(),
            store: format!("{:04}", record.revision),
        };
        revision.files.iter().filter(points_wrong).map(fault).collect()
    }
}

fn has_record(revision: &Revision, record: &FileRecord) -> bool {
    let at = revision.files.binary_search_by(|other| other.path.cmp(&record.path));
    at.is_ok_and(|at| revision.files[at] == *record)
}

fn judge<'a>(disk: &Disk, found: &'a Found) -> Judged<'a> {
    let mut faults = Vec::new();
    let manifest_fault = manifest_fault(disk, found);
    let trusted = found.revision().filter(|_| manifest_fault.is_none());
    faults.extend(manifest_fault);
    faults.extend(seal_fault(disk, found));
    Judged { found, faults, trusted }
}

/// What speaks against the manifest: it cannot be read, it is not what was sealed, it has another number.
fn manifest_fault(disk: &Disk, found: &Found) -> Option<HistoryFault> {
    let (revision, path) = (found.label(), found.path(MANIFEST));
    match &found.manifest {
        None => Some(found.missing(MANIFEST)),
        Some(Err((place, why))) => {
            let (line, column, why) = (place.line, place.column, why.clone());
            Some(HistoryFault::Unreadable { revision, path, line, column, why })
        }
        Some(Ok(read)) => {
            let written = read.number;
            let wrong_number = HistoryFault::WrongNumber { revision, path, written };
            let sealed = sealed(found).filter(|_| !child_agrees(disk, found));
            let edited = sealed.and_then(|sealed| found.compare(MANIFEST, sealed));
            edited.or_else(|| (written != found.number).then_some(wrong_number))
        }
    }
}

/// The hash in the seal, if the seal is as Rollbook writes it, but for its line end.
fn sealed(found: &Found) -> Option<&str> {
    let text = found.seal.as_deref()?;
    text.get(..64).filter(|hash| is_sha256(hash) && text.replace('\r', "") == seal(hash))
}

/// Whether the next revision names the manifest as it is now.
fn child_agrees(disk: &Disk, found: &Found) -> bool {
    let children = disk.folders.iter().filter(|other| Some(other.number) == found.number.checked_add(1));
    let mut named = children.filter_map(|child| child.revision()?.parent.as_deref());
    named.any(|parent| Some(parent) == found.manifest_sha256())
}

/// What speaks against the seal: it is not there, not as Rollbook writes it, or the only one of three that disagrees.
fn seal_fault(disk: &Disk, found: &Found) -> Option<HistoryFault> {
    let manifest = found.manifest_sha256()?;
    let expected = sealed(found).filter(|_| !child_agrees(disk, found)).unwrap_or(manifest);
    found.compare(SEAL, &sha256(seal(expected).as_bytes()))
}

fn number_faults(folders: &[Found]) -> Vec<HistoryFault> {
    let mut faults = Vec::new();
    let mut next = 1;
    for same in folders.chunk_by(|a, b| a.number == b.number) {
        let found = &same[0];
        if found.number > next {
            faults.push(HistoryFault::Gap { first: next, last: found.number - 1 });
        }
        if same.len() > 1 {
            let paths = same.iter().map(|found| format!("{FOLDER}/{}", found.name)).collect();
            faults.push(HistoryFault::Fork { revision: found.label(), paths });
        }
        next = found.number.saturating_add(1);
    }
    faults
}

/// Files that the manifest does not name. Hidden ones are left alone; so is a folder whose manifest says nothing reliable.
fn foreign_faults(judged: &Judged, expected: &BTreeMap<String, &str>) -> Vec<HistoryFault> {
    let found = judged.found;
    let is_foreign = |file: &str, content: &Content| match file {
        MANIFEST | SEAL => *content == Content::Special,
        _ if expected.contains_key(file) => *content == Content::Special,
        _ => judged.trusted.is_some() && !is_hidden(file),
    };
    let foreign = found.files.iter().filter(|(file, content)| is_foreign(file, content));
    foreign
        .map(|(file, _)| HistoryFault::ForeignFile { revision: Some(found.label()), path: found.path(file) })
        .collect()
}
