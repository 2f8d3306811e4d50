//! `rollbook serve`.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;

use crate::BookOptions;
use crate::Failure;
use crate::cli::check;
use crate::config::{self, Config};
use crate::diagnostic::Severity;
use crate::discover;
use crate::lang::Lang;
use crate::model::Content;
use crate::render::{Output, Renderer};
use crate::say;
use crate::serve::{self, Book, DEFAULT_PORT, Findings, Options, Problem, Rebuilt};

/// Folders below the root that make the site, besides those that the settings name.
const SOURCES: &[&str] = &["data", "static", "templates", "rollout-history"];
/// Folders below the root that hold what other tools make.
const MADE: &[&str] = &[".git", "target", "node_modules"];

const EXAMPLES: &str = "\
Examples:
  rollbook serve                 http://127.0.0.1:1111/
  rollbook serve --open          the same, opened in the browser
  rollbook serve --follow        the browser goes to the page that was edited
  rollbook serve --port 8080     another port
  rollbook serve --port 0        any free port; the address is printed";

/// Preview the site in a browser while you write
///
/// Builds the site, serves it to this machine only, and rebuilds when a page, a template or the settings change. Open
/// browsers show it by themselves and keep their place; what `rollbook check` says stands in their corner. An error is shown
/// here and in the page; the last good build stays readable, and the preview goes on once the error is fixed. Nothing is
/// written to disk. Ctrl-C ends it.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Port; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = DEFAULT_PORT)]
    pub port: u16,

    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,

    /// Let open browsers go to the page that was edited
    #[arg(long)]
    pub follow: bool,

    /// Address to listen on; any but a loopback address lets other machines read, drafts included
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::from(Ipv4Addr::LOCALHOST))]
    pub host: IpAddr,
}

/// Runs the command until Ctrl-C.
///
/// # Errors
/// When the settings cannot be read, the port is taken, or the system cannot watch the sources.
pub fn run(args: &Args, root: &Path, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let (mut config, _) = config::read(root)?;
    config.lang = lang.unwrap_or(config.lang);
    let options = args.options(root, &config);
    let book = BookOptions { drafts: true, lang, base_url: Some("/") };
    serve::run(&options, || rebuild(root, book, config.lang, lang), &mut std::io::stdout())?;
    Ok(ExitCode::SUCCESS)
}

/// Loads the site anew; pages are made when the browser asks for them. `lang` is the language of what fails, `wanted` that of
/// findings where the site's is not wanted.
fn rebuild(root: &Path, options: BookOptions<'_>, lang: Lang, wanted: Option<Lang>) -> Rebuilt {
    match crate::book(root, options) {
        Ok(renderer) => Ok(Box::new(Preview::new(renderer, root.to_owned(), wanted))),
        Err(failure) => Err(problem(&failure, lang)),
    }
}

fn problem(failure: &Failure, lang: Lang) -> Problem {
    match failure {
        Failure::Findings(findings) => {
            let mut text = Vec::new();
            // Writing to memory cannot fail.
            let _ = findings.write(&mut text, false);
            let title = say!(
                findings.lang,
                en: "a page cannot be rendered as it was meant",
                es: "una página no se puede generar como se escribió",
                pt: "uma página não pode ser gerada como foi escrita"
            );
            Problem { title, text: String::from_utf8_lossy(&text).into_owned() }
        }
        Failure::Other(error) => {
            let title = say!(
                lang,
                en: "the site cannot be built",
                es: "el sitio no se puede generar",
                pt: "o site não pode ser gerado"
            );
            Problem { title, text: format!("{error:#}") }
        }
    }
}

/// A site that is rendered page by page, as the browser asks.
struct Preview {
    renderer: Renderer,
    outputs: BTreeMap<String, Output>,
    /// The index of the search; made when a browser asks for one of its files.
    search: OnceLock<BTreeMap<String, Output>>,
    root: PathBuf,
    /// Language of findings, instead of the site's.
    lang: Option<Lang>,
}

impl Preview {
    fn new(renderer: Renderer, root: PathBuf, lang: Option<Lang>) -> Self {
        let outputs = by_path(renderer.outputs());
        Self { renderer, outputs, search: OnceLock::new(), root, lang }
    }

    fn output(&self, path: &str) -> Option<&Output> {
        let search = || self.search.get_or_init(|| by_path(self.renderer.search_outputs()));
        self.outputs.get(path).or_else(|| path.starts_with("search/").then(search)?.get(path))
    }
}

fn by_path(outputs: Vec<Output>) -> BTreeMap<String, Output> {
    outputs.into_iter().map(|output| (output.path.to_string(), output)).collect()
}

impl Book for Preview {
    fn open(&self, path: &str) -> Option<anyhow::Result<Vec<u8>>> {
        let output = self.output(path)?;
        Some(match self.renderer.render(output) {
            Ok(Content::Bytes(bytes)) => Ok(bytes),
            Ok(Content::Copy(file)) => discover::bytes(&file),
            Err(error) => Err(error.into()),
        })
    }

    fn page_of(&self, source: &Path) -> Option<String> {
        let site = self.renderer.site();
        let path = source.to_str()?.replace('\\', "/");
        let (file, _) = site.sources.iter().find(|(_, file)| file.path == path)?;
        Some(site.page(site.page_of(file)?).out.to_string())
    }

    /// As `rollbook check` would say it now. Where the site cannot be read any more, the next rebuild says so.
    fn findings(&self) -> Findings {
        let Ok(found) = check::findings(&self.root, self.lang) else { return Findings::default() };
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = found.write(&mut text, false);
        let worst = found.diagnostics.iter().map(|finding| finding.severity).min();
        Findings {
            worst: worst.map(Severity::key),
            summary: found.count_in_words(),
            text: String::from_utf8_lossy(&text).into_owned(),
        }
    }
}

impl Args {
    /// How to serve the site at `root` with these settings.
    #[must_use]
    pub fn options(&self, root: &Path, config: &Config) -> Options {
        let named = [config::FILE, &config.content].into_iter().chain(config.versioned.iter().map(String::as_str));
        let mut watch: Vec<&str> = named.chain(SOURCES.iter().copied()).collect();
        watch.sort_unstable();
        watch.dedup();
        Options {
            host: self.host,
            port: self.port,
            follow: self.follow,
            open: self.open,
            watch: watch.into_iter().map(|path| root.join(path)).collect(),
            ignore: MADE.iter().copied().chain([config.out.as_str()]).map(|path| root.join(path)).collect(),
            lang: config.lang,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::path::Path;

    use super::Args;
    use crate::config::Config;

    #[test]
    fn the_settings_name_what_is_watched() {
        let config = Config::parse("content: pages\nout: site\nversioned: [pages, plans]\n");
        let options = Args { port: 0, open: false, follow: false, host: Ipv4Addr::LOCALHOST.into() }
            .options(Path::new("r"), &config);
        let watched = ["data", "pages", "plans", "rollbook.yaml", "rollout-history", "static", "templates"];
        assert_eq!(options.watch, watched.map(|path| Path::new("r").join(path)));
        assert!(options.ignore.contains(&Path::new("r").join("site")));
    }
}
