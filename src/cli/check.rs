//! `rollbook check`: find what is not true.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;

use crate::Findings;
use crate::check::{self, Request};
use crate::cli::reports::{Reports, report};
use crate::diagnostic::{Outcome, Severity};
use crate::lang::Lang;
use crate::model::Past;

/// Find what is not true: a go-live item without owner or status, a link to nowhere, front matter that nobody reads.
///
/// One pass, all findings, drafts included. The exit code is 1 if one of them is an error, and 2 if the settings are not valid.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook check
  rollbook check --format json > findings.json
  rollbook check --report sarif=rollbook.sarif --report junit=rollbook.xml
  rollbook check --deny-warnings
  rollbook check --lang en")]
pub struct Args {
    #[command(flatten)]
    pub reports: Reports,
    /// The day that counts as today, for rules about dates; without it, the machine's date
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub now: Option<NaiveDate>,
    /// Let warnings fail the check too
    #[arg(long)]
    pub deny_warnings: bool,
}

/// Runs the command.
///
/// # Errors
/// When the site cannot be read, or a report cannot be written.
pub fn run(args: &Args, root: &Path, lang: Option<Lang>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    args.reports.judge()?;
    let site = crate::load(root, true)?;
    let lang = lang.unwrap_or(site.config.lang);
    let now = args.now.unwrap_or_else(|| chrono::Local::now().date_naive());
    let findings = check::check(&site, &Request { lang, now, past: &Past::default() });
    let outcome = Outcome { findings, set_aside: Vec::new(), elsewhere: 0, now, profile: None, deny_warnings: false };
    args.reports.write(&report(root, &site, &outcome, lang), out)?;
    let denied = args.deny_warnings && outcome.findings.iter().any(|it| it.severity == Severity::Warning);
    let code = Findings { sources: site.sources, diagnostics: outcome.findings, lang }.exit_code();
    Ok(if denied && code == ExitCode::SUCCESS { ExitCode::from(1) } else { code })
}
