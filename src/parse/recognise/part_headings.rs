//! Which parts of a plan a page's headings announce, and whether anything is written below them.

use crate::model::{Heading, Part, Swallowed};
use crate::parse::recognise::roles::announced;
use crate::parse::recognise::sections::section_span;
use crate::parse::vocabulary::{SectionKind, Vocabulary};
use crate::source::Span;

/// The parts that headings announce, in order.
#[must_use]
pub fn parts_of(text: &str, headings: &[Heading], words: &Vocabulary) -> Vec<Part> {
    let part = |(index, kind): (usize, SectionKind)| {
        let heading = &headings[index];
        let section = section_span(headings, index, text.len());
        let below = &text[heading.span.end as usize..section.end as usize];
        Part { key: key(kind), heading: heading.span, is_empty: is_empty(below) }
    };
    announced(headings, words).into_iter().map(part).collect()
}

/// The parts that headings inside of an unclosed code block would announce, if any.
#[must_use]
pub fn swallowed(text: &str, block: Span, words: &Vocabulary) -> Option<Swallowed> {
    let mut lines = text[block.range()].lines();
    let fence = lines.next()?.trim_end();
    let titles =
        lines.filter_map(|line| line.trim_start().strip_prefix('#')).map(|line| line.trim_start_matches('#').trim());
    let headings: Vec<String> = titles.filter(|title| words.section(title).is_some()).map(str::to_owned).collect();
    let fence = Span::new(0, fence.len()).shifted(block.start as usize);
    (!headings.is_empty()).then_some(Swallowed { fence, headings })
}

fn key(kind: SectionKind) -> &'static str {
    SectionKind::KEYS.into_iter().find(|(_, known)| *known == kind).map_or("", |(key, _)| key)
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
