//! Ids of entities: written in a column, behind the text as `{#id}`, or made from the text.

use crate::source::{Span, Spanned};
use crate::words::slug;

/// A text without a trailing `{#id}`, and what it is called.
#[derive(Debug)]
pub struct Named {
    /// The text without the id.
    pub text: Spanned<String>,
    /// The id that it should have: written, or made from the text.
    pub id: String,
    /// The id as written, with its place, where one was.
    pub written: Option<Spanned<String>>,
}

/// Takes a text and its id apart. `id` is what a column says; it goes before a `{#id}` behind the text.
#[must_use]
pub fn named(file: &str, text: Spanned<String>, id: Option<Spanned<String>>, fallback: &str) -> Named {
    let (kept, trailing) = match text.value.strip_suffix('}').and_then(|text| text.rsplit_once("{#")) {
        Some((kept, id)) => (kept.trim_end(), Some(id)),
        None => (text.value.as_str(), None),
    };
    let written = id.or_else(|| trailing.map(|id| Spanned::new(id.to_owned(), place(file, text.span, id))));
    let id = written.as_ref().map_or_else(|| slug(kept), |id| id.value.clone());
    let mark = &text.value[kept.len()..];
    let shown = file[text.span.range()]
        .strip_suffix(mark)
        .map_or(text.span.end, |before| text.span.start + before.len() as u32);
    Named {
        text: Spanned::new(kept.to_owned(), Span { end: shown, ..text.span }),
        id: if id.is_empty() { fallback.to_owned() } else { id },
        written: written.filter(|id| !id.value.is_empty()),
    }
}

/// Where the id of a trailing `{#id}` stands; the whole text if marks break it up.
fn place(file: &str, text: Span, id: &str) -> Span {
    match file[text.range()].rfind(&format!("{{#{id}}}")) {
        Some(at) => Span::new(at + 2, at + 2 + id.len()).shifted(text.start as usize),
        None => text,
    }
}

/// The text and the id, for entities of which nobody asks whether it was written.
#[must_use]
pub fn text_and_id(
    file: &str,
    text: Spanned<String>,
    id: Option<Spanned<String>>,
    fallback: &str,
) -> (Spanned<String>, String) {
    let Named { text, id, .. } = named(file, text, id, fallback);
    (text, id)
}
