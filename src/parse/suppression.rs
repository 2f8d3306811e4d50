//! Comments that let findings pass: `<!-- rollbook: allow checklist/missing-owner -- reason -->`.
//!
//! Between two blocks such a comment speaks of the block that follows. Inside of a block it speaks of what it stands in: the
//! entry of a list, or the line, which in a table is the row.

use crate::model::Suppression;
use crate::source::{Span, Spanned};

/// Opens the list of rules.
const ALLOW: &str = "allow";

/// What stands between the rules and the reason.
const DASHES: [&str; 2] = ["--", "—"];

/// The suppressions of a page while it is scanned.
#[derive(Debug, Default)]
pub struct Suppressions {
    found: Vec<Suppression>,
    /// Index of the first one that still waits for its block.
    waiting: usize,
    /// The line looked up last: many comments may share one.
    line: Span,
}

impl Suppressions {
    /// A comment between two blocks; it waits for the next one.
    pub fn between(&mut self, text: &str, comment: Span) {
        self.found.extend(read(text, comment));
    }

    /// A comment inside of a block, which speaks of `covers`, or else of its line.
    pub fn inside(&mut self, text: &str, comment: Span, covers: Option<Span>) {
        let Some(suppression) = read(text, comment) else { return };
        let covers = covers.unwrap_or_else(|| self.line_of(text, comment));
        // Nobody waits: the block around the comment was the block of those before it.
        self.found.push(Suppression { covers, ..suppression });
        self.waiting = self.found.len();
    }

    /// A block at the top of the page begins: those that waited speak of it.
    pub fn block(&mut self, block: Span) {
        self.found[self.waiting..].iter_mut().for_each(|suppression| suppression.covers = block);
        self.waiting = self.found.len();
    }

    /// All of them, in order. Whether a reason only keeps a place is not known here.
    pub fn finish(self) -> Vec<Suppression> {
        self.found
    }

    fn line_of(&mut self, text: &str, place: Span) -> Span {
        if !self.line.contains(place.start) {
            let (start, end) = (place.start as usize, place.end as usize);
            let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
            let to = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
            self.line = Span::new(from, to);
        }
        self.line
    }
}

/// Whether a block of HTML is nothing but a comment.
pub fn is_comment(html: &str) -> bool {
    html.trim_start().starts_with("<!--")
}

/// Reads the comment at `span`; none if it allows nothing.
fn read(text: &str, span: Span) -> Option<Suppression> {
    let start = span.start as usize;
    let html = &text[span.range()];
    // Behind the comment may stand other text, which HTML does not mind.
    let comment = html[..html.find("-->")? + 3].trim_start();
    let inner = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let allow = inner.strip_prefix("rollbook:")?.trim_start().strip_prefix(ALLOW)?;
    // `allowance` is another word.
    if allow.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let at = |part: &str| start + (part.as_ptr() as usize - html.as_ptr() as usize);
    let spanned = |part: &str| {
        let part = part.trim();
        Spanned::new(part.to_owned(), Span::new(at(part), at(part) + part.len()))
    };
    let dash = DASHES.iter().filter_map(|dash| Some((allow.find(dash)?, dash.len()))).min();
    let (rules, reason) = match dash {
        Some((dash, width)) => (&allow[..dash], Some(&allow[dash + width..])),
        None => (allow, None),
    };
    let rules = rules.split(',').map(spanned).filter(|rule| !rule.value.is_empty()).collect();
    let trimmed = Span::new(at(comment), at(comment) + comment.len());
    let reason = reason.map(spanned).filter(|reason| reason.value.contains(char::is_alphanumeric));
    let reason_span = reason.as_ref().map_or(trimmed, |reason| reason.span);
    Some(Suppression { span: trimmed, rules, reason, reason_span, covers: Span::default() })
}
