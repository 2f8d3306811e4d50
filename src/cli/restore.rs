//! `rollbook history restore`: give back what a revision keeps.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{bail, ensure};

use crate::config;
use crate::history::{self, Restore};
use crate::lang::Lang;
use crate::model::{Change, Revision};
use crate::say;
use crate::words::one_line;

/// So many files that would be lost are named.
const NAMED: usize = 10;

/// Give back the files of a revision, byte for byte
///
/// Without PATH that is the whole plan: files that the revision did not have are removed then, among those that it would
/// have kept. Nothing is written before everything is read and its hash is right, and nothing is lost: where a file of today
/// is in no revision, nothing is done. A new revision then says what was given back: `rollbook snapshot`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook history restore 3
  rollbook history restore latest content/plan.md
  rollbook history restore 3 --to ../as-it-was")]
pub struct Args {
    /// Number of the revision (`3`), name of its folder, or `latest`
    #[arg(value_name = "REVISION")]
    pub revision: String,
    /// Files or folders to give back, as paths below the site's root; all without
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// Write into this folder, which must be empty or new, and leave the plan as it is
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Write over files that no revision keeps, or into a folder that is not empty
    #[arg(long)]
    pub force: bool,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// When there is no such revision or path, the bytes are not what they were, files would be lost, or the disk does not do its
/// part.
pub fn run(args: &Args, root: &Path, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let history = history::read(root)?;
    let revision = history.find(&args.revision)?;
    let restore = match &args.to {
        Some(folder) => {
            ensure!(
                args.force || is_free(folder),
                "`{}` is not empty; choose another folder, or give `--force`",
                folder.display()
            );
            Restore::into_folder(folder, root, &history, revision, &args.paths)?
        }
        None => {
            let (config, _) = config::read(root)?;
            Restore::in_place(root, &config, &history, revision, &args.paths)?
        }
    };
    print_steps(&restore.steps, out)?;
    if !args.force {
        refuse_loss(&restore.unsaved)?;
    }
    let steps = restore.steps.clone();
    if !args.dry_run {
        restore.apply()?;
    }
    writeln!(out, "{}", summary(revision, &steps, args.dry_run, lang))?;
    Ok(ExitCode::SUCCESS)
}

/// Whether a folder is not there, or holds nothing.
fn is_free(folder: &Path) -> bool {
    !folder.exists() || folder.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

/// A line a file: `+` comes back, `~` changes, `-` goes away.
fn print_steps(steps: &[(String, Change)], out: &mut impl Write) -> anyhow::Result<()> {
    for (path, change) in steps {
        let sign = match change {
            Change::Added => '+',
            Change::Removed => '-',
            _ => '~',
        };
        writeln!(out, "  {sign} {}", one_line(path))?;
    }
    Ok(())
}

fn refuse_loss(unsaved: &[String]) -> anyhow::Result<()> {
    if unsaved.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = unsaved.iter().take(NAMED).map(|path| format!("`{}`", one_line(path))).collect();
    let more = match unsaved.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    bail!(
        "nothing was written: no revision keeps {}{more} as they are today; keep them with `rollbook snapshot`, or give `--force` to lose them",
        named.join(", ")
    )
}

fn summary(revision: &Revision, steps: &[(String, Change)], dry_run: bool, lang: Lang) -> String {
    let label = revision.label();
    let count = |wanted: fn(&Change) -> bool| steps.iter().filter(|(_, change)| wanted(change)).count();
    let (added, removed) = (count(|it| matches!(it, Change::Added)), count(|it| matches!(it, Change::Removed)));
    let counts = format!("+{added} ~{} -{removed}", steps.len() - added - removed);
    match (steps.is_empty(), dry_run) {
        (true, _) => say!(lang,
            en: "Everything is as in revision {label} already",
            es: "Todo está ya como en la revisión {label}",
            pt: "Tudo já está como na revisão {label}"),
        (false, true) => say!(lang,
            en: "Revision {label} would be given back ({counts}); nothing was written",
            es: "Se restauraría la revisión {label} ({counts}); no se escribió nada",
            pt: "A revisão {label} seria restaurada ({counts}); nada foi escrito"),
        (false, false) => say!(lang,
            en: "Revision {label} is given back ({counts})",
            es: "Revisión {label} restaurada ({counts})",
            pt: "Revisão {label} restaurada ({counts})"),
    }
}
