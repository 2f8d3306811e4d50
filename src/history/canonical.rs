//! The quick way to read a manifest: line by line, in the one form in which Rollbook writes it.
//!
//! A site of a thousand pages has a thousand lines in each of its revisions, and each build reads them all, so that the way
//! over a tree of YAML takes longer than the build. What is not exactly as [`to_yaml`](super::manifest::to_yaml) writes it is
//! left to that way, which also knows how to say what is wrong and where.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::DateTime;

use crate::history::hash::is_sha256;
use crate::history::path::is_clean;
use crate::model::{FileRecord, Rename, Revision, Summary};
use crate::yaml::quoted;

/// The revision that `text` is the canonical manifest of, without folder and own hash; none if it is anything else.
pub(super) fn read(text: &str) -> Option<Revision> {
    let mut lines = Lines(text);
    lines.exactly("format: 1")?;
    let number = number(lines.field("number: ")?)?;
    let date = DateTime::parse_from_rfc3339(&text_of(lines.field("date: ")?)?).ok()?;
    let author = text_of(lines.field("author: ")?)?.into_owned();
    let message = text_of(lines.field("message: ")?)?.into_owned();
    let phase = optional(lines.field("phase: ")?)?;
    let parent = optional(lines.field("parent: ")?)?;
    lines.exactly("summary:")?;
    let summary = Summary { items: lines.map("  items:", number_of)?, flags: lines.map("  flags:", owned)? };
    let files = lines.list("files:", |line| file(line, number))?;
    let removed = lines.list("removed:", clean_path)?;
    let renamed = lines.list("renamed:", rename)?;
    let (folder, hash) = (String::new(), String::new());
    let revision =
        Revision { number, folder, date, author, message, phase, parent, hash, summary, files, removed, renamed };
    (lines.0.is_empty() && is_valid(&revision)).then_some(revision)
}

/// What the lines alone do not show: a parent is a hash, and keys of lists ascend.
fn is_valid(revision: &Revision) -> bool {
    revision.parent.as_deref().is_none_or(is_sha256)
        && revision.files.is_sorted_by(|a, b| a.path < b.path)
        && revision.removed.is_sorted_by(|a, b| a < b)
        && revision.renamed.is_sorted_by(|a, b| a.to < b.to)
}

/// The lines that are still to be read.
struct Lines<'a>(&'a str);

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let end = memchr::memchr(b'\n', self.0.as_bytes())?;
        let line = &self.0[..end];
        self.0 = &self.0[end + 1..];
        Some(line)
    }

    fn exactly(&mut self, line: &str) -> Option<()> {
        (self.next()? == line).then_some(())
    }

    fn field(&mut self, start: &str) -> Option<&'a str> {
        self.next()?.strip_prefix(start)
    }

    /// The lines of a block, without their indent; none in it if its head ends with `empty`.
    fn block(
        &mut self,
        head: &str,
        empty: &str,
        indent: &str,
        mut each: impl FnMut(&'a str) -> Option<()>,
    ) -> Option<()> {
        match self.field(head)? {
            "" => {}
            none => return (none.strip_prefix(' ')? == empty).then_some(()),
        }
        let mut lines = 0;
        while self.0.starts_with(indent) {
            each(&self.next()?[indent.len()..])?;
            lines += 1;
        }
        (lines > 0).then_some(())
    }

    fn map<T>(&mut self, head: &str, value: impl Fn(&str) -> Option<T>) -> Option<BTreeMap<String, T>> {
        let mut map = BTreeMap::new();
        self.block(head, "{}", "    ", |line| {
            let (key, rest) = line.split_at(end_of_quoted(line)?);
            let previous = map.insert(text_of(key)?.into_owned(), value(rest.strip_prefix(": ")?)?);
            previous.is_none().then_some(())
        })?;
        Some(map)
    }

    fn list<T>(&mut self, head: &str, item: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let mut list = Vec::new();
        self.block(head, "[]", "  - ", |line| {
            list.push(item(line)?);
            Some(())
        })?;
        Some(list)
    }
}

fn file(line: &str, number: u32) -> Option<FileRecord> {
    let rest = line.strip_prefix("{path: ")?;
    let (path, rest) = rest.split_at(end_of_quoted(rest)?);
    let (sha256, rest) = rest.strip_prefix(", sha256: \"")?.split_at_checked(64)?;
    let (bytes, revision) = rest.strip_prefix("\", bytes: ")?.strip_suffix('}')?.split_once(", revision: ")?;
    let record = FileRecord {
        path: clean_path(path)?,
        sha256: is_sha256(sha256).then(|| sha256.to_owned())?,
        bytes: self::number::<i64>(bytes)?.try_into().ok()?,
        revision: self::number(revision)?,
    };
    (1..=number).contains(&record.revision).then_some(record)
}

fn rename(line: &str) -> Option<Rename> {
    let rest = line.strip_prefix("{from: ")?;
    let (from, rest) = rest.split_at(end_of_quoted(rest)?);
    let to = rest.strip_prefix(", to: ")?.strip_suffix('}')?;
    Some(Rename { from: clean_path(from)?, to: clean_path(to)? })
}

fn clean_path(quoted: &str) -> Option<String> {
    let path = text_of(quoted)?;
    is_clean(&path).then(|| path.into_owned())
}

fn owned(quoted: &str) -> Option<String> {
    text_of(quoted).map(Cow::into_owned)
}

fn optional(value: &str) -> Option<Option<String>> {
    if value == "null" { Some(None) } else { owned(value).map(Some) }
}

fn number_of(digits: &str) -> Option<usize> {
    number::<i64>(digits)?.try_into().ok()
}

/// A number as it is written: digits, and no zero in front.
fn number<T: FromStr>(digits: &str) -> Option<T> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    plain.then(|| digits.parse().ok()).flatten()
}

/// Where the quoted text ends that `line` begins with, behind its closing quote.
fn end_of_quoted(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = usize::from(bytes.first() == Some(&b'"'));
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..).filter(|_| at > 0)?)?;
        match bytes[at] {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
    }
}

/// The text in quotes. What is not plain ASCII is written again for comparison, so that only one form of a text is taken.
fn text_of(quoted_text: &str) -> Option<Cow<'_, str>> {
    let inner = quoted_text.strip_prefix('"')?.strip_suffix('"')?;
    if inner.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')) {
        return Some(Cow::Borrowed(inner));
    }
    let text = unescaped(inner)?;
    (quoted(&text) == quoted_text).then_some(Cow::Owned(text))
}

fn unescaped(inner: &str) -> Option<String> {
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let (c, length) = match escape.bytes().next()? {
            b'n' => ('\n', 1),
            b'u' => (char::from_u32(u32::from_str_radix(escape.get(1..5)?, 16).ok()?)?, 5),
            byte => (char::from(byte), 1),
        };
        text.push(c);
        rest = escape.get(length..)?;
    }
    text.push_str(rest);
    Some(text)
}
