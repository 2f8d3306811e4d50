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

/// A file that moved without a change of its bytes.
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
    /// Files that only moved, by new path.
    pub renamed: Vec<Rename>,
}

/// How a file stands in a revision against its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Not there before.
    Added,
    /// Other bytes than before.
    Changed,
    /// Same bytes, other path.
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
        let bytes = |file: &FileRecord| (file.path.clone(), file.sha256.clone());
        self.files.iter().map(bytes).eq(other.files.iter().map(bytes))
    }

    /// Every file of this revision and every file removed, with how it changed against `parent`, by path.
    #[must_use]
    pub fn changes(&self, parent: Option<&Self>) -> Vec<(&str, Change)> {
        let before: BTreeMap<&str, &str> = parent
            .iter()
            .flat_map(|parent| &parent.files)
            .map(|file| (file.path.as_str(), file.sha256.as_str()))
            .collect();
        let moved: BTreeMap<&str, &str> = self.renamed.iter().map(|it| (it.to.as_str(), it.from.as_str())).collect();
        let mut changes: Vec<(&str, Change)> = self
            .files
            .iter()
            .map(|file| {
                let change = match (before.get(file.path.as_str()), moved.get(file.path.as_str())) {
                    (Some(sha256), _) if *sha256 == file.sha256 => Change::Unchanged,
                    (Some(_), _) => Change::Changed,
                    (None, Some(from)) => Change::Renamed { from: (*from).to_owned() },
                    (None, None) => Change::Added,
                };
                (file.path.as_str(), change)
            })
            .chain(self.removed.iter().map(|path| (path.as_str(), Change::Removed)))
            .collect();
        changes.sort_by(|a, b| a.0.cmp(b.0));
        changes
    }
}
