//! What is put on disk whole or not at all: what was there stays until what comes is complete.

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Puts `bytes` at `path` in one step, with these rights; without any, it is as open as other new files. A symbolic link is
/// replaced by the file.
///
/// # Errors
/// When the disk does not do its part. What was there before is still there then.
pub fn replace(path: &Path, bytes: &[u8], rights: Option<Permissions>) -> io::Result<()> {
    Prepared::new(&folder_of(path), bytes, rights)?.put(path)
}

/// A file that is whole and on the disk, and only lacks its name. It goes away if it never gets one.
#[derive(Debug)]
pub struct Prepared(NamedTempFile);

impl Prepared {
    /// Writes a hidden file into `folder`.
    ///
    /// # Errors
    /// When the disk does not do its part.
    pub fn new(folder: &Path, bytes: &[u8], rights: Option<Permissions>) -> io::Result<Self> {
        let mut file = temporary().tempfile_in(folder)?;
        file.write_all(bytes)?;
        if let Some(rights) = rights {
            file.as_file().set_permissions(rights)?;
        }
        file.as_file().sync_all()?;
        Ok(Self(file))
    }

    /// Gives it its name, on the same disk; a file or a symbolic link of that name is replaced.
    ///
    /// # Errors
    /// When the disk does not do its part. What was there before is still there then.
    pub fn put(self, path: &Path) -> io::Result<()> {
        self.0.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Puts the folder `new` in the place of `out` in one step where the system can, so that one of the two is there at every
/// moment; elsewhere the old one goes to `old` first. Afterwards the old one is at `new` or at `old`.
///
/// # Errors
/// When the system refuses. The old folder is in its place then.
#[cfg(target_os = "linux")]
pub fn exchange(new: &Path, out: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => two_renames(new, out, old),
        Err(error) => Err(error.into()),
    }
}

/// As on Linux, but with a moment in which neither folder is in its place.
///
/// # Errors
/// When the system refuses. The old folder is in its place then.
#[cfg(not(target_os = "linux"))]
pub fn exchange(new: &Path, out: &Path, old: &Path) -> io::Result<()> {
    two_renames(new, out, old)
}

fn two_renames(new: &Path, out: &Path, old: &Path) -> io::Result<()> {
    fs::rename(out, old)?;
    fs::rename(new, out).inspect_err(|_| {
        // The new folder could not come; the old one goes back.
        let _ = fs::rename(old, out);
    })
}

/// The folder that a path names a file in.
#[must_use]
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rollbook-new-");
    // Temporary files are private by default; the system takes away what new files must not allow.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder
}
