//! Tables: scoped headers, alignment by class, and for recognised ones anchors, owners and states that read as words.

use pulldown_cmark::Alignment;

use super::Writer;
use crate::model::{RowMark, TableMark};
use crate::source::Span;
use crate::words::fold;

/// The table being written.
#[derive(Debug, Default)]
pub struct TableState {
    alignments: Vec<Alignment>,
    /// Index of the recognised table among the document's.
    mark: Option<usize>,
    /// Index of the row's mark.
    row: Option<usize>,
    in_head: bool,
    column: usize,
    /// Where the present cell begins and where its content does.
    cell: (usize, usize),
    /// Where the present cell's content begins, while it is a status cell.
    status_from: Option<usize>,
    /// The present cell as plain text.
    text: String,
}

impl TableState {
    /// Notes plain text of the present cell.
    pub fn note_text(&mut self, text: &str) {
        if self.status_from.is_some() {
            self.text.push_str(text);
        }
    }
}

impl<'a> Writer<'a> {
    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>, span: Span) {
        let mark = self.document.tables.binary_search_by_key(&span.start, |mark| mark.span.start).ok();
        self.table = TableState { alignments, mark, ..TableState::default() };
        self.out.push_str("<div class=\"table-scroll\"><table");
        if let Some(mark) = self.table_mark() {
            self.out.push_str(&format!(" class=\"entity {}\"", mark.class));
        }
        self.out.push_str(">\n");
    }

    pub(super) fn close_table(&mut self) {
        self.out.push_str("</tbody>\n</table></div>\n");
        self.table = TableState::default();
    }

    pub(super) fn open_table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.out.push_str("<thead>\n<tr>");
    }

    pub(super) fn close_table_head(&mut self) {
        self.table.in_head = false;
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
    }

    pub(super) fn open_row(&mut self, span: Span) {
        self.table.column = 0;
        self.table.row =
            self.table_mark().and_then(|mark| mark.rows.binary_search_by_key(&span.start, |row| row.start).ok());
        self.out.push_str("<tr");
        if let Some(row) = self.row_mark() {
            self.attribute("id", &row.id);
            if let Some(status) = row.status {
                self.attribute("data-status", status);
                self.attribute("data-owner", row.owner.as_deref().unwrap_or_default());
            }
        }
        self.out.push('>');
    }

    pub(super) fn open_cell(&mut self) {
        let is_status = self.row_mark().is_some_and(|row| row.status.is_some())
            && self.table_mark().is_some_and(|mark| mark.status_column == Some(self.table.column));
        let is_row_header = self.table.row.is_some() && self.table.column == 0;
        let from = self.out.len();
        self.out.push_str(match (self.table.in_head, is_row_header) {
            (true, _) => "<th scope=\"col\"",
            (false, true) => "<th scope=\"row\"",
            (false, false) => "<td",
        });
        match self.table.alignments.get(self.table.column) {
            _ if is_status => self.out.push_str(" class=\"status\""),
            Some(Alignment::Right) => self.out.push_str(" class=\"num\""),
            Some(Alignment::Center) => self.out.push_str(" class=\"center\""),
            _ => {}
        }
        self.out.push('>');
        self.table.cell = (from, self.out.len());
        self.table.status_from = is_status.then_some(self.out.len());
        self.table.text.clear();
    }

    pub(super) fn close_cell(&mut self) {
        if let Some(from) = self.table.status_from.take() {
            self.write_chip(from);
        }
        self.hide_written_id();
        if self.out.len() == self.table.cell.1 && self.table.in_head {
            // An empty header names nothing.
            self.out.truncate(self.table.cell.0);
            self.out.push_str("<td></td>");
            self.table.column += 1;
            return;
        }
        let is_header = self.table.in_head || (self.table.row.is_some() && self.table.column == 0);
        self.out.push_str(if is_header { "</th>" } else { "</td>" });
        self.table.column += 1;
    }

    /// `{#id}` at the end of an item's text names the row's anchor; readers need not see it.
    fn hide_written_id(&mut self) {
        let Some(row) = self.row_mark() else { return };
        let written = format!("{{#{}}}", row.id);
        if self.out.ends_with(&written) {
            self.out.truncate(self.out.len() - written.len());
            self.out.truncate(self.out.trim_end().len());
        }
    }

    /// Puts the state in words before what the cell says; where the cell says no more than that, it is left out.
    fn write_chip(&mut self, from: usize) {
        let written = self.out.split_off(from);
        let status = self.row_mark().and_then(|row| row.status).unwrap_or("unknown");
        let label = self.html.strings.get(&format!("status.{status}")).to_owned();
        self.out.push_str(&format!("<span class=\"chip\" data-status=\"{status}\">"));
        self.escaped(&label);
        self.out.push_str("</span>");
        let said = fold(&self.table.text);
        let says_more = if status == "unknown" {
            !self.table.text.trim().is_empty()
        } else {
            !said.is_empty() && said != fold(&label)
        };
        if says_more {
            self.out.push_str("<small>");
            self.out.push_str(&written);
            self.out.push_str("</small>");
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push_str(&format!(" {name}=\""));
        self.escaped_attribute(value);
        self.out.push('"');
    }

    fn table_mark(&self) -> Option<&'a TableMark> {
        self.table.mark.map(|index| &self.document.tables[index])
    }

    fn row_mark(&self) -> Option<&'a RowMark> {
        self.table.row.and_then(|row| self.table_mark()?.rows.get(row))
    }
}
