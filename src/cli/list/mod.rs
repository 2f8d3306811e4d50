//! `rollbook list`: what was recognised, where, and how each cell was read.

mod human;
mod json;
mod record;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use crate::cli::stdout_has_colour;
use crate::lang::Lang;
use record::records;

/// Show what was recognised: from which file and line, and how each cell was read.
///
/// Drafts are included. Nothing is judged: for that there is `rollbook check`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook list items
  rollbook list criteria
  rollbook list flags --format json")]
pub struct Args {
    /// What to show
    #[arg(value_enum, value_name = "KIND")]
    pub kind: Kind,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Items of checklists
    #[value(alias = "checklist")]
    Items,
    /// Registered flags
    Flags,
    /// Changes of flags
    Events,
    /// Phases
    Phases,
    /// Entry and exit criteria of phases
    Criteria,
    /// Metrics
    Metrics,
    /// Steps of rollback procedures
    Rollback,
    /// Communications
    Communications,
    /// Risks
    Risks,
    /// Decisions
    Decisions,
    /// Closing reports
    Reports,
}

impl Kind {
    /// The word in JSON.
    const fn key(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Flags => "flags",
            Self::Events => "events",
            Self::Phases => "phases",
            Self::Criteria => "criteria",
            Self::Metrics => "metrics",
            Self::Rollback => "rollback",
            Self::Communications => "communications",
            Self::Risks => "risks",
            Self::Decisions => "decisions",
            Self::Reports => "reports",
        }
    }
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: a table
    Human,
    /// For programs: stable keys, every field as written, with its place, and as read
    Json,
}

/// Runs the command.
///
/// # Errors
/// When the site cannot be read.
pub fn run(args: &Args, root: &Path, lang: Option<Lang>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let site = crate::load(root, true)?;
    let lang = lang.unwrap_or(site.config.lang);
    let records = records(&site, args.kind, lang);
    match args.format {
        Format::Human => human::write(out, &site.sources, args.kind, &records, lang, stdout_has_colour())?,
        Format::Json => writeln!(out, "{}", json::render(&site.sources, args.kind, &records))?,
    }
    Ok(ExitCode::SUCCESS)
}
