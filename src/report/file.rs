//! Reports on their way to the disk: a file is written whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};

use crate::whole_file::{self, folder_of};

/// Whether a report can be put at `path`, asked before the work is done.
///
/// # Errors
/// When the folder is not there, or when `path` is something else than a file.
pub fn judge(path: &Path) -> anyhow::Result<()> {
    let folder = folder_of(path);
    ensure!(
        folder.is_dir(),
        "the report `{}` cannot be written: there is no folder `{}`; make it first",
        path.display(),
        folder.display()
    );
    match fs::metadata(path) {
        // A device or a pipe must not be replaced by a file.
        Ok(metadata) if !metadata.is_file() => {
            bail!("the report `{}` cannot be written: that is no file; name one", path.display())
        }
        _ => Ok(()),
    }
}

/// Puts `bytes` at `path` in one step. Behind a symbolic link the file that it leads to is replaced.
///
/// # Errors
/// When the disk does not do its part. What was there before is still there then.
pub fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let writing = || format!("writing the report `{}`", path.display());
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    whole_file::replace(&path, bytes, None).with_context(writing)
}

/// Adds `text` to the end of the file at `path`, which is made if it does not exist.
///
/// # Errors
/// When the disk does not do its part.
pub fn append(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("adding the summary to `{}`", path.display()))
}
