//! The history: its format, its chain, what damage it finds, and what a killed snapshot leaves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod format;
mod chain;
mod damage;
mod findings;
mod folder;
mod hostile;
mod killed;
mod renumber;
mod restore;
mod snapshot;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::DateTime;
use rollbook::history::{self, Draft, HistoryFault, Outcome};
use rollbook::model::{Revision, Summary};

use crate::support::revisions::short_name;

/// The files of a plan, by path.
type Plan = BTreeMap<String, Vec<u8>>;

fn plan<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Plan {
    files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

fn draft(message: &str, plan: &Plan) -> Draft {
    Draft {
        message: message.to_owned(),
        author: "Ana".to_owned(),
        date: DateTime::parse_from_rfc3339("2025-10-20T09:00:00-05:00").unwrap(),
        phase: None,
        summary: Summary::default(),
        files: plan.iter().map(|(path, bytes)| (path.clone(), bytes.clone())).collect(),
    }
}

/// Keeps the plan, which must succeed, in a folder whose name has no hash.
#[track_caller]
fn keep(root: &Path, message: &str, plan: &Plan) -> Revision {
    short_name(root, &snapshot(root, draft(message, plan)))
}

/// Keeps a draft, which must succeed.
#[track_caller]
fn snapshot(root: &Path, draft: Draft) -> Revision {
    match history::snapshot(root, draft).unwrap() {
        Outcome::Made { revision, .. } => *revision,
        other => panic!("no revision was made: {other:?}"),
    }
}

#[track_caller]
fn faults(root: &Path) -> Vec<HistoryFault> {
    history::verify(root, None).unwrap().faults
}

/// Every file below the history, hidden ones at its top left out, sorted.
fn kept_files(root: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(root.join(history::FOLDER)).sort_by_file_name().into_iter();
    let files = walk.filter_entry(|entry| entry.depth() != 1 || !entry.file_name().to_string_lossy().starts_with('.'));
    files.map(Result::unwrap).filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

/// The path as faults write it.
fn below(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/")
}

/// Numbers that look random and are the same on every run (xorshift64*; Vigna, "An experimental exploration of
/// Marsaglia's xorshift generators, scrambled", 2016).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}

/// Writes a file, and the folders that it needs.
fn write(path: impl AsRef<Path>, text: &str) {
    fs::create_dir_all(path.as_ref().parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs git without anybody's settings; whether it succeeded.
fn git(folder: &Path, args: &[&str]) -> bool {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "init.defaultBranch=main"]);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    git.args(args).current_dir(folder).output().unwrap().status.success()
}
