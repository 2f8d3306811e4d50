//! The path of a request: decoded, and refused where it could lead out of the site.

/// The output path that a request target asks for, without the slash in front: `/a%20b/?x=1` asks for `a b/`.
/// Nothing if the target is not a path, is not UTF-8 behind its escapes, or holds a part that some file system
/// reads as something else than a name: empty, `.`, `..`, a backslash, a control character. A control character as such
/// has no place in the query either: tiny_http lets a bare line feed pass, and a redirect would repeat it in its head.
pub(super) fn clean_path(target: &str) -> Option<String> {
    if target.contains(char::is_control) {
        return None;
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = decode(path.strip_prefix('/')?)?;
    let folders = path.strip_suffix('/').unwrap_or(&path);
    let odd = |c: char| c == '\\' || c.is_control();
    let clean = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(odd);
    (path.is_empty() || folders.split('/').all(clean)).then_some(path)
}

/// The query of a request target, with its `?`; empty without one.
pub(super) fn query(target: &str) -> &str {
    let end = target.find('#').unwrap_or(target.len());
    target[..end].find('?').map_or("", |start| &target[start..end])
}

/// Undoes percent-encoding (RFC 3986, section 2.1), once: what is still encoded afterwards is part of a name.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => bytes.push(hex(rest.next()?)? << 4 | hex(rest.next()?)?),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::{clean_path, query};

    #[track_caller]
    fn check(target: &str, path: Option<&str>) {
        assert_eq!(clean_path(target).as_deref(), path, "{target}");
    }

    #[test]
    fn paths_are_decoded_once() {
        check("/", Some(""));
        check("/a/b.html?x=1#y", Some("a/b.html"));
        check("/a/", Some("a/"));
        check("/a%C3%B1o%20%231.html", Some("año #1.html"));
        check("/100%2525.html", Some("100%25.html"));
        check("/...", Some("..."));
    }

    #[test]
    fn what_could_lead_elsewhere_is_refused() {
        for target in [
            "",
            "*",
            "http://x/",
            "/..",
            "/../x",
            "/a/../../x",
            "/..%2fx",
            "/%2e%2e/x",
            "/%2E%2E%2Fx",
            "/a/./b",
            "//x",
            "/%2fetc",
            "/a//",
            "/..%5cx",
            "/a\\b",
            "/a%00.html",
            "/a%0d%0ab",
            "/a?b\nc",
            "/a#b\r",
            "/%",
            "/%4",
            "/%zz",
            "/%+1",
            "/%ff",
        ] {
            check(target, None);
        }
    }

    #[test]
    fn a_query_ends_before_the_fragment() {
        assert_eq!(query("/a?b=c?d#e?f"), "?b=c?d");
        assert_eq!(query("/a#b?c"), "");
    }
}
