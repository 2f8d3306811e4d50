//! Changed pages go to disk: each by a temporary file and a rename, so that there is no moment with half a page.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};

use crate::source::ends_lines_with_cr;
use crate::whole_file;

/// Puts `after` in the place of `before` in the file `path` below `root`. Rights stay as they are.
///
/// # Errors
/// When the file lies outside the root, was changed by somebody else in the meantime, or cannot be written.
pub fn replace(root: &Path, path: &str, before: &str, after: &str) -> anyhow::Result<()> {
    let doing = || format!("writing `{path}`");
    let real_root = root.canonicalize().with_context(doing)?;
    // A link inside the root is followed, so that it stays a link.
    let file = root.join(path).canonicalize().with_context(doing)?;
    ensure!(file.starts_with(&real_root), "`{path}` leads out of the repository, so it is not written");
    let now = fs::read(&file).with_context(doing)?;
    // Lines that ended with `\r` go on to.
    let as_it_was = |text: &str| if ends_lines_with_cr(&now) { text.replace('\n', "\r") } else { text.to_owned() };
    let (before, after) = (as_it_was(before), as_it_was(after));
    if now == after.as_bytes() {
        return Ok(());
    }
    ensure!(now == before.as_bytes(), "`{path}` was changed while it was being mended; nothing was written to it");
    let rights = fs::metadata(&file).with_context(doing)?.permissions();
    whole_file::replace(&file, after.as_bytes(), Some(rights)).with_context(doing)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_file_keeps_its_rights_and_a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs::create_dir(&root).unwrap();
        fs::write(root.join("a.md"), "old").unwrap();
        fs::set_permissions(root.join("a.md"), fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", root.join("link.md")).unwrap();
        replace(&root, "link.md", "old", "new").unwrap();
        assert_eq!(fs::read_to_string(root.join("a.md")).unwrap(), "new");
        assert!(root.join("link.md").symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::metadata(root.join("a.md")).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(&root).unwrap().count(), 2);
    }

    #[test]
    fn nothing_outside_and_nothing_changed_meanwhile_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        fs::create_dir(&root).unwrap();
        fs::write(folder.path().join("b.md"), "old").unwrap();
        symlink("../b.md", root.join("b.md")).unwrap();
        assert!(replace(&root, "b.md", "old", "new").is_err());
        assert!(replace(&root, "../b.md", "old", "new").is_err());
        assert_eq!(fs::read_to_string(folder.path().join("b.md")).unwrap(), "old");
        fs::write(root.join("mac.md"), "old\rline").unwrap();
        replace(&root, "mac.md", "old\nline", "new\nline").unwrap();
        assert_eq!(fs::read_to_string(root.join("mac.md")).unwrap(), "new\rline");
        fs::write(root.join("c.md"), "newer").unwrap();
        assert!(replace(&root, "c.md", "old", "new").is_err());
        assert_eq!(fs::read_to_string(root.join("c.md")).unwrap(), "newer");
    }
}
