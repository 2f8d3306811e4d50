//! `rollbook check`: find what is not true.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;

use crate::Findings;
use crate::check::{self, Request};
use crate::cli::stdout_has_colour;
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::report;

/// Find what is not true: a go-live item without owner or status, a link to nowhere, front matter that nobody reads.
///
/// One pass, all findings, drafts included. The exit code is 1 if one of them is an error, and 2 if the settings are not valid.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook check
  rollbook check --format json > findings.json
  rollbook check --deny-warnings
  rollbook check --require-revision
  rollbook check --lang en")]
pub struct Args {
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// The day that counts as today, for rules about dates; without it, the machine's date
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub now: Option<NaiveDate>,
    /// Let it fail where the plan is not as the last revision keeps it
    #[arg(long)]
    pub require_revision: bool,
    /// Let warnings fail the check too
    #[arg(long)]
    pub deny_warnings: bool,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: the line, a caret under the place, and help
    Human,
    /// For programs: stable keys, places in lines, columns and bytes
    Json,
}

/// Runs the command.
///
/// # Errors
/// When the site cannot be read.
pub fn run(args: &Args, root: &Path, lang: Option<Lang>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut site = crate::load(root, true)?;
    let past = crate::past(root, &mut site)?;
    let lang = lang.unwrap_or(site.config.lang);
    let now = args.now.unwrap_or_else(|| chrono::Local::now().date_naive());
    let diagnostics = check::check(&site, &Request { lang, now, past: &past, require_revision: args.require_revision });
    let findings = Findings { sources: site.sources, diagnostics, lang };
    match args.format {
        Format::Human => findings.write(out, stdout_has_colour())?,
        Format::Json => writeln!(out, "{}", report::json::render(&findings.sources, &findings.diagnostics))?,
    }
    let denied = args.deny_warnings && findings.diagnostics.iter().any(|it| it.severity == Severity::Warning);
    let code = findings.exit_code();
    Ok(if denied && code == ExitCode::SUCCESS { ExitCode::from(1) } else { code })
}
