//! Writing the whole history anew, where revisions get other numbers: beside the old one, with links to every file that stays,
//! and then one exchange of both folders.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use walkdir::WalkDir;

use super::scan::{Depth, scan_folder};
use super::write::{STAGING, Writer, free_name, sync_folder, sync_folders, write_revision};
use crate::history::FOLDER;
use crate::history::chain::Chain;
use crate::history::draft::Composed;
use crate::whole_file::{exchange, folder_of};

/// A history that is about to take the place of the old one.
#[derive(Debug)]
pub(in crate::history) struct Rebuilt<'a> {
    /// Holds the lock: its file is the same in both folders.
    writer: &'a Writer,
    new: PathBuf,
}

impl Writer {
    /// Begins a history that has everything that this one has, but for the folders `without`.
    pub(in crate::history) fn rebuild(&self, without: &[&str]) -> anyhow::Result<Rebuilt<'_>> {
        let rebuilt = Rebuilt { writer: self, new: beside(&self.folder, "new") };
        let stays = |path: &Path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            !name.starts_with(STAGING) && !without.contains(&name.as_ref())
        };
        let walk = WalkDir::new(&self.folder).follow_links(false).into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() != 1 || stays(entry.path())) {
            let entry = entry.with_context(|| format!("reading `{}`", self.folder.display()))?;
            let target = rebuilt.new.join(entry.path().strip_prefix(&self.folder).unwrap_or(entry.path()));
            let made = if entry.file_type().is_dir() {
                fs::create_dir(&target)
            } else {
                // Where a system has no such links, a copy does as well.
                fs::hard_link(entry.path(), &target).or_else(|_| fs::copy(entry.path(), &target).map(drop))
            };
            made.with_context(|| format!("writing `{}`", target.display()))?;
        }
        Ok(rebuilt)
    }
}

impl Rebuilt<'_> {
    /// Writes a revision; returns the name of its folder.
    pub(in crate::history) fn write(&self, composed: &Composed) -> anyhow::Result<String> {
        let name = free_name(&self.new, &composed.revision.folder);
        let folder = self.new.join(&name);
        fs::create_dir(&folder).with_context(|| format!("making the folder `{}`", folder.display()))?;
        write_revision(&folder, composed)?;
        Ok(name)
    }

    /// Takes the place of the old history, if nothing is wrong with the new one.
    pub(in crate::history) fn take_place(self) -> anyhow::Result<()> {
        let disk = scan_folder(&self.new, Depth::Everything)?;
        let chain = Chain::new(&disk);
        let faults = [chain.faults(), chain.file_faults()].concat();
        ensure!(faults.is_empty(), "the new history is not whole, and the old one stays: {faults:?}");
        sync_folders(&self.new)?;
        let (history, old) = (&self.writer.folder, beside(&self.writer.folder, "old"));
        exchange(&self.new, history, &old)
            .with_context(|| format!("putting the new history in the place of `{}`", history.display()))?;
        sync_folder(&folder_of(history))
    }
}

impl Drop for Rebuilt<'_> {
    /// The old history, or a new one that was given up. What cannot be removed now, the next writer removes.
    fn drop(&mut self) {
        clear(&self.writer.folder);
    }
}

/// A hidden name beside the history.
fn beside(history: &Path, what: &str) -> PathBuf {
    history.with_file_name(format!(".{FOLDER}.rollbook-{what}"))
}

/// Puts the old history back where a run was killed between its two steps.
pub(super) fn recover(history: &Path) -> anyhow::Result<()> {
    let old = beside(history, "old");
    if fs::symlink_metadata(history).is_err() && old.is_dir() {
        fs::rename(&old, history).with_context(|| format!("putting `{}` back", history.display()))?;
    }
    Ok(())
}

/// Removes what a run left beside the history, if that is in its place.
pub(super) fn clear(history: &Path) {
    if fs::symlink_metadata(history).is_err() {
        return;
    }
    for what in ["new", "old"] {
        let _ = fs::remove_dir_all(beside(history, what));
    }
}
