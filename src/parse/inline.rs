//! Pieces of inline Markdown: as plain text, cut into parts, and by their words.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::markdown::markdown_options;
use crate::parse::vocabulary::{Field, Vocabulary};
use crate::source::{Span, Spanned};
use crate::words::fold;

/// What a reader sees of a piece of inline Markdown. What is struck out is left out.
#[must_use]
pub fn plain(markdown: &str) -> String {
    if !markdown.contains(['*', '_', '`', '~', '[', '<', '\\', '&', '\n']) {
        return markdown.trim().to_owned();
    }
    // Behind a full stop nothing is a list, a heading or a quotation.
    let guarded = format!(".{}", markdown.trim().replace(['\n', '\r'], " "));
    let mut text = String::new();
    let mut struck = 0;
    for event in Parser::new_ext(&guarded, markdown_options()) {
        match event {
            Event::Start(Tag::Strikethrough) => struck += 1,
            Event::End(TagEnd::Strikethrough) => struck -= 1,
            Event::Text(piece) | Event::Code(piece) | Event::InlineMath(piece) if struck == 0 => text.push_str(&piece),
            Event::InlineHtml(html) if strikes(&html).is_some() => struck = i32::from(strikes(&html) == Some(true)),
            Event::InlineHtml(_) | Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim_start_matches('.').trim().to_owned()
}

/// Whether an inline tag begins (true) or ends (false) text that is struck out; none for any other tag.
#[must_use]
pub fn strikes(html: &str) -> Option<bool> {
    let inside = html.trim_matches(['<', '>', ' ']);
    let name = inside.trim_start_matches('/').split(' ').next().unwrap_or_default();
    let is_it = ["s", "del", "strike"].iter().any(|strike| name.eq_ignore_ascii_case(strike));
    is_it.then(|| !inside.starts_with('/'))
}

/// Cuts the Markdown under `span` where `cut` says how long a separator is. Nothing is cut inside code, parentheses, brackets
/// or quotation marks. Parts without a letter or a digit are left out.
pub fn split(text: &str, span: Span, cut: impl Fn(&str, &str) -> Option<usize>) -> Vec<Span> {
    let markdown = &text[span.range()];
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut nesting = Nesting::default();
    while let Some(c) = markdown[at..].chars().next() {
        let separator = cut(&markdown[..at], &markdown[at..]).filter(|_| nesting.is_outside());
        if let Some(length) = separator {
            parts.push(start..at);
            start = at + length;
            at = start;
        } else {
            at += c.len_utf8();
            nesting.step(c, &markdown[at..]);
        }
    }
    parts.push(start..markdown.len());
    let spans = parts.into_iter().map(|part| trimmed(text, Span::from(part).shifted(span.start as usize)));
    spans.filter(|part| text[part.range()].contains(char::is_alphanumeric)).collect()
}

/// How deep inside code, parentheses and quotation marks a place is.
#[derive(Default)]
struct Nesting {
    in_code: bool,
    depth: usize,
}

impl Nesting {
    const fn is_outside(&self) -> bool {
        !self.in_code && self.depth == 0
    }

    /// What is opened counts only where it is closed again: one forgotten parenthesis must not swallow the rest.
    fn step(&mut self, c: char, rest: &str) {
        let closer = match c {
            '(' => ')',
            '[' => ']',
            '“' => '”',
            '«' => '»',
            _ => '\0',
        };
        match c {
            '`' => self.in_code = !self.in_code && rest.contains('`'),
            _ if self.in_code => {}
            ')' | ']' | '”' | '»' => self.depth = self.depth.saturating_sub(1),
            _ => self.depth += usize::from(closer != '\0' && rest.contains(closer)),
        }
    }
}

/// The span without white space at its ends.
#[must_use]
pub fn trimmed(text: &str, span: Span) -> Span {
    let inside = &text[span.range()];
    let start = span.start as usize + (inside.len() - inside.trim_start().len());
    Span::new(start, start + inside.trim().len())
}

/// The text under a span as a reader sees it, with the span.
#[must_use]
pub fn text_at(text: &str, span: Span) -> Spanned<String> {
    let span = trimmed(text, span);
    Spanned::new(plain(&text[span.range()]), span)
}

/// The length of a dash or an arrow that stands between two parts of a sentence.
#[must_use]
pub fn dash(rest: &str) -> Option<usize> {
    [" — ", " – ", " · ", " | "].iter().find(|dash| rest.starts_with(*dash)).map(|dash| dash.len())
}

/// `**Owner**: QA Lead` under `span` -> the field and the value; the value may be empty. The label stands before the first colon.
#[must_use]
pub fn labelled(text: &str, span: Span, fields: &[Field], words: &Vocabulary) -> Option<(Field, Spanned<String>)> {
    let (label, value) = at_colon(text, span)?;
    let field = fields.iter().copied().find(|field| words.names(&label.value, *field))?;
    Some((field, value))
}

/// The two sides of the first colon under `span`, marks around the label included or not: `**Owner:** QA`, `**Owner**: QA`.
#[must_use]
pub fn at_colon(text: &str, span: Span) -> Option<(Spanned<String>, Spanned<String>)> {
    let inside = &text[span.range()];
    let colon = inside.find(':')?;
    let label = Span::new(0, colon).shifted(span.start as usize);
    let behind = &inside[colon + 1..];
    // The marks that close the label belong to it.
    let marks = behind.len() - behind.trim_start_matches(['*', '_']).len();
    let opened = inside.starts_with(['*', '_']) && behind[marks..].starts_with([' ', '\n']) || behind.len() == marks;
    let start = colon + 1 + if opened { marks } else { 0 };
    let value = Span::new(start, inside.len()).shifted(span.start as usize);
    let label = Spanned::new(plain(text[label.range()].trim_matches(['*', '_', ' '])), trimmed(text, label));
    let value = match text[value.range()].trim() {
        "" => Spanned::new(String::new(), Span::at(value.start as usize)),
        _ => text_at(text, value),
    };
    Some((label, value))
}

/// A word of a text and where it stands, in bytes of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub folded: String,
    /// Where it stands.
    pub span: Span,
}

/// The words of a text: runs of letters, digits and `_`.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, '_' | '\'' | '’') || is_combining(c);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { folded: fold(&text[from..at]), span: Span::new(from, at) });
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_leave_no_trace_and_nothing_becomes_a_block() {
        assert_eq!(plain("**NPS** ≥ `8`"), "NPS ≥ 8");
        assert_eq!(plain("> 90% _adopción_"), "> 90% adopción");
        assert_eq!(plain("1. [QA](x.md) ~~viejo~~ nuevo"), "1. QA  nuevo");
        assert_eq!(plain("+1 calzado"), "+1 calzado");
        assert_eq!(plain("<del class=\"x\">Hecho</del> <b>No</b>"), "No");
    }

    #[test]
    fn labels_are_told_from_values() {
        let read = |text: &str| {
            at_colon(text, Span::new(0, text.len()))
                .map(|(label, value)| (label.value, text[value.span.range()].to_owned()))
        };
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(read("**Owner**: **QA** Lead"), pair("Owner", "**QA** Lead"));
        assert_eq!(read("**Owner:** QA"), pair("Owner", "QA"));
        assert_eq!(read("Owner:"), pair("Owner", ""));
        assert_eq!(read("Owner"), None);
    }
}
