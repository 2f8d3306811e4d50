//! The command line: one file a sub-command, and what they share.

mod build;
mod check;
mod clock;
mod explain;
mod fix;
mod history;
mod init;
mod list;
mod lost_anchors;
mod renumber;
mod reports;
mod restore;
mod schema;
mod serve;
mod snapshot;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::config;
use crate::lang::Lang;

/// The go-live book that cannot lie: renders a rollout plan, checks that it is true, and keeps every revision of it.
#[derive(Debug, Parser)]
#[command(name = "rollbook", version, max_term_width = 110, propagate_version = true)]
#[command(after_help = "Exit codes: 0 clean, 1 findings (the gate says no), 2 the tool could not do its work.

Examples:
  rollbook init my-rollout --lang es
  rollbook serve --open
  rollbook check
  rollbook build --out public")]
struct Cli {
    /// Folder of the site; without it, the nearest folder upwards that holds `rollbook.yaml` or `content/`
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Language of messages, instead of the site's
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Check(check::Args),
    List(list::Args),
    Serve(serve::Args),
    Snapshot(snapshot::Args),
    History(history::Args),
    Init(init::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Fix(fix::Args),
}

/// Every command with its arguments and help, for the manual.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the command that the arguments name, and turns its outcome into an exit code.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match dispatch(&cli) {
        Ok(code) => code,
        // Whoever reads the other end of the pipe has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: &Cli) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    match &cli.command {
        Command::Init(args) => return init::run(args, cli.lang, &mut out),
        Command::Explain(args) => return explain::run(args, &mut out),
        Command::Schema(args) => return schema::run(args, &mut out),
        _ => {}
    }
    let root = find_root(cli.root.as_deref())?;
    let lang = || -> anyhow::Result<Lang> { Ok(cli.lang.unwrap_or(config::read(&root)?.0.lang)) };
    match &cli.command {
        Command::Build(args) => build::run(args, &root, cli.lang, &mut out),
        Command::Check(args) => check::run(args, &root, cli.lang, &mut out),
        Command::Fix(args) => fix::run(args, &root, cli.lang, &mut out),
        Command::List(args) => list::run(args, &root, cli.lang, &mut out),
        Command::Serve(args) => serve::run(args, &root, cli.lang),
        Command::Snapshot(args) => {
            let site = crate::load(&root, false)?;
            snapshot::run(args, &root, &site, lang()?, &mut out)
        }
        Command::History(args) => history::run(args, &root, lang()?, &mut out),
        Command::Init(_) | Command::Explain(_) | Command::Schema(_) => unreachable!("handled above: they need no site"),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).next();
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// The site's folder: as given, or the nearest one upwards, so that commands work from a sub-folder.
fn find_root(given: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(root) = given {
        anyhow::ensure!(root.is_dir(), "there is no folder `{}`", root.display());
        return Ok(root.to_owned());
    }
    let here = std::env::current_dir()?;
    let is_site = |folder: &&Path| folder.join(config::FILE).is_file() || folder.join("content").is_dir();
    let root = here.ancestors().find(is_site).unwrap_or(&here);
    Ok(root.to_owned())
}

/// Whether a stream shows colours: a terminal, and nobody said otherwise (<https://no-color.org>).
fn has_colour(stream: &impl std::io::IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Whether standard output shows colours.
fn stdout_has_colour() -> bool {
    has_colour(&std::io::stdout()) && std::io::stdout().is_terminal()
}
