//! How a rule is declared, and what its function gets to see.

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::lang::Lang;
use crate::model::{Fault, Link, ResolvedLink, Site};
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
    /// The page that users read, in Markdown: what it does, why it matters, an example, what to write instead.
    pub docs: &'static str,
    /// Finds what the rule is about.
    pub check: fn(&mut Context<'_>),
}

/// Declares a rule; its doc comment becomes the page that `rollbook explain` prints.
macro_rules! rule {
    (
        $(#[doc = $line:literal])+
        pub static $name:ident = $id:literal, $severity:ident, $check:ident $(, $blocks_build:ident)?;
    ) => {
        $(#[doc = $line])+
        pub static $name: $crate::check::Rule = $crate::check::Rule {
            id: $id,
            severity: $crate::diagnostic::Severity::$severity,
            blocks_build: $crate::check::rule::blocks_build!($($blocks_build)?),
            docs: concat!($($line, "\n"),+),
            check: $check,
        };
    };
}

/// `blocks_build` in a declaration, or nothing.
macro_rules! blocks_build {
    () => {
        false
    };
    (blocks_build) => {
        true
    };
}

pub(crate) use {blocks_build, rule};

/// What a rule sees, and where it puts its findings.
#[derive(Debug)]
pub struct Context<'a> {
    /// The site.
    pub site: &'a Site,
    /// Language of messages.
    pub lang: Lang,
    rule: &'static Rule,
    findings: Vec<Diagnostic>,
}

impl<'a> Context<'a> {
    pub(super) fn new(site: &'a Site, lang: Lang, rule: &'static Rule) -> Self {
        Self { site, lang, rule, findings: Vec::new() }
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

    /// Names a second place.
    pub fn label(self, file: FileId, span: Span, message: String) -> Self {
        self.diagnostic.labels.push(Label { file, span, message });
        self
    }
}
