//! Words that keep a place for something still to be written, where readers would see them: in running text, but neither in
//! code nor in comments.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::markdown::markdown_options;
use crate::model::{Kind, Placeholder};
use crate::source::Span;
use crate::words::{Mark, marks};

/// Finds them in a page, its front matter included. Nearly every page has none, and none of those is parsed for it.
#[must_use]
pub fn find(text: &str, body: usize, kind: Kind) -> Vec<Placeholder> {
    if kind == Kind::Page {
        return Vec::new();
    }
    let mut marks = marks(text);
    if marks.iter().any(|mark| mark.range.start >= body) {
        let prose = prose(text, body);
        let is_prose = |at: usize| prose.iter().any(|span| span.contains(at as u32));
        marks.retain(|mark| mark.range.start < body || is_prose(mark.range.start));
    }
    let placeholder = |mark: Mark| Placeholder {
        text: text[mark.range.clone()].to_owned(),
        span: Span::from(mark.range),
        is_note: mark.is_note,
    };
    marks.into_iter().map(placeholder).collect()
}

/// Where a page's body has text that is no code.
fn prose(text: &str, body: usize) -> Vec<Span> {
    let mut prose = Vec::new();
    let mut in_code = false;
    for (event, range) in Parser::new_ext(&text[body..], markdown_options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => prose.push(Span::from(range).shifted(body)),
            _ => {}
        }
    }
    prose
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_readers_see_counts() {
        let text = "---\ntitle: TBD\n---\n\nTBD `TBD`\n\n```\nTBD\n```\n\n<!-- TBD -->\n\n    TBD\n\n- [ ] x (crear)\n";
        let found = find(text, 19, Kind::Plan);
        let found: Vec<_> = found.iter().map(|it| (it.text.as_str(), it.span.start)).collect();
        assert_eq!(found, [("TBD", 11), ("TBD", 20), ("(crear)", text.find("(crear)").unwrap() as u32)]);
        assert_eq!(find(text, 19, Kind::Page), []);
    }
}
