//! Edits on one text: which of them can be made together, and making them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Edit, Fix};
use crate::source::{FileId, SourceFile, Span};

/// The fixes that do not overlap, by index. The first of two wins; two that put something in at the same place overlap too.
pub fn without_overlaps<'a>(fixes: impl Iterator<Item = (usize, &'a Fix)>) -> Vec<usize> {
    let mut taken: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    let mut chosen = Vec::new();
    for (index, fix) in fixes {
        let free = fix.edits.iter().all(|edit| {
            let others = taken.get(&edit.file).map_or(&[][..], Vec::as_slice);
            !others.iter().any(|other| edit.span.start <= other.end && other.start <= edit.span.end)
        });
        if free {
            fix.edits.iter().for_each(|edit| taken.entry(edit.file).or_default().push(edit.span));
            chosen.push(index);
        }
    }
    chosen
}

/// Edits by file, each list in the order of its places.
pub fn by_file<'a>(edits: impl Iterator<Item = &'a Edit>) -> BTreeMap<FileId, Vec<&'a Edit>> {
    let mut files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    edits.for_each(|edit| files.entry(edit.file).or_default().push(edit));
    files.values_mut().for_each(|edits| edits.sort_by_key(|edit| edit.span));
    files
}

/// The text after edits that do not overlap. No byte outside of them changes.
pub fn apply(text: &str, edits: &[&Edit]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        changed.push_str(&text[at..edit.span.start as usize]);
        changed.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    changed.push_str(&text[at..]);
    changed
}

/// The lines that edits touch, from 0. Edits neither add lines nor take any away.
pub fn lines(source: &SourceFile, edits: &[&Edit]) -> BTreeSet<usize> {
    let line = |offset: u32| source.lines().line_of(offset as usize);
    edits.iter().flat_map(|edit| line(edit.span.start)..=line(edit.span.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Safety;

    fn fix(start: usize, end: usize, text: &str) -> Fix {
        Fix::replace(Safety::Safe, FileId(0), Span::new(start, end), text)
    }

    #[test]
    fn the_first_of_two_that_overlap_wins() {
        let fixes = [fix(0, 3, "a"), fix(2, 4, "b"), fix(5, 5, "c"), fix(5, 5, "d"), fix(7, 9, "e")];
        let chosen = without_overlaps(fixes.iter().enumerate());
        assert_eq!(chosen, [0, 2, 4]);
        let edits = by_file(chosen.iter().flat_map(|index| &fixes[*index].edits));
        assert_eq!(apply("0123456789", &edits[&FileId(0)]), "a34c56e9");
    }
}
