//! Flags and their changes from tables and lists.

use crate::model::{Flag, FlagEvent, RowMark, TableMark};
use crate::parse::blocks::{Entry, List, Row, Table};
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::vocabulary::{Field, Vocabulary};
use crate::source::{Span, Spanned};
use crate::words::{Slugger, fold, slug};

const FLAG_FIELDS: [Field; 5] = [Field::Flag, Field::Default, Field::Description, Field::Remarks, Field::Owner];
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
            expires: None,
            in_front_matter: false,
            key,
        };
        Some((flag.key.value.clone(), flag))
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
        Some((format!("{} {date}", event.flag.value), event))
    })
}

/// Reads every row that `read` can make something of; the text beside the value becomes the row's anchor.
fn read_rows<T>(
    table: &Table,
    class: &'static str,
    ids: &mut Slugger,
    read: impl Fn(&Row) -> Option<(String, T)>,
) -> (Vec<T>, TableMark) {
    let mut found = Vec::new();
    let mut rows = Vec::new();
    for row in &table.rows {
        if let Some((name, value)) = read(row) {
            rows.push(RowMark { start: row.span.start, id: ids.unique(slug(&name)), ..RowMark::default() });
            found.push(value);
        }
    }
    (found, TableMark { span: table.span, class, status_column: None, rows })
}

/// Whether an entry of a list begins with a code span that looks like a flag's key.
pub fn is_flag_entry(entry: &Entry) -> bool {
    entry.code.as_ref().is_some_and(|code| looks_like_a_key(&code.value))
}

/// `ENABLE_X`, `checkout.new-flow`: one word with a separator or all capitals.
fn looks_like_a_key(code: &str) -> bool {
    let word = code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let separated = code.contains(['_', '-', '.']) || code.chars().all(|c| c.is_ascii_uppercase());
    word && separated && code.starts_with(|c: char| c.is_ascii_alphabetic())
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
