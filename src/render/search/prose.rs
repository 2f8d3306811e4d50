//! Markdown to plain text, part by part: headings cut it into sections, and rows and tasks that were recognised stand for
//! themselves, since each has an anchor of its own.
//!
//! The walk is a third one over the same Markdown, after those of `parse` and of `render::html`. It could ride on either, and would then
//! make every `check` keep the text of all pages, or tie the order in which pages are rendered to the index.

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::entry::{Part, PartKind};
use crate::markdown::markdown_options;
use crate::model::{Document, PageId, Site};

/// The parts of a page. The first heading is left out where it is the page's title.
pub fn parts(site: &Site, page: PageId) -> Vec<Part> {
    let document = site.document(page);
    let text = &site.source(page).text[document.body..];
    let top = Part { text: String::with_capacity(text.len() / 2), ..Part::default() };
    let mut walk = Walk {
        document,
        parts: vec![top],
        open: 0,
        gap: Gap::None,
        skip_title: site.page(page).title_in_body,
        headings: 0,
        in_heading: false,
        html: None,
        row: None,
        entries: Vec::new(),
    };
    for (event, range) in Parser::new_ext(text, markdown_options()).into_offset_iter() {
        walk.event(event, (document.body + range.start) as u32);
    }
    walk.finish()
}

struct Walk<'a> {
    document: &'a Document,
    parts: Vec<Part>,
    /// The part that text goes to.
    open: usize,
    /// What stands before the next piece of text. Of several gaps the widest counts.
    gap: Gap,
    skip_title: bool,
    /// Index of the next heading among the document's.
    headings: usize,
    in_heading: bool,
    /// A block of raw HTML; only its whole tells what is a comment.
    html: Option<String>,
    /// In a row that became an entity: the part that goes on behind it.
    row: Option<usize>,
    /// For each open list entry that is an item, the part that goes on behind it.
    entries: Vec<Option<usize>>,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, start: u32) {
        match event {
            Event::Start(tag) => self.start(&tag, start),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text)
            }
            Event::SoftBreak | Event::HardBreak => self.leave(Gap::Space),
            Event::Html(html) => {
                if let Some(block) = &mut self.html {
                    block.push_str(&html);
                }
            }
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, start: u32) {
        match tag {
            Tag::Heading { .. } => self.in_heading = true,
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::TableRow => self.open_row(start),
            Tag::List(_) => self.leave(Gap::Line),
            Tag::Item => {
                let item = self.document.task_anchor(start).map(str::to_owned);
                let outer = item.map(|anchor| self.open_item(anchor));
                self.entries.push(outer);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::HtmlBlock => self.close_html(),
            TagEnd::TableCell => self.leave(Gap::Cell),
            TagEnd::TableRow => {
                self.leave(Gap::Line);
                if let Some(outer) = self.row.take() {
                    self.open = outer;
                }
            }
            TagEnd::Item => {
                self.leave(Gap::Line);
                if let Some(outer) = self.entries.pop().flatten() {
                    self.open = outer;
                }
            }
            TagEnd::Paragraph
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition => self.leave(Gap::Line),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_heading {
            return;
        }
        if text.starts_with(is_blank) {
            self.leave(Gap::Space);
        }
        let words = text.trim_matches(is_blank);
        if !words.is_empty() {
            let part = &mut self.parts[self.open].text;
            if !part.is_empty() {
                part.push_str(self.gap.sign());
            }
            part.push_str(words);
            self.gap = if text.ends_with(is_blank) { Gap::Space } else { Gap::None };
        }
    }

    fn leave(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn close_heading(&mut self) {
        self.in_heading = false;
        let heading = self.document.headings.get(self.headings);
        let is_title = self.skip_title && self.headings == 0;
        self.headings += 1;
        if let Some(heading) = heading.filter(|_| !is_title) {
            let (anchor, title) = (heading.id.clone(), heading.text.clone());
            self.open = self.parts.len();
            self.parts.push(Part { kind: PartKind::Section, anchor, title, text: String::new() });
        }
    }

    /// Keeps the text of raw HTML, without its tags and comments.
    fn close_html(&mut self) {
        for token in Tokenizer::new(&self.html.take().unwrap_or_default()) {
            let Ok(token) = token;
            if let Token::String(text) = token {
                self.text(&String::from_utf8_lossy(&text.value));
            }
        }
        self.leave(Gap::Line);
    }

    fn open_row(&mut self, start: u32) {
        let table = self.document.tables.iter().find(|table| table.span.contains(start));
        let mark = table.and_then(|table| {
            let row = table.rows.binary_search_by_key(&start, |row| row.start).ok()?;
            table.rows.get(row)
        });
        self.row = mark.map(|mark| self.open_item(mark.id.clone()));
    }

    /// Opens a part for an item, and says which one goes on behind it.
    fn open_item(&mut self, anchor: String) -> usize {
        let outer = self.open;
        self.open = self.parts.len();
        self.parts.push(Part { kind: PartKind::Item, anchor, ..Part::default() });
        outer
    }

    fn finish(mut self) -> Vec<Part> {
        for part in self.parts.iter_mut().filter(|part| part.kind == PartKind::Item) {
            // A cell that holds a sign alone, ⏳, says nothing to somebody who reads a line of results.
            let cells: Vec<&str> = part.text.split('\t').filter(|cell| cell.contains(char::is_alphanumeric)).collect();
            part.text = cells.join("\t");
            part.title = first_cell(&part.text).to_owned();
        }
        self.parts
    }
}

/// The first cell or line that holds a word.
fn first_cell(text: &str) -> &str {
    let mut cells = text.split(['\t', '\n']);
    cells.find(|cell| cell.chars().filter(|c| c.is_alphabetic()).count() > 1).unwrap_or(text)
}

/// What stands between two pieces of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Cell,
    Line,
}

impl Gap {
    const fn sign(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Space => " ",
            Self::Cell => "\t",
            Self::Line => "\n",
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace()
}
