//! `rollbook fix`: mend what can be mended without asking anybody.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{bail, ensure};
use chrono::NaiveDate;

use crate::check::{self, RULES};
use crate::cli::clock;
use crate::discover::{Discovered, discover};
use crate::fix::{self, Mended, Refusal, Wanted, store};
use crate::lang::Lang;
use crate::say;
use crate::words::nearest;

/// Mend what can be mended: broken encodings, paths in other letters, rows without their last cells, pipes in code.
///
/// Prints what changes as a diff. Safe fixes say what was there, only rightly written. Those that need a second look (the nearest
/// word, the nearest file) are applied with `--unsafe`. A fix that would change how anything else is read, or that would bring
/// a new finding, is left out and named. The exit code is 0, with `--dry-run` 1 if anything would change.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook fix
  rollbook fix --dry-run
  rollbook fix content/checklist.md --rule checklist/short-row
  rollbook fix --unsafe")]
pub struct Args {
    /// Only these files or folders
    #[arg(value_name = "PATHS")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; the exit code is 1 if anything would change
    #[arg(long)]
    pub dry_run: bool,
    /// Apply those fixes too that a person should look at
    #[arg(long = "unsafe")]
    pub with_unsafe: bool,
    /// Only fixes of this rule; may be repeated
    #[arg(long = "rule", value_name = "RULE")]
    pub rules: Vec<String>,
    /// The day that counts as today, for rules about dates; without it, the machine's date
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub now: Option<NaiveDate>,
}

/// Runs the command.
///
/// # Errors
/// When there is no such rule or path, the settings are not valid, or a file cannot be read or written.
pub fn run(args: &Args, root: &Path, lang: Option<Lang>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    args.rules.iter().try_for_each(|rule| known_rule(rule))?;
    let now = clock::today(args.now)?;
    let before = discover(root)?;
    let lang = lang.unwrap_or(before.config.lang);
    let paths = args.paths.iter().map(|path| below_root(root, path, &before)).collect::<anyhow::Result<Vec<_>>>()?;
    let wanted = Wanted { with_unsafe: args.with_unsafe, rules: &args.rules, paths: &paths };
    let mended = crate::mend(root, &before, &wanted, now)?;
    let text_before = |path: &str| before.sources.0.iter().find(|file| file.path == path).map(|file| &*file.text);
    for (path, after) in &mended.texts {
        let before = text_before(path).unwrap_or_default();
        write!(out, "{}", fix::unified_diff(path, before, after))?;
        if !args.dry_run {
            store::replace(root, path, before, after)?;
        }
    }
    summarise(&mended, args.dry_run, lang, out)?;
    Ok(ExitCode::from(u8::from(args.dry_run && !mended.texts.is_empty())))
}

fn known_rule(id: &str) -> anyhow::Result<()> {
    if check::rule(id).is_some() {
        return Ok(());
    }
    match nearest(id, RULES.iter().map(|rule| rule.id)) {
        Some(near) => bail!("there is no rule `{id}`; did you mean `{near}`?"),
        None => bail!("there is no rule `{id}`; `rollbook explain` lists all of them"),
    }
}

/// A path as pages are named: below the root, with `/`. What was given counts from here, or else from the root.
fn below_root(root: &Path, given: &Path, site: &Discovered) -> anyhow::Result<String> {
    let real_root = root.canonicalize()?;
    let real = given.canonicalize().ok().filter(|path| path.starts_with(&real_root));
    let relative = real.as_deref().and_then(|path| path.strip_prefix(&real_root).ok()).unwrap_or(given);
    let path = relative.to_string_lossy().replace('\\', "/");
    let path = path.trim_start_matches("./").trim_end_matches('/').to_owned();
    let mut pages = site.sources.0[..site.pages].iter();
    let known = pages.any(|page| page.path == path || page.path.starts_with(&format!("{path}/")));
    ensure!(known, "there is no page `{}`", given.display());
    Ok(path)
}

fn summarise(mended: &Mended, dry_run: bool, lang: Lang, out: &mut impl Write) -> anyhow::Result<()> {
    for refused in &mended.refused {
        let (place, rule) = (&refused.place, refused.rule);
        let why = match refused.why {
            Refusal::ReadsOtherwise => say!(
                lang,
                en: "something else on the page would be read otherwise",
                es: "otra parte de la página se leería de otra manera",
                pt: "outra parte da página seria lida de outra maneira"
            ),
            Refusal::NewFindings => say!(
                lang,
                en: "it would bring other findings",
                es: "traería otros hallazgos",
                pt: "traria outros achados"
            ),
        };
        writeln!(
            out,
            "{}",
            say!(lang, en: "left out {rule} at {place}: {why}", es: "sin aplicar {rule} en {place}: {why}", pt: "sem aplicar {rule} em {place}: {why}")
        )?;
    }
    for (rule, count) in &mended.applied {
        writeln!(out, "{rule}: {count}")?;
    }
    let (files, fixes) = (mended.texts.len(), mended.applied.values().sum::<usize>());
    let summary = match (files, dry_run) {
        (0, _) => say!(lang, en: "nothing to mend", es: "nada que corregir", pt: "nada a corrigir"),
        (_, true) => say!(
            lang,
            en: "fixes that would be applied: {fixes}; files: {files}",
            es: "correcciones que se aplicarían: {fixes}; archivos: {files}",
            pt: "correções que seriam aplicadas: {fixes}; arquivos: {files}"
        ),
        _ => say!(
            lang,
            en: "fixes applied: {fixes}; files: {files}",
            es: "correcciones aplicadas: {fixes}; archivos: {files}",
            pt: "correções aplicadas: {fixes}; arquivos: {files}"
        ),
    };
    writeln!(out, "{summary}")?;
    Ok(())
}
