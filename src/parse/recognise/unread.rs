//! Checklists that would be lost in silence: a page that lost the line which says what it is, or never had one, is no part of the
//! plan, and then nobody checks its table.

use crate::model::Fault;
use crate::parse::blocks::{self, Block, Body, Table};
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::{Columns, is_plain_checklist};
use crate::parse::status::read_status;
use crate::parse::vocabulary::{Field, Vocabulary};

/// The first table with items, owners and states that can be read. `body` is there where the page was read for other reasons.
pub fn checklist(page: &Page<'_>, body: Option<&Body>) -> Option<Fault> {
    let first = |body: &Body| {
        let tables =
            body.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        let found = tables.into_iter().find(|table| is_checklist(table, page.words));
        found.map(|table| Fault::UnreadChecklist { header: table.header.span })
    };
    match body {
        Some(body) => first(body),
        // Most pages have no such table, and need no second pass to know it.
        None => {
            may_hold_one(&page.text[page.body..], page.words).then(|| first(&blocks::read(page.text, page.body)))?
        }
    }
}

fn is_checklist(table: &Table, words: &Vocabulary) -> bool {
    let columns = Columns::read(&table.header, &[Field::Status], words);
    let state = |text: String| read_status(&text, words).known();
    is_plain_checklist(&table.header, words)
        && table.rows.iter().any(|row| columns.text(row, Field::Status).and_then(|cell| state(cell.value)).is_some())
}

/// Whether a line with both columns stands above a line of dashes.
fn may_hold_one(text: &str, words: &Vocabulary) -> bool {
    let is_rule = |line: &str| {
        line.contains('-') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b'>' | b' ' | b'\t' | b'\r'))
    };
    let names = |line: &str, field| line.split('|').any(|cell| words.names(cell, field));
    let mut above = "";
    text.split('\n').any(|line| {
        let header = std::mem::replace(&mut above, line);
        header.contains('|') && is_rule(line) && names(header, Field::Owner) && names(header, Field::Status)
    })
}
