//! `rollbook snapshot`: keep the plan as it is now.

use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{bail, ensure};

use crate::cli::clock;
use crate::cli::history::{Counts, print_faults, print_files};
use crate::history::{self, Draft, Options, Outcome};
use crate::lang::Lang;
use crate::model::{Change, Plan, Revision, Site};
use crate::say;
use crate::words::{fold, nearest, one_line};

/// Keep the plan as it is now as a revision in `rollout-history/`.
///
/// A revision holds what is new against the one before it, with who made it, when and why. It is written whole or not at
/// all, and is meant to be committed with the change that it keeps.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook snapshot -m \"Close of the pilot\"
  rollbook snapshot -m \"Phase 2 begins\" --phase \"Phase 2\" --author DevOps
  rollbook snapshot -m \"Weekly\" --if-changed
  rollbook snapshot -m \"Close of the pilot\" --dry-run

The phase is the one that the plan says is in progress; of several, the last. The date is now, or SOURCE_DATE_EPOCH where that is set. The author is git's `user.name`, or $USER.")]
pub struct Args {
    /// Why: the sentence that the history will show
    #[arg(short, long, value_name = "TEXT")]
    pub message: String,
    /// Who makes it, instead of git's `user.name`
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// The phase of the rollout that it belongs to, instead of the plan's phase in progress; `""` for none
    #[arg(long, value_name = "PHASE")]
    pub phase: Option<String>,
    /// Make none if no file differs from the last revision
    #[arg(long)]
    pub if_changed: bool,
    /// Say what would be kept, and keep nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// When the message is empty, nobody can be named as author, or the disk does not do its part; there is no new revision
/// then.
pub fn run(args: &Args, root: &Path, site: &Site, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    ensure!(!args.message.trim().is_empty(), "the message is empty: say why with `-m`");
    let draft = Draft {
        message: args.message.clone(),
        author: author(args.author.as_deref(), root)?,
        date: clock::now()?,
        phase: phase(args.phase.as_deref(), &site.plan),
        summary: crate::summary(&site.plan),
        files: history::collect(root, &site.config)?,
    };
    if let Some(doubt) = args.phase.as_deref().and_then(|given| unknown_phase(given, &site.plan, lang)) {
        writeln!(out, "{doubt}")?;
    }
    let options = Options { if_changed: args.if_changed, dry_run: args.dry_run };
    let outcome = history::snapshot_with(root, draft, options)?;
    match &outcome {
        Outcome::Made { revision, parent } if args.dry_run => print_plan(revision, parent.as_deref(), lang, out),
        outcome => print_outcome(outcome, lang, out),
    }
}

/// The phase as given, none for an empty one; else the one that the plan says is in progress.
fn phase(given: Option<&str>, plan: &Plan) -> Option<String> {
    let current = || plan.current_phase().map(|phase| phase.name.value.as_str());
    given.or_else(current).map(|phase| phase.trim().to_owned()).filter(|phase| !phase.is_empty())
}

/// A note where the plan has phases, and none that begins with the words given: a revision is made all the same, since plans
/// name their phases in more words than people do.
fn unknown_phase(given: &str, plan: &Plan, lang: Lang) -> Option<String> {
    let wanted = fold(given);
    let names = || plan.phases.iter().map(|phase| phase.name.value.as_str());
    let is_known = |name: &str| format!("{} ", fold(name)).starts_with(&format!("{wanted} "));
    if wanted.is_empty() || names().next().is_none() || names().any(is_known) {
        return None;
    }
    let (given, known) = (one_line(given), names().map(one_line).collect::<Vec<_>>());
    let known = match nearest(&given, known.iter().map(String::as_str)) {
        Some(near) => format!("`{near}`"),
        None => known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    };
    Some(say!(lang,
        en: "note: the plan has no phase `{given}`; it has {known}",
        es: "nota: el plan no tiene la fase `{given}`; tiene {known}",
        pt: "nota: o plano não tem a fase `{given}`; tem {known}"))
}

/// What a revision would keep, a line a file that is not as before.
fn print_plan(
    revision: &Revision,
    parent: Option<&Revision>,
    lang: Lang,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    print_files(revision, parent, |change| *change != Change::Unchanged, out)?;
    let (label, counts) = (revision.label(), Counts::of(revision, parent));
    let line = say!(lang,
        en: "Revision {label} would be made ({counts}); nothing was written",
        es: "Se guardaría la revisión {label} ({counts}); no se escribió nada",
        pt: "A revisão {label} seria guardada ({counts}); nada foi escrito");
    writeln!(out, "{line}")?;
    Ok(ExitCode::SUCCESS)
}

fn print_outcome(outcome: &Outcome, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    match outcome {
        Outcome::Made { revision, parent } => {
            let counts = Counts::of(revision, parent.as_deref());
            let (label, folder) = (revision.label(), &revision.folder);
            let line = say!(lang,
                en: "Revision {label} made in `rollout-history/{folder}` ({counts})",
                es: "Revisión {label} guardada en `rollout-history/{folder}` ({counts})",
                pt: "Revisão {label} guardada em `rollout-history/{folder}` ({counts})");
            writeln!(out, "{line}")?;
            Ok(ExitCode::SUCCESS)
        }
        Outcome::Unchanged { last } => {
            let (label, message) = (last.label(), one_line(&last.message));
            let line = say!(lang,
                en: "No revision made: nothing differs from {label} ({message})",
                es: "Ninguna revisión nueva: nada difiere de la {label} ({message})",
                pt: "Nenhuma revisão nova: nada difere da {label} ({message})");
            writeln!(out, "{line}")?;
            Ok(ExitCode::SUCCESS)
        }
        Outcome::Refused { faults } => {
            print_faults(faults, lang, out)?;
            let line = say!(lang,
                en: "No revision made: nothing is added on top of a broken history",
                es: "Ninguna revisión nueva: no se añade nada a un historial roto",
                pt: "Nenhuma revisão nova: nada se acrescenta a um histórico quebrado");
            writeln!(out, "{line}")?;
            Ok(ExitCode::from(1))
        }
    }
}

/// Who makes the revision: as given, else as git knows them, else as the system does.
fn author(given: Option<&str>, root: &Path) -> anyhow::Result<String> {
    let from_system = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
    let names = [given.map(str::to_owned)].into_iter().chain(std::iter::once_with(|| from_git(root)));
    let mut names = names.chain(std::iter::once_with(from_system)).flatten();
    match names.find(|name| !name.trim().is_empty()) {
        Some(name) => Ok(name.trim().to_owned()),
        None => bail!("nobody can be named as author: give one with `--author`"),
    }
}

/// Git's `user.name`; none without git, or where it knows no name.
fn from_git(root: &Path) -> Option<String> {
    let mut git = Command::new("git");
    git.args(["config", "user.name"]).current_dir(root).stdin(Stdio::null()).stderr(Stdio::null());
    let output = git.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}
