//! Which parts of a plan a page's headings announce, and whether anything is written below them.

use crate::model::{Heading, Part};
use crate::parse::recognise::{section_span, sections};
use crate::parse::vocabulary::{SectionKind, Vocabulary};

/// The parts that headings announce, in order.
#[must_use]
pub fn parts_of(text: &str, headings: &[Heading], words: &Vocabulary) -> Vec<Part> {
    let part = |(index, kind): (usize, SectionKind)| {
        let heading = &headings[index];
        let section = section_span(headings, index, text.len());
        let below = &text[heading.span.end as usize..section.end as usize];
        Part { key: key(kind), heading: heading.span, is_empty: is_empty(below) }
    };
    sections(headings, words).into_iter().map(part).collect()
}

const fn key(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Flags => "flags",
        SectionKind::Events => "events",
        SectionKind::Checklist => "checklist",
        SectionKind::Other(key) => key,
    }
}

/// Whether a text says nothing: neither a letter nor a digit stands outside of comments.
fn is_empty(mut text: &str) -> bool {
    let says_nothing = |text: &str| !text.contains(char::is_alphanumeric);
    while let Some((before, rest)) = text.split_once("<!--") {
        if !says_nothing(before) {
            return false;
        }
        text = rest.split_once("-->").map_or("", |(_, behind)| behind);
    }
    says_nothing(text)
}

#[cfg(test)]
mod tests {
    use super::is_empty;

    #[test]
    fn a_commented_list_is_no_text() {
        assert!(is_empty("\n\n---\n\n<!-- 1. Apagar -->\n"));
        assert!(is_empty("\n<!-- sin cerrar\n1. Apagar\n"));
        assert!(!is_empty("\n1. Apagar\n"));
        assert!(!is_empty("<!-- a --> texto"));
    }
}
