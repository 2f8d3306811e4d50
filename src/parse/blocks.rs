//! The second pass, only for pages that can hold parts of a plan: tables by their cells, lists by their entries.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::parse::scan::markdown_options;
use crate::source::{Span, Spanned};

/// A table with every cell as written, those too many included.
#[derive(Debug)]
pub struct Table {
    /// The whole table.
    pub span: Span,
    /// The header row.
    pub header: Row,
    /// The other rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// The row without its line end.
    pub span: Span,
    /// Its cells, in order. More or fewer than the header has, if so written.
    pub cells: Vec<Cell>,
    /// A pipe inside a code span, which splits a cell where its author did not mean it.
    pub pipe_in_code: Option<Span>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The text inside, without the white space around; empty, at the place where text would stand, for an empty cell.
    pub span: Span,
    /// Plain text as a reader sees it; text that is struck out is left out.
    pub text: String,
}

/// A list, ordered or not, with the lists inside it.
#[derive(Debug)]
pub struct List {
    /// The whole list.
    pub span: Span,
    /// Its entries, nested ones included, in order.
    pub entries: Vec<Entry>,
}

/// One entry of a list.
#[derive(Debug)]
pub struct Entry {
    /// The whole entry.
    pub span: Span,
    /// 0 in the outermost list.
    pub depth: usize,
    /// The box of a task, and whether it is ticked.
    pub task: Option<(Span, bool)>,
    /// First paragraph, as plain text, and where it stands.
    pub text: Cell,
    /// The code span that the entry begins with, without backticks.
    pub code: Option<Spanned<String>>,
}

/// What stands in the body, in order.
#[derive(Debug)]
pub enum Block {
    /// A table.
    Table(Table),
    /// A list.
    List(List),
}

impl Block {
    /// The whole block.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Table(table) => table.span,
            Self::List(list) => list.span,
        }
    }
}

/// Reads the tables and lists of the body that begins at byte `base`.
#[must_use]
pub fn read(text: &str, base: usize) -> Vec<Block> {
    let mut reader = Reader { text, ..Reader::default() };
    for (event, range) in Parser::new_ext(&text[base..], markdown_options()).into_offset_iter() {
        reader.event(&event, Span::from(range).shifted(base));
    }
    reader.blocks
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    table: Option<Table>,
    /// Cells of the row at hand, as the parser sees them.
    cells: Vec<Cell>,
    in_cell: bool,
    struck: usize,
    depth: usize,
    list: Option<List>,
    /// Entries that are open, by index, innermost last.
    open: Vec<usize>,
    /// Whether the innermost open entry's first paragraph is still being read.
    reading: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::Text(text) | Event::InlineMath(text) => self.text(text, span),
            Event::Code(text) => self.code(text, span),
            Event::SoftBreak | Event::HardBreak => self.text(" ", span),
            Event::TaskListMarker(ticked) => {
                if let Some(entry) = self.entry() {
                    entry.task = Some((span, *ticked));
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Table(_) => self.table = Some(Table { span, header: Row::default(), rows: Vec::new() }),
            Tag::TableCell => {
                self.in_cell = true;
                self.cells.push(Cell { span, text: String::new() });
            }
            Tag::Strikethrough => self.struck += 1,
            Tag::List(_) => {
                self.reading = false;
                self.list.get_or_insert(List { span, entries: Vec::new() });
                self.depth += 1;
            }
            Tag::Item => self.open_entry(span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::TableCell => self.in_cell = false,
            TagEnd::TableHead => {
                let row = self.close_row(span);
                self.table.iter_mut().for_each(|table| {
                    table.header = Row { span: row.span, cells: row.cells.clone(), ..Row::default() }
                });
            }
            TagEnd::TableRow => {
                let row = self.close_row(span);
                if let Some(table) = &mut self.table {
                    table.rows.push(row);
                }
            }
            TagEnd::Table => self.blocks.extend(self.table.take().map(Block::Table)),
            TagEnd::Strikethrough => self.struck -= 1,
            TagEnd::Paragraph => self.reading = false,
            TagEnd::Item => {
                self.reading = false;
                self.open.pop();
            }
            TagEnd::List(_) => self.close_list(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if self.struck > 0 {
            return;
        }
        if self.in_cell {
            if let Some(cell) = self.cells.last_mut() {
                cell.text.push_str(text);
            }
        } else if self.reading
            && let Some(entry) = self.entry()
        {
            entry.text.span = if entry.text.text.is_empty() { span } else { entry.text.span.to(span) };
            entry.text.text.push_str(text);
        }
    }

    fn code(&mut self, text: &str, span: Span) {
        if self.reading
            && let Some(entry) = self.entry().filter(|entry| entry.text.text.is_empty())
        {
            entry.code = Some(Spanned::new(text.to_owned(), span));
        }
        self.text(text, span);
    }

    fn entry(&mut self) -> Option<&mut Entry> {
        let index = *self.open.last()?;
        self.list.as_mut()?.entries.get_mut(index)
    }

    fn open_entry(&mut self, span: Span) {
        let Some(list) = &mut self.list else { return };
        self.open.push(list.entries.len());
        self.reading = true;
        list.entries.push(Entry { span, depth: self.depth - 1, task: None, text: Cell::default(), code: None });
    }

    /// Joins what the parser saw with what stands in the line: the parser drops cells behind the last column and makes
    /// up those that are missing.
    fn close_row(&mut self, span: Span) -> Row {
        let line = self.text[span.range()].trim_end_matches(['\n', '\r']);
        let span = Span::new(0, line.len()).shifted(span.start as usize);
        let mut seen = std::mem::take(&mut self.cells).into_iter();
        let cells = split_row(line)
            .into_iter()
            .map(|range| {
                let text = seen
                    .next()
                    .map_or_else(|| line[range.clone()].trim().to_owned(), |cell| cell.text.trim().to_owned());
                Cell { span: trimmed(line, range).shifted(span.start as usize), text }
            })
            .collect();
        Row {
            span,
            cells,
            pipe_in_code: pipe_in_code(line).map(|at| Span::new(at, at + 1).shifted(span.start as usize)),
        }
    }

    fn close_list(&mut self) {
        self.depth -= 1;
        if self.depth == 0 {
            self.blocks.extend(self.list.take().map(Block::List));
        }
    }
}

/// Cuts a row at its pipes, as GFM does: `\|` is text, a pipe at either end of the line is a border.
fn split_row(line: &str) -> Vec<Range<usize>> {
    let inner_start = line.len() - line.trim_start().len() + usize::from(line.trim_start().starts_with('|'));
    let mut cells = Vec::new();
    let mut start = inner_start;
    for at in pipes(line).filter(|at| *at >= inner_start) {
        cells.push(start..at);
        start = at + 1;
    }
    if !line[start..].trim().is_empty() {
        cells.push(start..line.len());
    }
    cells
}

/// The pipes of a line that are not escaped.
fn pipes(line: &str) -> impl Iterator<Item = usize> {
    line.match_indices('|').map(|(at, _)| at).filter(move |at| {
        let escapes = line[..*at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        escapes % 2 == 0
    })
}

/// The text inside a cell; for an empty one the place behind its first space.
fn trimmed(line: &str, cell: Range<usize>) -> Span {
    let text = &line[cell.clone()];
    let start = cell.start + (text.len() - text.trim_start().len());
    match text.trim() {
        "" => Span::at(cell.start + text.chars().next().map_or(0, char::len_utf8)),
        trimmed => Span::new(start, start + trimmed.len()),
    }
}

/// The first unescaped pipe between two runs of backticks of the same length.
fn pipe_in_code(line: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(open) = line[at..].find('`').map(|found| at + found) {
        let ticks = line[open..].bytes().take_while(|byte| *byte == b'`').count();
        let inside = open + ticks;
        let fence = &line[open..inside];
        let close = line[inside..].find(fence).map(|found| inside + found)?;
        if let Some(pipe) = pipes(&line[open..close]).next() {
            return Some(open + pipe);
        }
        at = close + ticks;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read(text, 0)
            .into_iter()
            .find_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
            .unwrap()
    }

    fn texts(row: &Row) -> Vec<&str> {
        row.cells.iter().map(|cell| cell.text.as_str()).collect()
    }

    #[test]
    fn cells_are_kept_as_written() {
        let text = "> | Ítem | Dueño | Estado |\n> |--|--|--|\n> | **QA** `a\\|b` | [QA Lead](x.md) |  |\n> | solo |\n> | a | | c | d |\n> | ~~x~~ y | z | `p|q` |\n";
        let table = table(text);
        assert_eq!(texts(&table.header), ["Ítem", "Dueño", "Estado"]);
        assert_eq!(texts(&table.rows[0]), ["QA a|b", "QA Lead", ""]);
        assert_eq!(&text[table.rows[0].cells[1].span.range()], "[QA Lead](x.md)");
        assert!(table.rows[0].cells[2].span.is_empty() && table.rows[0].pipe_in_code.is_none());
        assert_eq!(texts(&table.rows[1]), ["solo"]);
        assert_eq!(texts(&table.rows[2]), ["a", "", "c", "d"]);
        assert_eq!(texts(&table.rows[3])[0], "y");
        assert_eq!(&text[table.rows[3].pipe_in_code.unwrap().range()], "|");
    }

    #[test]
    fn lists_keep_their_entries_in_order() {
        let text = "- [ ] Uno\n  - Owner: QA\n- [x] Dos\n\n  más\n  - [ ] Dos y medio\n- `X_Y`: algo\n\n1. nada\n";
        let blocks = read(text, 0);
        assert_eq!(blocks.len(), 2);
        let Block::List(list) = &blocks[0] else { panic!("a list") };
        let seen: Vec<_> =
            list.entries.iter().map(|it| (it.depth, it.text.text.trim(), it.task.map(|task| task.1))).collect();
        let expected = [
            (0, "Uno", Some(false)),
            (1, "Owner: QA", None),
            (0, "Dos", Some(true)),
            (1, "Dos y medio", Some(false)),
            (0, "X_Y: algo", None),
        ];
        assert_eq!(seen, expected);
        assert_eq!(&text[list.entries[1].text.span.range()], "Owner: QA");
        assert_eq!(list.entries[4].code.as_ref().unwrap().value, "X_Y");
    }
}
