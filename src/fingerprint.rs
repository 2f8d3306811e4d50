//! Names of findings that outlive edits elsewhere in their file: they hold no line numbers, so that a baseline and a forge
//! know a finding again after lines were put in above it.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::words::fold;

/// Bytes of the hash that a fingerprint shows: 128 bits, more than any plan has findings for.
const BYTES: usize = 16;

/// Of a line longer than this, in bytes, only a part is read.
const LONG_LINE: usize = 2000;

/// What a finding is about, in words that outlive its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// An item's id, a flag's key.
    Subject(String),
    /// Without a subject: the folded words of the line on which the finding begins.
    Line(String),
}

impl Topic {
    /// What `finding` is about.
    #[must_use]
    pub fn of(sources: &Sources, finding: &Diagnostic) -> Self {
        match &finding.subject {
            Some(subject) => Self::Subject(subject.clone()),
            None => Self::Line(fold(line(sources, finding))),
        }
    }
}

/// The fingerprint of each finding, in their order: 32 hex digits of a hash over rule, path, topic, and the place among the
/// findings that are equal in all three.
#[must_use]
pub fn fingerprints(sources: &Sources, findings: &[Diagnostic]) -> Vec<String> {
    let mut seen: HashMap<(&str, &str, Topic), usize> = HashMap::new();
    let mut fingerprints = Vec::with_capacity(findings.len());
    for finding in findings {
        let key = (finding.rule, sources[finding.file].path.as_str(), Topic::of(sources, finding));
        let ordinal = seen.get(&key).copied().unwrap_or_default();
        fingerprints.push(hash(key.0, key.1, &key.2, ordinal));
        seen.insert(key, ordinal + 1);
    }
    fingerprints
}

/// The line on which a finding begins; of a very long line what follows the finding, so that no file makes many findings dear.
fn line<'a>(sources: &'a Sources, finding: &Diagnostic) -> &'a str {
    let file = &sources[finding.file];
    let text = &*file.text;
    let at = text.floor_char_boundary((finding.span.start as usize).min(text.len()));
    let number = file.lines().line_of(at);
    let start = file.lines().start_of(number);
    let end = if number + 1 < file.lines().len() { file.lines().start_of(number + 1) } else { text.len() };
    if end - start <= LONG_LINE {
        return &text[start..end];
    }
    &text[at..text.floor_char_boundary(end.min(at + LONG_LINE))]
}

fn hash(rule: &str, path: &str, topic: &Topic, ordinal: usize) -> String {
    let (kind, words) = match topic {
        Topic::Subject(subject) => ("subject", subject),
        Topic::Line(line) => ("line", line),
    };
    // A line break between the parts: none of them holds one but a subject, which stands last.
    let name = format!("{rule}\n{path}\n{ordinal}\n{kind}\n{words}");
    Sha256::digest(name.as_bytes()).iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::source::{FileId, SourceFile, Span};

    fn finding(rule: &'static str, at: usize, subject: Option<&str>) -> Diagnostic {
        Diagnostic {
            rule,
            severity: Severity::Error,
            file: FileId(0),
            span: Span::at(at),
            message: String::new(),
            help: None,
            labels: Vec::new(),
            subject: subject.map(str::to_owned),
            owner: None,
            fix: None,
        }
    }

    fn of(text: &str, findings: &[Diagnostic]) -> Vec<String> {
        fingerprints(&Sources(vec![SourceFile::new("content/plan.md", text)]), findings)
    }

    #[test]
    fn lines_above_and_their_dress_do_not_matter() {
        let (before, after) = ("| QA | TBD |\n", "ñ\n\n| **QA** | TBD |\r\n");
        let at = after.find("TBD").unwrap();
        assert_eq!(of(before, &[finding("a/b", 7, None)]), of(after, &[finding("a/b", at, None)]));
        assert_eq!(of(before, &[finding("a/b", 7, Some("qa"))]), of("", &[finding("a/b", 0, Some("qa"))]));
    }

    #[test]
    fn rule_topic_and_place_among_equals_do() {
        let all = [
            finding("a/b", 0, None),
            finding("a/b", 1, None),
            finding("a/c", 0, None),
            finding("a/b", 0, Some("x")),
            finding("a/b", 4, None),
        ];
        let mut names = of("x y\nz\n", &all);
        assert!(names.iter().all(|name| name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit())));
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all.len());
    }
}
