//! Giving back what a revision keeps: everything is read and checked first, then written beside its place, and only then
//! does anything change.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, Permissions};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use walkdir::WalkDir;

use super::{collect, read_bytes};
use crate::config::{self, Config};
use crate::history::draft::find;
use crate::history::hash::sha256;
use crate::history::restore::{Selection, check_path, is_versioned};
use crate::history::{FOLDER, History};
use crate::model::{Change, Revision};
use crate::whole_file::Prepared;

/// What giving back a revision would do, ready to be done.
#[derive(Debug)]
pub struct Restore {
    /// What would become of which path: added, changed or removed; what is already as it should be is left out.
    pub steps: Vec<(String, Change)>,
    /// Paths whose bytes of today no revision keeps: they would be lost.
    pub unsaved: Vec<String>,
    root: PathBuf,
    writes: Vec<Write>,
    removes: Vec<PathBuf>,
}

#[derive(Debug)]
struct Write {
    path: String,
    target: PathBuf,
    bytes: Vec<u8>,
}

/// What stands where a file is to be put.
enum Today {
    Nothing,
    File(Vec<u8>),
    /// A symbolic link, which no revision keeps, with the bytes that it leads to inside the root.
    Link(Option<Vec<u8>>),
    Folder,
}

impl Restore {
    /// Puts files of `revision` back where they were, and removes what it did not have.
    ///
    /// # Errors
    /// When `paths` name nothing that the revision has, its bytes are not what they were, a path leads out of the root, or
    /// the disk cannot be read.
    pub fn in_place(
        root: &Path,
        config: &Config,
        history: &History,
        revision: &Revision,
        paths: &[String],
    ) -> anyhow::Result<Self> {
        let root = fs::canonicalize(root).with_context(|| format!("reading `{}`", root.display()))?;
        let selection = Selection::new(history, revision, paths)?;
        let then = settings_of(&root, history, revision)?;
        let is_extra =
            |path: &str| selection.covers(path) && is_versioned(&then, path) && find(revision, path).is_none();
        let today = collect(&root, config)?;
        let extra: Vec<(String, Vec<u8>)> = today.into_iter().filter(|(path, _)| is_extra(path)).collect();
        let mut lost = BTreeMap::new();
        let mut restore = Self::new(root.clone());
        for (path, bytes) in extra {
            restore.removes.push(root.join(&path));
            restore.steps.push((path.clone(), Change::Removed));
            lost.insert(path, sha256(&bytes));
        }
        restore.fill(&root, history, revision, &selection, &mut lost)?;
        restore.note_unsaved(&root, history, &lost);
        Ok(restore)
    }

    /// Puts files of `revision` into another folder, which is made if it is not there. Nothing in it is removed.
    ///
    /// # Errors
    /// As [`Restore::in_place`]; and when the folder is a part of the history.
    pub fn into_folder(
        folder: &Path,
        root: &Path,
        history: &History,
        revision: &Revision,
        paths: &[String],
    ) -> anyhow::Result<Self> {
        let selection = Selection::new(history, revision, paths)?;
        let target = if folder.exists() { fs::canonicalize(folder) } else { std::path::absolute(folder) };
        let target = target.with_context(|| format!("reading `{}`", folder.display()))?;
        ensure!(!folder.exists() || folder.is_dir(), "`{}` is no folder", folder.display());
        let own = fs::canonicalize(root.join(FOLDER)).with_context(|| format!("reading `{FOLDER}`"))?;
        ensure!(!target.starts_with(&own), "`{}` is a part of the history", folder.display());
        let mut restore = Self::new(target);
        restore.fill(root, history, revision, &selection, &mut BTreeMap::new())?;
        Ok(restore)
    }

    fn new(root: PathBuf) -> Self {
        Self { steps: Vec::new(), unsaved: Vec::new(), root, writes: Vec::new(), removes: Vec::new() }
    }

    /// Adds what has to be written; `lost` gets the hashes of the bytes that would be replaced.
    fn fill(
        &mut self,
        root: &Path,
        history: &History,
        revision: &Revision,
        selection: &Selection<'_>,
        lost: &mut BTreeMap<String, String>,
    ) -> anyhow::Result<()> {
        let mut targets = BTreeSet::new();
        for record in &selection.files {
            let target = place(&self.root, &record.path)?;
            ensure!(targets.insert(target.clone()), "two files of the revision would both be `{}`", target.display());
            let step = match look(&self.root, &target)? {
                Today::Nothing | Today::Folder => Change::Added,
                Today::File(bytes) | Today::Link(Some(bytes)) if sha256(&bytes) == record.sha256 => continue,
                Today::File(bytes) => {
                    lost.insert(record.path.clone(), sha256(&bytes));
                    Change::Changed
                }
                Today::Link(_) => {
                    self.unsaved.push(record.path.clone());
                    Change::Changed
                }
            };
            self.check_room(&target)?;
            let bytes = read_bytes(root, &history.revisions, revision, &record.path)?.unwrap_or_default();
            self.steps.push((record.path.clone(), step));
            self.writes.push(Write { path: record.path.clone(), target, bytes });
        }
        self.steps.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(())
    }

    /// Refuses where a folder stands in the place of a file, or a file in that of a folder, and what is there stays.
    fn check_room(&self, target: &Path) -> anyhow::Result<()> {
        let stays = |path: &Path| !self.removes.iter().any(|it| it == path);
        let above = target.ancestors().skip(1).take_while(|it| it.starts_with(&self.root));
        if let Some(file) = above.into_iter().find(|it| it.is_file() && stays(it)) {
            bail!("`{}` is a file, and a folder has to be there; move it away", file.display());
        }
        let is_folder = fs::symlink_metadata(target).is_ok_and(|metadata| metadata.is_dir());
        for entry in WalkDir::new(target).into_iter().filter(|_| is_folder) {
            let entry = entry.with_context(|| format!("reading `{}`", target.display()))?;
            if !entry.file_type().is_dir() && stays(entry.path()) {
                bail!("`{}` is a folder, and a file has to be there; move it away", target.display());
            }
        }
        Ok(())
    }

    /// Of the bytes that would be gone, those that no revision gives back.
    fn note_unsaved(&mut self, root: &Path, history: &History, lost: &BTreeMap<String, String>) {
        let mut is_kept: HashMap<&str, bool> = lost.values().map(|sha256| (sha256.as_str(), false)).collect();
        for revision in &history.revisions {
            for record in &revision.files {
                if is_kept.get(record.sha256.as_str()) == Some(&false) {
                    let kept = matches!(read_bytes(root, &history.revisions, revision, &record.path), Ok(Some(_)));
                    is_kept.insert(&record.sha256, kept);
                }
            }
        }
        let unsaved = lost.iter().filter(|(_, sha256)| !is_kept[sha256.as_str()]);
        self.unsaved.extend(unsaved.map(|(path, _)| path.clone()));
        self.unsaved.sort();
    }

    /// Does it. The new files are whole and on the disk before anything changes.
    ///
    /// # Errors
    /// When the disk does not do its part. What is not done then is done by another run.
    pub fn apply(self) -> anyhow::Result<()> {
        let Self { root, writes, removes, .. } = self;
        fs::create_dir_all(&root).with_context(|| format!("making the folder `{}`", root.display()))?;
        let prepared = writes.iter().map(prepare).collect::<anyhow::Result<Vec<_>>>()?;
        for path in &removes {
            fs::remove_file(path).with_context(|| format!("removing `{}`", path.display()))?;
            remove_empty_folders(&root, path);
        }
        for (write, prepared) in writes.iter().zip(prepared) {
            let context = || format!("writing `{}`", write.path);
            // A folder in the place of the file holds nothing any more but folders.
            if fs::symlink_metadata(&write.target).is_ok_and(|metadata| metadata.is_dir()) {
                fs::remove_dir_all(&write.target).with_context(context)?;
            }
            fs::create_dir_all(folder_of(&write.target)).with_context(context)?;
            prepared.put(&write.target).with_context(context)?;
        }
        Ok(())
    }
}

/// The settings as the revision has them, the default without.
fn settings_of(root: &Path, history: &History, revision: &Revision) -> anyhow::Result<Config> {
    let bytes = read_bytes(root, &history.revisions, revision, config::FILE)?;
    Ok(bytes.map_or_else(Config::default, |bytes| Config::parse(&String::from_utf8_lossy(&bytes))))
}

/// Where a path of a manifest leads below `root`, which is canonical. A folder that is a symbolic link is followed, but not out
/// of the root and not into the history.
fn place(root: &Path, path: &str) -> anyhow::Result<PathBuf> {
    check_path(path)?;
    let mut place = root.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        if parts.peek().is_some() && fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_symlink()) {
            place = fs::canonicalize(&place).with_context(|| format!("following the link `{}`", place.display()))?;
            let is_inside = place.starts_with(root) && !place.starts_with(root.join(FOLDER));
            ensure!(is_inside, "`{path}` leads out of the root, or into the history, over a symbolic link");
        }
    }
    Ok(place)
}

fn look(root: &Path, target: &Path) -> anyhow::Result<Today> {
    let Ok(metadata) = fs::symlink_metadata(target) else { return Ok(Today::Nothing) };
    if metadata.is_dir() {
        return Ok(Today::Folder);
    }
    let is_inside = |it: &PathBuf| it.starts_with(root) && it.is_file();
    let file = fs::canonicalize(target).ok().filter(is_inside);
    let bytes = file.map(fs::read).transpose().with_context(|| format!("reading `{}`", target.display()))?;
    match bytes {
        Some(bytes) if metadata.is_file() => Ok(Today::File(bytes)),
        bytes => Ok(Today::Link(bytes)),
    }
}

/// Writes a file beside its place, or as near to it as there is a folder.
fn prepare(write: &Write) -> anyhow::Result<Prepared> {
    let folder = write.target.ancestors().skip(1).find(|it| it.is_dir()).unwrap_or(Path::new("/"));
    let prepared = Prepared::new(folder, &write.bytes, rights(&write.target));
    prepared.with_context(|| format!("writing `{}`", write.path))
}

/// The rights of the file that is replaced.
fn rights(target: &Path) -> Option<Permissions> {
    fs::symlink_metadata(target).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.permissions())
}

fn folder_of(target: &Path) -> &Path {
    target.parent().unwrap_or(target)
}

/// Removes the folders above a file that hold nothing any more, up to those right below the root.
fn remove_empty_folders(root: &Path, file: &Path) {
    let folders = file
        .ancestors()
        .skip(1)
        .take_while(|folder| folder.parent().is_some_and(|it| it.starts_with(root) && it != root));
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}
