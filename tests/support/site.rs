//! A site in a folder of its own that goes away with the test.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rollbook::baseline;
use rollbook::check::{self, Request, Rule};
use rollbook::config::RuleSetting;
use rollbook::diagnostic::{Diagnostic, Severity};
use rollbook::lang::Lang;
use rollbook::model::{BASELINE, Past, Site};
use rollbook::source::{Span, Spanned};
use rollbook::{load, past};
use tempfile::TempDir;

use super::blocks::Block;

/// A site on disk.
pub struct TestSite {
    // Two levels, so that a path which leaves the site still ends in a folder of our own.
    folder: TempDir,
}

impl TestSite {
    /// A site with an empty `content/`.
    pub fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a folder for the test") };
        std::fs::create_dir_all(site.root().join("content")).expect("a content folder");
        site
    }

    /// A site with one page.
    pub fn with_page(path: &str, text: &str) -> Self {
        let site = Self::new();
        site.write(path, text.as_bytes());
        site
    }

    /// The site's root.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Writes a file; `\xNN` in the path stands for a byte.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.place(path);
        std::fs::write(&path, bytes).unwrap_or_else(|error| panic!("writing `{}`: {error}", path.display()));
    }

    /// Does what a block of a test or a rule page says: writes a file, bytes with `\xNN` or a symbolic link, or removes one.
    pub fn add(&self, block: &Block, path: &str) {
        match block.language.as_str() {
            "bytes" => self.write(path, unescaped(&block.text)),
            "symlink" => {
                std::os::unix::fs::symlink(block.text.trim(), self.place(path)).expect("a symbolic link");
            }
            "removed" => {
                let place = self.place(path);
                let remove = if place.is_dir() { std::fs::remove_dir_all } else { std::fs::remove_file };
                remove(&place).unwrap_or_else(|error| panic!("removing `{}`: {error}", place.display()));
            }
            _ => self.write(path, block.text.as_bytes()),
        }
    }

    /// Loads the site without drafts, and with its baseline where it has one.
    pub fn load(&self) -> Site {
        let mut site = load(&self.root(), false).expect("the site can be read");
        let file = self.root().join(BASELINE);
        if file.exists() {
            baseline::read(&file, BASELINE, &mut site).expect("the baseline can be read");
        }
        site
    }

    /// Loads the site without drafts and checks it, with its history if it has one.
    pub fn check(&self) -> (Site, Vec<Diagnostic>) {
        self.check_with(None)
    }

    /// The same, with a rule switched on that has to be asked for.
    pub fn check_with(&self, rule: Option<&Rule>) -> (Site, Vec<Diagnostic>) {
        self.check_in(None, rule)
    }

    /// The same in a language, whatever the site speaks.
    pub fn check_in(&self, lang: Option<Lang>, rule: Option<&Rule>) -> (Site, Vec<Diagnostic>) {
        let mut site = self.load();
        site.config.lang = lang.unwrap_or(site.config.lang);
        rule.into_iter().for_each(|rule| switch_on(&mut site, rule));
        let has_history = self.root().join(rollbook::history::FOLDER).exists();
        let past =
            if has_history { past(&self.root(), &mut site).expect("the history can be read") } else { Past::default() };
        let findings = findings_after(&site, &past);
        (site, findings)
    }

    fn place(&self, path: &str) -> PathBuf {
        let place = self.root().join(Path::new(OsStr::from_bytes(&unescaped(path))));
        std::fs::create_dir_all(place.parent().expect("a file stands in a folder")).expect("a folder");
        place
    }
}

/// The day that counts as today in tests.
pub const NOW: NaiveDate = NaiveDate::from_ymd_opt(2025, 10, 20).expect("a day of the calendar");

/// Every finding of a site with a history, in the site's language.
pub fn findings_after(site: &Site, past: &Past) -> Vec<Diagnostic> {
    check::check(site, &Request::new(site.config.lang, NOW, past)).findings
}

/// Every finding, in the site's language.
pub fn findings(site: &Site) -> Vec<Diagnostic> {
    findings_after(site, &Past::default())
}

/// Gives a rule that has to be asked for its severity, as the settings would.
pub fn switch_on(site: &mut Site, rule: &Rule) {
    if rule.opt_in {
        let severity = Some(Spanned::new(Some(rule.severity), Span::default()));
        let rule = Spanned::new(rule.id.to_owned(), Span::default());
        site.config.rules.push(RuleSetting { rule, severity, options: Vec::new() });
    }
}

/// Only the errors.
pub fn errors(site: &Site) -> Vec<Diagnostic> {
    findings(site).into_iter().filter(|finding| finding.severity == Severity::Error).collect()
}

/// Findings as the tests write them: `path:line:column severity rule: message`, then help and labels, indented.
pub fn listed(site: &Site, findings: &[Diagnostic]) -> String {
    let mut text = String::new();
    for finding in findings {
        let place = site.sources.locate(finding.file, finding.span);
        let _ = writeln!(text, "{place} {} {}: {}", finding.severity.key(), finding.rule, finding.message);
        if let Some(help) = &finding.help {
            let _ = writeln!(text, "  help: {help}");
        }
        for label in &finding.labels {
            let _ = writeln!(text, "  label: {} {}", site.sources.locate(label.file, label.span), label.message);
        }
    }
    text
}

/// `\xNN` as a byte, everything else as it stands.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        bytes.extend(rest[..at].bytes());
        let byte = rest.get(at + 2..at + 4).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.expect("two hexadecimal digits behind `\\x`"));
        rest = &rest[at + 4..];
    }
    bytes.extend(rest.bytes());
    bytes
}
