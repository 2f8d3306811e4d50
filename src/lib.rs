//! Rollbook keeps a rollout as documents: it renders them into a site, checks that the plan is true, and remembers every
//! revision of it.
//!
//! The pipeline: [`discover`] reads files into [`source::Sources`]; [`parse`] turns each into a [`model::Document`] that keeps
//! the place of everything; [`assemble`] joins documents into a [`model::Site`] with paths, links and the plan; [`check`] finds
//! what is not true, and [`fix`] mends what it can; [`render`] makes output files; [`write`] puts them on disk, all or none. [`history`] keeps revisions,
//! [`report`] words findings for people and programs, [`serve`] previews. Data flows down this list and never back up.

// Words that everyone shares: plain data, no input or output.
pub mod source;
pub mod whole_file;
pub mod lang;
pub mod diagnostic;
pub mod sorted;
pub mod words;
pub mod fingerprint;
pub mod markdown;
pub mod yaml;
pub mod fields;
pub mod list_file;
pub mod config;
pub mod model;
// Stages, in running order.
pub mod discover;
pub mod parse;
pub mod assemble;
pub mod check;
pub mod fix;
pub mod render;
pub mod write;
// Around the pipeline.
pub mod history;
pub mod baseline;
pub mod changes;
pub mod report;
pub mod serve;
pub mod cli;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;
use rayon::prelude::*;

use assemble::{Cascades, Parts, assemble};
use check::Request;
use config::{Config, ConfigFault};
use diagnostic::{Diagnostic, Severity};
use discover::{Discovered, discover};
use fields::FieldFault;
use fix::{Mended, View, Wanted};
use history::History;
use lang::Lang;
use model::{Document, HistoryFault, Past, PlacedFault, Plan, Previous, Revision, Site, Summary};
use parse::vocabulary::Vocabulary;
use render::{Renderer, Templates};
use source::{FileId, SourceFile, Sources};
use words::one_line;

/// Reads, parses and assembles the site below `root`. Every command starts here.
///
/// # Errors
/// When there is no content folder, or a file cannot be read. What is wrong inside the files is in the site, not an error.
pub fn load(root: &Path, drafts: bool) -> anyhow::Result<Site> {
    // The walk through the folders is the work of one core, and meanwhile another one reads the vocabulary.
    let (discovered, words) = rayon::join(|| discover(root), Vocabulary::builtin);
    Ok(assembled(root, discovered?, words, drafts))
}

/// Parses and assembles what was discovered below `root`.
fn assembled(root: &Path, discovered: Discovered, words: &Vocabulary, drafts: bool) -> Site {
    let Discovered { mut config, sources, pages, settings, waivers, assets, statics, refused } = discovered;
    let (words, faults) = words_of(&config, words);
    config.faults.extend(faults.into_iter().map(ConfigFault::Field));
    let (documents, cascades) = parse_all(&sources.0[..pages], &words);
    let waivers = waivers.map(|file| parse::waivers(file, &sources[file], &words));
    let mut site =
        assemble(Parts { config, sources, settings, waivers, documents, cascades, assets, statics, refused, drafts });
    let exists = |path: &str| root.join(path).exists();
    assemble::settle_outside_links(&mut site, exists);
    assemble::settle_mentioned_paths(&mut site, exists);
    site
}

/// Mends in memory what was discovered below `root`: the texts that would change come back. The past is left out: no fix comes
/// from it, and that a mended plan is no longer as the last revision keeps it speaks against no fix.
///
/// # Errors
/// When the settings are not valid.
pub fn mend(root: &Path, on_disk: &Discovered, wanted: &Wanted<'_>, now: NaiveDate) -> anyhow::Result<Mended> {
    fix::mend(wanted, |texts| {
        let mut discovered = on_disk.clone();
        for file in &mut discovered.sources.0 {
            if let Some(text) = texts.get(&file.path) {
                *file = SourceFile::new(file.path.clone(), text.clone());
            }
        }
        let site = assembled(root, discovered, Vocabulary::builtin(), true);
        let findings = check::check(&site, &Request::new(site.config.lang, now, &Past::default())).findings;
        let broken = findings.iter().any(|finding| finding.rule.starts_with("settings/"));
        anyhow::ensure!(!broken, "the settings are not valid: `rollbook check` says what is wrong");
        Ok(View { site, findings })
    })
}

/// The words that a site is read by: the built-in ones, and what its settings add. What is wrong there is told, and the rest counts.
fn words_of<'a>(config: &Config, builtin: &'a Vocabulary) -> (Cow<'a, Vocabulary>, Vec<FieldFault>) {
    if config.vocabulary.is_empty() {
        return (Cow::Borrowed(builtin), Vec::new());
    }
    let (words, faults) = Vocabulary::with(&config.vocabulary);
    (Cow::Owned(words), faults)
}

/// Parses pages, each with the kind that the sections above it give.
fn parse_all(pages: &[SourceFile], words: &Vocabulary) -> (Vec<Document>, Cascades) {
    let sections = pages.iter().filter(|file| file.path.ends_with("/_index.md"));
    let cascades = Cascades::new(sections.filter_map(|file| Some((file.path.clone(), parse::cascade(file)?))));
    let parse = |(index, file): (usize, &SourceFile)| {
        let inherited = cascades.nearest(&file.path, |cascade| cascade.kind.as_ref().map(|kind| kind.value));
        parse::parse(FileId(index as u32), file, inherited, words)
    };
    (pages.par_iter().enumerate().map(parse).collect(), cascades)
}

/// Looks at every byte of the history below `root`, and reads the last revision again, for rules that look back. Files of the
/// history that findings point at become sources of the site, without text.
///
/// # Errors
/// When the disk cannot be read. What is wrong with the history itself is in the past, not an error.
pub fn past(root: &Path, site: &mut Site) -> anyhow::Result<Past> {
    let History { revisions, faults } = history::examine(root)?;
    // As for a new revision: on top of a broken history nothing is said.
    let is_stray = |fault: &HistoryFault| {
        matches!(fault, HistoryFault::OrphanFolder { .. } | HistoryFault::ForeignFile { revision: None, .. })
    };
    let previous = match revisions.last() {
        Some(last) if faults.iter().all(is_stray) => previous(root, site, &revisions, last)?,
        _ => None,
    };
    let placed = faults.into_iter().map(|fault| PlacedFault { file: stub(site, &place(&fault, &revisions)), fault });
    let faults = placed.collect();
    Ok(Past { examined: true, revisions: revisions.len(), previous, faults })
}

/// The last revision as the rules see it; none if it keeps no page.
fn previous(root: &Path, site: &mut Site, revisions: &[Revision], last: &Revision) -> anyhow::Result<Option<Previous>> {
    let content = format!("{}/", site.config.content);
    let is_page = |path: &&str| path.starts_with(&content) && discover::is_page_name(path);
    let paths: Vec<&str> = last.files.iter().map(|file| file.path.as_str()).filter(is_page).collect();
    if paths.is_empty() {
        return Ok(None);
    }
    let read = |path: &&str| -> anyhow::Result<SourceFile> {
        let bytes = history::read_bytes(root, revisions, last, path)?.unwrap_or_default();
        Ok(SourceFile::from_bytes(*path, bytes))
    };
    let sources = Sources(paths.par_iter().map(read).collect::<anyhow::Result<_>>()?);
    let (words, _) = words_of(&site.config, Vocabulary::builtin());
    let (documents, cascades) = parse_all(&sources.0, &words);
    let (documents, plan) = assemble::assemble_past(&sources, documents, &cascades, site.drafts);
    let today = history::collect(root, &site.config).ok();
    let changes = today.map(|files| history::changes_since(last, &files)).unwrap_or_default();
    let manifest = stub(site, &manifest_of(last));
    Ok(Some(Previous { label: last.label(), manifest, sources, documents, plan, changes }))
}

fn manifest_of(revision: &Revision) -> String {
    format!("{}/{}/{}", history::FOLDER, revision.folder, history::manifest::MANIFEST)
}

/// The file that a finding about a fault points at: a manifest, where the fault itself names only a folder of revisions.
fn place(fault: &HistoryFault, revisions: &[Revision]) -> String {
    let behind = |number: &u32| revisions.iter().find(|revision| revision.number.checked_sub(1) == Some(*number));
    match fault {
        HistoryFault::Gap { last, .. } => behind(last).map_or_else(|| fault.path().to_owned(), manifest_of),
        HistoryFault::Fork { .. } => format!("{}/{}", fault.path(), history::manifest::MANIFEST),
        _ => fault.path().to_owned(),
    }
}

/// A place among the sources for a file that is only pointed at.
fn stub(site: &mut Site, path: &str) -> FileId {
    let path = one_line(path);
    let known = site.sources.iter().find(|(_, file)| file.path == path).map(|(id, _)| id);
    known.unwrap_or_else(|| {
        site.sources.0.push(SourceFile::new(path, ""));
        FileId(site.sources.0.len() as u32 - 1)
    })
}

/// Why a site cannot be rendered.
#[derive(Debug)]
pub enum Failure {
    /// Its pages or settings are not as they were meant.
    Findings(Findings),
    /// A template, or the environment.
    Other(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

/// What to render a site with besides its settings.
#[derive(Clone, Copy, Debug, Default)]
pub struct BookOptions<'a> {
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// Language of messages, instead of the site's.
    pub lang: Option<Lang>,
    /// Where the site is published, instead of what the settings say.
    pub base_url: Option<&'a str>,
}

/// Loads everything that `build` and `serve` render from.
///
/// # Errors
/// When a page cannot be rendered as it was meant, a template does not parse, or a file cannot be read.
pub fn book(root: &Path, options: BookOptions<'_>) -> Result<Renderer, Failure> {
    let (site, templates) = rayon::join(|| load(root, options.drafts), || templates(root));
    let mut site = site?;
    let lang = options.lang.unwrap_or(site.config.lang);
    let diagnostics = check::check_before_build(&site, lang);
    if !diagnostics.is_empty() {
        return Err(Failure::Findings(Findings { sources: site.sources, diagnostics, lang }));
    }
    if let Some(url) = options.base_url {
        site.config.base_url = Some(config::with_slash(url.to_owned()));
    }
    let templates = templates?;
    let revisions = history::read(root)?.revisions;
    Ok(Renderer::new(site, revisions, templates))
}

fn templates(root: &Path) -> anyhow::Result<Templates> {
    let own = discover::templates(root)?;
    let own = own.iter().map(|template| (template.name.as_str(), template.text.as_str()));
    Ok(Templates::new(own)?)
}

/// Findings with the texts that they point into.
#[derive(Debug)]
pub struct Findings {
    /// The texts.
    pub sources: Sources,
    /// The findings, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// Language of the messages.
    pub lang: Lang,
}

impl Findings {
    /// Writes them as a compiler does.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(&self, out: &mut impl Write, colour: bool) -> io::Result<()> {
        report::human::write_findings(out, &self.sources, &self.diagnostics, self.lang, colour)
    }

    /// How many there are of each severity.
    #[must_use]
    pub fn count_in_words(&self) -> String {
        report::human::count(&self.diagnostics, self.lang)
    }

    /// 2 where the settings are not valid, so that nothing else can be trusted; 1 where there is an error; 0 otherwise.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        if self.diagnostics.iter().any(|finding| finding.rule.starts_with("settings/")) {
            ExitCode::from(2)
        } else {
            ExitCode::from(u8::from(self.diagnostics.iter().any(|finding| finding.severity == Severity::Error)))
        }
    }
}

/// The plan in numbers, as a revision keeps them.
#[must_use]
pub fn summary(plan: &Plan) -> Summary {
    let items = plan.progress().by_status.into_iter().map(|(status, count)| (status.to_owned(), count)).collect();
    let default = |flag: &model::Flag| flag.default.as_ref().map(|default| default.value.clone());
    let flags = plan.flags.iter().filter_map(|flag| Some((flag.key.value.clone(), default(flag)?))).collect();
    Summary { items, flags }
}
