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

/// The id that was written, in a column or behind the text as `{#id}`, with its place.
#[must_use]
pub fn written(file: &str, text: &Spanned<&str>, id: Option<Spanned<String>>) -> Option<Spanned<String>> {
    let trailing = || {
        let (_, id) = text.value.strip_suffix('}')?.rsplit_once("{#")?;
        let mark = format!("{{#{id}}}");
        let span = match file[text.span.range()].rfind(&mark) {
            Some(at) => Span::new(at + 2, at + 2 + id.len()).shifted(text.span.start as usize),
            None => text.span,
        };
        Some(Spanned::new(id.to_owned(), span))
    };
    id.or_else(trailing).filter(|id| !id.value.is_empty())
}
