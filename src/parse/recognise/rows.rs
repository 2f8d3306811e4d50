//! What the readers of all tables share: rows that say something, and the marks that the renderer needs.

use crate::model::{RowMark, TableMark};
use crate::parse::blocks::{Row, Table};
use crate::words::Slugger;

/// Reads every row that `read` can make something of; the name beside the value becomes the row's anchor.
pub fn read_rows<T>(
    table: &Table,
    class: &'static str,
    ids: &mut Slugger,
    mut read: impl FnMut(&Row) -> Option<(String, T)>,
) -> (Vec<T>, TableMark) {
    let mut found = Vec::new();
    let mut rows = Vec::new();
    for row in table.rows.iter().filter(|row| !is_blank(row)) {
        if let Some((name, value)) = read(row) {
            let name = if name.is_empty() { class.to_owned() } else { name };
            rows.push(RowMark { start: row.span.start, id: ids.unique(name), ..RowMark::default() });
            found.push(value);
        }
    }
    (found, TableMark { span: table.span, class, status_column: None, rows })
}

/// Gives entities the ids of their rows.
pub fn with_ids<T>((found, mark): (Vec<T>, TableMark), set: impl Fn(&mut T, String)) -> (Vec<T>, TableMark) {
    let named = found.into_iter().zip(&mark.rows).map(|(mut entity, row)| {
        set(&mut entity, row.id.clone());
        entity
    });
    (named.collect(), mark)
}

/// A row without a word: nothing but white space and dashes.
#[must_use]
pub fn is_blank(row: &Row) -> bool {
    row.cells.iter().all(|cell| cell.text.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}
