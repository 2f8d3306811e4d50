//! Histories as they grow: always verifiable, and every file can be had back as it was.

use proptest::prelude::*;
use rollbook::history::{self, Options, Outcome};
use rollbook::model::{Change, Rename};

use crate::history::{Plan, draft, faults, keep, plan};

/// What happens to a plan between two revisions.
#[derive(Clone, Debug)]
enum Edit {
    Write(usize, u8),
    Remove(usize),
    Move(usize, usize),
}

const PATHS: [&str; 6] =
    ["content/plan.md", "content/a/x.md", "content/año \"#\".md", "data/m.csv", "rollbook.yaml", "content/.hidden"];

fn edit() -> impl Strategy<Value = Edit> {
    let at = || 0..PATHS.len();
    prop_oneof![
        // Few different contents, so that files go back to what they were and equal each other.
        3 => (at(), 0u8..4).prop_map(|(at, content)| Edit::Write(at, content)),
        1 => at().prop_map(Edit::Remove),
        1 => (at(), at()).prop_map(|(from, to)| Edit::Move(from, to)),
    ]
}

fn apply(plan: &mut Plan, edit: &Edit) {
    match edit {
        Edit::Write(at, content) => {
            plan.insert(PATHS[*at].to_owned(), vec![*content; usize::from(*content)]);
        }
        Edit::Remove(at) => {
            plan.remove(PATHS[*at]);
        }
        Edit::Move(from, to) => {
            if let Some(bytes) = plan.remove(PATHS[*from]) {
                plan.insert(PATHS[*to].to_owned(), bytes);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn every_file_of_every_revision_comes_back(steps in prop::collection::vec(prop::collection::vec(edit(), 0..5), 1..8)) {
        let root = tempfile::tempdir().unwrap();
        let mut plan = Plan::new();
        let mut states = Vec::new();
        for edits in &steps {
            edits.iter().for_each(|edit| apply(&mut plan, edit));
            keep(root.path(), "Paso", &plan);
            states.push(plan.clone());
        }
        prop_assert_eq!(faults(root.path()), vec![]);
        let history = history::read(root.path()).unwrap();
        prop_assert_eq!(&history.faults, &vec![]);
        prop_assert_eq!(history.revisions.len(), states.len());
        for (revision, state) in history.revisions.iter().zip(&states) {
            prop_assert_eq!(revision.files.len(), state.len());
            for path in PATHS {
                let bytes = history::read_bytes(root.path(), &history.revisions, revision, path).unwrap();
                prop_assert_eq!(bytes.as_ref(), state.get(path));
            }
        }
        check_changes(&history.revisions, &states)?;
    }
}

/// What a revision says of its changes is what happened to the files.
fn check_changes(revisions: &[rollbook::model::Revision], states: &[Plan]) -> Result<(), TestCaseError> {
    for (at, revision) in revisions.iter().enumerate().skip(1) {
        let (before, now) = (&states[at - 1], &states[at]);
        for (path, change) in revision.changes(Some(&revisions[at - 1])) {
            let as_said = match change {
                Change::Added => !before.contains_key(path) && now.contains_key(path),
                Change::Changed => before.get(path).is_some_and(|bytes| now.get(path).is_some_and(|it| it != bytes)),
                Change::Unchanged => before.contains_key(path) && before.get(path) == now.get(path),
                Change::Removed => before.contains_key(path) && !now.contains_key(path),
                Change::Renamed { from } => {
                    before.contains_key(&from) && !now.contains_key(&from) && !before.contains_key(path)
                }
            };
            prop_assert!(as_said, "{}", path);
        }
        let gone = before.keys().filter(|path| !now.contains_key(*path)).count();
        prop_assert_eq!(revision.removed.len() + revision.renamed.len(), gone);
    }
    Ok(())
}

#[test]
fn a_folder_holds_what_its_revision_changed() {
    let root = tempfile::tempdir().unwrap();
    let first = keep(root.path(), "Uno", &plan([("content/a.md", "a"), ("content/b.md", "b"), ("content/c.md", "c")]));
    assert_eq!((first.folder.as_str(), first.parent.as_ref()), ("0001-uno", None));
    let second = keep(root.path(), "Dos", &plan([("content/a.md", "A"), ("content/d.md", "b")]));
    assert_eq!(second.parent, Some(first.hash));
    assert_eq!(second.removed, ["content/c.md"]);
    assert_eq!(second.renamed, [Rename { from: "content/b.md".into(), to: "content/d.md".into() }]);
    let third = keep(root.path(), "Tres", &plan([("content/a.md", "a"), ("content/d.md", "b")]));
    let stored: Vec<_> = third.files.iter().map(|file| (file.path.as_str(), file.revision)).collect();
    assert_eq!(stored, [("content/a.md", 3), ("content/d.md", 2)]);
    let folder = root.path().join("rollout-history/0003-tres/files/content");
    let kept: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(kept, ["a.md"]);
}

#[test]
fn a_file_that_moved_and_was_edited_is_followed() {
    let root = tempfile::tempdir().unwrap();
    let (long, other) = ("uno\ndos\ntres\ncuatro\n", "a\nb\nc\nd\n");
    keep(root.path(), "Uno", &plan([("content/a.md", long), ("content/b.md", other), ("content/c.md", "x\n")]));
    let edited = "uno\ndos\n3\ncuatro\n";
    let second =
        keep(root.path(), "Dos", &plan([("content/p.md", other), ("content/q.md", edited), ("content/z.md", "y\n")]));
    let moved = |from: &str, to: &str| Rename { from: from.to_owned(), to: to.to_owned() };
    assert_eq!(second.renamed, [moved("content/b.md", "content/p.md"), moved("content/a.md", "content/q.md")]);
    assert_eq!(second.removed, ["content/c.md"]);
    let stored: Vec<_> = second.files.iter().map(|file| file.revision).collect();
    assert_eq!(stored, [2, 2, 2]);
    assert_eq!(faults(root.path()), vec![]);
}

#[test]
fn nothing_is_made_if_nothing_changed_and_that_was_asked() {
    let root = tempfile::tempdir().unwrap();
    let mut files = plan([("content/a.md", "a")]);
    let make = |files: &Plan| {
        let options = Options { if_changed: true, ..Options::default() };
        history::snapshot_with(root.path(), draft("Otra", files), options).unwrap()
    };
    assert!(matches!(make(&files), Outcome::Made { .. }));
    assert!(matches!(make(&files), Outcome::Unchanged { last } if last.number == 1));
    files.insert("content/b.md".into(), Vec::new());
    assert!(matches!(make(&files), Outcome::Made { revision, parent: Some(_) } if revision.number == 2));
    assert_eq!(keep(root.path(), "Vacía", &files).number, 3);
}

#[test]
fn paths_that_no_folder_can_hold_are_refused() {
    let root = tempfile::tempdir().unwrap();
    for path in ["../a", "/a", "a\\b", ""] {
        let error = history::snapshot(root.path(), draft("x", &plan([(path, "")]))).unwrap_err().to_string();
        assert!(error.contains("cannot be kept"), "{error}");
    }
    assert!(history::read(root.path()).unwrap().revisions.is_empty());
}
