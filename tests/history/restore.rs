//! Giving back what was kept: byte for byte, and never at the price of work that is kept nowhere.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rollbook::config::Config;
use rollbook::history::{self, FOLDER, Restore};
use rollbook::model::Change;

use crate::history::{Plan, Random, draft, faults, keep, plan, snapshot, write};
use crate::support::binary::{Run, rollbook, tree};

/// Makes the files below `root` those of the plan.
fn lay_out(root: &Path, plan: &Plan) {
    for top in ["content", "data"] {
        let _ = fs::remove_dir_all(root.join(top));
    }
    fs::create_dir_all(root.join("content")).unwrap();
    for (path, bytes) in plan {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), bytes).unwrap();
    }
}

/// The files that a revision would keep, as they are.
fn today(root: &Path) -> Plan {
    history::collect(root, &Config::default()).unwrap().into_iter().collect()
}

fn restore(root: &Path, number: usize, paths: &[&str]) -> anyhow::Result<Restore> {
    let history = history::read(root)?;
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    Restore::in_place(root, &Config::default(), &history, history.find(&number.to_string())?, &paths)
}

/// Runs the command in English.
fn run(root: &Path, args: &[&str]) -> Run {
    let mut command = rollbook();
    command.args(["--lang", "en", "history", "restore"]).args(args).arg("--root").arg(root);
    Run::of(command)
}

/// A site with two revisions, and the files as the second has them.
fn two() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let states = [
        plan([("content/a.md", "a 1\n"), ("content/old/b.md", "b\n"), ("data/m.csv", "1\n")]),
        plan([("content/a.md", "a 2\n"), ("content/new/c.md", "c\n"), ("data/m.csv", "1\n")]),
    ];
    for (state, message) in states.iter().zip(["Uno", "Dos"]) {
        lay_out(root.path(), state);
        keep(root.path(), message, state);
    }
    root
}

const PATHS: [&str; 7] = [
    "content/plan.md",
    "content/a/x.md",
    "content/a/y/z.md",
    "content/b",
    "content/b/inside.md",
    "content/año \"#\".md",
    "data/m.csv",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn every_revision_of_a_random_history_comes_back(seed in any::<u64>(), steps in 2usize..7) {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        let mut random = Random(seed | 1);
        let mut states: Vec<Plan> = Vec::new();
        let mut now = Plan::new();
        for at in 0..steps {
            for _ in 0..random.below(5) {
                edit(&mut now, &mut random);
            }
            keep(root, &format!("r{at}"), &now);
            states.push(now.clone());
        }
        lay_out(root, &now);
        // Each from the one before it, and from the one behind it.
        for number in (1..=steps).chain((1..steps).rev()) {
            let restore = restore(root, number, &[]).unwrap();
            prop_assert_eq!(&restore.unsaved, &Vec::<String>::new());
            restore.apply().unwrap();
            prop_assert_eq!(&today(root), &states[number - 1], "revision {}", number);
        }
        prop_assert_eq!(faults(root), vec![]);
    }
}

/// Writes, removes or moves a file; no path is a file and a folder at once.
fn edit(plan: &mut Plan, random: &mut Random) {
    let path = PATHS[random.below(PATHS.len())];
    let meets = |other: &String| other.starts_with(&format!("{path}/")) || path.starts_with(&format!("{other}/"));
    match random.below(4) {
        0 => drop(plan.remove(path)),
        1 => {
            let from = PATHS[random.below(PATHS.len())];
            if let Some(bytes) = plan.remove(from) {
                plan.retain(|other, _| !meets(other));
                plan.insert(path.to_owned(), bytes);
            }
        }
        _ => {
            plan.retain(|other, _| !meets(other));
            plan.insert(path.to_owned(), vec![random.below(4) as u8; random.below(9)]);
        }
    }
}

#[test]
fn the_whole_plan_comes_back_and_what_was_not_there_goes() {
    let root = two();
    let run = run(root.path(), &["1"]);
    let expected =
        "  ~ content/a.md\n  - content/new/c.md\n  + content/old/b.md\nRevision 0001 is given back (+1 ~1 -1)\n";
    assert_eq!((run.code, run.out.as_str()), (0, expected), "{}", run.err);
    let first = plan([("content/a.md", "a 1\n"), ("content/old/b.md", "b\n"), ("data/m.csv", "1\n")]);
    assert_eq!(today(root.path()), first);
    assert!(!root.path().join("content/new").exists(), "an empty folder is left");
    assert_eq!(self::run(root.path(), &["1"]).out, "Everything is as in revision 0001 already\n");
    assert_eq!(self::run(root.path(), &["latest"]).code, 0);
    assert_eq!(self::run(root.path(), &["rollout-history/0001-uno/"]).code, 0);
    assert_eq!(today(root.path()), first);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let root = two();
    let before = tree(root.path());
    let run = run(root.path(), &["1", "--dry-run"]);
    assert!(run.code == 0 && run.out.ends_with("(+1 ~1 -1); nothing was written\n"), "{run:?}");
    assert_eq!(tree(root.path()), before);
}

#[test]
fn parts_of_it_come_back_alone() {
    let root = two();
    assert_eq!(
        run(root.path(), &["1", "content/old", "./data/m.csv"]).out.lines().next(),
        Some("  + content/old/b.md")
    );
    let now = today(root.path());
    assert_eq!((&now["content/a.md"][..], now.contains_key("content/new/c.md")), (&b"a 2\n"[..], true));
    let unknown = run(root.path(), &["1", "content/b.md"]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("revision 0001 has no `content/b.md`; did you mean `content/a.md`?"),
        "{}",
        unknown.err
    );
    // A folder is given back as it was, without what came later.
    write(root.path().join("content/old/later.md"), "later\n");
    snapshot(root.path(), draft("Tres", &today(root.path())));
    assert_eq!(run(root.path(), &["1", "content/old"]).out.lines().next(), Some("  - content/old/later.md"));
}

#[test]
fn work_that_no_revision_keeps_is_not_lost() {
    let root = two();
    write(root.path().join("content/a.md"), "unsaved\n");
    write(root.path().join("content/new/d.md"), "unsaved too\n");
    let before = tree(root.path());
    let refused = run(root.path(), &["1"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("no revision keeps `content/a.md`, `content/new/d.md` as they are today"),
        "{}",
        refused.err
    );
    assert_eq!(tree(root.path()), before);
    // What is safe can still be given back, and what is in the way of nothing stays.
    assert_eq!(run(root.path(), &["1", "content/old"]).code, 0);
    assert_eq!(run(root.path(), &["1", "--force"]).code, 0);
    assert_eq!(fs::read_to_string(root.path().join("content/a.md")).unwrap(), "a 1\n");
    assert!(!root.path().join("content/new").exists());
}

#[test]
fn bytes_that_are_kept_in_a_damaged_revision_only_are_not_safe() {
    let root = two();
    write(root.path().join("rollout-history/0002-dos/files/content/a.md"), "damaged\n");
    let refused = run(root.path(), &["1", "content/a.md"]);
    assert!(refused.code == 2 && refused.err.contains("no revision keeps `content/a.md`"), "{}", refused.err);
}

#[test]
fn what_a_revision_never_looked_at_stays() {
    let root = two();
    write(root.path().join("rollbook.yaml"), "versioned: [content, data, templates]\n");
    write(root.path().join("templates/page.html"), "x");
    write(root.path().join("content/.hidden"), "x");
    snapshot(
        root.path(),
        draft(
            "Tres",
            &history::collect(root.path(), &rollbook::config::read(root.path()).unwrap().0)
                .unwrap()
                .into_iter()
                .collect(),
        ),
    );
    assert_eq!(run(root.path(), &["1"]).code, 0);
    assert!(root.path().join("templates/page.html").exists() && root.path().join("content/.hidden").exists());
    assert!(!root.path().join("rollbook.yaml").exists(), "the first revision had no settings");
    assert_eq!(run(root.path(), &["3"]).code, 0);
    assert!(root.path().join("rollbook.yaml").exists());
}

#[test]
fn another_folder_gets_it_if_it_is_empty() {
    let root = two();
    let outside = tempfile::tempdir().unwrap();
    let to = outside.path().join("as/it/was");
    let before = tree(root.path());
    let to_arg = to.to_str().unwrap();
    assert_eq!(run(root.path(), &["1", "--to", to_arg]).code, 0);
    assert_eq!(tree(root.path()), before);
    let paths: Vec<_> = tree(&to).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["content/a.md", "content/old/b.md", "data/m.csv"]);
    let again = run(root.path(), &["2", "--to", to_arg]);
    assert!(again.code == 2 && again.err.contains("is not empty"), "{}", again.err);
    assert_eq!(run(root.path(), &["2", "--to", to_arg, "--force"]).code, 0);
    assert_eq!(fs::read_to_string(to.join("content/a.md")).unwrap(), "a 2\n");
    assert!(to.join("content/old/b.md").exists());
    let inside = root.path().join("rollout-history/x");
    assert!(run(root.path(), &["1", "--to", inside.to_str().unwrap()]).err.contains("part of the history"));
}

#[test]
fn bytes_that_are_not_what_they_were_are_not_given_back() {
    let root = two();
    write(root.path().join("rollout-history/0001-uno/files/content/old/b.md"), "B\n");
    let before = tree(root.path());
    let refused = run(root.path(), &["1"]);
    assert!(refused.code == 2 && refused.err.contains("revision 0001 had `content/old/b.md`"), "{}", refused.err);
    assert_eq!(tree(root.path()), before);
    // A manifest that is not what was sealed is not believed at all.
    let manifest = root.path().join("rollout-history/0002-dos/revision.yaml");
    let edited = fs::read_to_string(&manifest).unwrap().replace("author: \"Ana\"", "author: \"Eva\"");
    fs::write(&manifest, edited).unwrap();
    let refused = run(root.path(), &["2"]);
    assert!(refused.code == 2 && refused.err.contains("0002-dos/revision.yaml` changed since"), "{}", refused.err);
    for wanted in ["3", "0", "x", "0001-x"] {
        assert!(run(root.path(), &[wanted]).err.contains("there is no revision"), "{wanted}");
    }
}

#[test]
fn a_fork_asks_which_one_is_meant() {
    let root = two();
    let other = two();
    fs::remove_dir_all(other.path().join(FOLDER).join("0002-dos")).unwrap();
    snapshot(other.path(), draft("Otra", &plan([("content/a.md", "other\n")])));
    let name =
        fs::read_dir(other.path().join(FOLDER)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let name = name.into_iter().find(|name| name.starts_with("0002")).unwrap();
    fs::rename(other.path().join(FOLDER).join(&name), root.path().join(FOLDER).join(&name)).unwrap();
    let refused = run(root.path(), &["2"]);
    assert!(refused.code == 2 && refused.err.contains("`0002-dos`") && refused.err.contains(&name), "{}", refused.err);
    assert_eq!(run(root.path(), &[&name, "content/a.md"]).code, 0);
    assert_eq!(fs::read_to_string(root.path().join("content/a.md")).unwrap(), "other\n");
}

#[cfg(unix)]
#[test]
fn links_lead_neither_out_nor_into_the_history_nor_are_they_lost() {
    use std::os::unix::fs::symlink;
    let root = two();
    let outside = tempfile::tempdir().unwrap();
    for target in [outside.path().to_owned(), root.path().join(FOLDER).join("0001-uno/files")] {
        symlink(&target, root.path().join("content/old")).unwrap();
        let refused = restore(root.path(), 1, &["content/old"]).unwrap_err().to_string();
        assert!(refused.contains("symbolic link"), "{refused}");
        fs::remove_file(root.path().join("content/old")).unwrap();
    }
    // Inside the root a folder may be a link.
    fs::create_dir(root.path().join("shared")).unwrap();
    symlink("../shared", root.path().join("content/old")).unwrap();
    assert_eq!(run(root.path(), &["1", "content/old"]).code, 0);
    assert_eq!(fs::read_to_string(root.path().join("shared/b.md")).unwrap(), "b\n");
    // A link in the place of a file is kept nowhere, and what it leads to is not touched.
    let secret = root.path().join("shared/secret.md");
    write(&secret, "secret\n");
    fs::remove_file(root.path().join("content/a.md")).unwrap();
    symlink(&secret, root.path().join("content/a.md")).unwrap();
    let refused = run(root.path(), &["2", "content/a.md"]);
    assert!(refused.code == 2 && refused.err.contains("no revision keeps `content/a.md`"), "{refused:?}");
    assert_eq!(run(root.path(), &["2", "content/a.md", "--force"]).code, 0);
    let now = fs::symlink_metadata(root.path().join("content/a.md")).unwrap();
    assert_eq!((now.is_file(), fs::read_to_string(&secret).unwrap().as_str()), (true, "secret\n"));
    // A plan that a link leads out of is not read at all, and so nothing in it is replaced.
    symlink(outside.path(), root.path().join("content/out")).unwrap();
    let refused = run(root.path(), &["1", "--force"]);
    assert!(refused.code == 2 && refused.err.contains("leads out of the root"), "{refused:?}");
}

#[test]
fn a_strangers_manifest_cannot_plant_a_hook() {
    for path in [".git/hooks/pre-commit", "content/.GIT/config", "rollout-history/0001-x/revision.yaml", "git~1/config"]
    {
        let root = tempfile::tempdir().unwrap();
        keep(root.path(), "Uno", &plan([(path, "#!/bin/sh\n")]));
        let refused = restore(root.path(), 1, &[]).unwrap_err().to_string();
        assert!(refused.contains("is not given back"), "{path}: {refused}");
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(run(root.path(), &["1", "--to", folder.path().to_str().unwrap()]).code, 2, "{path}");
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_must_be_empty() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let first = plan([("content/a", "file\n")]);
    keep(root, "Uno", &first);
    let second = plan([("content/a/b.md", "b\n")]);
    lay_out(root, &second);
    keep(root, "Dos", &second);
    write(root.join("content/a/.note"), "mine");
    let refused = restore(root, 1, &[]).unwrap_err().to_string();
    assert!(refused.contains("is a folder, and a file has to be there"), "{refused}");
    fs::remove_file(root.join("content/a/.note")).unwrap();
    let steps = restore(root, 1, &[]).unwrap();
    assert_eq!(steps.steps, [("content/a".to_owned(), Change::Added), ("content/a/b.md".to_owned(), Change::Removed)]);
    steps.apply().unwrap();
    assert_eq!(today(root), first);
    // And the other way round: the file goes, the folder comes; alone, it would lose the file.
    let refused = restore(root, 2, &["content/a/b.md"]).unwrap_err().to_string();
    assert!(refused.contains("is a file, and a folder has to be there"), "{refused}");
    restore(root, 2, &[]).unwrap().apply().unwrap();
    assert_eq!(today(root), second);
}

/// A full disk, as for `snapshot`: nothing changes, and no half file is left.
#[cfg(unix)]
#[test]
fn a_write_that_fails_changes_nothing() {
    let root = two();
    let root = root.path();
    let long = "long ".repeat(20_000);
    let mut third = today(root);
    third.insert("content/z.md".to_owned(), long.into_bytes());
    third.insert("content/a.md".to_owned(), b"a 3\n".to_vec());
    keep(root, "Tres", &third);
    let before = tree(root);
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" history restore 3 --root \"$1\"";
    let mut sh = std::process::Command::new("sh");
    let run = Run::of({
        sh.args(["-c", script, env!("CARGO_BIN_EXE_rollbook")]).arg(root);
        sh
    });
    assert!(run.code == 2 && run.err.contains("content/z.md"), "{run:?}");
    assert_eq!(tree(root), before);
}
