//! What a stranger may leave in `rollout-history/`: it is named, costs no memory, and never stops a command from answering.

use std::fs::{self, File};
use std::path::Path;

use rollbook::history::{self, HistoryFault};
use rollbook::lang::Lang;
use rollbook::model::Unreadable;

use crate::history::{faults, keep, plan, write};

/// A history of two revisions, `0001-uno` and `0002-dos`, with one page.
fn two() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    keep(root.path(), "Uno", &plan([("content/a.md", "1\n")]));
    keep(root.path(), "Dos", &plan([("content/a.md", "2\n")]));
    root
}

fn paths(root: &Path) -> Vec<String> {
    let found = faults(root);
    found.iter().for_each(|fault| assert!(!fault.message(Lang::Es).is_empty()));
    found.iter().map(|fault| fault.path().replace("rollout-history/", "")).collect()
}

/// A file that says to be this long and takes no room.
fn sparse(path: &Path, bytes: u64) {
    File::create(path).unwrap().set_len(bytes).unwrap();
}

#[test]
fn a_manifest_of_ten_megabytes_is_read_or_refused() {
    let root = two();
    let manifest = root.path().join("rollout-history/0002-dos/revision.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    for padding in ["# x\n", "a: b\n", "- ", "\"", "[", "\t", "\u{0}"] {
        fs::write(&manifest, text.clone() + &padding.repeat(10_000_000 / padding.len())).unwrap();
        assert_eq!(paths(root.path()), ["0002-dos/revision.yaml"], "{padding:?}");
    }
}

#[test]
fn a_manifest_seal_or_page_longer_than_memory_is_not_held_in_it() {
    let root = two();
    let folder = root.path().join("rollout-history/0002-dos");
    sparse(&folder.join("files/content/a.md"), 300 << 20);
    assert_eq!(paths(root.path()), ["0002-dos/files/content/a.md"]);
    sparse(&folder.join("revision.sha256"), 300 << 20);
    assert!(paths(root.path()).contains(&"0002-dos/revision.sha256".to_owned()));
    sparse(&folder.join("revision.yaml"), 300 << 20);
    let too_long = |fault: &HistoryFault| matches!(fault, HistoryFault::Unreadable { why: Unreadable::TooLong, .. });
    assert!(faults(root.path()).iter().any(too_long));
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let root = two();
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for at in 1..12 {
        let below = format!("*a{}", at - 1);
        bomb += &format!("a{at}: &a{at} [{}]\n", vec![below; 9].join(","));
    }
    write(root.path().join("rollout-history/0002-dos/revision.yaml"), &bomb);
    assert_eq!(paths(root.path()), ["0002-dos/revision.yaml"]);
}

#[test]
fn folders_where_files_should_be_are_missing_files() {
    for name in ["revision.sha256", "files/content/a.md", "revision.yaml"] {
        let root = two();
        let folder = root.path().join("rollout-history/0002-dos");
        fs::remove_file(folder.join(name)).unwrap();
        fs::create_dir(folder.join(name)).unwrap();
        assert!(paths(root.path()).contains(&format!("0002-dos/{name}")), "{name}");
    }
}

#[test]
fn names_in_other_letters_are_other_files() {
    let root = two();
    let folder = root.path().join("rollout-history/0002-dos/files/content");
    write(folder.join("A.md"), "2\n");
    assert_eq!(paths(root.path()), ["0002-dos/files/content/A.md"]);
    fs::remove_file(folder.join("a.md")).unwrap();
    assert_eq!(paths(root.path()), ["0002-dos/files/content/a.md", "0002-dos/files/content/A.md"]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_named_by_their_bytes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let root = two();
    let name = |bytes: &'static [u8]| OsStr::from_bytes(bytes);
    fs::write(root.path().join("rollout-history").join(name(b"\xff")), "x").unwrap();
    fs::write(root.path().join("rollout-history/0002-dos/files/content").join(name(b"a\xfe.md")), "2\n").unwrap();
    fs::create_dir(root.path().join("rollout-history").join(name(b"0003-\xff"))).unwrap();
    fs::write(root.path().join("rollout-history").join(name(b"0003-\xff")).join("x"), "x").unwrap();
    let found = paths(root.path());
    assert!(found.contains(&"0002-dos/files/content/a\\xfe.md".to_owned()), "{found:?}");
    assert!(found.contains(&"\\xff".to_owned()), "{found:?}");
    assert!(found.iter().any(|path| path.starts_with("0003-\\xff")), "{found:?}");
}

/// A character that stands for bytes which are none must not vouch for a file with such bytes in its name.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_stands_for_no_other_file() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let root = tempfile::tempdir().unwrap();
    keep(root.path(), "Uno", &plan([("content/a\u{fffd}.md", "1\n")]));
    let folder = root.path().join("rollout-history/0001-uno/files/content");
    fs::rename(folder.join("a\u{fffd}.md"), folder.join(OsStr::from_bytes(b"a\xff.md"))).unwrap();
    assert_eq!(faults(root.path()).len(), 2);
}

#[cfg(unix)]
#[test]
fn pipes_and_links_are_not_opened() {
    let root = two();
    let folder = root.path().join("rollout-history/0002-dos");
    for name in ["files/pipe", "revision.sha256", "files/content/a.md"] {
        let _ = fs::remove_file(folder.join(name));
        assert!(std::process::Command::new("mkfifo").arg(folder.join(name)).status().unwrap().success());
        assert!(paths(root.path()).contains(&format!("0002-dos/{name}")), "{name}");
    }
    assert_eq!(history::read(root.path()).unwrap().revisions.len(), 2);
}
