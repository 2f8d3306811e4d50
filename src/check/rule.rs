//! How a rule is declared, and what its function gets to see.

use chrono::NaiveDate;

use crate::check::Request;
use crate::check::options::Options;
use crate::diagnostic::{Diagnostic, Fix, Label, Severity};
use crate::fields::FieldSpec;
use crate::lang::Lang;
use crate::model::{Fault, Link, Past, ResolvedLink, Site};
use crate::source::{FileId, Span};

/// One rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// `group/name`; the name states the bad thing.
    pub id: &'static str,
    /// Weight where the settings say nothing.
    pub severity: Severity,
    /// Whether a finding means that a page cannot be rendered as it was meant, so that `build` stops.
    pub blocks_build: bool,
    /// Whether it only runs where the settings or a profile give it a severity.
    pub opt_in: bool,
    /// Whether its findings depend on `--now`.
    pub clock: bool,
    /// Its options in the settings, besides `severity`.
    pub options: &'static [FieldSpec],
    /// The page that users read, in Markdown: what it does, why it matters, an example, what to write instead.
    pub docs: &'static str,
    /// Finds what the rule is about.
    pub check: fn(&mut Context<'_>),
}

/// Declares a rule; its doc comment becomes the page that `rollbook explain` prints. Behind the function may stand
/// `blocks_build`, `opt_in`, `clock`, and `options: &[…]`, in this order.
macro_rules! rule {
    (
        $(#[doc = $line:literal])+
        pub static $name:ident = $id:literal, $severity:ident, $check:ident $(, $mark:ident $(: $options:expr)?)*;
    ) => {
        $(#[doc = $line])+
        pub static $name: $crate::check::Rule = $crate::check::Rule {
            id: $id,
            severity: $crate::diagnostic::Severity::$severity,
            blocks_build: $crate::check::rule::has_mark!("blocks_build" $($mark)*),
            opt_in: $crate::check::rule::has_mark!("opt_in" $($mark)*),
            clock: $crate::check::rule::has_mark!("clock" $($mark)*),
            options: $crate::check::rule::options!($($($options)?)*),
            docs: concat!($($line, "\n"),+),
            check: $check,
        };
    };
}

/// Whether a mark stands in a declaration.
macro_rules! has_mark {
    ($wanted:literal $($mark:ident)*) => {
        $crate::check::rule::among($wanted, &[$(stringify!($mark)),*])
    };
}

/// The options of a declaration, or none.
macro_rules! options {
    () => {
        &[]
    };
    ($options:expr) => {
        $options
    };
}

pub(crate) use {has_mark, options, rule};

const MARKS: [&str; 4] = ["blocks_build", "opt_in", "clock", "options"];

/// Whether `wanted` is among the marks of a declaration. A mark that does not exist does not compile.
pub const fn among(wanted: &str, marks: &[&str]) -> bool {
    let mut found = false;
    let mut index = 0;
    while index < marks.len() {
        let mut known = false;
        let mut mark = 0;
        while mark < MARKS.len() {
            known |= same(marks[index], MARKS[mark]);
            mark += 1;
        }
        assert!(known, "a rule is marked with a word that is no mark");
        found |= same(marks[index], wanted);
        index += 1;
    }
    found
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut index = 0;
    while index < a.len() && index < b.len() && a[index] == b[index] {
        index += 1;
    }
    index == a.len() && index == b.len()
}

/// What a rule sees, and where it puts its findings.
#[derive(Debug)]
pub struct Context<'a> {
    /// The site.
    pub site: &'a Site,
    /// Language of messages.
    pub lang: Lang,
    /// The day that counts as today.
    pub now: NaiveDate,
    /// What the history says.
    pub past: &'a Past,
    rule: &'static Rule,
    findings: Vec<Diagnostic>,
}

impl<'a> Context<'a> {
    pub(super) fn new(site: &'a Site, request: &Request<'a>, rule: &'static Rule) -> Self {
        let &Request { lang, now, past, .. } = request;
        Self { site, lang, now, past, rule, findings: Vec::new() }
    }

    /// What the settings say of this rule.
    #[must_use]
    pub fn options(&self) -> Options<'a> {
        Options::of(&self.site.config, self.rule)
    }

    pub(super) fn findings(self) -> Vec<Diagnostic> {
        self.findings
    }

    /// Reports a finding; help and further places are added to what comes back.
    pub fn report(&mut self, file: FileId, span: Span, message: String) -> Finding<'_> {
        self.findings.push(Diagnostic {
            rule: self.rule.id,
            severity: self.rule.severity,
            file,
            span,
            message,
            help: None,
            labels: Vec::new(),
            subject: None,
            owner: None,
            fix: None,
        });
        let index = self.findings.len() - 1;
        Finding { diagnostic: &mut self.findings[index] }
    }

    /// Every link and image of every page, with its file and where it leads.
    pub fn links(&self) -> impl Iterator<Item = (FileId, &'a Link, &'a ResolvedLink)> + use<'a> {
        self.site.documents.iter().zip(&self.site.pages).flat_map(|(document, page)| {
            let links = document.links.iter().zip(&page.links);
            links.map(|(link, resolved)| (document.file, link, resolved))
        })
    }

    /// Everything that parsing met, with the file.
    pub fn faults(&self) -> impl Iterator<Item = (FileId, &'a Fault)> + use<'a> {
        self.site.documents.iter().flat_map(|document| document.faults.iter().map(|fault| (document.file, fault)))
    }
}

/// A finding that was just reported.
#[derive(Debug)]
pub struct Finding<'a> {
    diagnostic: &'a mut Diagnostic,
}

impl Finding<'_> {
    /// Says what to write instead.
    pub fn help(self, help: impl Into<Option<String>>) -> Self {
        self.diagnostic.help = help.into();
        self
    }

    /// Names what it is about: an item's id, a flag's key.
    pub fn about(self, subject: impl Into<String>) -> Self {
        self.diagnostic.subject = Some(subject.into());
        self
    }

    /// Names who answers for it, where somebody does.
    pub fn owner(self, owner: Option<&str>) -> Self {
        self.diagnostic.owner = owner.map(str::to_owned);
        self
    }

    /// Gives it another weight than the rule has, where one case is graver than the other.
    pub fn severity(self, severity: Severity) -> Self {
        self.diagnostic.severity = severity;
        self
    }

    /// Says how it can be mended.
    pub fn fix(self, fix: impl Into<Option<Fix>>) -> Self {
        self.diagnostic.fix = fix.into();
        self
    }

    /// Names a second place.
    pub fn label(self, file: FileId, span: Span, message: String) -> Self {
        self.diagnostic.labels.push(Label { file, span, message });
        self
    }
}
