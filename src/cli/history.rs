//! `rollbook history`: what was kept, and whether it is still as it was.

use std::fmt;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use crate::cli::{renumber, restore};
use crate::history::{self, History, HistoryFault, Verdict};
use crate::lang::Lang;
use crate::model::{Change, Revision};
use crate::say;
use crate::words::one_line;

/// Look at the kept revisions of the plan, and give them back.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook history list
  rollbook history show 3
  rollbook history verify
  rollbook history verify --root-hash 9f2c…e1
  rollbook history restore 3 content/plan.md
  rollbook history renumber --dry-run")]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do with the history.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// One line a revision: number, date, author, files added (+), changed (~), removed (-) and moved (>), message
    List,
    /// Everything that a revision says of itself, and what became of each file
    Show {
        /// Number of the revision: `3` or `0003`
        #[arg(value_name = "NUMBER")]
        number: u32,
    },
    /// Look at every byte; name every changed, missing or foreign file, every gap and every fork
    ///
    /// The last line names the hash of the last revision. Note it outside of the repository (in a ticket, in the
    /// minutes), and `--root-hash` proves later that this revision and all before it are as they were.
    Verify {
        /// A hash that `verify` gave before: the revision that had it must still be there, unchanged
        #[arg(long, value_name = "HASH")]
        root_hash: Option<String>,
    },
    Restore(restore::Args),
    Renumber(renumber::Args),
}

/// Runs the command. The exit code is 1 if the history is not as it should be.
///
/// # Errors
/// When there is no such revision, or the disk cannot be read or written.
pub fn run(args: &Args, root: &Path, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    match &args.command {
        Command::List => list(&history::read(root)?, lang, out),
        Command::Show { number } => show(&history::read(root)?, *number, lang, out),
        Command::Verify { root_hash } => verify(&history::verify(root, root_hash.as_deref())?, lang, out),
        Command::Restore(args) => restore::run(args, root, lang, out),
        Command::Renumber(args) => renumber::run(args, root, lang, out),
    }
}

/// How many files a revision added, changed, removed and moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files that were not there before.
    pub added: usize,
    /// Files with other bytes than before.
    pub changed: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Files that only moved.
    pub renamed: usize,
}

impl Counts {
    /// Counts the changes of a revision against its parent.
    #[must_use]
    pub fn of(revision: &Revision, parent: Option<&Revision>) -> Self {
        let mut counts = Self::default();
        for (_, change) in revision.changes(parent) {
            match change {
                Change::Added => counts.added += 1,
                Change::Changed => counts.changed += 1,
                Change::Removed => counts.removed += 1,
                Change::Renamed { .. } => counts.renamed += 1,
                Change::Unchanged => {}
            }
        }
        counts
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{} ~{} -{}", self.added, self.changed, self.removed)?;
        if self.renamed > 0 { write!(f, " >{}", self.renamed) } else { Ok(()) }
    }
}

/// Prints a line a fault: rule and sentence.
///
/// # Errors
/// When it cannot be printed.
pub fn print_faults(faults: &[HistoryFault], lang: Lang, out: &mut impl Write) -> anyhow::Result<()> {
    for fault in faults {
        writeln!(out, "{}: {}", fault.rule(), one_line(&fault.message(lang)))?;
    }
    Ok(())
}

fn exit_code(faults: &[HistoryFault]) -> ExitCode {
    ExitCode::from(u8::from(!faults.is_empty()))
}

fn list(history: &History, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    if history.revisions.is_empty() && history.faults.is_empty() {
        let line = say!(lang,
            en: "No revisions yet: `rollbook snapshot -m \"why\"` makes the first",
            es: "Aún no hay revisiones: `rollbook snapshot -m \"por qué\"` guarda la primera",
            pt: "Ainda não há revisões: `rollbook snapshot -m \"por quê\"` guarda a primeira");
        writeln!(out, "{line}")?;
    }
    for revision in &history.revisions {
        let date = revision.date.format("%Y-%m-%d %H:%M %:z");
        let counts = Counts::of(revision, history.parent_of(revision));
        let (author, message) = (one_line(&revision.author), one_line(&revision.message));
        writeln!(out, "{}  {date}  {author}  ({counts})  {message}", revision.label())?;
    }
    print_faults(&history.faults, lang, out)?;
    Ok(exit_code(&history.faults))
}

fn show(history: &History, number: u32, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut found = history.revisions.iter().filter(|revision| revision.number == number).peekable();
    if found.peek().is_none() {
        bail!("there is no revision {number:04} that can be read; `rollbook history list` shows those that can");
    }
    for revision in found {
        show_facts(revision, lang, out)?;
        show_files(revision, history.parent_of(revision), lang, out)?;
    }
    print_faults(&history.faults, lang, out)?;
    Ok(exit_code(&history.faults))
}

fn show_facts(revision: &Revision, lang: Lang, out: &mut impl Write) -> anyhow::Result<()> {
    let none = || say!(lang, en: "none", es: "ninguna", pt: "nenhuma");
    let label = revision.label();
    writeln!(out, "{}", say!(lang, en: "Revision {label}", es: "Revisión {label}", pt: "Revisão {label}"))?;
    let facts = [
        (say!(lang, en: "Message", es: "Mensaje", pt: "Mensagem"), one_line(&revision.message)),
        (say!(lang, en: "Date", es: "Fecha", pt: "Data"), revision.date.to_rfc3339()),
        (say!(lang, en: "Author", es: "Autor", pt: "Autor"), one_line(&revision.author)),
        (say!(lang, en: "Phase", es: "Fase", pt: "Fase"), revision.phase.as_deref().map_or_else(none, one_line)),
        (say!(lang, en: "Folder", es: "Carpeta", pt: "Pasta"), format!("{}/{}", history::FOLDER, revision.folder)),
        ("Hash".to_owned(), revision.hash.clone()),
        (say!(lang, en: "Parent", es: "Anterior", pt: "Anterior"), revision.parent.clone().unwrap_or_else(none)),
        (say!(lang, en: "Items", es: "Ítems", pt: "Itens"), joined(revision.summary.items.iter())),
        (say!(lang, en: "Flags", es: "Flags", pt: "Flags"), joined(revision.summary.flags.iter())),
    ];
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(out, "  {name}: {value}")?;
    }
    Ok(())
}

fn joined<T: fmt::Display>(pairs: impl Iterator<Item = (impl AsRef<str>, T)>) -> String {
    let pairs = pairs.map(|(key, value)| one_line(&format!("{} = {value}", key.as_ref())));
    pairs.collect::<Vec<_>>().join(", ")
}

fn show_files(revision: &Revision, parent: Option<&Revision>, lang: Lang, out: &mut impl Write) -> anyhow::Result<()> {
    let counts = Counts::of(revision, parent);
    writeln!(out, "  {} ({counts}):", say!(lang, en: "Files", es: "Archivos", pt: "Arquivos"))?;
    print_files(revision, parent, |_| true, out)
}

/// A line a file: `+` added, `~` changed, `>` moved, `-` removed, ` ` as before; then the path, and where its bytes are.
///
/// # Errors
/// When it cannot be printed.
pub fn print_files(
    revision: &Revision,
    parent: Option<&Revision>,
    is_wanted: impl Fn(&Change) -> bool,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    for (path, change) in revision.changes(parent).into_iter().filter(|(_, change)| is_wanted(change)) {
        let record = revision.files.binary_search_by(|file| file.path.as_str().cmp(path)).map(|at| &revision.files[at]);
        let place = record.map(|file| format!("  ({} B, {:04})", file.bytes, file.revision)).unwrap_or_default();
        let path = one_line(path);
        match change {
            Change::Added => writeln!(out, "  + {path}{place}")?,
            Change::Changed => writeln!(out, "  ~ {path}{place}")?,
            Change::Renamed { from } => writeln!(out, "  > {} -> {path}{place}", one_line(&from))?,
            Change::Removed => writeln!(out, "  - {path}")?,
            Change::Unchanged => writeln!(out, "    {path}{place}")?,
        }
    }
    Ok(())
}

fn verify(verdict: &Verdict, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    print_faults(&verdict.faults, lang, out)?;
    let Verdict { revisions, files, vouched, .. } = verdict;
    if verdict.faults.is_empty() {
        let root = verdict.root.as_deref().unwrap_or("-");
        let line = say!(lang,
            en: "revisions: {revisions}, files: {files}, root: {root}",
            es: "revisiones: {revisions}, archivos: {files}, raíz: {root}",
            pt: "revisões: {revisions}, arquivos: {files}, raiz: {root}");
        writeln!(out, "{line}")?;
    }
    if let (Some(label), true) = (vouched, verdict.faults.is_empty()) {
        let line = say!(lang,
            en: "The hash given is that of revision {label}: it and all before it are as they were",
            es: "El hash dado es el de la revisión {label}: ella y todas las anteriores están como estaban",
            pt: "O hash dado é o da revisão {label}: ela e todas as anteriores estão como estavam");
        writeln!(out, "{line}")?;
    }
    Ok(exit_code(&verdict.faults))
}
