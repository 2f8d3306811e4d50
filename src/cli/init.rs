//! `rollbook init`: a small site to begin with.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use include_dir::{Dir, File, include_dir};

use crate::lang::Lang;
use crate::say;
use crate::write;

static EN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/en");
static ES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/es");
static PT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/pt");

/// The built site is made from the sources, and need not be kept.
const GITIGNORE: &str = "/public\n";

/// Write a small site that builds and checks clean: a checklist, a flag, a rollback procedure, a manual.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook init my-rollout
  rollbook init . --lang es")]
pub struct Args {
    /// Folder to write into; it is made if it does not exist, and no file in it is overwritten
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// When a file to write exists already, or the disk does not do its part.
pub fn run(args: &Args, lang: Option<Lang>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let lang = lang.unwrap_or_default();
    let folder = match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
        Lang::Pt => &PT,
    };
    let mut files: Vec<(PathBuf, &[u8])> = Vec::new();
    collect(folder, &mut files);
    if !args.dir.join(".gitignore").exists() {
        files.push((PathBuf::from(".gitignore"), GITIGNORE.as_bytes()));
    }
    write::create(&args.dir, &files)?;
    let (count, folder) = (files.len(), args.dir.display());
    let line = say!(
        lang,
        en: "Wrote {count} files into `{folder}`. Next: `rollbook serve --open --root {folder}`",
        es: "{count} archivos escritos en `{folder}`. Ahora: `rollbook serve --open --root {folder}`",
        pt: "{count} arquivos escritos em `{folder}`. Agora: `rollbook serve --open --root {folder}`"
    );
    writeln!(out, "{line}")?;
    Ok(ExitCode::SUCCESS)
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(PathBuf, &[u8])>) {
    files.extend(folder.files().map(|file: &File<'static>| (file.path().to_owned(), file.contents())));
    folder.dirs().for_each(|folder| collect(folder, files));
}
