//! `rollbook check`: find what is not true.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail, ensure};
use chrono::NaiveDate;

use crate::Findings;
use crate::baseline;
use crate::changes;
use crate::check::{self, Request};
use crate::cli::clock;
use crate::cli::lost_anchors;
use crate::cli::reports::{Reports, report};
use crate::config::Config;
use crate::diagnostic::{Outcome, Severity};
use crate::lang::Lang;
use crate::model::{BASELINE, Site};
use crate::say;
use crate::source::Sources;

/// Find what is not true: a go-live item without owner or status, a link to nowhere, front matter that nobody reads.
///
/// One pass, all findings, drafts included. The exit code is 1 if one of them is an error, and 2 if the settings are not valid.
/// What `rollbook-waivers.yaml`, comments in the text and the baseline let pass is counted and not shown.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook check
  rollbook check --profile golive --now 2025-10-20
  rollbook check --changed origin/main
  rollbook check --write-baseline
  rollbook check --format json > findings.json
  rollbook check --report sarif=rollbook.sarif --report junit=rollbook.xml
  rollbook check --require-revision
  rollbook check --deny-warnings --lang en

The day is that of --now, of SOURCE_DATE_EPOCH where that is set, or the machine's.")]
pub struct Args {
    #[command(flatten)]
    pub reports: Reports,
    /// The day that counts as today, for rules about dates; without it, the machine's date
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub now: Option<NaiveDate>,
    /// Let it fail where the plan is not as the last revision keeps it
    #[arg(long)]
    pub require_revision: bool,
    /// Let warnings fail the check too
    #[arg(long)]
    pub deny_warnings: bool,
    /// How strict to be: `draft`, `golive`, `audit`, or one of the settings' own
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Report only findings on lines and items that the branch touched since it left REF; everything is read all the same
    #[arg(long, value_name = "REF")]
    pub changed: Option<String>,
    /// Findings that may stay for now; without it, `rollbook-baseline.yaml` where there is one
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all findings into a baseline, so that from now on only new ones are reported
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["baseline", "changed"])]
    pub write_baseline: Option<Option<PathBuf>>,
}

/// Runs the command.
///
/// # Errors
/// When the site or the baseline cannot be read, there is no such profile, git does not know what changed, or a
/// report cannot be written.
pub fn run(args: &Args, root: &Path, lang: Option<Lang>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    args.reports.judge()?;
    let mut site = crate::load(root, true)?;
    ensure_profile(args.profile.as_deref(), &site.config)?;
    read_baseline(args, root, &mut site)?;
    let mut changes = args.changed.as_deref().map(|reference| changes::since(root, reference)).transpose()?;
    if let Some(changes) = &mut changes {
        lost_anchors::note(&site, root, changes)?;
    }
    let (now, past) = (clock::today(args.now)?, crate::past(root, &mut site)?);
    let lang = lang.unwrap_or(site.config.lang);
    let request = Request {
        require_revision: args.require_revision,
        profile: args.profile.as_deref(),
        changes: changes.as_ref(),
        ..Request::new(lang, now, &past)
    };
    let mut outcome = check::check(&site, &request);
    if let Some(file) = &args.write_baseline {
        let file = file.clone().unwrap_or_else(|| root.join(BASELINE));
        let written = write_baseline(&file, &site.sources, &mut outcome, lang)?;
        let mut message = std::io::stderr();
        writeln!(message, "{written}")?;
    }
    args.reports.write(&report(root, &site, &outcome, lang), out)?;
    let denies = args.deny_warnings || outcome.deny_warnings;
    let denied = denies && outcome.findings.iter().any(|it| it.severity == Severity::Warning);
    let code = Findings { sources: site.sources, diagnostics: outcome.findings, lang }.exit_code();
    Ok(if denied && code == ExitCode::SUCCESS { ExitCode::from(1) } else { code })
}

/// What `rollbook check` without arguments finds now, for the preview.
///
/// # Errors
/// When the site or its baseline cannot be read.
pub fn findings(root: &Path, lang: Option<Lang>) -> anyhow::Result<Findings> {
    let mut site = crate::load(root, true)?;
    read_baseline_beside(root, &mut site)?;
    let (now, past) = (clock::today(None)?, crate::past(root, &mut site)?);
    let lang = lang.unwrap_or(site.config.lang);
    let diagnostics = check::check(&site, &Request::new(lang, now, &past)).findings;
    Ok(Findings { sources: site.sources, diagnostics, lang })
}

fn ensure_profile(name: Option<&str>, config: &Config) -> anyhow::Result<()> {
    let Some(Err(nearest)) = name.map(|name| check::nearest_profile(config, name)) else { return Ok(()) };
    let name = name.unwrap_or_default();
    match nearest {
        Some(nearest) => bail!("there is no profile `{name}`; did you mean `{nearest}`?"),
        None => bail!("there is no profile `{name}`: take `draft`, `golive`, `audit`, or one of the settings' own"),
    }
}

/// The baseline that was named, or the one that lies beside the settings.
fn read_baseline(args: &Args, root: &Path, site: &mut Site) -> anyhow::Result<()> {
    match &args.baseline {
        _ if args.write_baseline.is_some() => Ok(()),
        Some(file) => baseline::read(file, &name(file, root), site),
        None => read_baseline_beside(root, site),
    }
}

fn read_baseline_beside(root: &Path, site: &mut Site) -> anyhow::Result<()> {
    let file = root.join(BASELINE);
    let exists = file.try_exists().with_context(|| format!("reading the baseline `{}`", file.display()))?;
    if exists { baseline::read(&file, BASELINE, site) } else { Ok(()) }
}

/// How findings name a file: by its path below the root, or else as it was given.
fn name(file: &Path, root: &Path) -> String {
    let below = |file: PathBuf, root: PathBuf| file.strip_prefix(root).ok().map(Path::to_owned);
    let below = file.canonicalize().ok().zip(root.canonicalize().ok()).and_then(|(file, root)| below(file, root));
    below.as_deref().unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// Writes what may stay, and leaves in `outcome` what may not. Gives the sentence that says so.
fn write_baseline(file: &Path, sources: &Sources, outcome: &mut Outcome, lang: Lang) -> anyhow::Result<String> {
    let findings = std::mem::take(&mut outcome.findings);
    let (may_stay, rest): (Vec<_>, Vec<_>) = findings.into_iter().partition(|it| check::may_stay(it.rule));
    outcome.findings = rest;
    // What could not be understood must not decide what is overlooked from now on.
    ensure!(
        !outcome.findings.iter().any(|it| it.rule.starts_with("settings/")),
        "no baseline is written while the settings are not valid: run `rollbook check`"
    );
    baseline::write(file, &baseline::text(sources, &may_stay))?;
    let (count, file) = (may_stay.len(), file.display());
    Ok(say!(
        lang,
        en: "{count} findings written to `{file}`: they may stay for now",
        es: "{count} hallazgos escritos en `{file}`: pueden quedarse por ahora",
        pt: "{count} achados gravados em `{file}`: podem ficar por enquanto"
    ))
}
