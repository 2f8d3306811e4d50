//! Paths of output files and the links between them.

use std::fmt;
use std::path::PathBuf;

/// What an output file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a source file, copied as they are.
    Copy(PathBuf),
}

/// The path of a file of the built site, below its root, with `/` between the parts: `manuales/moda.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(String);

impl OutPath {
    /// A path from clean parts: no `.`, no `..`, no leading slash.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        let path = path.into();
        debug_assert!(
            path.split('/').all(|part| !part.is_empty() && part != "." && part != ".."),
            "unclean path {path:?}"
        );
        Self(path)
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder's path with a slash at its end, or nothing at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.bytes().rposition(|byte| byte == b'/').map_or("", |slash| &self.0[..=slash])
    }

    /// What leads from this file's folder to the site's root: `""`, `"../"`, `"../../"`.
    #[must_use]
    pub fn to_root(&self) -> String {
        "../".repeat(self.folder().matches('/').count())
    }

    /// The relative, percent-encoded link from this file to `other`.
    #[must_use]
    pub fn link_to(&self, other: &Self) -> String {
        let from = self.folder();
        let shared = common_folder(from, other.folder());
        let up = from[shared..].bytes().filter(|byte| *byte == b'/').count();
        let mut link = String::with_capacity(3 * up + other.0.len() - shared);
        (0..up).for_each(|_| link.push_str("../"));
        push_encoded(&mut link, &other.0[shared..]);
        link
    }

    /// The whole path, percent-encoded, as it stands behind a base URL.
    #[must_use]
    pub fn encoded(&self) -> String {
        let mut path = String::with_capacity(self.0.len());
        push_encoded(&mut path, &self.0);
        path
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many bytes of folder path both share, up to and with a slash.
fn common_folder(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    a.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1)
}

/// Appends `path` as RFC 3986 wants it in a relative reference. `:` is encoded too, since a first part with a colon
/// would read as a scheme.
fn push_encoded(link: &mut String, path: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = path;
    // Nearly every path is plain from end to end.
    while let Some(at) = rest.bytes().position(|byte| !is_plain(byte)) {
        let plain_again =
            rest[at..].find(|c: char| c.is_ascii() && is_plain(c as u8)).map_or(rest.len(), |len| at + len);
        link.push_str(&rest[..at]);
        for byte in rest[at..plain_again].bytes() {
            link.push('%');
            link.push(HEX[usize::from(byte >> 4)] as char);
            link.push(HEX[usize::from(byte & 15)] as char);
        }
        rest = &rest[plain_again..];
    }
    link.push_str(rest);
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b'/'
                | b'!'
                | b'$'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
                | b'@'
        )
}

#[cfg(test)]
mod tests {
    use super::OutPath;

    #[track_caller]
    fn check(from: &str, to: &str, link: &str) {
        assert_eq!(OutPath::new(from).link_to(&OutPath::new(to)), link);
    }

    #[test]
    fn links_are_relative_and_encoded() {
        check("index.html", "plan.html", "plan.html");
        check("manuales/moda.html", "plan.html", "../plan.html");
        check("manuales/moda.html", "manuales/index.html", "index.html");
        check("a/b/c.html", "a/d/e.html", "../d/e.html");
        check("ab/x.html", "a/y.html", "../a/y.html");
        check("index.html", "año #1/50% ¿qué?.html", "a%C3%B1o%20%231/50%25%20%C2%BFqu%C3%A9%3F.html");
        check("index.html", "a:b.html", "a%3Ab.html");
    }

    #[test]
    fn the_root_is_found_from_any_depth() {
        assert_eq!(OutPath::new("index.html").to_root(), "");
        assert_eq!(OutPath::new("a/b/c.html").to_root(), "../../");
    }
}
