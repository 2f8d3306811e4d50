//! Bare URLs in text become links, as on the forge (the extended autolinks of GFM, section 6.9, for `http`, `https` and `www`).

use memchr::{memchr3_iter, memmem};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

/// Whether there may be a bare URL in the text of this Markdown. A page without any, which is most, need not be searched text by
/// text. The marks of a URL may be escaped, and they may be written as entities.
pub fn may_occur(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    let is_mark = |at: usize| {
        let marks: [&[u8]; 7] = [b"://", b"\\/", b"\\.", b"&#", b"&colon;", b"&sol;", b"&period;"];
        marks.iter().any(|mark| bytes[at..].starts_with(mark))
    };
    memchr3_iter(b':', b'\\', b'&', bytes).any(is_mark) || memmem::find(bytes, b"www.").is_some()
}

/// Appends `text`, escaped, with its bare URLs as links.
pub fn write(text: &str, out: &mut String) {
    // Nearly every text has none, and these searches are the fastest there are.
    if !text.contains("://") && !text.contains("www.") {
        let _ = escape_html_body_text(out, text);
        return;
    }
    let mut rest = text;
    while let Some((start, end)) = find(rest) {
        let _ = escape_html_body_text(&mut *out, &rest[..start]);
        write_link(&rest[start..end], out);
        rest = &rest[end..];
    }
    let _ = escape_html_body_text(&mut *out, rest);
}

fn write_link(url: &str, out: &mut String) {
    out.push_str("<a class=\"external\" rel=\"noopener\" href=\"");
    if url.starts_with("www.") {
        out.push_str("http://");
    }
    let _ = escape_html(&mut *out, url);
    out.push_str("\">");
    let _ = escape_html_body_text(&mut *out, url);
    out.push_str("</a>");
}

/// The first URL, as a range of bytes.
fn find(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].bytes().position(|byte| matches!(byte, b'h' | b'w'))?;
        if !["http://", "https://", "www."].iter().any(|mark| text[start..].starts_with(mark)) {
            from = start + 1;
            continue;
        }
        let before = text[..start].chars().next_back();
        let boundary = before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '«' | '“' | '"'));
        from = start + 4;
        if boundary && !host(&text[start..]).starts_with('.') {
            let end = start + length(&text[start..]);
            if host(&text[start..end]).contains('.') {
                return Some((start, end));
            }
            // Nothing inside has a dot either.
            from = from.max(end);
        }
    }
}

fn host(url: &str) -> &str {
    url.trim_start_matches("https://").trim_start_matches("http://")
}

/// How far a URL goes: to white space or `<`, without punctuation and unmatched parentheses at its end.
fn length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '»' | '”')).unwrap_or(text.len());
    let mut url = &text[..end];
    let opened = url.matches('(').count();
    let mut closed = url.matches(')').count();
    loop {
        let shorter = if url.ends_with(')') && closed > opened {
            closed -= 1;
            &url[..url.len() - 1]
        } else {
            url.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', '"'])
        };
        if shorter.len() == url.len() {
            return url.len();
        }
        url = shorter;
    }
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, links: &[&str]) {
        let mut out = String::new();
        super::write(text, &mut out);
        let found: Vec<&str> = out.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(found, links, "{out}");
    }

    #[test]
    fn bare_urls_become_links() {
        check("ver https://a.example/b_c?d=1. Fin", &["https://a.example/b_c?d=1"]);
        check("(www.example.org/x_(y))", &["http://www.example.org/x_(y)"]);
        check("a http://x.example, http://y.example!", &["http://x.example", "http://y.example"]);
    }

    #[test]
    fn no_page_with_a_url_is_passed_over() {
        for markdown in ["a https://x.y", "www.x.y", "https\\://x.y", "https:\\//x.y", "www\\.x.y", "https&#58;//x.y"] {
            assert!(super::may_occur(markdown), "{markdown}");
        }
        for markdown in ["a: b", "dos\\\nlíneas && más", "a/b.md", "ww.x"] {
            assert!(!super::may_occur(markdown), "{markdown}");
        }
    }

    #[test]
    fn other_text_stays() {
        check("xhttps://a.example", &[]);
        check("http:// y https://", &[]);
        check("www. nada", &[]);
    }
}
