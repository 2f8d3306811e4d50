//! The second pass, only for pages that can hold parts of a plan: tables by their cells, lists by their entries.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::markdown::markdown_options;
use crate::parse::inline::strikes;
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
    /// Pipes inside code spans, which split a cell where its author did not mean it.
    pub pipes_in_code: Vec<Span>,
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
    /// Whether its outermost entries are numbered.
    pub ordered: bool,
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
    /// Where the first paragraph stands, the marks at its ends included, so that it is Markdown by itself.
    pub inline: Span,
    /// The code span that the entry begins with, without backticks.
    pub code: Option<Spanned<String>>,
    /// What the entry begins with in strong type, without the marks.
    pub lead: Option<Spanned<String>>,
}

/// What stands in the body.
#[derive(Debug, Default)]
pub struct Body {
    /// Tables, lists, and what was meant to be one, in order.
    pub blocks: Vec<Block>,
    /// Paragraphs outside of tables and lists, in order: plain text, and where it stands with its marks.
    pub paragraphs: Vec<Cell>,
}

/// A table, a list, or what was meant to be one.
#[derive(Debug)]
pub enum Block {
    /// A table.
    Table(Table),
    /// A list.
    List(List),
    /// Lines that look like rows, but that Markdown does not read as part of a table.
    DetachedRows(DetachedRows),
}

/// Lines of a paragraph or of indented code that look like rows of a table.
#[derive(Debug)]
pub struct DetachedRows {
    /// The whole block.
    pub span: Span,
    /// The first line that looks like a row.
    pub first: Span,
}

impl Block {
    /// The whole block.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::Table(table) => table.span,
            Self::List(list) => list.span,
            Self::DetachedRows(rows) => rows.span,
        }
    }
}

/// Reads the tables, lists and paragraphs of the body that begins at byte `base`.
#[must_use]
pub fn read(text: &str, base: usize) -> Body {
    let mut reader = Reader { text, ..Reader::default() };
    for (event, range) in Parser::new_ext(&text[base..], markdown_options()).into_offset_iter() {
        reader.event(&event, Span::from(range).shifted(base));
    }
    Body { blocks: reader.blocks, paragraphs: reader.paragraphs }
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    paragraphs: Vec<Cell>,
    /// Whether the last of `paragraphs` is still being read.
    in_paragraph: bool,
    table: Option<Table>,
    /// Cells of the row at hand, as the parser sees them.
    cells: Vec<Cell>,
    in_cell: bool,
    struck: usize,
    /// Whether a tag such as `<del>` is open in this cell, paragraph or entry.
    struck_by_tag: bool,
    depth: usize,
    list: Option<List>,
    /// Entries that are open, by index, innermost last.
    open: Vec<usize>,
    /// Whether the innermost open entry's first paragraph is still being read.
    reading: bool,
    /// The strong text that the innermost open entry begins with, while it is being read.
    lead: Option<Cell>,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::Text(text) | Event::InlineMath(text) => self.text(text, span),
            Event::Code(text) => self.code(text, span),
            Event::SoftBreak | Event::HardBreak => self.text(" ", span),
            Event::InlineHtml(html) if is_line_break(html) => self.text(" ", span),
            Event::InlineHtml(html) => self.struck_by_tag = strikes(html).unwrap_or(self.struck_by_tag),
            Event::TaskListMarker(ticked) => {
                if let Some(entry) = self.entry() {
                    entry.task = Some((span, *ticked));
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        // A tag that nobody closes must not swallow what follows.
        self.struck_by_tag &= !matches!(tag, Tag::TableCell | Tag::Paragraph | Tag::Item);
        match tag {
            Tag::Table(_) => self.table = Some(Table { span, header: Row::default(), rows: Vec::new() }),
            Tag::TableCell => {
                self.in_cell = true;
                self.cells.push(Cell { span, text: String::new() });
            }
            Tag::Strikethrough => {
                self.struck += 1;
                self.mark(span);
            }
            Tag::Strong => self.open_strong(span),
            Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. } => self.mark(span),
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.detached_rows(span);
            }
            Tag::Paragraph => self.open_paragraph(span),
            Tag::List(first) => {
                self.reading = false;
                self.list.get_or_insert(List { span, ordered: first.is_some(), entries: Vec::new() });
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
            TagEnd::Strong => self.close_strong(),
            TagEnd::Paragraph => {
                self.reading = false;
                self.in_paragraph = false;
            }
            TagEnd::Item => {
                self.reading = false;
                self.open.pop();
            }
            TagEnd::List(_) => self.close_list(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if self.struck > 0 || self.struck_by_tag {
            return;
        }
        if self.in_cell {
            if let Some(cell) = self.cells.last_mut() {
                cell.text.push_str(text);
            }
        } else if self.reading
            && let Some(entry) = self.entry()
        {
            let is_first = entry.text.text.is_empty();
            entry.text.span = if is_first { span } else { entry.text.span.to(span) };
            entry.text.text.push_str(text);
            if let Some(lead) = &mut self.lead {
                lead.span = if lead.text.is_empty() { span } else { lead.span.to(span) };
                lead.text.push_str(text);
            }
            self.mark(span);
        } else if self.in_paragraph
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.text.push_str(text);
        }
    }

    /// Notes that the entry's first paragraph reaches over `span`, marks included.
    fn mark(&mut self, span: Span) {
        if self.reading
            && let Some(entry) = self.entry()
        {
            entry.inline = if entry.inline.is_empty() { span } else { entry.inline.to(span) };
        }
    }

    fn open_paragraph(&mut self, span: Span) {
        let is_rows = self.detached_rows(span);
        if !is_rows && self.list.is_none() {
            self.in_paragraph = true;
            self.paragraphs.push(Cell { span: trimmed(self.text, span.range()), text: String::new() });
        }
    }

    fn open_strong(&mut self, span: Span) {
        let begins = self.reading && self.entry().is_some_and(|entry| entry.text.text.is_empty());
        if begins && self.struck == 0 {
            self.lead = Some(Cell::default());
        }
        self.mark(span);
    }

    fn close_strong(&mut self) {
        if let Some(lead) = self.lead.take().filter(|lead| !lead.text.trim().is_empty())
            && let Some(entry) = self.entry()
        {
            entry.lead = Some(Spanned::new(lead.text.trim().to_owned(), lead.span));
        }
    }

    fn code(&mut self, text: &str, span: Span) {
        if self.reading
            && self.struck == 0
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
        // An entry without text has its place behind its marker and box.
        let first_line = self.text[span.range()].lines().next().unwrap_or_default();
        let end = span.start as usize + first_line.trim_end().len();
        let text = Cell { span: Span::at(end), text: String::new() };
        self.lead = None;
        let inline = text.span;
        list.entries.push(Entry { span, depth: self.depth - 1, task: None, text, inline, code: None, lead: None });
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
            pipes_in_code: pipes_in_code(line)
                .into_iter()
                .map(|at| Span::new(at, at + 1).shifted(span.start as usize))
                .collect(),
        }
    }

    /// Notes a block that holds lines with the shape of the last table's rows; tells whether it does.
    fn detached_rows(&mut self, span: Span) -> bool {
        let last_header = self.blocks.iter().rev().find_map(|block| match block {
            Block::Table(table) => Some(&table.header),
            Block::List(_) | Block::DetachedRows(_) => None,
        });
        let bare = last_header.filter(|header| !self.text[header.span.range()].starts_with('|'));
        let cells = bare.map(|header| header.cells.len());
        let mut at = span.start as usize;
        for line in self.text[span.range()].split_inclusive('\n') {
            let row = line.trim_matches(|c: char| c == '>' || c.is_whitespace());
            if looks_like_row(row) || cells.is_some_and(|cells| cells > 2 && split_row(row).len() == cells) {
                let start = at + (line.len() - line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).len());
                self.add_detached_rows(DetachedRows { span, first: Span::new(start, start + row.len()) });
                return true;
            }
            at += line.len();
        }
        false
    }

    /// Adds rows, or lets the rows right above go on: one gap in a table is one mistake.
    fn add_detached_rows(&mut self, rows: DetachedRows) {
        if let Some(Block::DetachedRows(above)) = self.blocks.last_mut() {
            let between = &self.text[above.span.end.min(rows.span.start) as usize..rows.span.start as usize];
            if between.chars().all(|c| c == '>' || c.is_whitespace()) {
                above.span = above.span.to(rows.span);
                return;
            }
        }
        self.blocks.push(Block::DetachedRows(rows));
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
    let content = line.trim_start_matches(BLANKS);
    let inner_start = line.len() - content.len() + usize::from(content.starts_with('|'));
    let mut cells = Vec::new();
    let mut start = inner_start;
    for at in pipes(line).filter(|at| *at >= inner_start) {
        cells.push(start..at);
        start = at + 1;
    }
    if !line[start..].trim_matches(BLANKS).is_empty() {
        cells.push(start..line.len());
    }
    cells
}

/// What GFM skips around a cell. A no-break space is none of these: before the first pipe it makes a cell of its own.
const BLANKS: [char; 4] = [' ', '\t', '\u{b}', '\u{c}'];

/// A line that begins with a pipe, or something that a keyboard has for one, and has another.
fn looks_like_row(line: &str) -> bool {
    let is_pipe = |c: char| matches!(c, '|' | '｜' | '│' | '¦');
    line.starts_with(is_pipe) && line.matches(is_pipe).count() > 1
}

/// `<br>`, `<br/>`, `<BR />`.
fn is_line_break(html: &str) -> bool {
    let name = html.trim_matches(['<', '>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

/// The pipes of a line that are not escaped. Rows are cut before escapes are read, so that any backslash before a pipe counts.
fn pipes(line: &str) -> impl Iterator<Item = usize> {
    line.match_indices('|').map(|(at, _)| at).filter(move |at| !line[..*at].ends_with('\\'))
}

/// Whether a row ends with a border.
#[must_use]
pub fn has_last_border(row: &str) -> bool {
    pipes(row).last() == row.len().checked_sub(1)
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

/// The unescaped pipes between two runs of backticks of the same length.
fn pipes_in_code(line: &str) -> Vec<usize> {
    let (mut at, mut found_pipes) = (0, Vec::new());
    while let Some(open) = line[at..].find('`').map(|found| at + found) {
        let ticks = line[open..].bytes().take_while(|byte| *byte == b'`').count();
        let inside = open + ticks;
        let fence = &line[open..inside];
        let Some(close) = line[inside..].find(fence).map(|found| inside + found) else { break };
        found_pipes.extend(pipes(&line[open..close]).map(|pipe| open + pipe));
        at = close + ticks;
    }
    found_pipes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read(text, 0)
            .blocks
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
        assert!(table.rows[0].cells[2].span.is_empty() && table.rows[0].pipes_in_code.is_empty());
        assert_eq!(texts(&table.rows[1]), ["solo"]);
        assert_eq!(texts(&table.rows[2]), ["a", "", "c", "d"]);
        assert_eq!(texts(&table.rows[3])[0], "y");
        assert_eq!(&text[table.rows[3].pipes_in_code[0].range()], "|");
    }

    /// The cells of every row as the parser sees them, without those that it makes up.
    fn cells_of_the_parser(text: &str) -> Vec<Vec<&str>> {
        let mut rows = Vec::new();
        for (event, range) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) if !text[..range.end].ends_with('\n') => {
                    rows.iter_mut().last().unwrap().push(text[range].trim());
                }
                _ => {}
            }
        }
        rows
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        /// Owner and status are read by their column: ours must be the parser's columns in every row.
        #[test]
        fn cells_are_the_parsers_cells(rows in proptest::collection::vec("[ |a`\\\\\u{a0}\t*x-]{0,14}", 1..6)) {
            let text = format!("|h|h|h|\n|-|-|-|\n{}\n", rows.join("\n"));
            let Some(Block::Table(table)) = read(&text, 0).blocks.into_iter().next() else { panic!("the header makes a table") };
            let ours: Vec<Vec<&str>> = std::iter::once(&table.header)
                .chain(&table.rows)
                .map(|row| row.cells.iter().take(3).map(|cell| &text[cell.span.range()]).collect())
                .collect();
            let theirs = cells_of_the_parser(&text);
            proptest::prop_assert_eq!(&ours, &theirs[..ours.len()], "{}", text);
        }
    }

    #[test]
    fn lines_that_only_look_like_rows_are_told_apart() {
        let detached = |text: &str| {
            let find = |block: &Block| match block {
                Block::DetachedRows(rows) => Some(text[rows.first.range()].to_owned()),
                _ => None,
            };
            read(text, 0).blocks.iter().find_map(find)
        };
        assert_eq!(detached("|a|b|\n|-|-|\n|1|2|\n\n| 3 | 4 |\n").as_deref(), Some("| 3 | 4 |"));
        assert_eq!(detached("a|b|c\n-|-|-\n1|2|3\n\n4|5|6\n").as_deref(), Some("4|5|6"));
        assert_eq!(detached("> |a|b|\n> |-|-|\n> |1|2|\n\n> texto\n> | 3 | 4 |\n").as_deref(), Some("| 3 | 4 |"));
        assert_eq!(detached("texto\n\n    | 3 | 4 |\n").as_deref(), Some("| 3 | 4 |"));
        assert_eq!(detached("｜a｜b｜\n").as_deref(), Some("｜a｜b｜"));
        assert_eq!(detached("|a|b|c|\n|-|-|-|\n|1|2|3|\n\n⏳ pendiente | 🚧 en curso | ✅ hecho\n"), None);
        assert_eq!(detached("```\n| a | b |\n```\n"), None);
    }

    #[test]
    fn what_is_struck_out_or_missing_leaves_no_trace() {
        let text = "- ~~`A_B`~~ fuera\n- [ ]\n- ~~`A_B`~~\n";
        let blocks = read(text, 0).blocks;
        let Block::List(list) = &blocks[0] else { panic!("a list") };
        assert!(list.entries.iter().all(|entry| entry.code.is_none()));
        assert_eq!(list.entries[0].text.text.trim(), "fuera");
        assert_eq!(list.entries[1].text.span, Span::at(text.find("]").unwrap() + 1));
    }

    #[test]
    fn lists_keep_their_entries_in_order() {
        let text = "- [ ] Uno\n  - Owner: QA\n- [x] Dos\n\n  más\n  - [ ] Dos y medio\n- `X_Y`: algo\n\n1. nada\n";
        let blocks = read(text, 0).blocks;
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
