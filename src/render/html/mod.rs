//! Markdown to HTML, with everything that a site adds: links to pages instead of files, anchors, flags that lead to their pages,
//! recognised tables with states that read as words, footnotes at the end.
//!
//! The events come from pulldown-cmark; this module writes them. Tables and footnotes have files of their own.

mod autolink;
mod footnotes;
mod href;
mod tables;

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, TextMergeWithOffset};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::config::RawHtml;
use crate::markdown::markdown_options;
use crate::model::{Document, LinkKind, OutPath, PageId, Site, Target};
use crate::render::sanitize::{OpenElements, is_safe_url, sanitize};
use crate::render::strings::Strings;
use crate::render::views::Views;
use crate::source::Span;
use footnotes::Footnotes;
use href::{leaves_the_site, push_fragment};
use tables::TableState;

/// What a piece of Markdown is rendered for.
#[derive(Clone, Copy, Debug)]
pub struct Html<'a> {
    /// The site.
    pub site: &'a Site,
    /// Where flags have their pages.
    pub views: &'a Views,
    /// The page that the Markdown stands in.
    pub page: PageId,
    /// The file that it is rendered into; another one than the page's where a view shows a piece of it.
    pub out: &'a OutPath,
    /// Words of the interface.
    pub strings: &'a Strings,
}

impl<'a> Html<'a> {
    /// The body of the page.
    #[must_use]
    pub fn body(self) -> String {
        let document = self.site.document(self.page);
        let text = &self.site.source(self.page).text[document.body..];
        let mut writer = Writer::new(self, document, document.body, text.len() * 3 / 2);
        writer.skip_title = self.site.page(self.page).title_in_body;
        writer.run(text);
        writer.finish()
    }

    /// A piece of the page as inline HTML, without a paragraph around it: the text of a cell.
    #[must_use]
    pub fn inline(self, span: Span) -> String {
        let document = self.site.document(self.page);
        let source = self.site.source(self.page).slice(span);
        // In a cell a pipe is escaped; outside of a table the backslash would show.
        let unescaped = source.replace("\\|", "|");
        let mut writer = Writer::new(self, document, span.start as usize, source.len() * 2);
        writer.inline = true;
        writer.run(&unescaped);
        writer.finish()
    }
}

/// An image while its alternative text is read.
struct OpenImage {
    src: Option<String>,
    title: String,
    alt: String,
    depth: usize,
}

/// Writes one piece of Markdown.
struct Writer<'a> {
    html: Html<'a>,
    document: &'a Document,
    base: usize,
    out: String,
    inline: bool,
    /// Whether the first heading is the page's title, which the template prints.
    skip_title: bool,
    /// Index of the next heading among the document's.
    headings: usize,
    /// Where the output stood when the skipped title began.
    skipped_from: Option<usize>,
    in_link: usize,
    in_code: bool,
    /// Whether bare URLs may stand in the text.
    has_urls: bool,
    /// A list item that began; only the next event tells whether it is a task.
    item: Option<Span>,
    image: Option<OpenImage>,
    table: TableState,
    footnotes: Footnotes,
    raw: OpenElements,
    /// How many raw elements were open when each Markdown element began.
    raw_levels: Vec<usize>,
    /// What to write at the end of each open link.
    link_ends: Vec<&'static str>,
}

impl<'a> Writer<'a> {
    fn new(html: Html<'a>, document: &'a Document, base: usize, capacity: usize) -> Self {
        Self {
            html,
            document,
            base,
            out: String::with_capacity(capacity),
            inline: false,
            skip_title: false,
            headings: 0,
            skipped_from: None,
            in_link: 0,
            in_code: false,
            has_urls: false,
            item: None,
            image: None,
            table: TableState::default(),
            footnotes: Footnotes::default(),
            raw: OpenElements::default(),
            raw_levels: Vec::new(),
            link_ends: Vec::new(),
        }
    }

    fn run(&mut self, text: &str) {
        let events = Parser::new_ext(text, markdown_options()).into_offset_iter();
        self.has_urls = autolink::may_occur(text);
        if self.has_urls {
            // Escapes and entities cut a text into pieces, and a URL may go on in the next one.
            self.events(TextMergeWithOffset::new(events));
        } else {
            self.events(events);
        }
    }

    fn events<'t>(&mut self, events: impl Iterator<Item = (Event<'t>, Range<usize>)>) {
        for (event, range) in events {
            self.event(event, Span::from(range).shifted(self.base));
        }
    }

    fn finish(mut self) -> String {
        self.raw.close_to(0, &mut self.out);
        self.write_footnotes();
        self.out
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        if self.image.is_some() {
            return self.image_event(event);
        }
        if let Some(item) = self.item.take() {
            self.open_item(item, matches!(event, Event::TaskListMarker(_)));
        }
        match event {
            Event::Start(tag) => {
                if !matches!(tag, Tag::HtmlBlock) {
                    self.raw_levels.push(self.raw.len());
                }
                self.start(tag, span);
            }
            Event::End(tag) => {
                if tag != TagEnd::HtmlBlock
                    && let Some(level) = self.raw_levels.pop()
                {
                    self.raw.close_to(level, &mut self.out);
                }
                self.end(tag);
            }
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.code_span(&code),
            Event::InlineMath(math) => self.math(&math, "math math-inline"),
            Event::DisplayMath(math) => self.math(&math, "math math-display"),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(ticked) => self.task_box(ticked),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph if !self.inline => self.out.push_str("<p>"),
            Tag::Heading { level, .. } => self.open_heading(level as u8),
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => self.open_code(&kind),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.item = Some(span),
            Tag::FootnoteDefinition(label) => self.open_footnote(&label),
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => self.open_table(alignments, span),
            Tag::TableHead => self.open_table_head(),
            Tag::TableRow => self.open_row(span),
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { title, .. } => self.open_link(&title, span),
            Tag::Image { title, .. } => self.open_image(&title, span),
            Tag::Paragraph | Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let text = match tag {
            TagEnd::Paragraph if !self.inline => "</p>\n",
            TagEnd::Heading(level) => return self.close_heading(level as u8),
            TagEnd::BlockQuote(Some(_)) => "</div>\n",
            TagEnd::BlockQuote(None) => "</blockquote>\n",
            TagEnd::CodeBlock => {
                self.in_code = false;
                "</code></pre></div>\n"
            }
            TagEnd::List(false) => "</ul>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => return self.close_footnote(),
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => return self.close_table(),
            TagEnd::TableHead => return self.close_table_head(),
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => return self.close_cell(),
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => {
                self.in_link -= 1;
                self.link_ends.pop().unwrap_or_default()
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => "",
        };
        self.out.push_str(text);
    }

    fn text(&mut self, text: &str) {
        self.table.note_text(text);
        if !self.has_urls || self.in_code || self.in_link > 0 {
            self.escaped(text);
        } else {
            autolink::write(text, &mut self.out);
        }
    }

    fn code_span(&mut self, code: &str) {
        self.table.note_text(code);
        let flag = self.html.views.flag_page(code);
        let link = flag.filter(|page| self.in_link == 0 && *page != self.html.out);
        if let Some(page) = link {
            let href = self.html.out.link_to(page);
            self.out.push_str("<a class=\"flag\" href=\"");
            self.escaped_attribute(&href);
            self.out.push_str("\">");
        }
        self.out.push_str("<code>");
        if flag.is_some() {
            // A key may break behind an underscore, so that it does not push a phone's page aside.
            let at = self.out.len();
            self.escaped(code);
            let breakable = self.out[at..].replace('_', "_<wbr>");
            self.out.replace_range(at.., &breakable);
        } else {
            self.escaped(code);
        }
        self.out.push_str("</code>");
        if link.is_some() {
            self.out.push_str("</a>");
        }
    }

    fn math(&mut self, math: &str, class: &str) {
        self.out.push_str(&format!("<code class=\"{class}\">"));
        self.escaped(math);
        self.out.push_str("</code>");
    }

    fn raw_html(&mut self, html: &str) {
        if html.trim_start().starts_with("<!-- rollbook:") {
            return;
        }
        match self.html.site.config.html {
            RawHtml::Raw => self.out.push_str(html),
            RawHtml::Safe => sanitize(html, &mut self.raw, &mut self.out, is_safe_url),
        }
    }

    /// Levels of the body start at 2 below the title that the template prints.
    fn open_heading(&mut self, level: u8) {
        if self.inline {
            return;
        }
        if self.skip_title && self.headings == 0 {
            self.skipped_from = Some(self.out.len());
            return;
        }
        let level = level.max(2);
        let id = self.document.headings.get(self.headings).map_or("", |heading| heading.id.as_str());
        self.out.push_str(&format!("<div class=\"heading h{level}\"><h{level} id=\""));
        self.escaped_attribute(id);
        self.out.push_str("\">");
    }

    fn close_heading(&mut self, level: u8) {
        if self.inline {
            return;
        }
        let heading = self.document.headings.get(self.headings);
        self.headings += 1;
        let Some(heading) = heading else { return };
        if let Some(from) = self.skipped_from.take() {
            self.out.truncate(from);
            // Links to the title's anchor still find their place.
            self.out.push_str("<span id=\"");
            self.escaped_attribute(&heading.id);
            self.out.push_str("\"></span>\n");
            return;
        }
        let level = level.max(2);
        self.out.push_str(&format!("</h{level}><a class=\"anchor\" href=\"#"));
        let mut fragment = String::with_capacity(heading.id.len());
        push_fragment(&mut fragment, &heading.id);
        self.escaped_attribute(&fragment);
        self.out.push_str("\" aria-label=\"");
        for (index, piece) in self.html.strings.anchor().iter().enumerate() {
            if index > 0 {
                self.escaped_attribute(&heading.text);
            }
            self.escaped_attribute(piece);
        }
        self.out.push_str("\">#</a></div>\n");
    }

    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else { return self.out.push_str("<blockquote>\n") };
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let key = format!("alert.{name}");
        let title = self.html.strings.get(&key);
        self.out.push_str(&format!("<div class=\"alert alert-{name}\"><p class=\"alert-title\">"));
        self.escaped(title);
        self.out.push_str("</p>\n");
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.in_code = true;
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let language = info.split([' ', ',', '{']).next().unwrap_or_default();
        if language.is_empty() {
            self.out.push_str("<div class=\"code\"><pre><code>");
        } else {
            self.out.push_str("<div class=\"code\"><pre><code class=\"language-");
            self.escaped_attribute(language);
            self.out.push_str("\">");
        }
    }

    fn open_item(&mut self, span: Span, is_task: bool) {
        let id = self.document.task_anchor(span.start).filter(|_| !self.inline);
        self.out.push_str(if is_task { "<li class=\"task\"" } else { "<li" });
        if let Some(id) = id {
            self.out.push_str(" id=\"");
            self.escaped_attribute(id);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn task_box(&mut self, ticked: bool) {
        let label = self.html.strings.get(if ticked { "task.done" } else { "task.open" });
        self.out.push_str("<input type=\"checkbox\" disabled");
        self.out.push_str(if ticked { " checked aria-label=\"" } else { " aria-label=\"" });
        self.escaped_attribute(label);
        self.out.push_str("\"> ");
    }

    fn open_link(&mut self, title: &str, span: Span) {
        self.in_link += 1;
        let link = self.html.link(span.start, LinkKind::Link);
        let href = link.and_then(|(destination, link)| self.html.href(destination, link));
        let Some(href) = href else {
            self.out.push_str("<span class=\"broken\">");
            self.link_ends.push("</span>");
            return;
        };
        self.out.push_str("<a");
        if link.is_some_and(|(_, link)| link.target == Target::External) && leaves_the_site(&href) {
            self.out.push_str(" class=\"external\" rel=\"noopener\"");
        }
        self.out.push_str(" href=\"");
        self.escaped_attribute(&href);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            self.escaped_attribute(title);
        }
        self.out.push_str("\">");
        self.link_ends.push("</a>");
    }

    fn open_image(&mut self, title: &CowStr<'_>, span: Span) {
        let link = self.html.link(span.start, LinkKind::Image);
        let src = link.filter(|(_, link)| !matches!(link.target, Target::Page(_) | Target::Section(_)));
        let src = src.and_then(|(destination, link)| self.html.href(destination, link));
        self.image = Some(OpenImage { src, title: title.to_string(), alt: String::new(), depth: 1 });
    }

    /// Everything inside an image is its alternative text.
    fn image_event(&mut self, event: Event<'_>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(_) => image.depth -= 1,
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => image.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            _ => {}
        }
        if image.depth == 0
            && let Some(image) = self.image.take()
        {
            self.raw_levels.pop();
            self.write_image(&image);
        }
    }

    fn write_image(&mut self, image: &OpenImage) {
        self.table.note_text(&image.alt);
        let Some(src) = &image.src else {
            self.out.push_str("<span class=\"broken\">");
            self.escaped(&image.alt);
            return self.out.push_str("</span>");
        };
        self.out.push_str("<img src=\"");
        self.escaped_attribute(src);
        self.out.push_str("\" alt=\"");
        self.escaped_attribute(&image.alt);
        if !image.title.is_empty() {
            self.out.push_str("\" title=\"");
            self.escaped_attribute(&image.title);
        }
        self.out.push_str("\" loading=\"lazy\">");
    }

    /// Text between tags. Writing to a string cannot fail.
    fn escaped(&mut self, text: &str) {
        let _ = escape_html_body_text(&mut self.out, text);
    }

    /// Text inside quotes. Writing to a string cannot fail.
    fn escaped_attribute(&mut self, text: &str) {
        let _ = escape_html(&mut self.out, text);
    }
}
