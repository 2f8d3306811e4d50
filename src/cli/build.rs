//! `rollbook build`: render the site into a folder.

use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::ensure;

use crate::BookOptions;
use crate::Failure;
use crate::cli::has_colour;
use crate::lang::Lang;
use crate::render::Renderer;
use crate::say;
use crate::write;

/// Render the site into a folder.
///
/// The new site takes the place of the old one in one step, once it is complete. Findings that mean that a page could not be
/// rendered as it was meant (front matter that is no YAML, two pages with one address) stop the build; `rollbook check` has
/// all of them.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook build
  rollbook build --out /srv/www/rollout
  rollbook build --drafts
  rollbook build --base-url https://example.com/rollout/")]
pub struct Args {
    /// Folder of the built site, instead of the settings' `out` (`public`)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Render drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Where the site will be published, instead of the settings' `base_url`
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When the site cannot be read, a template fails, or the disk does not do its part. The old site is still there then.
pub fn run(args: &Args, root: &Path, lang: Option<Lang>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let renderer =
        match crate::book(root, BookOptions { drafts: args.drafts, lang, base_url: args.base_url.as_deref() }) {
            Ok(renderer) => renderer,
            Err(Failure::Findings(findings)) => {
                let mut error = std::io::stderr();
                findings.write(&mut error, has_colour(&std::io::stderr()))?;
                return Ok(findings.exit_code());
            }
            Err(Failure::Other(error)) => return Err(error),
        };
    let lang = lang.unwrap_or(renderer.site().config.lang);
    let folder = args.out.clone().unwrap_or_else(|| root.join(&renderer.site().config.out));
    refuse_sources(root, &folder, &renderer)?;
    let mut outputs = renderer.outputs();
    outputs.extend(renderer.search_outputs());
    let paths: Vec<_> = outputs.iter().map(|output| &output.path).collect();
    let written = write::write(&folder, &paths, |index| renderer.render(&outputs[index]))?;
    let pages = renderer.site().pages.len();
    let (files, kilobytes, seconds) = (written.files, written.bytes.div_ceil(1024), start.elapsed().as_secs_f64());
    let folder = folder.display();
    let s = if pages == 1 { "" } else { "s" };
    let line = say!(
        lang,
        en: "Built {pages} page{s}, {files} files, {kilobytes} KB into `{folder}` in {seconds:.2} s",
        es: "{pages} página{s}, {files} archivos, {kilobytes} KB generados en `{folder}` en {seconds:.2} s",
        pt: "{pages} página{s}, {files} arquivos, {kilobytes} KB gerados em `{folder}` em {seconds:.2} s"
    );
    writeln!(out, "{line}")?;
    // The process ends here, and the system takes its memory back faster than page by page.
    std::mem::forget((outputs, renderer));
    Ok(ExitCode::SUCCESS)
}

/// The site is no place for its own sources, and no part of them.
fn refuse_sources(root: &Path, out: &Path, renderer: &Renderer) -> anyhow::Result<()> {
    let (root, out) = (absolute(root)?, absolute(out)?);
    ensure!(!root.starts_with(&out), "`{}` holds the sources; the site needs a folder of its own", out.display());
    let content = renderer.site().config.content.as_str();
    for folder in [content, "static", "templates", "data", crate::history::FOLDER] {
        let sources = root.join(folder);
        ensure!(!out.starts_with(&sources), "the site cannot be built into `{folder}/`, which holds sources");
    }
    Ok(())
}

/// The path without `.` and `..`, whether it exists or not.
fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    Ok(clean)
}
