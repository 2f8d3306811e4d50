//! The first pass over a page's Markdown: headings, links, code spans and ids, which every page needs.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use crate::markdown::markdown_options;
use crate::model::{Fault, Heading, Link, LinkKind, Mention, Suppression};
use crate::parse::suppression::{Suppressions, is_comment};
use crate::source::{Span, Spanned};
use crate::words::{Slugger, nearest};

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
    /// Words of plain text that look like the name of a flag.
    pub bare_names: Vec<Mention>,
    /// Ids in raw HTML.
    pub html_ids: Vec<String>,
    /// Comments of the form `<!-- rollbook: … -->`: the word, and where.
    pub directives: Vec<Spanned<String>>,
    /// Comments that let findings pass.
    pub suppressions: Vec<Suppression>,
    /// First paragraph.
    pub lead: Option<Spanned<String>>,
    /// Whether the page has a table or a task list.
    pub has_tables_or_tasks: bool,
    /// A code block that is opened and never closed, so that it holds the rest of the page.
    pub open_fence: Option<Span>,
    /// Hands out further ids that are unique within the page.
    pub slugger: Slugger,
    /// Ids that stand twice, references without a definition, images without words.
    pub faults: Vec<Fault>,
}

/// Scans the body of a page, which begins at byte `base` of `text`.
#[must_use]
pub fn scan(text: &str, base: usize) -> Scan {
    let body = &text[base..];
    let mut scanner = Scanner { text, base, ..Scanner::default() };
    let mut broken = Vec::new();
    let note = |link: BrokenLink<'_>| {
        broken.push((link.link_type, Span::from(link.span).shifted(base), link.reference.into_string()));
        None
    };
    let mut events = Parser::new_with_broken_link_callback(body, markdown_options(), Some(note)).into_offset_iter();
    let defined: Vec<String> = events.reference_definitions().iter().map(|(label, _)| label.to_owned()).collect();
    for (event, range) in events.by_ref() {
        scanner.event(event, Span::from(range).shifted(base));
    }
    drop(events);
    for (link_type, span, label) in broken {
        scanner.undefined_reference(link_type, span, label, &defined);
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
    suppressions: Suppressions,
    /// Entries of lists that are open, the innermost last.
    entries: Vec<Span>,
    /// The block at the top of the page that is open.
    block: Span,
    depth: usize,
    /// Plain text that goes on, since the parser cuts text at each `_`.
    plain: Option<Span>,
    /// Whether a code block is open.
    in_code_block: bool,
    /// The image at hand without a word of text so far.
    wordless: Option<(String, Span)>,
    /// Ids that were written by hand, or made from a heading, with their first place.
    ids: HashMap<String, Span>,
}

struct OpenHeading {
    level: u8,
    span: Span,
    text: String,
    id: Option<String>,
}

impl Scanner<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        self.plain_text(matches!(event, Event::Text(_)).then_some(span).filter(|_| !self.in_code_block));
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::Code(text) => self.code(&text, span),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Html(html) => self.html(&html, span),
            Event::InlineHtml(html) => {
                self.html(&html, span);
                self.suppressions.inside(self.text, span, self.entries.last().copied());
            }
            Event::TaskListMarker(_) => self.scan.has_tables_or_tasks = true,
            Event::Rule if self.depth == 0 => self.suppressions.block(span),
            Event::FootnoteReference(_) | Event::Rule => {}
        }
    }

    /// Joins comments with the blocks that they speak of.
    fn suppress(&mut self, tag: &Tag<'_>, span: Span) {
        let is_comment = matches!(tag, Tag::HtmlBlock) && is_comment(&self.text[span.range()]);
        match self.depth {
            1 if is_comment => self.suppressions.between(self.text, span),
            1 => {
                self.block = span;
                self.suppressions.block(span);
            }
            _ if is_comment => {
                self.suppressions.inside(self.text, span, self.entries.last().copied().or(Some(self.block)));
            }
            _ => {}
        }
        if matches!(tag, Tag::Item) {
            self.entries.push(span);
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        self.depth += 1;
        self.suppress(&tag, span);
        match tag {
            Tag::Heading { level, id, .. } => {
                let id = id.map(CowStr::into_string);
                self.heading = Some(OpenHeading { level: level_number(level), span, text: String::new(), id });
            }
            Tag::Paragraph if self.depth == 1 && self.scan.lead.is_none() => {
                self.paragraph = Some(Spanned::new(String::new(), span));
            }
            Tag::Link { link_type, dest_url, .. } => self.link(LinkKind::Link, link_type, &dest_url, span),
            Tag::Image { link_type, dest_url, .. } => {
                self.wordless = Some((dest_url.to_string(), span));
                self.link(LinkKind::Image, link_type, &dest_url, span);
            }
            Tag::Table(_) => self.scan.has_tables_or_tasks = true,
            Tag::CodeBlock(kind) => {
                self.in_code_block = true;
                if matches!(kind, CodeBlockKind::Fenced(_)) && is_open_fence(self.text, span) {
                    self.scan.open_fence = Some(span);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth -= 1;
        match tag {
            TagEnd::Item => drop(self.entries.pop()),
            TagEnd::Heading(_) => {
                if let Some(heading) = self.heading.take() {
                    self.close_heading(heading);
                }
            }
            TagEnd::Image => {
                let fault = self.wordless.take().map(|(destination, span)| Fault::MissingAlt { destination, span });
                self.scan.faults.extend(fault);
            }
            TagEnd::Paragraph if self.depth == 0 => {
                let lead = self.paragraph.take().filter(|lead| !lead.value.trim().is_empty());
                self.scan.lead = self.scan.lead.take().or(lead.map(|lead| lead.map(shortened)));
            }
            TagEnd::CodeBlock => self.in_code_block = false,
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
        let place = if explicit_id { self.place_of_id(heading.span, &id) } else { heading.span };
        self.take_id(&id, place, explicit_id);
        self.scan.headings.push(Heading { level: heading.level, text, id, explicit_id, span: heading.span });
    }

    /// Where `{#id}` stands in a heading.
    fn place_of_id(&self, heading: Span, id: &str) -> Span {
        let written = self.text[heading.range()].rfind(&format!("#{id}"));
        written.map_or(heading, |at| Span::new(at + 1, at + 1 + id.len()).shifted(heading.start as usize))
    }

    /// Notes an id. A repeated one that was written by hand is a fault; repeated headings get numbers.
    fn take_id(&mut self, id: &str, place: Span, by_hand: bool) {
        let first = *self.ids.entry(id.to_owned()).or_insert(place);
        if by_hand && first != place {
            self.scan.faults.push(Fault::DuplicateAnchor { id: id.to_owned(), first, again: place });
        }
    }

    /// Keeps a reference that cannot be meant otherwise: `[text][label]` or `[label][]`, but no tags (`[WIP][QA]`), numbers,
    /// boxes or footnotes.
    fn undefined_reference(&mut self, link_type: LinkType, span: Span, label: String, defined: &[String]) {
        let written = &self.text[span.range()];
        let text = written.trim_start_matches('!').trim_start_matches('[').split(']').next().unwrap_or_default();
        let is_word = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count() > 1 && !part.starts_with('^');
        let has_small = |part: &str| part.chars().any(char::is_lowercase);
        let stands_alone = !self.text[..span.start as usize].ends_with(|c: char| c.is_alphanumeric() || c == ']');
        let meant = match link_type {
            LinkType::Reference => {
                is_word(text) && has_small(text) && !label.trim().is_empty() && !label.starts_with('^')
            }
            LinkType::Collapsed => is_word(&label),
            _ => false,
        };
        if meant && stands_alone {
            let nearest = nearest(&label.to_lowercase(), defined.iter().map(String::as_str)).map(str::to_owned);
            self.scan.faults.push(Fault::UndefinedReference { label, nearest, span });
        }
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.wordless = None;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        } else if let Some(paragraph) = &mut self.paragraph {
            paragraph.value.push_str(text);
        }
    }

    /// Joins pieces of text that touch each other; what ends is looked through for names.
    fn plain_text(&mut self, piece: Option<Span>) {
        match (self.plain, piece) {
            (Some(plain), Some(piece)) if plain.end == piece.start => self.plain = Some(plain.to(piece)),
            (plain, piece) => {
                if let Some(plain) = plain {
                    self.scan.bare_names.extend(bare_names(self.text, plain));
                }
                self.plain = piece;
            }
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
        for id in html_attributes(html, " id=").collect::<Vec<_>>() {
            self.take_id(&html[id.clone()], Span::from(id.clone()).shifted(span.start as usize), true);
            self.scan.html_ids.push(html[id].to_owned());
        }
        self.scan.html_ids.extend(html_attributes(html, " name=").map(|name| html[name].to_owned()));
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
        self.plain_text(None);
        debug_assert!(self.base <= self.text.len());
        self.scan.links.sort_by_key(|link| link.span);
        self.scan.suppressions = self.suppressions.finish();
        self.scan.faults.sort_by_key(fault_place);
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

/// Words of capitals with `_` between them. What touches a sign of paths, addresses and shells is something else.
///
/// Prose seldom has a `_`, so that it is looked for first, and then how far the word around it reaches.
fn bare_names(text: &str, plain: Span) -> Vec<Mention> {
    let is_part = |c: char| c.is_alphanumeric() || "_-/\\.:$=@{%*".contains(c);
    let prose = &text[plain.range()];
    let mut names = Vec::new();
    let mut looked_at = 0;
    for (at, _) in prose.match_indices('_') {
        if at < looked_at {
            continue;
        }
        let start = prose[..at].trim_end_matches(is_part).len();
        looked_at = prose[at..].find(|c| !is_part(c)).map_or(prose.len(), |width| at + width);
        let name = prose[start..looked_at].trim_end_matches(['.', ':']);
        if is_name_in_capitals(name) {
            let span = Span::new(start, start + name.len()).shifted(plain.start as usize);
            names.push(Mention { text: name.to_owned(), span });
        }
    }
    names
}

/// `ENABLE_X`: capitals and digits, `_` only between them.
fn is_name_in_capitals(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    name.len() <= 120 && name.starts_with(|c: char| c.is_ascii_uppercase()) && name.split('_').all(is_part)
}

/// `checklist` of `<!-- rollbook: checklist -->`. What lets findings pass says nothing of what a block is.
fn directive(html: &str) -> Option<&str> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    inner.strip_prefix("rollbook:").map(str::trim).filter(|word| !word.starts_with("allow"))
}

/// Where the values of an attribute stand, without quotes.
fn html_attributes<'a>(html: &'a str, attribute: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    html.match_indices(attribute).map(|(at, _)| {
        let written = &html[at + attribute.len()..];
        let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
        let end = |c: char| quote.map_or(c == '>' || c.is_whitespace(), |quote| c == quote);
        let value = written.trim_start_matches(['"', '\'']);
        let start = at + attribute.len() + (written.len() - value.len());
        start..start + value.split(end).next().unwrap_or_default().len()
    })
}

fn fault_place(fault: &Fault) -> Span {
    match fault {
        Fault::DuplicateAnchor { again: span, .. }
        | Fault::UndefinedReference { span, .. }
        | Fault::MissingAlt { span, .. } => *span,
        _ => Span::default(),
    }
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
    fn names_in_plain_text_are_found_and_other_capitals_are_not() {
        let text = "Turn ENABLE_X_2 on, then ENABLE_Y. Not $FOO_BAR, A_B=1, /X_Y/, a_b, _C_D_, FOO_* or P0.\n\n| ENABLE_Z |\n|---|\n\n```\nIN_CODE\n```\n";
        let scan = scan(text, 0);
        let names: Vec<_> = scan.bare_names.iter().map(|name| name.text.as_str()).collect();
        assert_eq!(names, ["ENABLE_X_2", "ENABLE_Y", "C_D", "ENABLE_Z"]);
        assert!(scan.bare_names.iter().all(|name| text[name.span.range()] == name.text));
    }

    #[test]
    fn comments_that_allow_speak_of_the_block_behind_them_or_around_them() {
        let text = "<!-- rollbook: allow a/b, c/* -- why\n  not -->\n<!-- rollbook: checklist -->\n| x |\n|---|\n| y <!-- rollbook: allow a/d — ñ --> |\n\n- one\n- two\n  <!-- rollbook:allow a/e -->\n\n# H\n<!-- rollbook: allow a/f -- x -->\n";
        let scan = scan(text, 0);
        assert_eq!(scan.directives.len(), 1);
        let all: Vec<_> = scan
            .suppressions
            .iter()
            .map(|it| {
                let rules: Vec<&str> = it.rules.iter().map(|rule| &text[rule.span.range()]).collect();
                let reason = it.reason.as_ref().map(|reason| &text[reason.span.range()]);
                (rules.join("+"), reason, text[it.covers.range()].trim())
            })
            .collect();
        let table = &text[text.find("| x").unwrap()..text.find("\n\n- one").unwrap()];
        assert_eq!(all[0], ("a/b+c/*".to_owned(), Some("why\n  not"), table));
        assert_eq!(all[1], ("a/d".to_owned(), Some("ñ"), "| y <!-- rollbook: allow a/d — ñ --> |"));
        assert_eq!(all[2], ("a/e".to_owned(), None, "- two\n  <!-- rollbook:allow a/e -->"));
        assert_eq!(all[3], ("a/f".to_owned(), Some("x"), ""));
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
