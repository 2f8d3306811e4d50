//! `rollbook history renumber`: mend a fork.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use crate::cli::history::print_faults;
use crate::history::{self, Renumbering};
use crate::lang::Lang;
use crate::say;

/// Give new numbers to revisions that two branches made with the same ones
///
/// The side that was begun first keeps its numbers and its bytes, whoever asks and on whatever branch. The revisions of the
/// other side follow behind it: with the same date, author, message and files, and with new numbers, parents and seals. Either all
/// of that is done or nothing. Then keep what the merge made of the plan with `rollbook snapshot`.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook history renumber --dry-run
  rollbook history renumber
  rollbook history renumber --keep 0003-close-of-the-pilot-9f2c41")]
pub struct Args {
    /// Folder of a revision whose side keeps its numbers, since its hash is known elsewhere already
    #[arg(long, value_name = "FOLDER")]
    pub keep: Option<String>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command. The exit code is 1 if something else is wrong, which has to be mended first.
///
/// # Errors
/// When there is no such revision, or the disk does not do its part. The history is as before then.
pub fn run(args: &Args, root: &Path, lang: Lang, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    match history::renumber(root, args.keep.as_deref(), args.dry_run)? {
        Renumbering::Unneeded => {
            let line = say!(lang,
                en: "No two revisions have the same number; nothing to do",
                es: "No hay dos revisiones con el mismo número; nada que hacer",
                pt: "Não há duas revisões com o mesmo número; nada a fazer");
            writeln!(out, "{line}")?;
            Ok(ExitCode::SUCCESS)
        }
        Renumbering::Refused { faults } => {
            print_faults(&faults, lang, out)?;
            let line = say!(lang,
                en: "Nothing was renumbered: new numbers would hide what else is wrong",
                es: "No se renumeró nada: los números nuevos ocultarían lo demás que está mal",
                pt: "Nada foi renumerado: os números novos esconderiam o que mais está errado");
            writeln!(out, "{line}")?;
            Ok(ExitCode::from(1))
        }
        Renumbering::Moved { moves, root } => {
            for it in &moves {
                writeln!(out, "  {} -> {}", it.from, it.to.as_deref().unwrap_or("-"))?;
            }
            writeln!(out, "{}", summary(&root, args.dry_run, lang))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn summary(root: &str, dry_run: bool, lang: Lang) -> String {
    if dry_run {
        return say!(lang, en: "Nothing was written", es: "No se escribió nada", pt: "Nada foi escrito");
    }
    say!(lang,
        en: "One line of revisions again, root: {root}; now keep the merged plan with `rollbook snapshot`",
        es: "De nuevo una sola línea de revisiones, raíz: {root}; ahora guarde el plan combinado con `rollbook snapshot`",
        pt: "De novo uma só linha de revisões, raiz: {root}; agora guarde o plano combinado com `rollbook snapshot`")
}
