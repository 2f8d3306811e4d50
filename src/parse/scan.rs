//! The first pass over a page's Markdown: headings, links, code spans and ids, which every page needs.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use crate::markdown::markdown_options;
use crate::model::{Heading, Link, LinkKind, Mention};
use crate::source::{Span, Spanned};
use crate::words::Slugger;

/// A lead longer than this is cut at a word.
const LEAD_CHARACTERS: usize = 200;

/// What one pass finds.
#[derive(Debug, Default)]
pub struct Scan {
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Links and images, by their first byte.
    pub links: Vec<Link>,
    /// Code spans that could name something.
    pub mentions: Vec<Mention>,
    /// Ids in raw HTML.
    pub html_ids: Vec<String>,
    /// Comments of the form `<!-- rollbook: … -->`: the word, and where.
    pub directives: Vec<Spanned<String>>,
    /// First paragraph.
    pub lead: Option<Spanned<String>>,
    /// Whether the page has a table or a task list.
    pub has_tables_or_tasks: bool,
    /// A code block that is opened and never closed, so that it holds the rest of the page.
    pub open_fence: Option<Span>,
    /// Hands out further ids that are unique within the page.
    pub slugger: Slugger,
}

/// Scans the body of a page, which begins at byte `base` of `text`.
#[must_use]
pub fn scan(text: &str, base: usize) -> Scan {
    let body = &text[base..];
    let mut scanner = Scanner { text, base, ..Scanner::default() };
    for (event, range) in Parser::new_ext(body, markdown_options()).into_offset_iter() {
        scanner.event(event, Span::from(range).shifted(base));
    }
    scanner.finish()
}

#[derive(Default)]
struct Scanner<'a> {
    text: &'a str,
    base: usize,
    scan: Scan,
    heading: Option<OpenHeading>,
    paragraph: Option<Spanned<String>>,
    depth: usize,
}

struct OpenHeading {
    level: u8,
    span: Span,
    text: String,
    id: Option<String>,
}

impl Scanner<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::Code(text) => self.code(&text, span),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, span),
            Event::TaskListMarker(_) => self.scan.has_tables_or_tasks = true,
            Event::FootnoteReference(_) | Event::Rule => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        self.depth += 1;
        match tag {
            Tag::Heading { level, id, .. } => {
                let id = id.map(CowStr::into_string);
                self.heading = Some(OpenHeading { level: level_number(level), span, text: String::new(), id });
            }
            Tag::Paragraph if self.depth == 1 && self.scan.lead.is_none() => {
                self.paragraph = Some(Spanned::new(String::new(), span));
            }
            Tag::Link { link_type, dest_url, .. } => self.link(LinkKind::Link, link_type, &dest_url, span),
            Tag::Image { link_type, dest_url, .. } => self.link(LinkKind::Image, link_type, &dest_url, span),
            Tag::Table(_) => self.scan.has_tables_or_tasks = true,
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) if is_open_fence(self.text, span) => {
                self.scan.open_fence = Some(span)
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth -= 1;
        match tag {
            TagEnd::Heading(_) => {
                if let Some(heading) = self.heading.take() {
                    self.close_heading(heading);
                }
            }
            TagEnd::Paragraph if self.depth == 0 => {
                let lead = self.paragraph.take().filter(|lead| !lead.value.trim().is_empty());
                self.scan.lead = self.scan.lead.take().or(lead.map(|lead| lead.map(shortened)));
            }
            _ => {}
        }
    }

    fn close_heading(&mut self, heading: OpenHeading) {
        let text = heading.text.trim().to_owned();
        let explicit_id = heading.id.is_some();
        let id = match heading.id {
            Some(id) => {
                self.scan.slugger.reserve(&id);
                id
            }
            None => self.scan.slugger.next(&text),
        };
        self.scan.headings.push(Heading { level: heading.level, text, id, explicit_id, span: heading.span });
    }

    fn text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        } else if let Some(paragraph) = &mut self.paragraph {
            paragraph.value.push_str(text);
        }
    }

    fn code(&mut self, text: &str, span: Span) {
        self.text(text);
        if could_name_something(text) {
            self.scan.mentions.push(Mention { text: text.to_owned(), span });
        }
    }

    fn html(&mut self, html: &str, span: Span) {
        if let Some(directive) = directive(html) {
            self.scan.directives.push(Spanned::new(directive.to_owned(), span));
        }
        self.scan.html_ids.extend(html_ids(html));
    }

    fn link(&mut self, kind: LinkKind, link_type: LinkType, destination: &str, span: Span) {
        let destination = match link_type {
            LinkType::Email => format!("mailto:{destination}"),
            _ => destination.to_owned(),
        };
        let destination_span = self.destination_span(link_type, &destination, span);
        self.scan.links.push(Link { kind, destination, span, destination_span });
    }

    /// Where the destination stands: for an inline link inside it, for others the whole link.
    fn destination_span(&self, link_type: LinkType, destination: &str, span: Span) -> Span {
        if link_type != LinkType::Inline || destination.is_empty() {
            return span;
        }
        match self.text[span.range()].rfind(destination) {
            Some(at) => Span::new(at, at + destination.len()).shifted(span.start as usize),
            None => span,
        }
    }

    fn finish(mut self) -> Scan {
        debug_assert!(self.base <= self.text.len());
        self.scan.links.sort_by_key(|link| link.span);
        self.scan
    }
}

const fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

/// Whether a fenced block reaches to the end of the text without a line that closes it.
fn is_open_fence(text: &str, span: Span) -> bool {
    let block = text[span.range()].trim();
    let Some(mark) = block.chars().next() else { return false };
    let ticks = block.chars().take_while(|c| *c == mark).count();
    let last = block.lines().skip(1).last().unwrap_or_default().trim();
    let closes = last.chars().all(|c| c == mark) && last.len() >= ticks;
    text[span.end as usize..].trim().is_empty() && !closes
}

/// Flag keys and paths: no white space, at least one letter, not too long.
fn could_name_something(code: &str) -> bool {
    (3..=120).contains(&code.len()) && !code.contains(char::is_whitespace) && code.contains(|c: char| c.is_alphabetic())
}

/// `checklist` of `<!-- rollbook: checklist -->`.
fn directive(html: &str) -> Option<&str> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    inner.strip_prefix("rollbook:").map(str::trim)
}

/// The values of `id` and, on anchors, `name` attributes.
fn html_ids(html: &str) -> Vec<String> {
    let mut ids = Vec::new();
    for attribute in [" id=", " name="] {
        for (at, _) in html.match_indices(attribute) {
            let value = &html[at + attribute.len()..];
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let end = |c: char| quote.map_or(c == '>' || c.is_whitespace(), |quote| c == quote);
            let value = value.trim_start_matches(['"', '\'']);
            ids.push(value.split(end).next().unwrap_or_default().to_owned());
        }
    }
    ids
}

/// The first words of a paragraph, each behind one space: all of them, or more than a lead shows.
fn beginning(text: &str) -> String {
    let mut words = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if length > LEAD_CHARACTERS + 1 {
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        length += word.chars().count() + 1;
    }
    words
}

fn shortened(text: String) -> String {
    let text = beginning(&text);
    let Some((cut, _)) = text.char_indices().nth(LEAD_CHARACTERS) else { return text };
    let word = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", text[..word].trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pass_finds_what_every_page_needs() {
        let text = "front\n# Plan ñ\n\nSee [the *plan*](a%20b.md#x \"t\") and `ENABLE_X`.\n\n## Uso {#uso-1}\n## Uso\n![i](p.png) <a id=\"raw\"></a>\n\n<!-- rollbook: checklist -->\n";
        let scan = scan(text, 6);
        let ids: Vec<_> = scan.headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(ids, ["plan-ñ", "uso-1", "uso"]);
        assert_eq!(scan.links.len(), 2);
        assert_eq!(&text[scan.links[0].destination_span.range()], "a%20b.md#x");
        assert_eq!(scan.mentions[0].text, "ENABLE_X");
        assert_eq!(scan.html_ids, ["raw"]);
        assert_eq!(scan.directives[0].value, "checklist");
        assert_eq!(scan.lead.unwrap().value, "See the plan and ENABLE_X.");
    }

    #[test]
    fn a_fence_that_is_never_closed_is_seen() {
        let open = |text: &str| scan(text, 0).open_fence.map(|span| span.start);
        assert_eq!(open("a\n\n```yaml\n# b\n"), Some(3));
        assert_eq!(open("~~~~\n# b\n~~~\n"), Some(0));
        assert_eq!(open("```"), Some(0));
        assert_eq!(open("```\n# b\n```\n"), None);
        assert_eq!(open("````\n# b\n`````"), None);
        assert_eq!(open("> ```\n> # b\n\ntexto\n"), None);
    }

    #[test]
    fn a_long_lead_is_cut_at_a_word() {
        let lead = scan(&"palabra ".repeat(100), 0).lead.unwrap().value;
        assert!(lead.ends_with("palabra…") && lead.chars().count() <= LEAD_CHARACTERS + 1, "{lead}");
    }
}
