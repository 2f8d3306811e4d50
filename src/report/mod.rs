//! Findings in words: for people, and for other programs. A format is a function from a [`Report`] to text, one file each. None
//! knows the rules or reads anything but what the report holds, so that all of them say the same.

pub mod circumstances;
pub mod file;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
pub mod sarif;
mod summary;
mod text;

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Outcome, Severity};
use crate::fingerprint::fingerprints;
use crate::lang::Lang;
use crate::model::ChecklistItem;
use crate::source::{FileId, Position, Sources, Span};

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: the line, a caret under the place, help, and who owes what
    Human,
    /// For programs: stable keys, places in lines, columns and bytes
    Json,
    /// SARIF 2.1.0, which code scanning of forges and many editors read
    Sarif,
    /// JUnit XML: a test case a checklist item
    Junit,
    /// GitHub's workflow commands, which annotate the lines of a pull request
    Github,
    /// GitLab's code quality report
    Gitlab,
}

/// Everything that a format may say.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The texts that findings point into.
    pub sources: &'a Sources,
    /// What came of the check.
    pub outcome: &'a Outcome,
    /// The items of all checklists.
    pub items: Vec<&'a ChecklistItem>,
    /// The rules that ran.
    pub rules: Vec<RuleInfo<'a>>,
    /// The way from the top of the repository to the site, as forges need it: empty, or ending in `/`.
    pub base: String,
    /// Language of the messages.
    pub lang: Lang,
    /// Who made the report.
    pub tool: Tool<'a>,
}

/// What formats say of a rule.
#[derive(Clone, Debug)]
pub struct RuleInfo<'a> {
    /// `group/name`.
    pub id: &'a str,
    /// Weight where the settings say nothing.
    pub severity: Severity,
    /// What it finds, in a sentence.
    pub summary: String,
    /// Its page, in Markdown.
    pub docs: &'a str,
}

/// Who made a report.
#[derive(Clone, Copy, Debug)]
pub struct Tool<'a> {
    /// Version of Rollbook.
    pub version: &'a str,
    /// Address of Rollbook's manual, where one is known; the rules' pages stand below it.
    pub homepage: Option<&'a str>,
}

impl Tool<'static> {
    /// This version of Rollbook.
    #[must_use]
    pub fn this() -> Self {
        let homepage = Some(env!("CARGO_PKG_HOMEPAGE")).filter(|homepage| !homepage.is_empty());
        Self { version: env!("CARGO_PKG_VERSION"), homepage }
    }
}

impl Report<'_> {
    /// Writes the report in a format. Only [`Format::Human`] knows colours.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(&self, format: Format, out: &mut impl Write, colour: bool) -> io::Result<()> {
        match format {
            Format::Human => human::write(out, self, colour),
            Format::Json => writeln!(out, "{}", json::render(self)),
            Format::Sarif => writeln!(out, "{}", sarif::render(self)),
            Format::Junit => out.write_all(junit::render(self).as_bytes()),
            Format::Github => out.write_all(github::render(self).as_bytes()),
            Format::Gitlab => writeln!(out, "{}", gitlab::render(self)),
        }
    }

    /// The fingerprints of the findings that count and of those that are set aside. They are made together: that an equal
    /// finding is set aside changes no other one's name.
    fn fingerprints(&self) -> (Vec<String>, Vec<String>) {
        let Outcome { findings, set_aside, .. } = self.outcome;
        if set_aside.is_empty() {
            return (fingerprints(self.sources, findings), Vec::new());
        }
        let all = findings.iter().chain(set_aside.iter().map(|it| &it.finding));
        let mut all: Vec<(usize, Diagnostic)> = all.cloned().enumerate().collect();
        all.sort_by(|(_, a), (_, b)| a.order().cmp(&b.order()));
        let (places, all): (Vec<usize>, Vec<Diagnostic>) = all.into_iter().unzip();
        let mut names = vec![String::new(); all.len()];
        for (place, name) in places.into_iter().zip(fingerprints(self.sources, &all)) {
            names[place] = name;
        }
        let aside = names.split_off(findings.len());
        (names, aside)
    }

    /// The path of a file from the top of the repository.
    fn path(&self, file: FileId) -> String {
        format!("{}{}", self.base, self.sources[file].path)
    }

    /// First place of a span, and the first place behind it.
    fn positions(&self, file: FileId, span: Span) -> (Position, Position) {
        let source = &self.sources[file];
        (source.position(span.start as usize), source.position(span.end as usize))
    }
}
