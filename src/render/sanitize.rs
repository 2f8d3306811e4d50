//! Raw HTML made harmless: a short list of elements and attributes stays, everything else is shown as text.
//!
//! Content may come from a fork's pull request and is hostile until its site says otherwise. The list follows what GitHub lets
//! through in Markdown. Tags are written anew from what the tokenizer read, so that nothing else can slip past.

use std::collections::BTreeMap;

use html5gum::{Token, Tokenizer};
use pulldown_cmark_escape::escape_html;

const ELEMENTS: [&str; 45] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "ul",
    "var",
    "wbr",
];
const ATTRIBUTES: [&str; 16] = [
    "align",
    "alt",
    "aria-label",
    "cite",
    "class",
    "dir",
    "height",
    "href",
    "id",
    "lang",
    "name",
    "open",
    "src",
    "start",
    "title",
    "width",
];
const VOID: [&str; 4] = ["br", "hr", "img", "wbr"];

/// Elements that raw HTML opened and did not close yet, innermost last. A closing tag without its opening one would close
/// what is not its author's.
#[derive(Debug, Default)]
pub struct OpenElements {
    names: Vec<&'static str>,
    /// How many of each element are open.
    counts: BTreeMap<&'static str, usize>,
}

impl OpenElements {
    /// How many are open.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Closes elements until only `len` are open.
    pub fn close_to(&mut self, len: usize, out: &mut String) {
        while self.names.len() > len
            && let Some(name) = self.names.pop()
        {
            *self.counts.entry(name).or_default() -= 1;
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
    }

    fn open(&mut self, name: &'static str) {
        self.names.push(name);
        *self.counts.entry(name).or_default() += 1;
    }

    fn close(&mut self, name: &str, out: &mut String) {
        if self.counts.get(name).is_some_and(|open| *open > 0)
            && let Some(at) = self.names.iter().rposition(|open| *open == name)
        {
            self.close_to(at, out);
        }
    }
}

/// Appends `html` with everything harmful shown as text. Comments go. `is_safe` judges the value of `href` and `src`.
pub fn sanitize(html: &str, open: &mut OpenElements, out: &mut String, is_safe: impl Fn(&str) -> bool) {
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                if let Some(name) = ELEMENTS.iter().find(|known| **known == name) {
                    let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(&value.value)));
                    write_tag(name, attributes, out, &is_safe);
                    if !VOID.contains(name) {
                        open.open(name);
                    }
                } else {
                    escape(&format!("<{name}>"), out);
                }
            }
            Token::EndTag(tag) => {
                let name = text(&tag.name);
                if ELEMENTS.contains(&name.as_str()) {
                    open.close(&name, out);
                } else {
                    escape(&format!("</{name}>"), out);
                }
            }
            Token::String(string) => escape(&text(&string.value), out),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
}

/// Whether a URL neither runs code nor smuggles a document in: relative, or of a harmless scheme. Browsers drop control
/// characters and white space before they look at a scheme, and so do we.
pub fn is_safe_url(url: &str) -> bool {
    let clean: String = url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let scheme = clean.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    scheme.is_none_or(|(scheme, _)| ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str()))
}

fn write_tag(
    name: &str,
    attributes: impl Iterator<Item = (String, String)>,
    out: &mut String,
    is_safe: &impl Fn(&str) -> bool,
) {
    out.push('<');
    out.push_str(name);
    for (name, value) in attributes.filter(|(name, _)| ATTRIBUTES.contains(&name.as_str())) {
        if matches!(name.as_str(), "href" | "src" | "cite") && !is_safe(&value) {
            continue;
        }
        // Ids of the theme begin so; a page must not take the place of one.
        if matches!(name.as_str(), "id" | "name") && value.starts_with("rb:") {
            continue;
        }
        out.push(' ');
        out.push_str(&name);
        out.push_str("=\"");
        escape(&value, out);
        out.push('"');
    }
    out.push('>');
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn escape(text: &str, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = escape_html(out, text);
}

#[cfg(test)]
mod tests {
    use super::{OpenElements, sanitize};

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let mut out = String::new();
        let mut open = OpenElements::default();
        sanitize(html, &mut open, &mut out, |url| !url.contains("script"));
        open.close_to(0, &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn only_harmless_urls_are_safe() {
        for url in ["a.html", "../b?c:d", "#e", "https://x.example", "mailto:a@x.example", ""] {
            assert!(super::is_safe_url(url), "{url}");
        }
        for url in ["javascript:alert(1)", " JaVa\tScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc"] {
            assert!(!super::is_safe_url(url), "{url}");
        }
    }

    #[test]
    fn harmless_html_stays() {
        check("<details open><summary>x</summary>", "<details open=\"\"><summary>x</summary></details>");
        check("a<br/>b", "a<br>b");
        check("<a href='x.html' onclick=evil()>", "<a href=\"x.html\"></a>");
        check("<b>x</i>y</b></div>", "<b>xy</b>");
    }

    #[test]
    fn harmful_html_becomes_text() {
        check("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
        check("<img src=x onerror=alert(1)>", "<img src=\"x\">");
        check("<a href=\"javascript:alert(1)\">", "<a></a>");
        check("<svg/onload=alert(1)>", "&lt;svg&gt;");
        check("<iframe src=//x>", "&lt;iframe&gt;");
        check("<p id=\"rb:main\">", "<p></p>");
        check("<!-- comment -->", "");
        check("<p style=\"position:fixed\">", "<p></p>");
        check("<img src=\"a\" alt='\"><script>'>", "<img alt=\"&quot;&gt;&lt;script&gt;\" src=\"a\">");
    }
}
