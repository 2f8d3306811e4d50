//! Communications from tables and from lists by moment.

use crate::model::{Communication, TableMark};
use crate::parse::blocks::{List, Table};
use crate::parse::inline;
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::recognise::ids::text_and_id;
use crate::parse::recognise::outline::{Branch, Labelled, branches};
use crate::parse::recognise::rows::{read_rows, with_ids};
use crate::parse::vocabulary::Field;
use crate::source::{Span, Spanned};
use crate::words::{Slugger, parse_date};

const FIELDS: [Field; 8] = [
    Field::Id,
    Field::Message,
    Field::Moment,
    Field::Channel,
    Field::Audience,
    Field::Date,
    Field::Owner,
    Field::Status,
];

/// The longest name of a channel has so many words.
const LONGEST_CHANNEL: usize = 4;

/// Reads a table with a row a message. `moment` is what the heading above it says.
pub fn from_table(
    page: &Page<'_>,
    table: &Table,
    moment: Option<&Spanned<String>>,
    ids: &mut Slugger,
) -> (Vec<Communication>, TableMark) {
    let mut columns = Columns::read(&table.header, &FIELDS, page.words);
    columns.default_to_first(Field::Message, &table.header);
    let mut above = moment.cloned();
    let read = read_rows(table, "communications", ids, |row| {
        let cell = |field| columns.text(row, field);
        above = cell(Field::Moment).or(above.take());
        // Some plans name only channel and audience.
        let text = cell(Field::Message).or_else(|| cell(Field::Channel))?;
        let (text, id) = text_and_id(page.text, text, cell(Field::Id), "message");
        let date = cell(Field::Date);
        let message = Communication {
            file: page.file,
            span: row.span,
            id: String::new(),
            channel: cell(Field::Channel).or_else(|| channel_in(page, text.span)),
            text,
            moment: above.clone(),
            audience: cell(Field::Audience),
            on: date.as_ref().and_then(|date| parse_date(&date.value)),
            date,
            owner: cell(Field::Owner),
            status: cell(Field::Status),
            in_front_matter: false,
        };
        Some((id, message))
    });
    with_ids(read, |message, id| message.id = id)
}

/// Reads a list: entries with others below them are moments, all others are messages.
pub fn from_list(
    page: &Page<'_>,
    list: &List,
    moment: Option<&Spanned<String>>,
    ids: &mut Slugger,
) -> Vec<Communication> {
    let mut messages = Vec::new();
    for branch in branches(&list.entries) {
        if branch.is_group(page, &FIELDS) {
            let title = branch.title(page);
            let moment = Some(&title).filter(|title| !title.value.is_empty()).or(moment);
            messages.extend(branch.children().into_iter().filter_map(|child| message(page, child, moment, ids)));
        } else {
            messages.extend(message(page, branch, moment, ids));
        }
    }
    messages
}

fn message(
    page: &Page<'_>,
    branch: Branch<'_>,
    moment: Option<&Spanned<String>>,
    ids: &mut Slugger,
) -> Option<Communication> {
    let mut read = Labelled::read(page, branch, &FIELDS);
    let written_id = read.take(Field::Id);
    let (text, id) = text_and_id(page.text, read.text.clone(), written_id, "message");
    if !text.value.contains(char::is_alphanumeric) {
        return None;
    }
    let date = read.take(Field::Date);
    Some(Communication {
        file: page.file,
        span: branch.span(page),
        id: ids.unique(id),
        channel: read.take(Field::Channel).or_else(|| channel_in(page, text.span)),
        moment: read.take(Field::Moment).or(moment.cloned()),
        text,
        audience: read.take(Field::Audience),
        on: date.as_ref().and_then(|date| parse_date(&date.value)),
        date,
        owner: read.take(Field::Owner),
        status: read.take(Field::Status),
        in_front_matter: false,
    })
}

/// The first words under `span` that name a way to tell somebody, the longest phrase of those that begin there.
fn channel_in(page: &Page<'_>, span: Span) -> Option<Spanned<String>> {
    let text = &page.text[span.range()];
    let words = inline::words(text);
    (0..words.len()).find_map(|from| {
        let longest = words.len().min(from + LONGEST_CHANNEL);
        (from + 1..=longest).rev().find_map(|to| {
            let phrase = words[from..to].iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
            page.words.channel(&phrase)?;
            let place = words[from].span.to(words[to - 1].span);
            Some(Spanned::new(text[place.range()].to_owned(), place.shifted(span.start as usize)))
        })
    })
}
