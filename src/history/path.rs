//! Paths as the history writes them: below the root, with `/` between the parts, safe to join on any system.

use std::path::{Component, Path};

/// Whether `path` names a file below the root and nothing else: no empty part, no `.` or `..`, no `\`, no NUL, no drive.
/// A manifest may come from a stranger, and its paths are joined to folders.
#[must_use]
pub(super) fn is_clean(path: &str) -> bool {
    let parts_are_names = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let no_special = !path.contains(['\\', '\0']);
    parts_are_names && no_special && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Whether a part of the path starts with a dot: files that people and systems leave behind (`.DS_Store`).
#[must_use]
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::{is_clean, is_hidden};

    #[test]
    fn only_paths_below_the_root_are_clean() {
        assert!(is_clean("content/plan ñ \"x\" #1.md") && is_clean("a"));
        for path in ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", "./a", "a\\..\\b", "a\0b"] {
            assert!(!is_clean(path), "{path:?}");
        }
        assert!(is_hidden("files/.DS_Store") && !is_hidden("files/a.md"));
    }
}
