//! Sites with a past: blocks marked `@1`, `@2` are how files were when that revision was made.

use std::fs;
use std::path::Path;

use chrono::DateTime;
use rollbook::history::{self, Draft, FOLDER, Outcome};
use rollbook::model::{Revision, Summary};
use tempfile::TempDir;

use super::blocks::Block;
use super::site::TestSite;

impl TestSite {
    /// Makes the site of a case: each revision in turn, then today's files on top. `place` gives a block its path and text.
    pub fn build(&self, blocks: &[Block], place: impl Fn(&Block) -> (String, Block)) {
        let mut tags: Vec<&str> = blocks.iter().filter_map(|block| block.revision.as_deref()).collect();
        // Another branch comes before the revision that it competes with, since both stand on the one before.
        tags.sort_by_key(|tag| (tag.trim_end_matches(char::is_alphabetic), !is_branch(tag), *tag));
        tags.dedup();
        let write = |tag: Option<&str>| {
            for block in blocks.iter().filter(|block| block.revision.as_deref() == tag) {
                let (path, block) = place(block);
                self.add(&block, &path);
            }
        };
        let mut forks = Vec::new();
        for tag in tags {
            let kept = copy_of(&self.path(FOLDER));
            write(Some(tag));
            self.keep(tag);
            if is_branch(tag) {
                forks.push(self.take_back(&kept));
            }
        }
        forks.iter().for_each(|fork| copy(fork.path(), &self.path(FOLDER)));
        write(None);
    }

    /// Keeps the files as they are as the next revision, always by the same person at the same time.
    pub fn keep(&self, message: &str) {
        let config = rollbook::config::read(&self.root()).expect("the settings can be read").0;
        let draft = Draft {
            message: message.replace('@', "r"),
            author: "QA Lead".to_owned(),
            date: DateTime::parse_from_rfc3339("2025-10-13T09:00:00-05:00").expect("a date"),
            phase: None,
            summary: Summary::default(),
            files: history::collect(&self.root(), &config).expect("the files can be collected"),
        };
        let outcome = history::snapshot(&self.root(), draft).expect("a revision can be made");
        let Outcome::Made { revision, .. } = outcome else { panic!("no revision was made: {outcome:?}") };
        short_name(&self.root(), &revision);
    }

    /// Puts the history back to what it was, as on another branch; gives the revision that was made since.
    fn take_back(&self, kept: &TempDir) -> TempDir {
        let made = copy_of(&self.path(FOLDER));
        fs::remove_dir_all(self.path(FOLDER)).expect("the history can be removed");
        copy(kept.path(), &self.path(FOLDER));
        made
    }
}

/// Takes the hash out of the name of a revision's folder, so that tests can name it: readers use only the number. Returns the
/// revision in its new folder.
pub fn short_name(root: &Path, revision: &Revision) -> Revision {
    let (plain, _) = revision.folder.rsplit_once('-').expect("a name ends with a hash");
    let history = root.join(FOLDER);
    fs::rename(history.join(&revision.folder), history.join(plain)).expect("the folder can be renamed");
    Revision { folder: plain.to_owned(), ..revision.clone() }
}

fn is_branch(tag: &str) -> bool {
    tag.ends_with(char::is_alphabetic)
}

fn copy_of(folder: &Path) -> TempDir {
    let copied = tempfile::tempdir().expect("a folder for the copy");
    copy(folder, copied.path());
    copied
}

/// Copies what lies below a folder into another, if there is one.
fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(from).expect("below the folder"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("a copied file");
        }
    }
}
