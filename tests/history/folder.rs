//! The folder among others: what is collected, what git does to it, what happens when it cannot be written.

use std::fs;
use std::process::Command;

use rollbook::config::Config;
use rollbook::history;

use crate::history::{draft, faults, git, keep, plan, snapshot, write};

#[test]
fn versioned_folders_settings_and_waivers_are_collected() {
    let root = tempfile::tempdir().unwrap();
    for path in ["content/b.md", "content/a/x.md", "content/.hidden", "content/.git/x", "data/m.csv", "other/x.md"] {
        write(root.path().join(path), path);
    }
    write(root.path().join("rollbook.yaml"), "lang: es\n");
    write(root.path().join("rollbook-waivers.yaml"), "[]\n");
    let files = history::collect(root.path(), &Config::default()).unwrap();
    let paths: Vec<_> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["content/a/x.md", "content/b.md", "data/m.csv", "rollbook-waivers.yaml", "rollbook.yaml"]);
    assert_eq!(files[0].1, b"content/a/x.md");
}

#[test]
fn the_whole_root_can_be_versioned_without_its_own_history() {
    let root = tempfile::tempdir().unwrap();
    write(root.path().join("content/a.md"), "a");
    write(root.path().join("public/index.html"), "");
    keep(root.path(), "Uno", &plan([("content/a.md", "a")]));
    let files = history::collect(root.path(), &Config::parse("versioned: [., content]\n")).unwrap();
    assert_eq!(files, [("content/a.md".to_owned(), b"a".to_vec())]);
}

#[test]
fn nothing_is_collected_from_outside_the_root() {
    let root = tempfile::tempdir().unwrap();
    for folder in ["..", "../x", "/etc", "a/../.."] {
        let config = Config { versioned: vec![folder.to_owned()], ..Config::default() };
        let error = history::collect(root.path(), &config).unwrap_err().to_string();
        assert!(error.contains("leads out of the root"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_root_only() {
    let root = tempfile::tempdir().unwrap();
    write(root.path().join("shared/x.md"), "x");
    fs::create_dir(root.path().join("content")).unwrap();
    std::os::unix::fs::symlink("../shared", root.path().join("content/shared")).unwrap();
    let files = history::collect(root.path(), &Config::default()).unwrap();
    assert_eq!(files, [("content/shared/x.md".to_owned(), b"x".to_vec())]);
    for target in ["/etc/hostname", "/", "../..", "nowhere"] {
        let link = root.path().join("content/out");
        std::os::unix::fs::symlink(target, &link).unwrap();
        assert!(history::collect(root.path(), &Config::default()).is_err(), "{target}");
        fs::remove_file(link).unwrap();
    }
    let outside = tempfile::tempdir().unwrap();
    write(outside.path().join("docs/secret.md"), "secret");
    std::os::unix::fs::symlink(outside.path(), root.path().join("away")).unwrap();
    for folder in ["away", "away/docs", "away/docs/secret.md"] {
        let config = Config { versioned: vec![folder.to_owned()], ..Config::default() };
        let error = history::collect(root.path(), &config).unwrap_err().to_string();
        assert!(error.contains("leads out of the root"), "{folder}: {error}");
    }
}

#[test]
fn git_neither_converts_nor_takes_along_what_it_should_not() {
    let root = tempfile::tempdir().unwrap();
    keep(root.path(), "Uno", &plan([("content/a.md", "a\nb\n"), ("content/win.md", "a\r\nb\r\n")]));
    write(root.path().join("rollout-history/.staging-9/x"), "");
    assert!(git(root.path(), &["init", "-q"]) && git(root.path(), &["add", "-A"]));
    assert!(git(root.path(), &["commit", "-qm", "x"]));
    let clone = tempfile::tempdir().unwrap();
    let from = root.path().to_str().unwrap();
    assert!(git(clone.path(), &["clone", "-q", "-c", "core.autocrlf=true", from, "copy"]));
    let copy = clone.path().join("copy");
    assert_eq!(faults(&copy), vec![]);
    assert_eq!(history::verify(&copy, None).unwrap().files, 2);
    assert!(!copy.join("rollout-history/.staging-9").exists() && !copy.join("rollout-history/.lock").exists());
}

#[test]
fn leftovers_of_a_killed_snapshot_are_cleared_and_names_in_use_avoided() {
    let root = tempfile::tempdir().unwrap();
    write(root.path().join("rollout-history/.staging-7/files/x"), "half");
    write(root.path().join("rollout-history/.staging-.gitignore"), "half");
    write(root.path().join(".rollout-history.rollbook-new/0001-uno/revision.yaml"), "half");
    assert_eq!(faults(root.path()), vec![]);
    // The name is known only when the revision is composed: make it once elsewhere, and put a folder in its way.
    let name = snapshot(tempfile::tempdir().unwrap().path(), draft("Uno", &plan([]))).folder;
    write(root.path().join(format!("rollout-history/{name}/.DS_Store")), "");
    assert_eq!(snapshot(root.path(), draft("Uno", &plan([]))).folder, format!("{name}-2"));
    assert!(!root.path().join("rollout-history/.staging-7").exists());
    assert!(!root.path().join("rollout-history/.staging-.gitignore").exists());
    assert!(!root.path().join(".rollout-history.rollbook-new").exists());
    assert_eq!(faults(root.path()), vec![]);
}

#[test]
fn a_file_or_link_in_the_place_of_the_folder_is_an_error() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("rollout-history"), "x").unwrap();
    let error = history::snapshot(root.path(), draft("x", &plan([]))).unwrap_err().to_string();
    assert!(error.contains("rollout-history` must be a folder"), "{error}");
    assert_eq!(faults(root.path()).len(), 1);
}

/// A full disk: the system refuses to make a file longer than 4 KiB or so, and the process gets to hear of it.
#[cfg(unix)]
#[test]
fn a_write_that_fails_leaves_no_revision() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    write(root.join("content/a.md"), "a");
    keep(root, "Uno", &plan([("content/a.md", "a")]));
    write(root.join("content/b.md"), &"long ".repeat(20_000));
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" snapshot -m Dos --author Ana --root \"$1\"";
    let output = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_rollbook")]).arg(root).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && error.contains("content/b.md"), "{error}");
    assert_eq!(history::read(root).unwrap().revisions.len(), 1);
    let left = fs::read_dir(root.join("rollout-history")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with(".staging")));
    assert_eq!(faults(root), vec![]);
    // The next one, on a disk with room, works.
    let plain = script.replace("trap '' XFSZ; ulimit -f 8; ", "");
    let output = Command::new("sh").args(["-c", &plain, env!("CARGO_BIN_EXE_rollbook")]).arg(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!((history::read(root).unwrap().revisions.len(), faults(root)), (2, vec![]));
}
