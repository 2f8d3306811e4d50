//! Reports on their way to the disk: a file is written whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};

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
    let mut file = builder().tempfile_in(folder_of(&path)).with_context(writing)?;
    file.write_all(bytes).with_context(writing)?;
    file.persist(&path).map_err(|error| error.error).with_context(writing)?;
    Ok(())
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

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Temporary files are private by default; a report is as open as any other new file.
#[cfg(unix)]
fn builder() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rollbook-report-").permissions(fs::Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rollbook-report-");
    builder
}
