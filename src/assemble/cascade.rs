//! Defaults that a section's own page gives to every page below it.

use std::collections::BTreeMap;

use crate::model::FrontMatter;

/// The cascades of a site, by folder below the root; the root folder of the content included.
#[derive(Debug, Default)]
pub struct Cascades(BTreeMap<String, FrontMatter>);

impl Cascades {
    /// Collects cascades from `(path of the section's own page, cascade)`.
    pub fn new(found: impl IntoIterator<Item = (String, FrontMatter)>) -> Self {
        Self(found.into_iter().map(|(path, cascade)| (folder(&path).to_owned(), cascade)).collect())
    }

    /// The nearest default above a page for the field that `read` takes out. A section's own page is governed by the
    /// sections above it, not by its own cascade.
    pub fn nearest<T>(&self, path: &str, read: impl Fn(&FrontMatter) -> Option<T>) -> Option<T> {
        let own = path.ends_with("/_index.md");
        let mut at = if own { folder(folder(path)) } else { folder(path) };
        loop {
            if let Some(value) = self.0.get(at).and_then(&read) {
                return Some(value);
            }
            if at.is_empty() {
                return None;
            }
            at = folder(at);
        }
    }
}

fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..slash])
}
