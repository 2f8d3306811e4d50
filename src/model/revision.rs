//! A kept revision of the plan. The format on disk is described in `docs/content/revision-format.md`.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

/// What a revision says of one source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// Path below the root.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hex.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Number of the revision whose `files/` folder holds the bytes.
    pub revision: u32,
}

/// A file that moved; whether it was edited on the way, its hashes tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// Path before.
    pub from: String,
    /// Path after.
    pub to: String,
}

/// The plan's state in numbers, so that trends need no parsing of the past.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Checklist items by key of their status.
    pub items: BTreeMap<String, usize>,
    /// Flags with their documented default, as written.
    pub flags: BTreeMap<String, String>,
}

/// One revision, as its `revision.yaml` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counts from 1 without gaps.
    pub number: u32,
    /// Name of its folder: `0003-cierre-del-piloto`.
    pub folder: String,
    /// When it was made, in the maker's time zone.
    pub date: DateTime<FixedOffset>,
    /// Who made it.
    pub author: String,
    /// Why.
    pub message: String,
    /// Phase of the rollout at that time.
    pub phase: Option<String>,
    /// SHA-256 of the parent's `revision.yaml`; none for the first.
    pub parent: Option<String>,
    /// SHA-256 of its own `revision.yaml`.
    pub hash: String,
    /// The plan in numbers.
    pub summary: Summary,
    /// Every file of the plan at that time, by path.
    pub files: Vec<FileRecord>,
    /// Files that the parent had and this one has not, by path. The old path of a file that moved is not among them.
    pub removed: Vec<String>,
    /// Files that moved, by new path.
    pub renamed: Vec<Rename>,
}

/// How a file stands in a revision against its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Not there before.
    Added,
    /// Other bytes than before.
    Changed,
    /// The same file under another path, with the same bytes or most of them.
    Renamed {
        /// Path before.
        from: String,
    },
    /// As before.
    Unchanged,
    /// Not there any more.
    Removed,
}

impl Revision {
    /// The number as folders and pages show it: `0003`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{:04}", self.number)
    }

    /// Whether both keep the same files with the same bytes.
    #[must_use]
    pub fn has_files_of(&self, other: &Self) -> bool {
        fn bytes(file: &FileRecord) -> (&str, &str) {
            (&file.path, &file.sha256)
        }
        self.files.iter().map(bytes).eq(other.files.iter().map(bytes))
    }

    /// Every file of this revision and every file removed, with how it changed against `parent`, by path.
    #[must_use]
    pub fn changes(&self, parent: Option<&Self>) -> Vec<(&str, Change)> {
        // Both lists are sorted by path, and so one pass over both is enough.
        let mut before = parent.map_or(&[][..], |parent| &parent.files).iter().peekable();
        let mut changes: Vec<(&str, Change)> = Vec::with_capacity(self.files.len() + self.removed.len());
        for file in &self.files {
            while before.next_if(|it| it.path < file.path).is_some() {}
            let change = match before.next_if(|it| it.path == file.path) {
                Some(it) if it.sha256 == file.sha256 => Change::Unchanged,
                Some(_) => Change::Changed,
                None => self.arrival(&file.path),
            };
            changes.push((&file.path, change));
        }
        changes.extend(self.removed.iter().map(|path| (path.as_str(), Change::Removed)));
        changes.sort_by(|a, b| a.0.cmp(b.0));
        changes
    }

    /// How a path that the parent did not have came to be there.
    fn arrival(&self, path: &str) -> Change {
        let moved = self.renamed.binary_search_by(|it| it.to.as_str().cmp(path));
        moved.map_or(Change::Added, |at| Change::Renamed { from: self.renamed[at].from.clone() })
    }
}
