//! Flags and their changes from tables and lists.

use crate::model::{Flag, FlagEvent, TableMark};
use crate::parse::blocks::{Entry, List, Table};
use crate::parse::criteria::looks_like_a_key;
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::recognise::rows::read_rows;
use crate::parse::vocabulary::{Field, Vocabulary};
use crate::source::{Span, Spanned};
use crate::words::{Slugger, fold, slug};

const FLAG_FIELDS: [Field; 6] =
    [Field::Flag, Field::Default, Field::Description, Field::Remarks, Field::Owner, Field::Expires];
const EVENT_FIELDS: [Field; 7] =
    [Field::Flag, Field::Date, Field::Scope, Field::From, Field::To, Field::Author, Field::Reason];

/// Reads a registry of flags.
pub fn from_table(page: &Page<'_>, table: &Table, ids: &mut Slugger) -> (Vec<Flag>, TableMark) {
    let columns = Columns::read(&table.header, &FLAG_FIELDS, page.words);
    read_rows(table, "flags", ids, |row| {
        let key = columns.text(row, Field::Flag)?;
        let default = columns.text(row, Field::Default);
        let flag = Flag {
            file: page.file,
            span: row.span,
            default_on: default.as_ref().and_then(|default| truth(&default.value, page.words)),
            default,
            description: columns.text(row, Field::Description),
            remarks: columns.text(row, Field::Remarks),
            owner: columns.text(row, Field::Owner),
            expires: columns.text(row, Field::Expires),
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
        let event = FlagEvent {
            file: page.file,
            span: row.span,
            flag: columns.text(row, Field::Flag)?,
            date: columns.text(row, Field::Date),
            scope: columns.text(row, Field::Scope),
            from: columns.text(row, Field::From),
            to: columns.text(row, Field::To),
            author: columns.text(row, Field::Author),
            reason: columns.text(row, Field::Reason),
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
