//! Two branches that made the same number: git merges them without a conflict, and one command mends the fork.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Instant;

use chrono::TimeDelta;
use proptest::prelude::*;
use rollbook::history::{self, Draft, HistoryFault, Move, Renumbering, renumber};
use rollbook::model::Revision;
use tempfile::TempDir;

use crate::history::{Plan, Random, draft, faults, git, plan, snapshot, write};
use crate::support::binary::{Run, rollbook, tree};

/// A draft made some hours after the others.
fn later(hours: i64, message: &str, files: &Plan) -> Draft {
    let draft = draft(message, files);
    Draft { date: draft.date + TimeDelta::hours(hours), ..draft }
}

fn page(text: &str) -> Plan {
    plan([("content/a.md", text), ("content/b.md", "b\n")])
}

fn commit(root: &Path, message: &str) {
    assert!(git(root, &["add", "-A"]) && git(root, &["commit", "-qm", message]), "{message}");
}

/// Branch `one` makes revisions 2 and 3, branch `two` makes a revision 2 an hour earlier; then `two` takes in `one`.
fn merged(messages: [&str; 3]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    snapshot(root, draft("Base", &page("base\n")));
    assert!(git(root, &["init", "-q"]));
    commit(root, "base");
    assert!(git(root, &["checkout", "-qb", "one"]));
    snapshot(root, later(2, messages[0], &page("one\n")));
    snapshot(root, later(3, messages[1], &plan([("content/c.md", "one\n")])));
    commit(root, "one");
    assert!(git(root, &["checkout", "-qb", "two", "main"]));
    snapshot(root, later(1, messages[2], &page("two\n")));
    commit(root, "two");
    assert!(git(root, &["merge", "-q", "--no-edit", "one"]), "a conflict");
    folder
}

#[track_caller]
fn moved(root: &Path, keep: Option<&str>) -> Vec<Move> {
    match renumber(root, keep, false).unwrap() {
        Renumbering::Moved { moves, root: last } => {
            let verdict = history::verify(root, Some(&last)).unwrap();
            assert_eq!((verdict.faults, verdict.root), (vec![], Some(last)));
            moves
        }
        other => panic!("{other:?}"),
    }
}

fn revisions(root: &Path) -> Vec<Revision> {
    history::read(root).unwrap().revisions
}

fn messages(root: &Path) -> Vec<String> {
    revisions(root).into_iter().map(|revision| revision.message).collect()
}

#[test]
fn the_side_that_began_first_keeps_its_numbers() {
    let folder = merged(["Una", "Una más", "Otra"]);
    let root = folder.path();
    assert!(matches!(&faults(root)[..], [HistoryFault::Fork { revision, .. }] if revision == "0002"));
    let before = revisions(root);
    let moves = moved(root, None);
    assert_eq!(messages(root), ["Base", "Otra", "Una", "Una más"]);
    let numbers = |it: &Move| (it.from[..4].to_owned(), it.to.as_ref().unwrap()[..4].to_owned());
    let expected = [("0002", "0003"), ("0003", "0004")].map(|(from, to)| (from.to_owned(), to.to_owned()));
    assert_eq!(moves.iter().map(numbers).collect::<Vec<_>>(), expected);
    let after = revisions(root);
    let kept = |message: &str| before.iter().find(|it| it.message == message).unwrap();
    assert_eq!((&after[0], &after[1]), (kept("Base"), kept("Otra")));
    for moved in &after[2..] {
        let original = kept(&moved.message);
        assert_eq!((moved.date, &moved.author), (original.date, &original.author));
        let bytes =
            |it: &Revision| it.files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect::<Vec<_>>();
        assert_eq!(bytes(moved), bytes(original));
    }
    assert_eq!(after[3].removed, ["content/b.md"]);
    assert_eq!(after[3].renamed[0].to, "content/c.md");
    assert!(matches!(renumber(root, None, false).unwrap(), Renumbering::Unneeded));
    assert!(history::snapshot(root, draft("Ambas", &page("both\n"))).is_ok());
    assert_eq!(faults(root), vec![]);
    assert!(
        fs::read_dir(root).unwrap().all(|entry| !entry.unwrap().file_name().to_string_lossy().contains("rollbook-"))
    );
}

#[test]
fn the_same_message_on_both_branches_is_no_conflict() {
    let folder = merged(["Semanal", "Semanal", "Semanal"]);
    moved(folder.path(), None);
    assert_eq!(revisions(folder.path()).len(), 4);
}

#[test]
fn a_side_can_be_named() {
    let folder = merged(["Una", "Una más", "Otra"]);
    let last = revisions(folder.path()).into_iter().find(|it| it.message == "Una más").unwrap();
    moved(folder.path(), Some(&last.folder));
    assert_eq!(messages(folder.path()), ["Base", "Una", "Una más", "Otra"]);
    assert_eq!(revisions(folder.path())[2], last);
    assert!(renumber(folder.path(), Some("0009-x"), false).is_ok(), "nothing is left to be asked for");
}

#[test]
fn whoever_mends_gets_the_same_bytes() {
    let (a, b) = (merged(["Una", "Una más", "Otra"]), tempfile::tempdir().unwrap());
    // The other person merges the other way round.
    assert!(git(b.path(), &["clone", "-q", a.path().to_str().unwrap(), "copy"]));
    let copy = b.path().join("copy");
    assert!(git(&copy, &["checkout", "-q", "one"]) && git(&copy, &["merge", "-q", "--no-edit", "origin/two"]));
    moved(a.path(), None);
    moved(&copy, None);
    assert_eq!(revisions(a.path()), revisions(&copy));
}

#[test]
fn two_histories_that_began_apart_become_one() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    snapshot(a.path(), later(5, "A", &page("a\n")));
    let other = snapshot(b.path(), draft("B", &page("b\n")));
    copy_folder(b.path(), a.path(), &other.folder, &other.folder);
    moved(a.path(), None);
    assert_eq!(messages(a.path()), ["B", "A"]);
}

#[test]
fn a_copied_folder_goes_away() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let first = snapshot(root, draft("Uno", &page("1\n")));
    let second = snapshot(root, draft("Dos", &page("2\n")));
    copy_folder(root, root, &first.folder, "0001-zz-copy");
    assert_eq!(moved(root, None), [Move { from: "0001-zz-copy".to_owned(), to: None }]);
    assert_eq!(revisions(root), [first, second]);
}

fn copy_folder(from: &Path, to: &Path, name: &str, new_name: &str) {
    let (from, to) = (from.join(history::FOLDER).join(name), to.join(history::FOLDER).join(new_name));
    for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap).filter(|it| it.file_type().is_file()) {
        write(to.join(entry.path().strip_prefix(&from).unwrap()), &fs::read_to_string(entry.path()).unwrap());
    }
}

#[test]
fn nothing_is_renumbered_over_other_damage() {
    let folder = merged(["Una", "Una más", "Otra"]);
    let root = folder.path();
    let base = revisions(root).remove(0);
    write(root.join("rollout-history").join(&base.folder).join("files/content/a.md"), "edited\n");
    let found = renumber(root, None, false).unwrap();
    assert!(
        matches!(&found, Renumbering::Refused { faults } if faults[0].path().ends_with("content/a.md")),
        "{found:?}"
    );
    assert_eq!(revisions(root).len(), 4);
}

#[test]
fn the_command_says_what_it_does_and_a_dry_run_does_nothing() {
    let folder = merged(["Una", "Una más", "Otra"]);
    let root = folder.path();
    let run = |args: &[&str]| {
        let mut command = rollbook();
        command.args(["--lang", "en", "history", "renumber"]).args(args).arg("--root").arg(root);
        Run::of(command)
    };
    let before = tree(&root.join("rollout-history"));
    let dry = run(&["--dry-run"]);
    assert_eq!((dry.code, dry.out.lines().last()), (0, Some("Nothing was written")), "{dry:?}");
    assert_eq!(tree(&root.join("rollout-history")), before);
    let wet = run(&[]);
    assert_eq!(wet.code, 0, "{wet:?}");
    assert_eq!(wet.out.lines().take(2).collect::<Vec<_>>(), dry.out.lines().take(2).collect::<Vec<_>>());
    assert!(wet.out.contains("-una-") && wet.out.contains("One line of revisions again, root: "), "{}", wet.out);
    let again = run(&[]);
    assert_eq!((again.code, again.out.trim()), (0, "No two revisions have the same number; nothing to do"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// Any tree of branches becomes one line in which every revision keeps what it kept.
    #[test]
    fn any_tree_becomes_a_line(steps in prop::collection::vec((any::<prop::sample::Index>(), 0u8..5, 0i64..4), 1..7)) {
        let all = tempfile::tempdir().unwrap();
        let mut branches = vec![(tempfile::tempdir().unwrap(), Plan::new())];
        for (at, (branch, content, hours)) in steps.iter().enumerate() {
            let (from, plan) = &branches[branch.index(branches.len())];
            let mut plan = plan.clone();
            plan.insert(format!("content/{content}.md"), format!("step {at}\n").into_bytes());
            let next = tempfile::tempdir().unwrap();
            if from.path().join(history::FOLDER).exists() {
                copy_folder(from.path(), next.path(), "", "");
            }
            snapshot(next.path(), later(*hours, &format!("s{at}"), &plan));
            copy_folder(next.path(), all.path(), "", "");
            branches.push((next, plan));
        }
        renumber(all.path(), None, false).unwrap();
        prop_assert_eq!(faults(all.path()), vec![]);
        let history = history::read(all.path()).unwrap();
        prop_assert_eq!(history.revisions.len(), steps.len());
        for revision in &history.revisions {
            let at: usize = revision.message[1..].parse().unwrap();
            let plan = &branches[at + 1].1;
            prop_assert_eq!(revision.files.len(), plan.len());
            for (path, bytes) in plan {
                let kept = history::read_bytes(all.path(), &history.revisions, revision, path).unwrap();
                prop_assert_eq!(kept.as_ref(), Some(bytes));
            }
        }
    }
}

#[test]
fn a_killed_renumber_leaves_one_of_the_two_histories() {
    let command = |root: &Path| {
        let mut command = rollbook();
        command.args(["history", "renumber", "--root"]).arg(root).stdout(Stdio::null());
        command
    };
    let first = merged(["Una", "Una más", "Otra"]);
    let begin = Instant::now();
    assert!(command(first.path()).status().unwrap().success());
    let whole = begin.elapsed();
    let mut random = Random(77);
    let forked = merged(["Una", "Una más", "Otra"]);
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(forked.path(), folder.path(), "", "");
        let mut child = command(folder.path()).spawn().unwrap();
        thread::sleep(whole.mul_f64(random.below(1200) as f64 / 1000.0));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = faults(folder.path());
        assert!(found.iter().all(|fault| matches!(fault, HistoryFault::Fork { .. })), "{found:?}");
        renumber(folder.path(), None, false).unwrap();
        assert_eq!((faults(folder.path()), messages(folder.path()).len()), (vec![], 4));
    }
}
