//! Dates as people write them: which day is meant, and whether that is certain.

use chrono::NaiveDate;

use crate::words::fold;

/// What a text says of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateReading {
    /// `2025-10-20`; a time or a remark may follow.
    Day(NaiveDate),
    /// Another way of writing, which leaves no doubt: `31/12/2025`, `20 de octubre de 2025`.
    Written(NaiveDate),
    /// Several days could be meant, earliest first: `01/12/2025`.
    Ambiguous(Vec<NaiveDate>),
    /// It looks like a date, but the calendar has no such day: `2025-02-30`.
    Impossible,
    /// It names no day.
    NoDate,
}

impl DateReading {
    /// The day, where it is certain.
    #[must_use]
    pub const fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) | Self::Written(day) => Some(*day),
            _ => None,
        }
    }
}

/// The names of the months in English, Spanish and Portuguese, folded. Three letters of a name are enough.
const MONTHS: [&[&str]; 12] = [
    &["january", "enero", "janeiro"],
    &["february", "febrero", "fevereiro"],
    &["march", "marzo", "marco"],
    &["april", "abril"],
    &["may", "mayo", "maio"],
    &["june", "junio", "junho"],
    &["july", "julio", "julho"],
    &["august", "agosto"],
    &["september", "septiembre", "setiembre", "setembro"],
    &["october", "octubre", "outubro"],
    &["november", "noviembre", "novembro"],
    &["december", "diciembre", "dezembro"],
];

/// Reads a date.
#[must_use]
pub fn read_date(text: &str) -> DateReading {
    let text = text.trim();
    let reading = iso(text).map(|day| day.map_or(DateReading::Impossible, DateReading::Day));
    reading.or_else(|| numbers(text)).or_else(|| with_month_name(text)).unwrap_or(DateReading::NoDate)
}

/// Reads `2025-10-20`, and the date of `2025-10-20T09:00:00Z` or `2025-10-20 09:00`. What has another form is no date; what has this
/// one may still be no day of the calendar.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    iso(text).flatten()
}

/// The day that a text of the form `2025-10-20` names; the inner value is absent where the calendar has no such day.
fn iso(text: &str) -> Option<Option<NaiveDate>> {
    let (date, rest) = text.split_at_checked(10)?;
    let (year, rest_of_date) = date.split_once('-')?;
    let (month, day) = rest_of_date.split_once('-')?;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let has_form = (year.len(), month.len()) == (4, 2) && [year, month, day].into_iter().all(is_number);
    let ends = matches!(rest.chars().next(), None | Some('T' | 't' | ' '));
    let number = |part: &str| part.parse::<u32>().ok();
    let day = || NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?);
    (has_form && ends).then(day)
}

/// `31/12/2025`, `2025.12.31`, `1-2-25`.
fn numbers(text: &str) -> Option<DateReading> {
    let separator = text.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let [a, b, c] = parts[..] else { return None };
    if !parts.iter().all(|part| matches!(part.len(), 1..=4) && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let (long_first, long_last) = (a.len() == 4, c.len() == 4);
    if long_first == long_last && long_first || b.len() > 2 {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or_default();
    let year = |part: &str| number(part) as i32 + if part.len() > 2 { 0 } else { 2000 };
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let mut days = Vec::new();
    if !long_last {
        days.extend(day(year(a), number(b), number(c)));
    }
    if !long_first {
        days.extend(day(year(c), number(b), number(a)));
        days.extend(day(year(c), number(a), number(b)));
    }
    days.sort_unstable();
    days.dedup();
    Some(match days[..] {
        [] => DateReading::Impossible,
        [day] => DateReading::Written(day),
        _ => DateReading::Ambiguous(days),
    })
}

/// `20 de octubre de 2025`, `October 20, 2025`, `20-oct-2025`: a day, a month and a year, and nothing else.
fn with_month_name(text: &str) -> Option<DateReading> {
    // A leading number is part of what folding takes off, so that it gets a letter before it.
    let folded = fold(&format!("x {text}"));
    let words: Vec<&str> =
        folded.split(' ').skip(1).filter(|word| !matches!(*word, "de" | "of" | "del" | "do" | "the" | "el")).collect();
    let [a, b, year] = words[..] else { return None };
    let year: i32 = year.parse().ok().filter(|year| (1900..3000).contains(year))?;
    let (month, day) = month(a).map(|month| (month, b)).or_else(|| Some((month(b)?, a)))?;
    let day: u32 = day.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h', 'º']).parse().ok()?;
    Some(NaiveDate::from_ymd_opt(year, month, day).map_or(DateReading::Impossible, DateReading::Written))
}

/// Whether a folded word is the name of a month, or three letters of one and more.
#[must_use]
pub fn is_month(word: &str) -> bool {
    month(word).is_some()
}

fn month(word: &str) -> Option<u32> {
    let is_it = |names: &&[&str]| word.len() >= 3 && names.iter().any(|name| name.starts_with(word));
    MONTHS.iter().position(is_it).map(|index| index as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn certain_days_are_read() {
        assert_eq!(read_date("2025-10-20"), DateReading::Day(day(2025, 10, 20)));
        assert_eq!(read_date("2025-10-20 09:00"), DateReading::Day(day(2025, 10, 20)));
        for text in [
            "20/10/2025",
            "10/20/2025",
            "2025/10/20",
            "20.10.2025",
            "20 de octubre de 2025",
            "20 out 2025",
            "October 20th, 2025",
            "20-oct-2025",
        ] {
            assert_eq!(read_date(text), DateReading::Written(day(2025, 10, 20)), "{text}");
        }
        assert_eq!(read_date("05/05/2025"), DateReading::Written(day(2025, 5, 5)));
    }

    #[test]
    fn what_could_be_several_days_is_none() {
        assert_eq!(read_date("01/12/2026"), DateReading::Ambiguous(vec![day(2026, 1, 12), day(2026, 12, 1)]));
        assert!(matches!(read_date("01/12/26"), DateReading::Ambiguous(days) if days.len() == 3));
        for text in ["2025-02-30", "2025-13-01", "31/02/2025", "31 de febrero de 2025"] {
            assert_eq!(read_date(text), DateReading::Impossible, "{text}");
        }
        for text in
            ["", "Semana 3", "Pre-GA", "T-7", "Q4 2025", "20 oct", "1.2", "10.0.0.1", "2025", "octubre", "12345/1/2"]
        {
            assert_eq!(read_date(text), DateReading::NoDate, "{text}");
        }
    }
}
