//! Dates as people write them.

use chrono::{Locale, NaiveDate};
use serde::Serialize;

use crate::lang::Lang;
use crate::words::parse_date;

/// A date for templates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Date {
    /// `2026-11-22`, for machines; none where the date could not be read.
    pub iso: Option<String>,
    /// `22 de noviembre de 2026`.
    pub label: String,
}

impl Date {
    /// A date in words of a language.
    #[must_use]
    pub fn new(date: NaiveDate, lang: Lang) -> Self {
        let (format, locale) = match lang {
            Lang::En => ("%-d %B %Y", Locale::en_GB),
            Lang::Es => ("%-d de %B de %Y", Locale::es_ES),
            Lang::Pt => ("%-d de %B de %Y", Locale::pt_BR),
        };
        Self { iso: Some(date.to_string()), label: date.format_localized(format, locale).to_string() }
    }

    /// A date from text; text that is no date is shown as it is.
    #[must_use]
    pub fn read(text: &str, lang: Lang) -> Self {
        parse_date(text).map_or_else(|| Self { iso: None, label: text.to_owned() }, |date| Self::new(date, lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_the_language_of_the_page() {
        let label = |lang| Date::read("2026-11-02", lang).label;
        assert_eq!(label(Lang::Es), "2 de noviembre de 2026");
        assert_eq!(label(Lang::En), "2 November 2026");
        assert_eq!(label(Lang::Pt), "2 de novembro de 2026");
        assert_eq!(Date::read("pronto", Lang::Es), Date { iso: None, label: "pronto".into() });
    }
}
