//! Fixes that several rules offer.

use crate::diagnostic::{Fix, Safety};
use crate::model::{Link, Site};
use crate::source::{FileId, Span};

/// Puts `right` in the place of `wrong`, if exactly that, perhaps between marks, stands at `span`: plain text that was read from
/// marked-up text has no place of its own.
pub fn text(site: &Site, file: FileId, span: Span, wrong: &str, right: &str, safety: Safety) -> Option<Fix> {
    let written = site.sources[file].slice(span);
    let mut found = written.match_indices(wrong).map(|(at, _)| at);
    let at = found.next().filter(|_| !wrong.is_empty() && found.next().is_none())?;
    let marks = |text: &str| text.chars().all(|c| matches!(c, '*' | '_' | '`' | '"' | '\'' | ' '));
    let only_marks = marks(&written[..at]) && marks(&written[at + wrong.len()..]);
    let place = Span::new(at, at + wrong.len()).shifted(span.start as usize);
    (only_marks && is_plain(right)).then(|| Fix::replace(safety, file, place, right))
}

/// Puts another path into a link that is written with its destination; query and fragment stay.
pub fn path(site: &Site, file: FileId, link: &Link, right: &str, safety: Safety) -> Option<Fix> {
    let written = site.sources[file].slice(link.destination_span);
    let path = written.find(['?', '#']).map_or(written, |end| &written[..end]);
    let right = right.replace(' ', "%20");
    // Where the right name holds what begins a query or a fragment, nobody can say where the written one was meant to end.
    let is_cut_right = !["%23", "%3F"].iter().any(|mark| right.contains(mark));
    let fits = written == link.destination && is_cut_right && !path.is_empty() && !right.contains(['(', ')', '<', '>']);
    let place = Span::new(0, path.len()).shifted(link.destination_span.start as usize);
    fits.then(|| Fix::replace(safety, file, place, right))
}

/// Puts another fragment into a link that is written with its destination.
pub fn fragment(site: &Site, file: FileId, link: &Link, right: &str, safety: Safety) -> Option<Fix> {
    let written = site.sources[file].slice(link.destination_span);
    let start = written.find('#').filter(|_| written == link.destination)? + 1;
    let place = Span::new(start, written.len()).shifted(link.destination_span.start as usize);
    let fits = !right.contains(|c: char| c.is_whitespace() || "()<>".contains(c));
    fits.then(|| Fix::replace(safety, file, place, right))
}

/// A text that means only itself in Markdown and in YAML.
fn is_plain(text: &str) -> bool {
    !text.contains(['|', '\n', '`', '*', '[', ']', '<', '>', '#', '"', '\'', ':', '\\'])
}
