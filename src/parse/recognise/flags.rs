//! Flags and their changes from tables and lists.

use crate::model::{Expiry, Flag, FlagEvent, TableMark};
use crate::parse::blocks::{Entry, List, Table};
use crate::parse::criteria::looks_like_a_key;
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::recognise::rows::read_rows;
use crate::parse::vocabulary::{Field, Vocabulary};
use crate::source::{Span, Spanned};
use crate::words::{Slugger, fold, parse_date, slug};

const FLAG_FIELDS: [Field; 6] =
    [Field::Flag, Field::Default, Field::Description, Field::Remarks, Field::Owner, Field::Expires];
const EVENT_FIELDS: [Field; 7] =
    [Field::Flag, Field::Date, Field::Scope, Field::From, Field::To, Field::Author, Field::Reason];

/// Reads a registry of flags.
pub fn from_table(page: &Page<'_>, table: &Table, ids: &mut Slugger) -> (Vec<Flag>, TableMark) {
    let columns = Columns::read(&table.header, &FLAG_FIELDS, page.words);
    read_rows(table, "flags", ids, |row| {
        let key = columns.text(row, Field::Flag)?;
        let mut blanks = Vec::new();
        let mut text = |field, name| columns.text_or_blank(row, (field, name), page.words, &mut blanks);
        let default = text(Field::Default, "default");
        let expires = text(Field::Expires, "expires");
        let flag = Flag {
            file: page.file,
            span: row.span,
            default_on: default.as_ref().and_then(|default| truth(&default.value, page.words)),
            default,
            description: text(Field::Description, "description"),
            owner: text(Field::Owner, "owner"),
            remarks: columns.text(row, Field::Remarks),
            expiry: expires.as_ref().map(|expires| expiry(&expires.value, page.words)),
            expires,
            blanks,
            in_front_matter: false,
            key,
        };
        Some((slug(&flag.key.value), flag))
    })
}

/// Reads a record of changes.
pub fn events_from_table(page: &Page<'_>, table: &Table, ids: &mut Slugger) -> (Vec<FlagEvent>, TableMark) {
    let columns = Columns::read(&table.header, &EVENT_FIELDS, page.words);
    read_rows(table, "events", ids, |row| {
        let flag = columns.text(row, Field::Flag)?;
        let mut blanks = Vec::new();
        let mut text = |field, name| columns.text_or_blank(row, (field, name), page.words, &mut blanks);
        let (date, reason) = (text(Field::Date, "date"), text(Field::Reason, "reason"));
        let (scope, from, to) =
            (columns.text(row, Field::Scope), columns.text(row, Field::From), columns.text(row, Field::To));
        let event = FlagEvent {
            file: page.file,
            span: row.span,
            flag,
            date,
            everywhere: is_everywhere(scope.as_ref(), page.words),
            scope,
            from_on: from.as_ref().and_then(|from| truth(&from.value, page.words)),
            from,
            to_on: to.as_ref().and_then(|to| truth(&to.value, page.words)),
            to,
            author: columns.text(row, Field::Author),
            reason,
            blanks,
            in_front_matter: false,
        };
        let date = event.date.as_ref().map_or("", |date| date.value.as_str());
        Some((slug(&format!("{} {date}", event.flag.value)), event))
    })
}

/// Whether an entry of a list begins with a code span that looks like a flag's key.
pub fn is_flag_entry(entry: &Entry) -> bool {
    entry.code.as_ref().is_some_and(|code| looks_like_a_key(&code.value))
}

/// Reads a registry that is written as a list: ``- `ENABLE_X`: what it does (default: `false`)``.
pub fn from_list(page: &Page<'_>, list: &List) -> Vec<Flag> {
    list.entries.iter().filter(|entry| is_flag_entry(entry)).filter_map(|entry| flag_of_entry(page, entry)).collect()
}

fn flag_of_entry(page: &Page<'_>, entry: &Entry) -> Option<Flag> {
    let key = entry.code.clone()?;
    let text = &page.text[entry.text.span.range()];
    let behind = (key.span.end - entry.text.span.start) as usize;
    let start = behind + text[behind..].find(|c: char| c.is_alphanumeric()).unwrap_or(text.len() - behind);
    let description = &text[start..];
    let span = Span::new(start, text.len()).shifted(entry.text.span.start as usize);
    let default = default_in(page.words, &entry.text.text).map(|default| Spanned::new(default, span));
    Some(Flag {
        file: page.file,
        span: entry.span,
        default_on: default.as_ref().and_then(|default| truth(&default.value, page.words)),
        default,
        description: (!description.is_empty()).then(|| Spanned::new(description.to_owned(), span)),
        remarks: None,
        owner: None,
        expires: None,
        expiry: None,
        blanks: Vec::new(),
        in_front_matter: false,
        key,
    })
}

/// The value behind a word for "default" in a sentence.
fn default_in(words: &Vocabulary, text: &str) -> Option<String> {
    let mut pieces = text.split([' ', ':', '=', '(', ')', ',']).filter(|piece| !piece.is_empty());
    pieces.find(|piece| words.names(piece, Field::Default))?;
    pieces.next().map(|value| value.trim_matches(['`', '.']).to_owned())
}

/// On or off, read before any parenthesis: `true (admin)` is on.
pub fn truth(text: &str, words: &Vocabulary) -> Option<bool> {
    words.truth(&fold(text.split('(').next().unwrap_or_default()))
}

/// Whether a change concerns everybody: it names no scope, or a word for all.
pub fn is_everywhere(scope: Option<&Spanned<String>>, words: &Vocabulary) -> bool {
    scope.is_none_or(|scope| words.is_everywhere(&fold(&scope.value)) || fold(&scope.value).is_empty())
}

/// A day, never, or something else. `never (kill switch)` says why.
pub fn expiry(text: &str, words: &Vocabulary) -> Expiry {
    if let Some(day) = parse_date(text.trim()) {
        return Expiry::On(day);
    }
    let folded = fold(text);
    let mut spaces = folded.match_indices(' ').map(|(at, _)| at).chain([folded.len()]);
    let never = spaces.rfind(|end| words.is_never(&folded[..*end]));
    never.map_or(Expiry::Other, |end| Expiry::Never { with_reason: end < folded.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removal_is_a_day_never_or_something_else() {
        let read = |text| expiry(text, Vocabulary::builtin());
        assert_eq!(read("2025-12-01"), Expiry::On(chrono::NaiveDate::from_ymd_opt(2025, 12, 1).unwrap()));
        for text in ["never", "Nunca", "**permanente**", "não expira", "no caduca"] {
            assert_eq!(read(text), Expiry::Never { with_reason: false }, "{text}");
        }
        for text in ["never (kill switch)", "nunca — interruptor de emergencia", "no expira: contrato"] {
            assert_eq!(read(text), Expiry::Never { with_reason: true }, "{text}");
        }
        for text in ["GA", "01/12/2025", "tras GA", "2025-13-01"] {
            assert_eq!(read(text), Expiry::Other, "{text}");
        }
    }
}
