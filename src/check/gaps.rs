//! One cause, one finding: what no entry of a page has is told once, at the first of them, instead of once for each.

use crate::check::Context;
use crate::check::wording::quoted;
use crate::model::{Communication, Kind, Metric, Risk, Site};
use crate::source::{FileId, Spanned};
use crate::words::is_placeholder;

/// An entity that stands in a list with others of its kind.
pub trait Listed {
    /// What the whole list is called where a finding is about all of it.
    const LIST: &'static str;
    /// Kind of the pages that hold nothing else.
    const KIND: Kind;
    /// Its file.
    fn file(&self) -> FileId;
    /// Its id.
    fn id(&self) -> &str;
    /// Its name, and where that stands.
    fn name(&self) -> &Spanned<String>;
    /// Who answers for it.
    fn owner(&self) -> Option<&Spanned<String>>;
}

macro_rules! listed {
    ($entity:ident, $list:literal, $kind:ident, $name:ident) => {
        impl Listed for $entity {
            const LIST: &'static str = $list;
            const KIND: Kind = Kind::$kind;

            fn file(&self) -> FileId {
                self.file
            }

            fn id(&self) -> &str {
                &self.id
            }

            fn name(&self) -> &Spanned<String> {
                &self.$name
            }

            fn owner(&self) -> Option<&Spanned<String>> {
                self.owner.as_ref()
            }
        }
    };
}

listed!(Communication, "communications", Communications, text);
listed!(Metric, "metrics", Metrics, name);
listed!(Risk, "risks", Risks, name);

/// Reports the entries that lack a field. `message` words a gap: for the entry of this name, or for so many that all lack it.
pub fn report_gaps<T: Listed>(
    cx: &mut Context<'_>,
    entries: &[T],
    has: impl Fn(&T) -> bool,
    message: impl Fn(&str, Option<usize>) -> String,
    help: &str,
) {
    for Gap { entry, all } in gaps(entries, T::file, has) {
        let message = message(&quoted(&entry.name().value), all);
        let subject = if all.is_some() { T::LIST } else { entry.id() };
        let finding = cx.report(entry.file(), entry.name().span, message).help(help.to_owned());
        finding.about(subject).owner(said(entry.owner()));
    }
}

/// Whether somebody answers for an entry: by itself, or for the page that holds nothing else.
pub fn has_owner<T: Listed>(site: &Site, entry: &T) -> bool {
    said(entry.owner()).or(page_owner(site, entry.file(), T::KIND)).is_some()
}

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
