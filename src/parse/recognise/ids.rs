//! Ids of entities: written in a column, behind the text as `{#id}`, or made from the text.

use crate::source::{Span, Spanned};
use crate::words::slug;

/// The text without a trailing `{#id}`, and the id that it should have: written, or made from the text.
#[must_use]
pub fn text_and_id(
    file: &str,
    text: Spanned<String>,
    id: Option<Spanned<String>>,
    fallback: &str,
) -> (Spanned<String>, String) {
    let (kept, trailing) = match text.value.strip_suffix('}').and_then(|text| text.rsplit_once("{#")) {
        Some((kept, id)) => (kept.trim_end(), Some(id.to_owned())),
        None => (text.value.as_str(), None),
    };
    let base = id.map(|id| id.value).or(trailing).unwrap_or_else(|| slug(kept));
    let base = if base.is_empty() { fallback.to_owned() } else { base };
    let written_id = &text.value[kept.len()..];
    let shown = file[text.span.range()]
        .strip_suffix(written_id)
        .map_or(text.span.end, |before| text.span.start + before.len() as u32);
    (Spanned::new(kept.to_owned(), Span { end: shown, ..text.span }), base)
}
