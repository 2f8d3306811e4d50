//! A table `| Status | Meaning |` is the document's own legend: in this document its signs and words mean what it says.

use crate::model::Status;
use crate::parse::blocks::{Block, Table};
use crate::parse::recognise::columns::{Columns, is_legend};
use crate::parse::status::read_status;
use crate::parse::vocabulary::{Field, LegendKey, Vocabulary};
use crate::words::fold;

/// What the legends of a document say. A sign whose meaning casts doubt on it means nothing any more; one whose meaning is only
/// unknown stays what it is.
#[must_use]
pub fn read_legend(blocks: &[Block], words: &Vocabulary) -> Vec<(LegendKey, Option<Status>)> {
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) if is_legend(&table.header, words) => Some(table),
        _ => None,
    });
    tables.flat_map(|table| entries(table, words)).collect()
}

fn entries(table: &Table, words: &Vocabulary) -> Vec<(LegendKey, Option<Status>)> {
    let columns = Columns::read(&table.header, &[Field::Status, Field::Meaning], words);
    let mut entries = Vec::new();
    for row in &table.rows {
        let (Some(key), Some(meaning)) = (columns.cell(row, Field::Status), columns.cell(row, Field::Meaning)) else {
            continue;
        };
        let status = read_status(&meaning.text, words).known();
        if status.is_none() && !casts_doubt(&meaning.text, words) {
            continue;
        }
        let word = fold(&key.text);
        let sign = key.text.chars().find(|c| !c.is_whitespace() && !c.is_alphanumeric() && *c != '\u{fe0f}');
        match sign.filter(|_| word.is_empty()) {
            Some(sign) => entries.push((LegendKey::Sign(sign), status)),
            None if !word.is_empty() => entries.push((LegendKey::Word(word), status)),
            None => {}
        }
    }
    entries
}

/// Whether a meaning that is no status says something open or denies something.
fn casts_doubt(meaning: &str, words: &Vocabulary) -> bool {
    fold(meaning).split(' ').any(|word| {
        let open = words.status(word).is_some_and(|status| !status.is_closed());
        open || words.is_negation(word) || words.is_doubt(word)
    })
}
