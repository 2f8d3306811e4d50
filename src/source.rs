//! Source text and places in it: the one owner of byte, character and UTF-16 positions.

use std::ops::{Index, Range};
use std::sync::{Arc, OnceLock};

/// Names a file of one load. Ids are dense and follow the order of the files' paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file, always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `start..end`, in bytes.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// An empty span at one byte: a place where something is missing.
    #[must_use]
    pub const fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The span as a range that can index a `str`.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The span moved right by `offset` bytes.
    #[must_use]
    pub const fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + offset as u32, end: self.end + offset as u32 }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether no byte lies inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies inside.
    #[must_use]
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A value and the place where it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value with its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Turns the value into another one at the same place.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

/// A place as people and other programs count it. All counts start at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line number.
    pub line: usize,
    /// Column in Unicode scalar values.
    pub column: usize,
    /// Column in UTF-16 code units, as the language server protocol counts (there from 0).
    pub utf16_column: usize,
}

/// Where each line of a text starts, in bytes.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads the line starts of `text`. A line ends with `\n`; `\r\n` needs no care, since `\r` stays in its line.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(newlines.map(|(at, _)| at as u32 + 1)).collect() }
    }

    /// The number of the line (from 0) that holds byte `offset`.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset) - 1
    }

    /// First byte of line `line` (from 0); the end of the last line for a line that does not exist.
    #[must_use]
    pub fn start_of(&self, line: usize) -> usize {
        self.starts[line.min(self.starts.len() - 1)] as usize
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never true: every text has a line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }
}

/// One text file of the site, read once.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path below the root, with `/` between the parts: `content/plan.md`.
    pub path: String,
    /// The text. Where the bytes are not UTF-8, U+FFFD stands in and `invalid_utf8` says so.
    pub text: Arc<str>,
    /// First byte (in the file) that is not UTF-8, if any.
    pub invalid_utf8: Option<usize>,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// A file from text that is known to be UTF-8.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into(), invalid_utf8: None, lines: OnceLock::new() }
    }

    /// A file from bytes as they were on disk. Where lines end as on old Macs, they end with `\n` in the text, and no place moves.
    #[must_use]
    pub fn from_bytes(path: impl Into<String>, mut bytes: Vec<u8>) -> Self {
        if ends_lines_with_cr(&bytes) {
            bytes.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(path, text),
            Err(error) => {
                let valid_up_to = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Self { invalid_utf8: Some(valid_up_to), ..Self::new(path, text) }
            }
        }
    }

    /// The line starts, computed when first asked for.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The position of byte `offset`; an offset past the end or inside a character is moved back to a boundary.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.lines().line_of(offset);
        let before = &self.text[self.lines().start_of(line)..offset];
        Position { line: line + 1, column: before.chars().count() + 1, utf16_column: before.encode_utf16().count() + 1 }
    }

    /// The text under `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }
}

/// Whether the lines of a file end with `\r` alone, which readers of Markdown do not agree about.
#[must_use]
pub fn ends_lines_with_cr(bytes: &[u8]) -> bool {
    bytes.contains(&b'\r') && !bytes.contains(&b'\n')
}

/// All text files of one load, by id.
#[derive(Clone, Debug, Default)]
pub struct Sources(pub Vec<SourceFile>);

impl Sources {
    /// The files with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.0.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// `path:line:column` of a place, as compilers write it.
    #[must_use]
    pub fn locate(&self, file: FileId, span: Span) -> String {
        let position = self[file].position(span.start as usize);
        format!("{}:{}:{}", self[file].path, position.line, position.column)
    }
}

impl Index<FileId> for Sources {
    type Output = SourceFile;

    fn index(&self, id: FileId) -> &SourceFile {
        &self.0[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let file = SourceFile::new("a.md", "á😀x\r\nb");
        let x = file.text.find('x').unwrap();
        let at_x = file.position(x);
        assert_eq!((at_x.line, at_x.column, at_x.utf16_column), (1, 3, 4));
        let b = file.position(file.text.find('b').unwrap());
        assert_eq!((b.line, b.column), (2, 1));
        let past_the_end = file.position(1000);
        assert_eq!((past_the_end.line, past_the_end.column), (2, 2));
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        assert_eq!(&*SourceFile::from_bytes("a.md", b"# A\r\rx\r".to_vec()).text, "# A\n\nx\n");
        assert_eq!(&*SourceFile::from_bytes("a.md", b"a\rb\r\n".to_vec()).text, "a\rb\r\n");
        let file = SourceFile::from_bytes("a.md", b"ok \xff!".to_vec());
        assert_eq!(file.invalid_utf8, Some(3));
        assert_eq!(&*file.text, "ok \u{fffd}!");
    }
}
