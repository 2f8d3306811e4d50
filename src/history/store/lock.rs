//! One snapshot at a time: a lock on a hidden file of the history, which the system releases when its holder dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, bail};

/// Name of the file. It stays behind, empty of meaning, since removing it would let two processes hold two files.
pub(super) const LOCK: &str = ".lock";

/// Time between two attempts.
const PAUSE: Duration = Duration::from_millis(50);

/// The right to add to a history, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of the history in `folder`, and writes into it who has it. After `attempts` pauses it gives up.
    pub(super) fn take(folder: &Path, holder: &str, attempts: usize) -> anyhow::Result<Self> {
        let path = folder.join(LOCK);
        let context = || format!("locking `{}`", path.display());
        let mut file = open(&path).with_context(context)?;
        for attempt in 0..=attempts {
            match file.try_lock() {
                Ok(()) => {
                    file.set_len(0).and_then(|()| file.rewind()).with_context(context)?;
                    file.write_all(holder.as_bytes()).with_context(context)?;
                    return Ok(Self { _file: file });
                }
                Err(TryLockError::WouldBlock) if attempt < attempts => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error).with_context(context),
            }
        }
        let mut holder = String::new();
        // The name of the holder is a courtesy; where it cannot be read, the sentence does without.
        if file.read_to_string(&mut holder).is_err() || holder.trim().is_empty() {
            holder = "another process".to_owned();
        }
        bail!("{} is making a revision (it holds `{}`); try again when it is done", holder.trim(), path.display())
    }
}

/// Opens the lock file without following a link that somebody put in its place.
fn open(path: &Path) -> std::io::Result<File> {
    if path.symlink_metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return Err(std::io::Error::other("it is not a regular file"));
    }
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

#[cfg(test)]
mod tests {
    use super::Lock;

    #[test]
    fn the_second_learns_who_is_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path(), "process 7 (Ana)", 0).unwrap();
        let error = Lock::take(folder.path(), "process 8", 0).unwrap_err().to_string();
        assert!(error.starts_with("process 7 (Ana) is making a revision"), "{error}");
        drop(first);
        Lock::take(folder.path(), "process 8", 0).unwrap();
    }
}
