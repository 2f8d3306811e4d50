//! Rollbook keeps a rollout as documents: it renders them into a site, checks that the plan is true, and remembers every
//! revision of it.
//!
//! The pipeline: [`discover`] reads files into [`source::Sources`]; [`parse`] turns each into a [`model::Document`] that keeps
//! the place of everything; [`assemble`] joins documents into a [`model::Site`] with paths, links and the plan; [`check`] finds
//! what is not true, and [`fix`] mends what it can; [`render`] makes output files; [`write`] puts them on disk, all or none. [`history`] keeps revisions,
//! [`report`] words findings for people and programs, [`serve`] previews. Data flows down this list and never back up.

// Words that everyone shares: plain data, no input or output.
pub mod source;
pub mod lang;
pub mod diagnostic;
pub mod words;
pub mod markdown;
pub mod yaml;
pub mod fields;
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
pub mod report;
pub mod serve;
pub mod cli;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;
use rayon::prelude::*;

use assemble::{Cascades, Parts, assemble};
use check::Request;
use diagnostic::{Diagnostic, Severity};
use discover::{Discovered, discover};
use fix::{Mended, View, Wanted};
use lang::Lang;
use model::{Document, Past, Plan, Site, Summary};
use parse::vocabulary::Vocabulary;
use render::{Renderer, Templates};
use source::{FileId, SourceFile, Sources};

/// Reads, parses and assembles the site below `root`. Every command starts here.
///
/// # Errors
/// When there is no content folder, or a file cannot be read. What is wrong inside the files is in the site, not an error.
pub fn load(root: &Path, drafts: bool) -> anyhow::Result<Site> {
    Ok(assembled(root, discover(root)?, drafts))
}

/// Parses and assembles what was discovered below `root`.
fn assembled(root: &Path, discovered: Discovered, drafts: bool) -> Site {
    let Discovered { config, sources, pages, settings, assets, statics, refused } = discovered;
    let sections = sources.0[..pages].iter().filter(|file| file.path.ends_with("/_index.md"));
    let cascades = Cascades::new(sections.filter_map(|file| Some((file.path.clone(), parse::cascade(file)?))));
    let parse = |index: usize| {
        let file = &sources.0[index];
        let inherited = cascades.nearest(&file.path, |cascade| cascade.kind.as_ref().map(|kind| kind.value));
        parse::parse(FileId(index as u32), file, inherited, Vocabulary::builtin())
    };
    let documents: Vec<Document> = (0..pages).into_par_iter().map(parse).collect();
    let mut site = assemble(Parts { config, sources, settings, documents, cascades, assets, statics, refused, drafts });
    let exists = |path: &str| root.join(path).exists();
    assemble::settle_outside_links(&mut site, exists);
    assemble::settle_mentioned_paths(&mut site, exists);
    site
}

/// Mends the site below `root` in memory: the texts that would change come back.
///
/// # Errors
/// When the site cannot be read, or its settings are not valid.
pub fn mend(root: &Path, wanted: &Wanted<'_>, now: NaiveDate) -> anyhow::Result<Mended> {
    fix::mend(wanted, |texts| {
        let mut discovered = discover(root)?;
        for file in &mut discovered.sources.0 {
            if let Some(text) = texts.get(&file.path) {
                *file = SourceFile::new(file.path.clone(), text.clone());
            }
        }
        let site = assembled(root, discovered, true);
        let request = Request { lang: site.config.lang, now, past: &Past::default() };
        let findings = check::check(&site, &request);
        let broken = findings.iter().any(|finding| finding.rule.starts_with("settings/"));
        anyhow::ensure!(!broken, "the settings are not valid: `rollbook check` says what is wrong");
        Ok(View { site, findings })
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
    let mut site = load(root, options.drafts)?;
    let lang = options.lang.unwrap_or(site.config.lang);
    let diagnostics = check::check_before_build(&site, lang);
    if !diagnostics.is_empty() {
        return Err(Failure::Findings(Findings { sources: site.sources, diagnostics, lang }));
    }
    if let Some(url) = options.base_url {
        site.config.base_url = Some(config::with_slash(url.to_owned()));
    }
    let own = discover::templates(root)?;
    let own = own.iter().map(|template| (template.name.as_str(), template.text.as_str()));
    let templates = Templates::new(own).map_err(anyhow::Error::from)?;
    let revisions = history::read(root)?.revisions;
    Ok(Renderer::new(site, revisions, templates))
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
        report::human::write(out, &self.sources, &self.diagnostics, self.lang, colour)
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
