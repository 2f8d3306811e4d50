//! What verification says of each kind of damage.

use std::fs;
use std::path::{Path, PathBuf};

use rollbook::history::manifest::{from_yaml, to_yaml};
use rollbook::history::{self, HistoryFault, Outcome};
use rollbook::lang::Lang;
use tempfile::TempDir;

use crate::history::{draft, faults, keep, plan, write};

/// A history of four revisions: `0001-r1` to `0004-r4`.
fn four() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for number in 1..=4 {
        let edition = format!("edition {number}\n");
        keep(root.path(), &format!("r{number}"), &plan([("content/a.md", edition.as_str()), ("content/b.md", "b\n")]));
    }
    root
}

fn folder(root: &Path, name: &str) -> PathBuf {
    root.join(history::FOLDER).join(name)
}

/// Checks rule and path of every fault, and that each has a sentence of its own in every language.
#[track_caller]
fn check(root: &Path, expected: &[(&str, &str)]) {
    let found = faults(root);
    let said: Vec<_> = found.iter().map(|fault| (fault.rule(), fault.path())).collect();
    let expected: Vec<_> = expected.iter().map(|(rule, path)| (*rule, format!("rollout-history{path}"))).collect();
    assert_eq!(said, expected.iter().map(|(rule, path)| (*rule, path.as_str())).collect::<Vec<_>>(), "{found:#?}");
    for fault in &found {
        let [en, es, pt] = Lang::ALL.map(|lang| fault.message(lang));
        assert!(en != es && es != pt && en != pt, "{en}");
        assert!(fault.revision().is_none_or(|label| en.contains(label)), "{en}");
    }
}

fn rename(root: &Path, from: &str, to: &str) {
    fs::rename(folder(root, from), folder(root, to)).unwrap();
}

fn copy(root: &Path, from: &str, to: &str) {
    for entry in walkdir::WalkDir::new(folder(root, from)) {
        let entry = entry.unwrap();
        let target = folder(root, to).join(entry.path().strip_prefix(folder(root, from)).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_missing_folder_is_a_gap() {
    let root = four();
    fs::remove_dir_all(folder(root.path(), "0002-r2")).unwrap();
    check(root.path(), &[("history/gap", "")]);
    fs::remove_dir_all(folder(root.path(), "0001-r1")).unwrap();
    assert_eq!(faults(root.path()), [HistoryFault::Gap { first: 1, last: 2 }]);
}

#[test]
fn a_far_number_is_one_gap() {
    let root = four();
    copy(root.path(), "0004-r4", "4294967295-r");
    check(root.path(), &[("history/gap", ""), ("history/edited-revision", "/4294967295-r/revision.yaml")]);
}

#[test]
fn two_folders_with_one_number_are_a_fork() {
    let root = four();
    let other = tempfile::tempdir().unwrap();
    for number in 1..=3 {
        copy_between(root.path(), other.path(), &format!("000{number}-r{number}"));
    }
    keep(other.path(), "otra rama", &plan([("content/a.md", "other\n"), ("content/b.md", "b\n")]));
    copy_between(other.path(), root.path(), "0004-otra-rama");
    check(root.path(), &[("history/fork", "/0004-otra-rama")]);
    let refused = history::snapshot(root.path(), draft("x", &plan([]))).unwrap();
    assert!(matches!(refused, Outcome::Refused { faults } if faults[0].rule() == "history/fork"));
    let history = history::read(root.path()).unwrap();
    let texts: Vec<_> = history.revisions[3..]
        .iter()
        .map(|revision| {
            history::read_bytes(root.path(), &history.revisions, revision, "content/a.md").unwrap().unwrap()
        })
        .collect();
    assert_eq!(texts, [b"other\n".to_vec(), b"edition 4\n".to_vec()]);
}

fn copy_between(from: &Path, to: &Path, name: &str) {
    for entry in walkdir::WalkDir::new(folder(from, name)).into_iter().map(Result::unwrap) {
        if entry.file_type().is_file() {
            write(to.join(entry.path().strip_prefix(from).unwrap()), &fs::read_to_string(entry.path()).unwrap());
        }
    }
}

#[test]
fn exchanged_folders_have_the_wrong_numbers() {
    let root = four();
    rename(root.path(), "0002-r2", "0009-x");
    rename(root.path(), "0003-r3", "0002-r3");
    rename(root.path(), "0009-x", "0003-r2");
    check(
        root.path(),
        &[("history/edited-revision", "/0002-r3/revision.yaml"), ("history/edited-revision", "/0003-r2/revision.yaml")],
    );
}

/// Rewrites a manifest and its seal, as somebody would who knows the format.
fn forge(root: &Path, name: &str) {
    let path = folder(root, name).join("revision.yaml");
    let mut revision = from_yaml(name, &fs::read(&path).unwrap()).unwrap();
    revision.author = "Nobody".to_owned();
    let yaml = to_yaml(&revision);
    let hash = from_yaml(name, yaml.as_bytes()).unwrap().hash;
    fs::write(&path, yaml).unwrap();
    fs::write(folder(root, name).join("revision.sha256"), format!("{hash}  revision.yaml\n")).unwrap();
}

#[test]
fn a_forged_revision_breaks_the_chain() {
    let root = four();
    forge(root.path(), "0002-r2");
    check(root.path(), &[("history/edited-revision", "/0003-r3/revision.yaml")]);
    let refused = history::snapshot(root.path(), draft("x", &plan([]))).unwrap();
    assert!(
        matches!(refused, Outcome::Refused { faults } if faults[0].message(Lang::En).contains("0002-r2/revision.yaml"))
    );
}

#[test]
fn a_noted_hash_finds_what_the_chain_cannot() {
    let root = four();
    let noted = history::verify(root.path(), None).unwrap().root.unwrap();
    let with_noted = |root: &Path| history::verify(root, Some(&noted)).unwrap();
    keep(root.path(), "r5", &plan([]));
    let verdict = with_noted(root.path());
    assert_eq!((verdict.faults, verdict.vouched.as_deref()), (vec![], Some("0004")));
    fs::remove_dir_all(folder(root.path(), "0005-r5")).unwrap();
    forge(root.path(), "0004-r4");
    assert_eq!(faults(root.path()), []);
    let found = with_noted(root.path()).faults;
    assert!(matches!(&found[..], [HistoryFault::WrongRoot { expected, .. }] if *expected == noted), "{found:?}");
    fs::remove_dir_all(folder(root.path(), "0004-r4")).unwrap();
    assert_eq!(faults(root.path()), []);
    assert_eq!(with_noted(root.path()).faults.len(), 1);
}

#[test]
fn a_record_without_a_store_is_found() {
    let root = four();
    let path = folder(root.path(), "0004-r4").join("revision.yaml");
    let yaml = fs::read_to_string(&path).unwrap();
    fs::write(&path, yaml.replace("bytes: 2, revision: 1", "bytes: 2, revision: 3")).unwrap();
    forge(root.path(), "0004-r4");
    check(root.path(), &[("history/edited-revision", "/0004-r4/revision.yaml")]);
    assert!(matches!(&faults(root.path())[..], [HistoryFault::MissingStore { file, .. }] if file == "content/b.md"));
}

#[test]
fn an_edited_manifest_hides_no_other_damage() {
    let root = four();
    let manifest = folder(root.path(), "0001-r1").join("revision.yaml");
    fs::write(&manifest, "format: 1\n").unwrap();
    fs::write(folder(root.path(), "0001-r1/files/content/b.md"), "x").unwrap();
    check(
        root.path(),
        &[
            ("history/edited-revision", "/0001-r1/revision.yaml"),
            ("history/edited-revision", "/0001-r1/files/content/b.md"),
        ],
    );
    let message = faults(root.path())[0].message(Lang::En);
    assert!(message.contains("revision.yaml:1:1`"), "{message}");
}

#[test]
fn stray_folders_and_files_are_found_and_hidden_ones_are_not() {
    let root = four();
    for hidden in [".DS_Store", "0001-r1/.DS_Store", "0001-r1/files/.idea/x", ".staging-1/x", "0007-empty/.DS_Store"] {
        write(folder(root.path(), hidden), "");
    }
    check(root.path(), &[]);
    for stray in ["notes.txt", "copy of 0001/revision.yaml", "0002-r2/x", "0003-r3/files/content/c.md", "00005-x/y"] {
        write(folder(root.path(), stray), "");
    }
    check(
        root.path(),
        &[
            ("history/edited-revision", "/0002-r2/x"),
            ("history/edited-revision", "/0003-r3/files/content/c.md"),
            ("history/orphan-folder", "/00005-x"),
            ("history/orphan-folder", "/copy of 0001"),
            ("history/edited-revision", "/notes.txt"),
        ],
    );
}

#[test]
fn a_folder_without_a_manifest_names_what_is_missing() {
    let root = four();
    fs::remove_file(folder(root.path(), "0004-r4/revision.yaml")).unwrap();
    check(root.path(), &[("history/edited-revision", "/0004-r4/revision.yaml")]);
    let refused = history::snapshot(root.path(), draft("x", &plan([]))).unwrap();
    assert!(matches!(refused, Outcome::Refused { .. }));
}

#[test]
fn converted_line_ends_are_called_so_and_reading_goes_on() {
    let root = four();
    for file in crate::history::kept_files(root.path()) {
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace('\n', "\r\n")).unwrap();
    }
    assert_eq!(history::read(root.path()).unwrap().revisions.len(), 4);
    let found = faults(root.path());
    assert!(!found.is_empty());
    let by_line_ends = |fault: &HistoryFault| matches!(fault, HistoryFault::EditedFile { line_ends: true, .. });
    assert!(found.iter().all(by_line_ends), "{found:#?}");
}

#[cfg(unix)]
#[test]
fn links_are_foreign_and_never_followed() {
    use std::os::unix::fs::symlink;
    let root = four();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("b.md"), "b\n").unwrap();
    let kept = folder(root.path(), "0001-r1/files/content/b.md");
    fs::remove_file(&kept).unwrap();
    symlink(outside.path().join("b.md"), &kept).unwrap();
    symlink(outside.path(), folder(root.path(), "0005-link")).unwrap();
    check(
        root.path(),
        &[
            ("history/edited-revision", "/0001-r1/files/content/b.md"),
            ("history/edited-revision", "/0001-r1/files/content/b.md"),
            ("history/edited-revision", "/0005-link"),
        ],
    );
    let history = history::read(root.path()).unwrap();
    assert!(history::read_bytes(root.path(), &history.revisions, &history.revisions[0], "content/b.md").is_err());
    fs::remove_dir_all(folder(root.path(), "0001-r1/files/content")).unwrap();
    symlink(outside.path(), folder(root.path(), "0001-r1/files/content")).unwrap();
    assert!(history::read_bytes(root.path(), &history.revisions, &history.revisions[0], "content/b.md").is_err());
}
