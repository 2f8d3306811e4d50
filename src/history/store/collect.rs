//! The files that a revision keeps, as they are now.

use std::collections::BTreeMap;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path};

use anyhow::{Context as _, ensure};
use walkdir::{DirEntry, WalkDir};

use crate::config::{self, Config};
use crate::history::FOLDER;
use crate::history::path::is_clean;
use crate::model::WAIVERS;

/// Reads what a revision keeps: the versioned folders of the settings, the settings themselves and the waivers, which
/// are part of the plan since they say what was let pass, by path.
/// What does not exist is left out, and so are hidden files, the history and the built site.
///
/// # Errors
/// When a folder of the settings or a symbolic link leads out of the root, when a name is not UTF-8, or when the disk
/// cannot be read.
pub fn collect(root: &Path, config: &Config) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut files = BTreeMap::new();
    let versioned = config.versioned.iter().map(String::as_str);
    for start in versioned.chain([config::FILE, WAIVERS]) {
        ensure!(matches!(start, "" | ".") || is_clean(start), "`versioned: {start}` leads out of the root");
        collect_below(root, start, config, &mut files)?;
    }
    Ok(files.into_iter().collect())
}

fn collect_below(
    root: &Path,
    start: &str,
    config: &Config,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> anyhow::Result<()> {
    let root = &fs::canonicalize(root).with_context(|| format!("reading `{}`", root.display()))?;
    let folder = if matches!(start, "" | ".") { root.clone() } else { root.join(start) };
    if fs::symlink_metadata(&folder).is_err() {
        return Ok(());
    }
    refuse_outside(root, &folder)?;
    let skip = [FOLDER, &config.out].map(|name| root.join(name));
    let walk = WalkDir::new(&folder).follow_links(true);
    for entry in walk.into_iter().filter_entry(|entry| !is_hidden(entry) && !skip.iter().any(|it| it == entry.path())) {
        let entry = entry.with_context(|| format!("reading `{}`", folder.display()))?;
        if entry.path_is_symlink() {
            refuse_outside(root, entry.path())?;
        }
        if !entry.file_type().is_dir() {
            let (path, bytes) = read(root, &entry)?;
            files.insert(path, bytes);
        }
    }
    Ok(())
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
}

/// A link is followed only to a place inside the root; the walk hands it out before it goes in.
fn refuse_outside(root: &Path, path: &Path) -> anyhow::Result<()> {
    let target = fs::canonicalize(path).with_context(|| format!("following the link `{}`", path.display()))?;
    ensure!(target.starts_with(root), "the symbolic link `{}` leads out of the root", path.display());
    Ok(())
}

fn read(root: &Path, entry: &DirEntry) -> anyhow::Result<(String, Vec<u8>)> {
    let path = entry.path();
    ensure!(path.to_str().is_some(), "the name `{}` is not UTF-8 and cannot be kept", path.display());
    ensure!(entry.file_type().is_file(), "`{}` is no file and cannot be kept", path.display());
    let bytes = fs::read(path).with_context(|| format!("reading `{}`", path.display()))?;
    Ok((relative(root, path), bytes))
}

/// The path of a file below `folder`, with `/` between the parts.
pub(super) fn relative(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
    if MAIN_SEPARATOR == '/' { below.into_owned() } else { below.replace(MAIN_SEPARATOR, "/") }
}
