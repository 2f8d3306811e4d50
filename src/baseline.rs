//! The baseline on disk: the findings of an old plan that may stay for now, so that its team can begin to check today.
//!
//! It holds no line numbers, and its entries are sorted: a finding is known again wherever its line moves, and two branches
//! that write it anew differ only where their findings do.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::path::Path;

use anyhow::Context as _;

use crate::diagnostic::Diagnostic;
use crate::fields::{FieldFault, FieldSpec, FieldType, Fields};
use crate::fingerprint::{self, Topic};
use crate::list_file;
use crate::model::{Baseline, BaselineEntry, Site};
use crate::source::{FileId, SourceFile, Sources, Span, Spanned};
use crate::whole_file;
use crate::yaml::{Entry, Node, Value, quoted};

const HEAD: &str =
    "# Written by `rollbook check --write-baseline`: findings that may stay for now. Not meant to be edited.\n";

const FILE_SPECS: &[FieldSpec; 1] = &[FieldSpec { name: "findings", takes: FieldType::MapList }];

const COUNT: FieldType = FieldType::IntegerIn(1, 1_000_000);

const SPECS: &[FieldSpec] = &[
    FieldSpec { name: "rule", takes: FieldType::Text },
    FieldSpec { name: "path", takes: FieldType::Text },
    FieldSpec { name: "item", takes: FieldType::Text },
    FieldSpec { name: "fingerprint", takes: FieldType::Text },
    FieldSpec { name: "count", takes: COUNT },
];

/// Reads a baseline into a site. Its text goes among the sources under `name`, so that findings can point into it.
///
/// # Errors
/// When the file cannot be read.
pub fn read(path: &Path, name: &str, site: &mut Site) -> anyhow::Result<()> {
    let bytes = std::fs::read(path).with_context(|| format!("reading the baseline `{}`", path.display()))?;
    let source = SourceFile::from_bytes(name, bytes);
    let (entries, faults) = list_file::read(&source.text, FILE_SPECS, entry);
    site.sources.0.push(source);
    let file = FileId(site.sources.0.len() as u32 - 1);
    site.baseline = Some(Baseline { file, entries: entries.into_iter().flatten().collect(), faults });
    Ok(())
}

/// An entry, if nothing is wrong with it.
fn entry(entries: &[Entry], faults: &mut Vec<FieldFault>) -> Option<BaselineEntry> {
    let faults_before = faults.len();
    let mut fields = Fields::new(entries, SPECS, faults);
    let (rule, path) = (fields.text("rule"), fields.text("path"));
    let (item, fingerprint) = (fields.text("item"), fields.text("fingerprint"));
    let count = fields.integer("count");
    let span = entries.first().map_or_else(Span::default, |entry| entry.key.span);
    let nothing = Node { value: Value::Null, span, implicit: None };
    for (name, is_missing) in [
        ("rule", rule.is_none() && fields.node("rule").is_none()),
        ("path", path.is_none() && fields.node("path").is_none()),
        ("item", item.is_none() && fingerprint.is_none() && fields.node("item").is_none()),
        ("count", count.is_none() && fields.node("count").is_none()),
    ] {
        if is_missing {
            let takes = if name == "count" { COUNT } else { FieldType::Text };
            faults.push(FieldFault::wrong_type(name, takes, &nothing));
        }
    }
    let (rule, path, count) = (rule?, path?.value, usize::try_from(count?.value).ok()?);
    let value = |text: Option<Spanned<String>>| text.map(|text| text.value);
    let entry = BaselineEntry { span, rule, path, item: value(item), fingerprint: value(fingerprint), count };
    (faults.len() == faults_before).then_some(entry)
}

/// The baseline that lets these findings pass.
#[must_use]
pub fn text(sources: &Sources, findings: &[Diagnostic]) -> String {
    let mut counts: BTreeMap<(&str, &str, Topic), usize> = BTreeMap::new();
    for finding in findings {
        let path = sources[finding.file].path.as_str();
        *counts.entry((path, finding.rule, Topic::of(sources, finding))).or_default() += 1;
    }
    let mut text = HEAD.to_owned();
    text.push_str(if counts.is_empty() { "findings: []\n" } else { "findings:\n" });
    for ((path, rule, topic), count) in counts {
        let topic = match &topic {
            Topic::Subject(subject) => format!("item: {}", quoted(subject)),
            Topic::Line(_) => format!("fingerprint: {}", quoted(&fingerprint::first(rule, path, &topic))),
        };
        text.push_str(&format!("  - rule: {rule}\n    path: {}\n    {topic}\n    count: {count}\n", quoted(path)));
    }
    text
}

/// Writes a baseline, whole or not at all.
///
/// # Errors
/// When the disk does not do its part. What was there before is still there then.
pub fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    whole_file::replace(path, text.as_bytes(), readable())
        .with_context(|| format!("writing the baseline `{}`", path.display()))
}

/// Others of the team may read it, whatever the machine gives to new files.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there are no such rights")]
fn readable() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable() -> Option<Permissions> {
    None
}
