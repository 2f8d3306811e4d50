//! One file on disk, whole or not at all: what was there stays until what comes is complete.

use std::fs::Permissions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Puts `bytes` at `path` in one step, with these rights; without any, it is as open as other new files. A symbolic link is
/// replaced by the file.
///
/// # Errors
/// When the disk does not do its part. What was there before is still there then.
pub fn replace(path: &Path, bytes: &[u8], rights: Option<Permissions>) -> io::Result<()> {
    let mut file = temporary().tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    if let Some(rights) = rights {
        file.as_file().set_permissions(rights)?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
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
