//! What a branch changed, by line.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// What was changed in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// All of it: the file is new, moved, or not known to git.
    Whole,
    /// These lines, counted from 1. Where lines were taken out, the lines before and behind the gap.
    Lines(Vec<RangeInclusive<usize>>),
}

/// The files that differ from where a branch began.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Changed files by path below the root. A path that ends with a slash stands for all that is below it.
    pub files: BTreeMap<String, Touched>,
    /// Files that are not there any more, by path below the root.
    pub deleted: BTreeSet<String>,
    /// The commit at which the branch began.
    pub base: String,
    /// Anchors that pages had there and have no more, by path below the root, as far as links still lead to the page.
    pub lost_anchors: BTreeMap<String, BTreeSet<String>>,
}

impl Changes {
    /// What was changed in the file at `path`, if anything.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<&Touched> {
        let whole_folder = |(folder, touched): (&String, _)| {
            (folder.ends_with('/') && path.starts_with(folder.as_str())).then_some(touched)
        };
        self.files.get(path).or_else(|| self.files.iter().find_map(whole_folder))
    }

    /// Whether one of these lines, counted from 1, was changed.
    #[must_use]
    pub fn touch(&self, path: &str, lines: &RangeInclusive<usize>) -> bool {
        match self.of(path) {
            Some(Touched::Whole) => true,
            Some(Touched::Lines(ranges)) => {
                ranges.iter().any(|range| range.start() <= lines.end() && lines.start() <= range.end())
            }
            None => false,
        }
    }
}
