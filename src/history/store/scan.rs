//! Reading `rollout-history/`: what lies there, without a judgement and without ever following a symbolic link.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::history::FOLDER;
use crate::history::chain::{Content, Disk, FILES, Found, SEAL};
use crate::history::draft::find;
use crate::history::hash::{Hasher, sha256};
use crate::history::manifest::{MANIFEST, ManifestError, from_hashed_yaml};
use crate::model::{Revision, Unreadable};
use crate::source::{Position, SourceFile};

/// Longest manifest that is read, in bytes: hundreds of thousands of files. Nobody's memory is filled by a file that only has
/// the name of a manifest.
const MOST_MANIFEST: u64 = 64 << 20;

/// Longest seal that is read, in bytes: more than a seal has, whatever its line end.
const MOST_SEAL: u64 = 256;

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
    scan_folder(&root.join(FOLDER), depth)
}

/// As [`scan`], for a history under another name.
pub(super) fn scan_folder(history: &Path, depth: Depth) -> anyhow::Result<Disk> {
    let mut disk = Disk::default();
    match fs::symlink_metadata(history) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Ok(Disk { strays: vec![FOLDER.to_owned()], ..disk }),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(disk),
        Err(error) => return Err(error).with_context(|| format!("reading `{}`", history.display())),
    }
    let mut numbered = Vec::new();
    for (os_name, is_folder) in entries(history)? {
        let name = readable(&os_name);
        match (is_folder, os_name.to_str().and_then(number_of)) {
            _ if name.starts_with('.') => {}
            (false, _) => disk.strays.push(format!("{FOLDER}/{name}")),
            (true, _) if is_bare(&history.join(&os_name))? => {}
            (true, None) => disk.orphans.push(name),
            (true, Some(number)) => numbered.push((number, name)),
        }
    }
    numbered.sort();
    let found = numbered.into_par_iter().map(|(number, name)| look_at(&history.join(&name), number, name, depth));
    disk.folders = found.collect::<anyhow::Result<_>>()?;
    Ok(disk)
}

/// The names in a folder, sorted, and whether each is a folder itself.
fn entries(folder: &Path) -> anyhow::Result<Vec<(OsString, bool)>> {
    let context = || format!("reading the folder `{}`", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        let entry = entry.with_context(context)?;
        let is_folder = entry.file_type().with_context(context)?.is_dir();
        names.push((entry.file_name(), is_folder));
    }
    names.sort();
    Ok(names)
}

/// A name as text. Bytes that are not UTF-8 become `\xNN`, which no name of Rollbook's own holds.
fn readable(name: &OsStr) -> String {
    name.to_str().map_or_else(|| name.as_encoded_bytes().escape_ascii().to_string(), str::to_owned)
}

/// The number in the name of a revision's folder: four digits or more without needless zeros, a `-`, and words for people.
fn number_of(name: &str) -> Option<u32> {
    let (digits, _) = name.split_once('-')?;
    let number: u32 = digits.parse().ok()?;
    (number > 0 && digits == format!("{number:04}")).then_some(number)
}

/// Whether a folder holds nothing but folders and hidden files: git leaves such folders behind when it changes branches.
fn is_bare(folder: &Path) -> anyhow::Result<bool> {
    // True of nearly every folder, and quickly seen.
    if fs::symlink_metadata(folder.join(MANIFEST)).is_ok_and(|metadata| metadata.is_file()) {
        return Ok(false);
    }
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
    let manifest = Kept::read(&folder.join(MANIFEST), MOST_MANIFEST)?;
    let seal = Kept::read(&folder.join(SEAL), MOST_SEAL)?;
    files.extend(manifest.content.clone().map(|content| (MANIFEST.to_owned(), content)));
    files.extend(seal.content.clone().map(|content| (SEAL.to_owned(), content)));
    // What is too long for a seal says nothing.
    let seal = seal.file().map(|(_, bytes)| String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned());
    let manifest = manifest.file().map(|(hash, bytes)| match bytes {
        Some(bytes) => from_hashed_yaml(&name, &bytes, hash).map_err(|error| placed(error, bytes)),
        None => Err((Position { line: 1, column: 1, utf16_column: 1 }, Unreadable::TooLong)),
    });
    Ok(Found { number, name, manifest, seal, files })
}

fn placed(error: ManifestError, manifest: Vec<u8>) -> (Position, Unreadable) {
    let file = SourceFile::from_bytes(MANIFEST, manifest);
    (file.position(error.span.start as usize), error.why)
}

/// What stands under the name of a manifest or a seal.
struct Kept {
    /// None if nothing does.
    content: Option<Content>,
    /// The bytes of a regular file that is not too long.
    bytes: Option<Vec<u8>>,
}

impl Kept {
    fn read(path: &Path, most: u64) -> anyhow::Result<Self> {
        let Some(length) = length_of_regular(path)? else {
            let content = fs::symlink_metadata(path).is_ok().then_some(Content::Special);
            return Ok(Self { content, bytes: None });
        };
        if length > most {
            return Ok(Self { content: Some(content_of(path)?), bytes: None });
        }
        let bytes = fs::read(path).with_context(|| format!("reading `{}`", path.display()))?;
        Ok(Self { content: Some(hashed(&bytes)), bytes: Some(bytes) })
    }

    /// Hash and bytes of a regular file.
    fn file(self) -> Option<(String, Option<Vec<u8>>)> {
        match self.content {
            Some(Content::File { sha256, .. }) => Some((sha256, self.bytes)),
            _ => None,
        }
    }
}

/// Every file below a folder with its hash, but for manifest and seal; links and the like are named, not read. The first
/// revision keeps everything, so that files of one folder are hashed in parallel.
fn contents(folder: &Path) -> anyhow::Result<BTreeMap<String, Content>> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).follow_links(false) {
        let entry = entry.with_context(|| format!("reading the folder `{}`", folder.display()))?;
        let is_own = entry.depth() == 1 && [MANIFEST, SEAL].iter().any(|name| entry.file_name() == *name);
        if !entry.file_type().is_dir() && !is_own {
            paths.push(entry.into_path());
        }
    }
    let content = |path: PathBuf| {
        let content = length_of_regular(&path)?.map_or(Ok(Content::Special), |_| content_of(&path))?;
        let parts = path.strip_prefix(folder).unwrap_or(&path).iter().map(readable);
        Ok((parts.collect::<Vec<_>>().join("/"), content))
    };
    paths.into_par_iter().map(content).collect()
}

/// What a regular file holds; it flows by, so that its length does not matter.
fn content_of(path: &Path) -> anyhow::Result<Content> {
    let mut hasher = Hasher::default();
    let read = File::open(path).and_then(|mut file| io::copy(&mut file, &mut hasher));
    read.with_context(|| format!("reading `{}`", path.display()))?;
    Ok(content(hasher))
}

fn hashed(bytes: &[u8]) -> Content {
    let mut hasher = Hasher::default();
    hasher.take_all(bytes);
    content(hasher)
}

fn content(hasher: Hasher) -> Content {
    let (sha256, unix_sha256) = hasher.finish();
    Content::File { sha256, unix_sha256 }
}

/// The length of a regular file; none for anything else, so that neither a link nor a pipe can lead astray.
fn length_of_regular(path: &Path) -> anyhow::Result<Option<u64>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(metadata.is_file().then_some(metadata.len())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading `{}`", path.display())),
    }
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

/// The bytes of a regular file below `root`; none for anything else, and where a folder on the way is a link.
fn read_below(root: &Path, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let mut folder = root.to_owned();
    for part in path.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev() {
        folder.push(part);
        if !fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_dir()) {
            return Ok(None);
        }
    }
    let path = root.join(path);
    if length_of_regular(&path)?.is_none() {
        return Ok(None);
    }
    fs::read(&path).map(Some).with_context(|| format!("reading `{}`", path.display()))
}
