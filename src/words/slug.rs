//! Heading ids as GitHub makes them, so that anchors written for the forge work in the site.

use std::collections::HashMap;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The slug of one heading: lower case; letters, marks, digits, `_` and `-` stay; spaces become `-`; the rest goes.
/// Accents stay. Follows the behaviour of `github-slugger`.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(c),
            c if c.is_ascii() => slug.extend(c.is_ascii_alphanumeric().then_some(c)),
            c if c.is_alphabetic() || stays(c.general_category()) => slug.push(c),
            _ => {}
        }
    }
    slug
}

const fn stays(category: GeneralCategory) -> bool {
    matches!(
        category,
        GeneralCategory::NonspacingMark
            | GeneralCategory::SpacingMark
            | GeneralCategory::EnclosingMark
            | GeneralCategory::DecimalNumber
            | GeneralCategory::LetterNumber
            | GeneralCategory::ConnectorPunctuation
    )
}

/// Hands out slugs that are unique within one page: `uso`, `uso-1`, `uso-2`.
#[derive(Debug, Default)]
pub struct Slugger {
    taken: HashMap<String, usize>,
}

impl Slugger {
    /// The unique slug of the next heading with this text.
    pub fn next(&mut self, text: &str) -> String {
        self.unique(slug(text))
    }

    /// Makes `base` unique in the same way.
    pub fn unique(&mut self, base: String) -> String {
        let mut id = base.clone();
        while self.taken.contains_key(&id) {
            let count = self.taken.entry(base.clone()).or_insert(0);
            *count += 1;
            id = format!("{base}-{count}");
        }
        self.taken.insert(id.clone(), 0);
        id
    }

    /// Notes an id that was written by hand, so that no slug repeats it.
    pub fn reserve(&mut self, id: &str) {
        self.taken.entry(id.to_owned()).or_insert(0);
    }
}

#[cfg(test)]
mod tests {
    use super::{Slugger, slug};

    #[test]
    fn slugs_equal_githubs() {
        assert_eq!(slug("1. Feature Flags y Configuración"), "1-feature-flags-y-configuración");
        assert_eq!(slug("¿Qué cambia?"), "qué-cambia");
        assert_eq!(slug("CSV/XLSX – plantilla"), "csvxlsx--plantilla");
        assert_eq!(slug("snake_case & más"), "snake_case--más");
        assert_eq!(slug("🎉 Listo"), "-listo");
        assert_eq!(slug("x² + 1"), "x--1");
    }

    #[test]
    fn repeated_headings_get_numbers() {
        let mut slugger = Slugger::default();
        let ids: Vec<_> = ["Uso", "Uso", "Uso 1", "Uso", ""].iter().map(|text| slugger.next(text)).collect();
        assert_eq!(ids, ["uso", "uso-1", "uso-1-1", "uso-2", ""]);
    }
}
