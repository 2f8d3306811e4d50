//! What `rollbook snapshot` says of a revision without being told, and when it makes none.

use std::fs;
use std::path::Path;

use rollbook::history;

use crate::history::write;
use crate::support::binary::{Run, rollbook, tree};

const PHASES: &str = "\
---
title: Phases
kind: phases
---

| Phase | Status | Start | End |
|---|---|---|---|
| Phase 1: Pilot | Done | 2025-10-01 | 2025-10-10 |
| Phase 2: Bogotá | In progress | 2025-10-13 | 2025-10-20 |
| Phase 3: Everywhere | Pending | 2025-10-27 | 2025-11-20 |
";

/// Runs the command in English.
fn run(root: &Path, args: &[&str]) -> Run {
    let mut command = rollbook();
    command.args(["--lang", "en", "snapshot", "-m", "Why", "--author", "Ana"]).args(args).arg("--root").arg(root);
    Run::of(command)
}

#[track_caller]
fn last_phase(root: &Path) -> Option<String> {
    history::read(root).unwrap().last().unwrap().phase.clone()
}

#[test]
fn the_phase_is_the_one_in_progress_unless_another_is_given() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    write(root.join("content/plan.md"), PHASES);
    assert_eq!((run(root, &[]).code, last_phase(root).as_deref()), (0, Some("Phase 2: Bogotá")));
    assert_eq!(run(root, &["--phase", ""]).code, 0);
    assert_eq!(last_phase(root), None);
    let known = run(root, &["--phase", "phase 3"]);
    assert!(!known.out.contains("note:"), "{known:?}");
    assert_eq!(last_phase(root).as_deref(), Some("phase 3"));
    let unknown = run(root, &["--phase", "Phase 4: Mars"]);
    assert!(unknown.code == 0 && unknown.out.starts_with("note: the plan has no phase `Phase 4: Mars`"), "{unknown:?}");
    assert_eq!(last_phase(root).as_deref(), Some("Phase 4: Mars"));
}

#[test]
fn a_plan_without_phases_gives_none_and_takes_any() {
    let root = tempfile::tempdir().unwrap();
    write(root.path().join("content/plan.md"), "# Plan\n");
    assert_eq!((run(root.path(), &[]).code, last_phase(root.path())), (0, None));
    assert!(run(root.path(), &["--phase", "Piloto"]).out.starts_with("Revision 0002 made"));
    assert_eq!(last_phase(root.path()).as_deref(), Some("Piloto"));
}

#[test]
fn no_revision_is_made_where_nothing_changed_and_that_was_asked() {
    let root = tempfile::tempdir().unwrap();
    write(root.path().join("content/plan.md"), "# Plan\n");
    assert_eq!(run(root.path(), &["--if-changed"]).code, 0);
    let again = run(root.path(), &["--if-changed"]);
    assert_eq!((again.code, again.out.as_str()), (0, "No revision made: nothing differs from 0001 (Why)\n"));
    write(root.path().join("content/plan.md"), "# Plan!\n");
    assert!(run(root.path(), &["--if-changed"]).out.starts_with("Revision 0002 made"));
    assert_eq!(history::read(root.path()).unwrap().revisions.len(), 2);
}

#[test]
fn a_dry_run_names_what_would_be_kept_and_keeps_nothing() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    write(root.join("content/plan.md"), "# Plan\n");
    write(root.join("content/old.md"), "one\ntwo\nthree\n");
    assert_eq!(run(root, &["--dry-run"]).code, 0);
    assert!(!root.join("rollout-history").exists());
    assert_eq!(run(root, &[]).code, 0);
    write(root.join("content/plan.md"), "# Plan!\n");
    fs::remove_file(root.join("content/old.md")).unwrap();
    write(root.join("content/new.md"), "one\ntwo\nthree\nfour\n");
    let before = tree(root);
    let expected = "  > content/old.md -> content/new.md  (19 B, 0002)\n  ~ content/plan.md  (8 B, 0002)\n\
        Revision 0002 would be made (+0 ~1 -0 >1); nothing was written\n";
    assert_eq!(run(root, &["--dry-run", "--if-changed"]).out, expected);
    assert_eq!(tree(root), before);
}
