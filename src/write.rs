//! Output files to disk, all or none. Files are written into a hidden folder beside the site; one rename puts it in the place
//! of the old site. A build that fails, is killed, or fills the disk leaves the old site as it was.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;

use crate::model::{Content, OutPath};
use crate::whole_file::exchange;

/// Names a folder as a site that Rollbook built and may replace.
const MARKER: &str = ".rollbook";
const MARKER_TEXT: &str = "Built by Rollbook. The next build replaces this folder.\n";

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// Writes a site to `out`. `make` gives the content of the file at an index of `paths`; it is called on many threads.
///
/// # Errors
/// When `out` is something that Rollbook did not make, when `make` fails, or when the disk does not do its part. The old site
/// is still there then.
pub fn write<E>(
    out: &Path,
    paths: &[&OutPath],
    make: impl Fn(usize) -> Result<Content, E> + Sync,
) -> anyhow::Result<Written>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let staging = Staging::open(out)?;
    create_folders(&staging.folder, paths)?;
    let write = |(index, path): (usize, &&OutPath)| -> anyhow::Result<u64> {
        let file = staging.folder.join(path.as_str());
        let written = match make(index)? {
            Content::Bytes(bytes) => fs::write(&file, &bytes).map(|()| bytes.len() as u64),
            Content::Copy(source) => fs::copy(source, &file),
        };
        written.with_context(|| format!("writing `{path}` of the site"))
    };
    let bytes = paths.par_iter().enumerate().map(write).try_reduce(|| 0, |a, b| Ok(a + b))?;
    staging.take_place()?;
    Ok(Written { files: paths.len(), bytes })
}

fn create_folders(staging: &Path, paths: &[&OutPath]) -> anyhow::Result<()> {
    let folders: BTreeSet<&str> = paths.iter().map(|path| path.folder()).collect();
    for folder in folders {
        let folder = staging.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("creating the folder `{}`", folder.display()))?;
    }
    Ok(())
}

/// The hidden folder in which a site grows, and the lock that keeps another build away from it.
struct Staging {
    out: PathBuf,
    folder: PathBuf,
    /// Where the old site goes before it is deleted.
    old: PathBuf,
    _lock: Option<File>,
}

impl Staging {
    fn open(out: &Path) -> anyhow::Result<Self> {
        refuse_foreign(out)?;
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).with_context(|| format!("creating the folder `{}`", parent.display()))?;
        let Some(name) = out.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            bail!("`{}` cannot be the folder of a site", out.display())
        };
        let lock = lock(&parent)?;
        let staging = Self {
            out: out.to_owned(),
            folder: parent.join(format!(".{name}.rollbook-new")),
            old: parent.join(format!(".{name}.rollbook-old")),
            _lock: lock,
        };
        // Behind the lock these can only be what a killed build left.
        staging.clear();
        fs::create_dir(&staging.folder)
            .with_context(|| format!("creating the folder `{}`", staging.folder.display()))?;
        let marker = staging.folder.join(MARKER);
        fs::write(&marker, MARKER_TEXT).with_context(|| format!("writing `{}`", marker.display()))?;
        Ok(staging)
    }

    /// Puts the new site in the place of the old one.
    fn take_place(self) -> anyhow::Result<()> {
        let replaced = if self.out.exists() {
            exchange(&self.folder, &self.out, &self.old)
        } else {
            fs::rename(&self.folder, &self.out)
        };
        replaced.with_context(|| format!("putting the new site in the place of `{}`", self.out.display()))
    }

    fn clear(&self) {
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_dir_all(&self.old);
    }
}

impl Drop for Staging {
    /// The old site, or a new one that was given up. What cannot be deleted now goes with the next build.
    fn drop(&mut self) {
        self.clear();
    }
}

/// A folder that holds something, and not a site of ours, is not replaced: `--out .` must not cost a repository.
fn refuse_foreign(out: &Path) -> anyhow::Result<()> {
    if out.is_file() {
        bail!("`{}` is a file; the site needs a folder", out.display());
    }
    let mut entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("reading the folder `{}`", out.display())),
    };
    if entries.next().is_some() && !out.join(MARKER).is_file() {
        bail!(
            "`{}` holds files that Rollbook did not make, and a build would replace them; choose another folder with `--out`, or empty this one",
            out.display()
        );
    }
    Ok(())
}

/// Waits until no other build writes below `parent`. The lock is on the folder itself, so that no lock file stays behind; where
/// a folder cannot be locked, builds go on without.
fn lock(parent: &Path) -> anyhow::Result<Option<File>> {
    let Ok(folder) = File::open(parent) else { return Ok(None) };
    match folder.lock() {
        Ok(()) => Ok(Some(folder)),
        Err(error) if error.kind() == std::io::ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error).with_context(|| format!("locking the folder `{}`", parent.display())),
    }
}

/// Writes new files into a folder, which is made if it does not exist.
///
/// # Errors
/// When one of the files exists already, and then none is written; when the disk does not do its part.
pub fn create(folder: &Path, files: &[(PathBuf, &[u8])]) -> anyhow::Result<()> {
    if let Some((path, _)) = files.iter().find(|(path, _)| folder.join(path).exists()) {
        let path = folder.join(path);
        bail!("`{}` exists already, and nothing is overwritten; choose another folder", path.display());
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("creating the folder `{}`", folder.display()))?;
        }
        fs::write(&path, bytes).with_context(|| format!("writing `{}`", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(out: &Path, files: &[(&str, &str)]) -> anyhow::Result<Written> {
        let paths: Vec<OutPath> = files.iter().map(|(path, _)| OutPath::new(*path)).collect();
        write(out, &paths.iter().collect::<Vec<_>>(), |index| {
            Ok::<_, std::io::Error>(Content::Bytes(files[index].1.as_bytes().to_vec()))
        })
    }

    #[test]
    fn a_new_site_replaces_the_old_one_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        site(&out, &[("index.html", "1"), ("old/x.html", "1")]).unwrap();
        let written = site(&out, &[("index.html", "22")]).unwrap();
        assert_eq!(written, Written { files: 1, bytes: 2 });
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "22");
        assert!(!out.join("old").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_build_leaves_the_old_site() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        site(&out, &[("index.html", "1")]).unwrap();
        let paths = [&OutPath::new("index.html"), &OutPath::new("b.html")];
        let failing =
            |index| if index == 0 { Ok(Content::Bytes(b"2".to_vec())) } else { Err(std::io::Error::other("no")) };
        assert!(write(&out, &paths, failing).is_err());
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "1");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "years").unwrap();
        assert!(site(folder.path(), &[("index.html", "1")]).unwrap_err().to_string().contains("did not make"));
        assert_eq!(fs::read_to_string(folder.path().join("thesis.txt")).unwrap(), "years");
    }
}
