//! Reading `rollout-history/`: what lies there, without a judgement and without ever following a symbolic link.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::history::FOLDER;
use crate::history::chain::{Content, Disk, FILES, Found, SEAL};
use crate::history::draft::find;
use crate::history::hash::sha256;
use crate::history::manifest::{MANIFEST, ManifestError, from_yaml};
use crate::model::{Revision, Unreadable};
use crate::source::{Position, SourceFile};

/// How much a scan looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Manifests and seals.
    Manifests,
    /// Every byte of every file.
    Everything,
}

/// What lies in the folder of the history. A site without that folder has an empty history; a symbolic link in its place
/// is a stray file.
///
/// # Errors
/// When something cannot be read.
pub fn scan(root: &Path, depth: Depth) -> anyhow::Result<Disk> {
    let history = root.join(FOLDER);
    let mut disk = Disk::default();
    match fs::symlink_metadata(&history) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Ok(Disk { strays: vec![FOLDER.to_owned()], ..disk }),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(disk),
        Err(error) => return Err(error).with_context(|| format!("reading `{}`", history.display())),
    }
    let mut numbered = Vec::new();
    for (name, is_folder) in entries(&history)? {
        match (is_folder, number_of(&name)) {
            _ if name.starts_with('.') => {}
            (false, _) => disk.strays.push(format!("{FOLDER}/{name}")),
            (true, _) if is_bare(&history.join(&name))? => {}
            (true, None) => disk.orphans.push(name),
            (true, Some(number)) => numbered.push((number, name)),
        }
    }
    numbered.sort();
    let found = numbered.into_par_iter().map(|(number, name)| look_at(&history.join(&name), number, name, depth));
    disk.folders = found.collect::<anyhow::Result<_>>()?;
    Ok(disk)
}

/// The names in a folder, sorted, and whether each is a folder itself. Bytes that are not UTF-8 become U+FFFD: such names
/// are never Rollbook's own.
fn entries(folder: &Path) -> anyhow::Result<Vec<(String, bool)>> {
    let context = || format!("reading the folder `{}`", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        let entry = entry.with_context(context)?;
        let is_folder = entry.file_type().with_context(context)?.is_dir();
        names.push((entry.file_name().to_string_lossy().into_owned(), is_folder));
    }
    names.sort();
    Ok(names)
}

/// The number in the name of a revision's folder: four digits or more without needless zeros, a `-`, and words for people.
fn number_of(name: &str) -> Option<u32> {
    let (digits, _) = name.split_once('-')?;
    let number: u32 = digits.parse().ok()?;
    (number > 0 && digits == format!("{number:04}")).then_some(number)
}

/// Whether a folder holds nothing but folders and hidden files: git leaves such folders behind when it changes branches.
fn is_bare(folder: &Path) -> anyhow::Result<bool> {
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.with_context(|| format!("reading the folder `{}`", folder.display()))?;
        if !entry.file_type().is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            return Ok(false);
        }
    }
    Ok(true)
}

fn look_at(folder: &Path, number: u32, name: String, depth: Depth) -> anyhow::Result<Found> {
    let mut files = match depth {
        Depth::Manifests => BTreeMap::new(),
        Depth::Everything => contents(folder)?,
    };
    let manifest = keep(folder, MANIFEST, &mut files)?;
    let seal = keep(folder, SEAL, &mut files)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let manifest = manifest.map(|bytes| from_yaml(&name, &bytes).map_err(|error| placed(error, bytes)));
    Ok(Found { number, name, manifest, seal, files })
}

fn placed(error: ManifestError, manifest: Vec<u8>) -> (Position, Unreadable) {
    let file = SourceFile::from_bytes(MANIFEST, manifest);
    (file.position(error.span.start as usize), error.why)
}

/// Reads a file right below the folder and notes what it is.
fn keep(folder: &Path, name: &str, files: &mut BTreeMap<String, Content>) -> anyhow::Result<Option<Vec<u8>>> {
    let path = folder.join(name);
    let bytes = read_regular(&path)?;
    let content = match &bytes {
        Some(bytes) => Content::of(bytes),
        None if fs::symlink_metadata(&path).is_ok() => Content::Special,
        None => return Ok(None),
    };
    files.insert(name.to_owned(), content);
    Ok(bytes)
}

/// Every file below a folder with its hash; links and the like are named, not read. The first revision keeps everything, so
/// that files of one folder are hashed in parallel.
fn contents(folder: &Path) -> anyhow::Result<BTreeMap<String, Content>> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).follow_links(false) {
        let entry = entry.with_context(|| format!("reading the folder `{}`", folder.display()))?;
        if !entry.file_type().is_dir() {
            paths.push(entry.into_path());
        }
    }
    let content = |path: PathBuf| {
        let content = read_regular(&path)?.map_or(Content::Special, |bytes| Content::of(&bytes));
        Ok((super::collect::relative(folder, &path), content))
    };
    paths.into_par_iter().map(content).collect()
}

/// The bytes of a regular file; none for anything else, so that neither a link nor a pipe can lead astray.
fn read_regular(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Ok(None),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("reading `{}`", path.display())),
    }
    fs::read(path).map(Some).with_context(|| format!("reading `{}`", path.display()))
}

/// The bytes of the file `path` as they were at `revision`; none if that revision had no such file. `revisions` is the
/// whole history, as [`read`](crate::history::read) gives it.
///
/// # Errors
/// When no revision keeps these bytes any more, or the disk cannot be read.
pub fn read_bytes(
    root: &Path,
    revisions: &[Revision],
    revision: &Revision,
    path: &str,
) -> anyhow::Result<Option<Vec<u8>>> {
    let Some(record) = find(revision, path) else { return Ok(None) };
    // In a fork several folders have the number; the hash knows which of them is meant.
    for store in revisions.iter().filter(|other| other.number == record.revision) {
        let kept = format!("{FOLDER}/{}/{FILES}{path}", store.folder);
        if let Some(bytes) = read_below(root, &kept)?.filter(|bytes| sha256(bytes) == record.sha256) {
            return Ok(Some(bytes));
        }
    }
    let (label, store) = (revision.label(), record.revision);
    bail!(
        "revision {label} had `{path}`, but revision {store:04} does not keep its bytes; see `rollbook history verify`"
    )
}

/// As [`read_regular`], for a path below `root` of which no folder may be a link either.
fn read_below(root: &Path, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let mut folder = root.to_owned();
    for part in path.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev() {
        folder.push(part);
        if !fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_dir()) {
            return Ok(None);
        }
    }
    read_regular(&root.join(path))
}
