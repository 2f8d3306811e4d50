//! Writing a revision: into a hidden folder, down to the disk, and then one rename.
//!
//! A killed run leaves at most a hidden folder, which readers pass over and the next writer removes.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use anyhow::{Context as _, ensure};
use rayon::prelude::*;

use super::lock::Lock;
use crate::history::FOLDER;
use crate::history::chain::{FILES, SEAL, seal};
use crate::history::draft::Composed;
use crate::history::manifest::MANIFEST;

/// How the names of hidden folders of unfinished revisions start.
pub(super) const STAGING: &str = ".staging-";

/// Attempts to take the lock, 50 ms apart: five seconds.
const ATTEMPTS: usize = 100;

/// Files that make git leave the history alone: nothing of a running snapshot is committed, no line end is converted, and
/// two versions of one file are never mixed.
const FOR_GIT: [(&str, &str); 2] = [(".gitignore", "/.lock\n/.staging-*\n"), (".gitattributes", "* -text -merge\n")];

/// The right and the means to change the history.
#[derive(Debug)]
pub(in crate::history) struct Writer {
    pub(super) folder: PathBuf,
    _lock: Lock,
}

impl Writer {
    /// Makes the folder of the history if there is none, takes its lock, and clears what a killed run left.
    pub(in crate::history) fn open(root: &Path, author: &str) -> anyhow::Result<Self> {
        let folder = root.join(FOLDER);
        super::rebuild::recover(&folder)?;
        create_folder(root, &folder)?;
        let holder = format!("process {} ({})\n", process::id(), author.escape_debug());
        let lock = Lock::take(&folder, &holder, ATTEMPTS)?;
        clear_leftovers(&folder)?;
        super::rebuild::clear(&folder);
        Ok(Self { folder, _lock: lock })
    }

    /// Writes the revision whole; returns the name of its folder.
    pub(in crate::history) fn write(&self, composed: &Composed) -> anyhow::Result<String> {
        self.write_for_git()?;
        let staging = Staging::new(&self.folder)?;
        write_revision(&staging.0, composed)?;
        let name = free_name(&self.folder, &composed.revision.folder);
        let target = self.folder.join(&name);
        fs::rename(&staging.0, &target)
            .with_context(|| format!("moving the new revision to `{}`", target.display()))?;
        sync_folder(&self.folder)?;
        Ok(name)
    }

    fn write_for_git(&self) -> anyhow::Result<()> {
        for (name, text) in FOR_GIT {
            let path = self.folder.join(name);
            if fs::symlink_metadata(&path).is_err() {
                let staged = self.folder.join(format!("{STAGING}{name}"));
                write_file(&staged, text.as_bytes())?;
                fs::rename(&staged, &path).with_context(|| format!("writing `{}`", path.display()))?;
            }
        }
        Ok(())
    }
}

/// `name`, or with `-2` and so on behind it where a folder without a revision has the name.
pub(super) fn free_name(history: &Path, name: &str) -> String {
    let is_free = |name: &String| fs::symlink_metadata(history.join(name)).is_err();
    let mut names = std::iter::once(name.to_owned()).chain((2u32..).map(|n| format!("{name}-{n}")));
    names.find(is_free).unwrap_or_else(|| name.to_owned())
}

/// Writes all that a revision consists of into a folder, and brings it to the disk.
pub(super) fn write_revision(folder: &Path, composed: &Composed) -> anyhow::Result<()> {
    write_file(&folder.join(MANIFEST), composed.manifest.as_bytes())?;
    write_file(&folder.join(SEAL), seal(&composed.revision.hash).as_bytes())?;
    // At the same time, since the disk brings many files home in one go.
    let store = |(path, bytes): &(String, Vec<u8>)| write_file(&folder.join(format!("{FILES}{path}")), bytes);
    composed.stored.par_iter().try_for_each(store)?;
    sync_folders(folder)
}

fn create_folder(root: &Path, folder: &Path) -> anyhow::Result<()> {
    let context = || format!("making the folder `{}`", folder.display());
    match fs::create_dir(folder) {
        Ok(()) => sync_folder(root),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let metadata = fs::symlink_metadata(folder).with_context(context)?;
            ensure!(metadata.is_dir(), "`{}` must be a folder, and is a file or a link", folder.display());
            Ok(())
        }
        Err(error) => Err(error).with_context(context),
    }
}

fn clear_leftovers(folder: &Path) -> anyhow::Result<()> {
    let context = || format!("clearing what an unfinished snapshot left in `{}`", folder.display());
    for entry in fs::read_dir(folder).with_context(context)? {
        let entry = entry.with_context(context)?;
        if entry.file_name().to_string_lossy().starts_with(STAGING) {
            let is_folder = entry.file_type().with_context(context)?.is_dir();
            let remove = if is_folder { fs::remove_dir_all } else { fs::remove_file };
            remove(entry.path()).with_context(context)?;
        }
    }
    Ok(())
}

/// A hidden folder that is removed again unless it was renamed.
struct Staging(PathBuf);

impl Staging {
    fn new(history: &Path) -> anyhow::Result<Self> {
        let path = history.join(format!("{STAGING}{}", process::id()));
        fs::create_dir(&path).with_context(|| format!("making the folder `{}`", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After the rename there is nothing to remove; what cannot be removed now, the next writer removes.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let context = || format!("writing `{}`", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(context)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).with_context(context)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).with_context(context)
}

/// Brings the names in a folder and in all folders below it to the disk.
pub(super) fn sync_folders(folder: &Path) -> anyhow::Result<()> {
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        let entry = entry.with_context(|| format!("reading `{}`", folder.display()))?;
        if entry.file_type().is_dir() {
            sync_folder(entry.path())?;
        }
    }
    Ok(())
}

/// Brings the names in one folder to the disk. Windows has no such call and needs none.
pub(super) fn sync_folder(folder: &Path) -> anyhow::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    let context = || format!("bringing the folder `{}` to the disk", folder.display());
    File::open(folder).and_then(|folder| folder.sync_all()).with_context(context)
}
