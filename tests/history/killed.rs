//! A snapshot that is killed leaves the old state or the new one; two at a time do not meet.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use rollbook::history;

use crate::history::{Random, faults, write};

fn start(root: &Path, message: &str) -> Child {
    let mut rollbook = Command::new(env!("CARGO_BIN_EXE_rollbook"));
    rollbook.args(["snapshot", "-m", message, "--author", "A", "--root"]).arg(root);
    rollbook.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// A plan of many files that all differ from the last revision.
fn edit(root: &Path, edition: usize) {
    for file in 0..8 {
        write(root.join(format!("content/{file}.md")), &format!("# {file}\n\nEdition {edition}\n"));
    }
}

#[test]
fn two_hundred_killed_snapshots_leave_whole_histories() {
    let mut random = Random(200);
    // Several short histories, since each is looked at in full after each kill.
    for _ in 0..8 {
        kill_snapshots(25, &mut random);
    }
}

fn kill_snapshots(count: usize, random: &mut Random) {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    edit(root, 0);
    let begin = Instant::now();
    assert!(start(root, "x").wait().unwrap().success());
    let whole = begin.elapsed();
    let mut revisions = 1;
    for edition in 1..=count {
        edit(root, edition);
        let mut child = start(root, "x");
        thread::sleep(whole.mul_f64(random.below(1200) as f64 / 1000.0));
        child.kill().unwrap();
        let finished = child.wait().unwrap().success();
        let now = history::read(root).unwrap().revisions.len();
        assert!(now == revisions + 1 || now == revisions && !finished, "from {revisions} to {now}");
        assert_eq!(faults(root), vec![], "after edition {edition}");
        revisions = now;
    }
    assert!(start(root, "x").wait().unwrap().success());
    assert_eq!(history::read(root).unwrap().revisions.len(), revisions + 1);
}

#[test]
fn snapshots_at_the_same_time_come_one_after_the_other() {
    let root = tempfile::tempdir().unwrap();
    edit(root.path(), 0);
    let mut children: Vec<Child> = (0..6).map(|n| start(root.path(), &format!("n{n}"))).collect();
    assert!(children.iter_mut().all(|child| child.wait().unwrap().success()));
    assert_eq!(history::read(root.path()).unwrap().revisions.len(), 6);
    assert_eq!(faults(root.path()), vec![]);
}
