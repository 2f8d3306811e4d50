//! A revision as text and back: `revision.yaml`, as `docs/content/revision-format.md` describes it.
//!
//! Writing: the keys in a fixed order, one line a file, every text in double quotes with JSON's escapes. The same
//! revision always gives the same bytes, and any path or message survives. Reading is strict, since nobody edits these
//! files by hand: the first thing that is not as it should be makes the manifest unreadable, with its place. `canonical` reads
//! what is as it was written, and everything else is read here as YAML, with the same outcome.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, SecondsFormat};

use crate::fields::{FieldFault, FieldSpec, FieldType, Fields};
use crate::history::canonical;
use crate::history::hash::{is_sha256, sha256};
use crate::history::path::is_clean;
use crate::model::{FileRecord, Rename, Revision, Summary, Unreadable};
use crate::source::Span;
use crate::yaml::{self, Node, Value, quoted};

/// Name of the file in a revision's folder.
pub const MANIFEST: &str = "revision.yaml";

/// The only version of the format so far.
const FORMAT: i64 = 1;

const SPECS: &[FieldSpec] = &[
    FieldSpec { name: "format", takes: FieldType::Integer },
    FieldSpec { name: "number", takes: FieldType::Integer },
    FieldSpec { name: "date", takes: FieldType::Text },
    FieldSpec { name: "author", takes: FieldType::Text },
    FieldSpec { name: "message", takes: FieldType::Text },
    FieldSpec { name: "phase", takes: FieldType::Text },
    FieldSpec { name: "parent", takes: FieldType::Text },
    FieldSpec { name: "summary", takes: FieldType::Map },
    FieldSpec { name: "files", takes: FieldType::MapList },
    FieldSpec { name: "removed", takes: FieldType::TextList },
    FieldSpec { name: "renamed", takes: FieldType::MapList },
];

const SUMMARY_SPECS: &[FieldSpec] =
    &[FieldSpec { name: "items", takes: FieldType::Map }, FieldSpec { name: "flags", takes: FieldType::Map }];

const FILE_SPECS: &[FieldSpec] = &[
    FieldSpec { name: "path", takes: FieldType::Text },
    FieldSpec { name: "sha256", takes: FieldType::Text },
    FieldSpec { name: "bytes", takes: FieldType::Integer },
    FieldSpec { name: "revision", takes: FieldType::Integer },
];

const RENAME_SPECS: &[FieldSpec] =
    &[FieldSpec { name: "from", takes: FieldType::Text }, FieldSpec { name: "to", takes: FieldType::Text }];

/// A manifest that could not be read, and where reading ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestError {
    /// What is wrong.
    pub why: Unreadable,
    /// Where, in bytes of the manifest.
    pub span: Span,
}

impl ManifestError {
    fn field(name: &'static str, span: Span) -> Self {
        Self { why: Unreadable::Field(name), span }
    }
}

impl From<FieldFault> for ManifestError {
    fn from(fault: FieldFault) -> Self {
        match fault {
            FieldFault::DuplicateKey { key, again, .. } => Self { why: Unreadable::RepeatedKey(key), span: again },
            FieldFault::UnknownField { key, span, .. } => Self { why: Unreadable::UnknownKey(key), span },
            FieldFault::WrongType { field, span, .. } | FieldFault::MissingField { field, span, .. } => {
                Self::field(field, span)
            }
        }
    }
}

/// The text of `revision.yaml`. Neither the folder's name nor the own hash is part of it.
#[must_use]
pub fn to_yaml(revision: &Revision) -> String {
    let mut yaml = format!("format: {FORMAT}\nnumber: {}\n", revision.number);
    push_field(&mut yaml, "date", &quoted(&revision.date.to_rfc3339_opts(SecondsFormat::Secs, false)));
    push_field(&mut yaml, "author", &quoted(&revision.author));
    push_field(&mut yaml, "message", &quoted(&revision.message));
    push_field(&mut yaml, "phase", &quoted_or_null(revision.phase.as_deref()));
    push_field(&mut yaml, "parent", &quoted_or_null(revision.parent.as_deref()));
    yaml.push_str("summary:\n");
    let items = revision.summary.items.iter().map(|(status, count)| pair(status, &count.to_string()));
    push_block(&mut yaml, "  items", "{}", items);
    let flags = revision.summary.flags.iter().map(|(key, default)| pair(key, &quoted(default)));
    push_block(&mut yaml, "  flags", "{}", flags);
    push_block(&mut yaml, "files", "[]", revision.files.iter().map(file_line));
    push_block(&mut yaml, "removed", "[]", revision.removed.iter().map(|path| format!("  - {}\n", quoted(path))));
    push_block(&mut yaml, "renamed", "[]", revision.renamed.iter().map(rename_line));
    yaml
}

fn push_field(yaml: &mut String, key: &str, value: &str) {
    yaml.push_str(&format!("{key}: {value}\n"));
}

/// Appends a mapping or a list in block form; `empty` stands where it has no lines.
fn push_block(yaml: &mut String, key: &str, empty: &str, lines: impl Iterator<Item = String>) {
    let lines: String = lines.collect();
    match lines.is_empty() {
        true => push_field(yaml, key, empty),
        false => yaml.push_str(&format!("{key}:\n{lines}")),
    }
}

/// One entry of the summary. The `?` form has no limit on the length of a key, which YAML's short form has.
fn pair(key: &str, value: &str) -> String {
    let key = quoted(key);
    match key.len() > 1000 {
        true => format!("    ? {key}\n    : {value}\n"),
        false => format!("    {key}: {value}\n"),
    }
}

fn file_line(file: &FileRecord) -> String {
    let FileRecord { path, sha256, bytes, revision } = file;
    format!("  - {{path: {}, sha256: \"{sha256}\", bytes: {bytes}, revision: {revision}}}\n", quoted(path))
}

fn rename_line(rename: &Rename) -> String {
    format!("  - {{from: {}, to: {}}}\n", quoted(&rename.from), quoted(&rename.to))
}

fn quoted_or_null(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), quoted)
}

/// Reads the bytes of the `revision.yaml` in the folder named `folder`.
///
/// # Errors
/// When they are not a manifest in a format that this program knows.
pub fn from_yaml(folder: &str, bytes: &[u8]) -> Result<Revision, ManifestError> {
    from_hashed_yaml(folder, bytes, sha256(bytes))
}

/// As [`from_yaml`], where the hash of the bytes is known.
pub(super) fn from_hashed_yaml(folder: &str, bytes: &[u8], hash: String) -> Result<Revision, ManifestError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ManifestError { why: Unreadable::NotUtf8, span: Span::at(error.valid_up_to()) })?;
    // Where something converted the line ends, `verify` says so; what the manifest says is the same.
    let unix = if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
    if let Some(revision) = canonical::read(&unix) {
        return Ok(Revision { folder: folder.to_owned(), hash, ..revision });
    }
    let tree = yaml::parse(text, 0)
        .map_err(|error| ManifestError { why: Unreadable::Syntax(error.message), span: error.span })?;
    check_format(&tree)?;
    check_keys(&tree, SPECS)?;
    let number = integer(&tree, "number")?;
    Ok(Revision {
        number,
        folder: folder.to_owned(),
        date: date(&tree)?,
        author: text_of(&tree, "author")?,
        message: text_of(&tree, "message")?,
        phase: optional_text(&tree, "phase")?,
        parent: optional_text(&tree, "parent")?.map(|hash| checked_hash(&tree, "parent", hash)).transpose()?,
        hash,
        summary: summary(field(&tree, "summary")?)?,
        files: ascending(&tree, "files", |node| file(node, number), |file| &file.path)?,
        removed: ascending(&tree, "removed", removed, |path| path)?,
        renamed: ascending(&tree, "renamed", rename, |rename| &rename.to)?,
    })
}

/// The format comes before the keys: a later one may have others, and then its number is what the reader must learn.
fn check_format(tree: &Node) -> Result<(), ManifestError> {
    match tree.get("format").map(|node| (&node.value, node.span)) {
        Some((Value::Integer(FORMAT), _)) => Ok(()),
        Some((Value::Integer(other), span)) => Err(ManifestError { why: Unreadable::Format(*other), span }),
        Some((_, span)) => Err(ManifestError::field("format", span)),
        None if tree.as_mapping().is_some() => Err(ManifestError::field("format", Span::at(tree.span.start as usize))),
        None => Err(ManifestError { why: Unreadable::NotAMapping, span: tree.span }),
    }
}

fn check_keys(node: &Node, specs: &'static [FieldSpec]) -> Result<(), ManifestError> {
    let Some(entries) = node.as_mapping() else {
        return Err(ManifestError { why: Unreadable::NotAMapping, span: node.span });
    };
    let mut faults = Vec::new();
    Fields::new(entries, specs, &mut faults);
    faults.into_iter().next().map_or(Ok(()), |fault| Err(fault.into()))
}

fn field<'a>(map: &'a Node, name: &'static str) -> Result<&'a Node, ManifestError> {
    map.get(name).ok_or_else(|| ManifestError::field(name, Span::at(map.span.start as usize)))
}

fn optional_text(map: &Node, name: &'static str) -> Result<Option<String>, ManifestError> {
    let node = field(map, name)?;
    match &node.value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        _ => Err(ManifestError::field(name, node.span)),
    }
}

fn text_of(map: &Node, name: &'static str) -> Result<String, ManifestError> {
    optional_text(map, name)?.ok_or_else(|| ManifestError::field(name, map.span))
}

fn integer<T: TryFrom<i64>>(map: &Node, name: &'static str) -> Result<T, ManifestError> {
    let node = field(map, name)?;
    match node.value {
        Value::Integer(value) => T::try_from(value).map_err(|_| ManifestError::field(name, node.span)),
        _ => Err(ManifestError::field(name, node.span)),
    }
}

fn date(map: &Node) -> Result<DateTime<FixedOffset>, ManifestError> {
    let span = field(map, "date")?.span;
    DateTime::parse_from_rfc3339(&text_of(map, "date")?).map_err(|_| ManifestError::field("date", span))
}

fn checked_hash(map: &Node, name: &'static str, hash: String) -> Result<String, ManifestError> {
    if is_sha256(&hash) { Ok(hash) } else { Err(ManifestError::field(name, field(map, name)?.span)) }
}

fn checked_path(map: &Node, name: &'static str) -> Result<String, ManifestError> {
    let path = text_of(map, name)?;
    if is_clean(&path) { Ok(path) } else { Err(ManifestError::field(name, field(map, name)?.span)) }
}

fn summary(node: &Node) -> Result<Summary, ManifestError> {
    check_keys(node, SUMMARY_SPECS)?;
    let items = by_key(field(node, "items")?, "items", |node| match node.value {
        Value::Integer(count) => usize::try_from(count).ok(),
        _ => None,
    })?;
    let flags = by_key(field(node, "flags")?, "flags", |node| match &node.value {
        Value::String(default) => Some(default.clone()),
        _ => None,
    })?;
    Ok(Summary { items, flags })
}

fn by_key<T>(
    node: &Node,
    name: &'static str,
    read: impl Fn(&Node) -> Option<T>,
) -> Result<BTreeMap<String, T>, ManifestError> {
    let entries = node.as_mapping().ok_or_else(|| ManifestError::field(name, node.span))?;
    let mut map = BTreeMap::new();
    for entry in entries {
        let value = read(&entry.node).ok_or_else(|| ManifestError::field(name, entry.node.span))?;
        if map.insert(entry.key.value.clone(), value).is_some() {
            return Err(ManifestError { why: Unreadable::RepeatedKey(entry.key.value.clone()), span: entry.key.span });
        }
    }
    Ok(map)
}

/// A list whose keys ascend, and so stand once each.
fn ascending<T>(
    map: &Node,
    name: &'static str,
    read: impl Fn(&Node) -> Result<T, ManifestError>,
    key: impl Fn(&T) -> &String,
) -> Result<Vec<T>, ManifestError> {
    let node = field(map, name)?;
    let Value::Sequence(items) = &node.value else { return Err(ManifestError::field(name, node.span)) };
    let list: Vec<T> = items.iter().map(read).collect::<Result<_, _>>()?;
    match list.windows(2).position(|pair| key(&pair[0]) >= key(&pair[1])) {
        Some(at) => Err(ManifestError::field(name, items[at + 1].span)),
        None => Ok(list),
    }
}

fn file(node: &Node, number: u32) -> Result<FileRecord, ManifestError> {
    check_keys(node, FILE_SPECS)?;
    let revision = integer(node, "revision")?;
    if revision == 0 || revision > number {
        return Err(ManifestError::field("revision", field(node, "revision")?.span));
    }
    let sha256 = checked_hash(node, "sha256", text_of(node, "sha256")?)?;
    Ok(FileRecord { path: checked_path(node, "path")?, sha256, bytes: integer(node, "bytes")?, revision })
}

fn removed(node: &Node) -> Result<String, ManifestError> {
    match &node.value {
        Value::String(path) if is_clean(path) => Ok(path.clone()),
        _ => Err(ManifestError::field("removed", node.span)),
    }
}

fn rename(node: &Node) -> Result<Rename, ManifestError> {
    check_keys(node, RENAME_SPECS)?;
    Ok(Rename { from: checked_path(node, "from")?, to: checked_path(node, "to")? })
}
