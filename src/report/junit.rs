//! JUnit XML, which every CI shows as a list of tests: a suite a file, a test case a checklist item. Findings that belong to no
//! item are test cases by file and rule, so that none is lost.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite, XmlString};

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::ChecklistItem;
use crate::report::Report;
use crate::report::text::{one_line, printable};
use crate::source::FileId;

/// The findings as one XML document.
///
/// # Panics
/// Never: the document is written to memory, and holds only characters that XML knows.
#[must_use]
pub fn render(report: &Report<'_>) -> String {
    let mut document = quick_junit::Report::new("rollbook");
    for (file, cases) in files(report) {
        document.add_test_suite(suite(report, file, cases));
    }
    document.to_string().expect("memory takes what is written")
}

/// The test cases of a file: one an item, and one a rule with findings elsewhere in the file.
#[derive(Default)]
struct Cases<'a> {
    /// Items by place, each with its findings.
    items: Vec<(&'a ChecklistItem, Findings<'a>)>,
    /// How far the items up to each one reach.
    reach: Vec<u32>,
    /// Findings outside of all items, by rule.
    rules: BTreeMap<&'a str, Findings<'a>>,
}

/// The findings of a test case.
#[derive(Default)]
struct Findings<'a> {
    counting: Vec<&'a Diagnostic>,
    set_aside: Vec<&'a Diagnostic>,
}

fn files<'a>(report: &Report<'a>) -> BTreeMap<FileId, Cases<'a>> {
    let mut files: BTreeMap<FileId, Cases<'a>> = BTreeMap::new();
    for item in &report.items {
        files.entry(item.file).or_default().items.push((item, Findings::default()));
    }
    files.values_mut().for_each(Cases::settle);
    for finding in &report.outcome.findings {
        files.entry(finding.file).or_default().of(finding).counting.push(finding);
    }
    for aside in &report.outcome.set_aside {
        files.entry(aside.finding.file).or_default().of(&aside.finding).set_aside.push(&aside.finding);
    }
    files
}

impl<'a> Cases<'a> {
    fn settle(&mut self) {
        self.items.sort_by_key(|(item, _)| item.span);
        let mut reach = 0;
        for (item, _) in &self.items {
            reach = reach.max(item.span.end);
            self.reach.push(reach);
        }
    }

    /// The case that a finding belongs to: the innermost item around its place, or its rule's.
    fn of(&mut self, finding: &'a Diagnostic) -> &mut Findings<'a> {
        let at = finding.span.start;
        let mut before = self.items.partition_point(|(item, _)| item.span.start <= at);
        while before > 0 && self.reach[before - 1] >= at {
            before -= 1;
            // The end counts too: there stands what a row lacks.
            if self.items[before].0.span.end >= at {
                return &mut self.items[before].1;
            }
        }
        self.rules.entry(finding.rule).or_default()
    }
}

fn suite(report: &Report<'_>, file: FileId, cases: Cases<'_>) -> TestSuite {
    let path = report.path(file);
    let mut suite = TestSuite::new(xml(&path));
    suite.add_property(("now", report.outcome.now.to_string().as_str()));
    for (item, findings) in &cases.items {
        let text = if item.text.value.trim().is_empty() { &item.id } else { &item.text.value };
        let line = report.positions(file, item.span).0.line;
        suite.add_test_case(case(report, &path, text, line, findings));
    }
    for (rule, findings) in &cases.rules {
        let first = findings.counting.first().or_else(|| findings.set_aside.first());
        let line = first.map_or(1, |first| report.positions(file, first.span).0.line);
        suite.add_test_case(case(report, &path, rule, line, findings));
    }
    suite
}

fn case(report: &Report<'_>, path: &str, name: &str, line: usize, findings: &Findings<'_>) -> TestCase {
    let (errors, rest): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        findings.counting.iter().partition(|finding| finding.severity == Severity::Error);
    let mut case = TestCase::new(xml(&one_line(name)), status(report, &errors));
    case.set_classname(xml(path));
    case.extra.insert(xml("file"), xml(path));
    case.extra.insert(xml("line"), xml(&line.to_string()));
    let mut said: String = rest.iter().map(|finding| in_words(report, finding, finding.severity.key())).collect();
    said.extend(findings.set_aside.iter().map(|finding| in_words(report, finding, "set aside")));
    if !said.is_empty() {
        case.set_system_out(xml(&said));
    }
    case
}

/// A failure where there is an error; it holds all of them.
fn status(report: &Report<'_>, errors: &[&Diagnostic]) -> TestCaseStatus {
    let Some(first) = errors.first() else { return TestCaseStatus::success() };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(xml(first.rule)).set_message(xml(&one_line(&first.message)));
    let all: String = errors.iter().map(|finding| in_words(report, finding, finding.severity.key())).collect();
    status.set_description(xml(&all));
    status
}

/// `path:line:column: error rule: message`, and the help below it.
fn in_words(report: &Report<'_>, finding: &Diagnostic, kind: &str) -> String {
    let start = report.positions(finding.file, finding.span).0;
    let (path, rule, message) = (report.path(finding.file), finding.rule, &finding.message);
    let mut words = format!("{path}:{}:{}: {kind} {rule}: {message}\n", start.line, start.column);
    if let Some(help) = &finding.help {
        let _ = writeln!(words, "  {help}");
    }
    words
}

fn xml(text: &str) -> XmlString {
    XmlString::new(printable(text))
}
