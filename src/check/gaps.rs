//! One cause, one finding: what no entry of a page has is told once, at the first of them, instead of once for each.

use crate::model::{Kind, Site};
use crate::source::{FileId, Spanned};
use crate::words::is_placeholder;

/// A place where a field is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap<'a, T> {
    /// The entry that lacks it; the first of them, where all do.
    pub entry: &'a T,
    /// How many entries the page has, where none of several has the field.
    pub all: Option<usize>,
}

/// The entries that lack a field, page by page. Entries of one page stand together in `entries`.
pub fn gaps<T>(entries: &[T], file: impl Fn(&T) -> FileId, has: impl Fn(&T) -> bool) -> Vec<Gap<'_, T>> {
    let mut gaps = Vec::new();
    for page in entries.chunk_by(|a, b| file(a) == file(b)) {
        match page {
            [entry, _, ..] if !page.iter().any(&has) => gaps.push(Gap { entry, all: Some(page.len()) }),
            _ => gaps.extend(page.iter().filter(|entry| !has(entry)).map(|entry| Gap { entry, all: None })),
        }
    }
    gaps
}

/// What a field says, unless it is a placeholder such as `TBD`.
pub fn said(field: Option<&Spanned<String>>) -> Option<&str> {
    field.map(|field| field.value.as_str()).filter(|value| !is_placeholder(value))
}

/// Who answers for a page that holds nothing but entities of one kind, and so for all of them. What a section above hands down to
/// its pages does not count: it was not written about these.
pub fn page_owner(site: &Site, file: FileId, kind: Kind) -> Option<&str> {
    let page = site.page_of(file).filter(|page| site.page(*page).kind == kind)?;
    said(site.document(page).front_matter.owner.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_whole_page_lacks_is_one_gap() {
        let entries = [(0, false), (0, false), (1, true), (1, false), (2, false)];
        let found = gaps(&entries, |(file, _)| FileId(*file), |(_, has)| *has);
        let gap = |index: usize, all| Gap { entry: &entries[index], all };
        assert_eq!(found, [gap(0, Some(2)), gap(3, None), gap(4, None)]);
    }
}
