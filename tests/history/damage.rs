//! Accidents and meddling: whatever happens to one file of a history is found, and named at its place.

use std::fs;
use std::path::{Path, PathBuf};

use rollbook::history::HistoryFault;

use crate::history::{Plan, Random, below, faults, keep, kept_files};

/// One thing that happens to a history.
#[derive(Debug)]
enum Damage {
    Change { file: PathBuf, at: usize, by: u8 },
    Delete { file: PathBuf, at: usize },
    Insert { file: PathBuf, at: usize, byte: u8 },
    Truncate { file: PathBuf, at: usize },
    Remove { file: PathBuf },
    Add { file: PathBuf },
    Swap { a: PathBuf, b: PathBuf },
}

fn any_damage(random: &mut Random, files: &[PathBuf]) -> Damage {
    let mut pick = || {
        let file = files[random.below(files.len())].clone();
        let at = random.below(fs::metadata(&file).unwrap().len() as usize);
        (file, at, random.below(7))
    };
    let (file, at, kind) = pick();
    let other = pick().0;
    let byte = random.below(255) as u8;
    match kind {
        0 => Damage::Change { file, at, by: byte + 1 },
        1 => Damage::Delete { file, at },
        2 => Damage::Insert { file, at, byte },
        3 => Damage::Truncate { file, at },
        4 => Damage::Remove { file },
        5 => Damage::Add { file: file.with_extension("orig") },
        _ => Damage::Swap { a: file, b: other },
    }
}

/// Does it; returns the files that are not as they were.
fn inflict(damage: &Damage) -> Vec<PathBuf> {
    let edit = |file: &PathBuf, edit: &dyn Fn(&mut Vec<u8>)| {
        let before = fs::read(file).unwrap();
        let mut bytes = before.clone();
        edit(&mut bytes);
        fs::write(file, &bytes).unwrap();
        if bytes == before { Vec::new() } else { vec![file.clone()] }
    };
    match damage {
        Damage::Change { file, at, by } => edit(file, &|bytes| bytes[*at] ^= by),
        Damage::Delete { file, at } => edit(file, &|bytes| drop(bytes.drain(*at..=*at))),
        Damage::Insert { file, at, byte } => edit(file, &|bytes| bytes.insert(*at, *byte)),
        Damage::Truncate { file, at } => edit(file, &|bytes| bytes.truncate(*at)),
        Damage::Remove { file } => {
            fs::remove_file(file).unwrap();
            vec![file.clone()]
        }
        Damage::Add { file } => {
            fs::write(file, "x").unwrap();
            vec![file.clone()]
        }
        Damage::Swap { a, b } => {
            let (bytes_a, bytes_b) = (fs::read(a).unwrap(), fs::read(b).unwrap());
            fs::write(a, &bytes_b).unwrap();
            fs::write(b, &bytes_a).unwrap();
            if bytes_a == bytes_b { Vec::new() } else { vec![a.clone(), b.clone()] }
        }
    }
}

/// A history of 50 revisions in which files come, change and go.
fn long_history(root: &Path) {
    let mut plan = Plan::new();
    for number in 0..50 {
        plan.insert(format!("content/{}.md", number % 7), format!("# Page\n\nEdition {number}\n").into_bytes());
        plan.insert("data/metrics.csv".to_owned(), format!("day,value\n{number},1\n").into_bytes());
        if number % 9 == 8 {
            plan.remove(&format!("content/{}.md", number % 5));
        }
        keep(root, &format!("Revisión {number}"), &plan);
    }
}

/// Whether a fault names `path`. A wrong hash in the last seal looks like a wrong manifest: nothing else speaks for either.
fn names(fault: &HistoryFault, path: &str) -> bool {
    let last_seal = path.starts_with("rollout-history/0050-") && path.ends_with("revision.sha256");
    fault.path() == path || last_seal && fault.path() == path.replace("revision.sha256", "revision.yaml")
}

#[track_caller]
fn check(root: &Path, damage: &Damage) {
    let touched = inflict(damage);
    let found = faults(root);
    assert_eq!(touched.is_empty(), found.is_empty(), "{damage:?}: {found:?}");
    for file in &touched {
        let path = below(root, file);
        assert!(found.iter().any(|fault| names(fault, &path)), "{damage:?} is not named: {found:?}");
    }
    let only_these = |fault: &HistoryFault| touched.iter().any(|file| names(fault, &below(root, file)));
    assert!(found.iter().all(only_these), "{damage:?} leads to more than itself: {found:?}");
}

#[test]
fn two_hundred_accidents_are_all_found_at_their_place() {
    let root = tempfile::tempdir().unwrap();
    long_history(root.path());
    assert_eq!(faults(root.path()), vec![]);
    let files = kept_files(root.path());
    let mut random = Random(0x5eed);
    for _ in 0..200 {
        let damage = any_damage(&mut random, &files);
        let originals: Vec<(PathBuf, Vec<u8>)> = match &damage {
            Damage::Swap { a, b } => [a, b].map(|file| (file.clone(), fs::read(file).unwrap())).to_vec(),
            Damage::Add { .. } => Vec::new(),
            Damage::Change { file, .. }
            | Damage::Delete { file, .. }
            | Damage::Insert { file, .. }
            | Damage::Truncate { file, .. }
            | Damage::Remove { file } => vec![(file.clone(), fs::read(file).unwrap())],
        };
        check(root.path(), &damage);
        originals.iter().for_each(|(file, bytes)| fs::write(file, bytes).unwrap());
        if let Damage::Add { file } = &damage {
            fs::remove_file(file).unwrap();
        }
    }
    assert_eq!(faults(root.path()), vec![]);
}

#[test]
fn two_exchanged_folders_are_both_named() {
    let root = tempfile::tempdir().unwrap();
    long_history(root.path());
    let history = root.path().join("rollout-history");
    let mut random = Random(0xf01d);
    let mut names: Vec<String> = fs::read_dir(&history)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    for _ in 0..20 {
        let (a, b) = (&names[random.below(50)], &names[random.below(50)]);
        let swap = |a: &str, b: &str| {
            fs::rename(history.join(a), history.join("swap")).unwrap();
            fs::rename(history.join(b), history.join(a)).unwrap();
            fs::rename(history.join("swap"), history.join(b)).unwrap();
        };
        if a != b {
            swap(a, b);
            let found = faults(root.path());
            for name in [a, b] {
                let manifest = format!("rollout-history/{name}/revision.yaml");
                assert!(found.iter().any(|fault| fault.path() == manifest), "{a} and {b}: {found:?}");
            }
            swap(a, b);
        }
    }
    assert_eq!(faults(root.path()), vec![]);
}

#[test]
fn every_byte_of_the_last_manifest_and_its_seal_counts() {
    let root = tempfile::tempdir().unwrap();
    keep(root.path(), "Uno", &Plan::from([("content/a.md".to_owned(), b"a".to_vec())]));
    for name in ["revision.yaml", "revision.sha256"] {
        let file = root.path().join("rollout-history/0001-uno").join(name);
        let original = fs::read(&file).unwrap();
        for at in 0..original.len() {
            let mut bytes = original.clone();
            bytes[at] ^= 1;
            fs::write(&file, bytes).unwrap();
            let found = faults(root.path());
            assert!(matches!(found[..], [_]) && found[0].path().contains("/revision."), "{name} {at}: {found:?}");
        }
        fs::write(&file, original).unwrap();
    }
    assert_eq!(faults(root.path()), vec![]);
}
