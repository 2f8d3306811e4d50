//! `rollbook serve`.

use std::path::Path;

use crate::config::{self, Config};
use crate::serve::{DEFAULT_PORT, Options};

/// Folders below the root that make the site, besides those that the settings name.
const SOURCES: &[&str] = &["data", "static", "templates", "rollout-history"];
/// Folders below the root that hold what other tools make.
const MADE: &[&str] = &[".git", "target", "node_modules"];

const EXAMPLES: &str = "\
Examples:
  rollbook serve                 http://127.0.0.1:1111/
  rollbook serve --open          the same, opened in the browser
  rollbook serve --port 8080     another port
  rollbook serve --port 0        any free port; the address is printed";

/// Preview the site in a browser while you write
///
/// Builds the site, serves it to this machine only, and rebuilds when a page, a template or the settings change. Open
/// browsers follow by themselves. An error is shown here and in the page; the last good build stays readable, and the
/// preview goes on once the error is fixed. Nothing is written to disk. Ctrl-C ends it.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = DEFAULT_PORT)]
    pub port: u16,

    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
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
            port: self.port,
            open: self.open,
            watch: watch.into_iter().map(|path| root.join(path)).collect(),
            ignore: MADE.iter().copied().chain([config.out.as_str()]).map(|path| root.join(path)).collect(),
            lang: config.lang,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Args;
    use crate::config::Config;

    #[test]
    fn the_settings_name_what_is_watched() {
        let config = Config::parse("content: pages\nout: site\nversioned: [pages, plans]\n");
        let options = Args { port: 0, open: false }.options(Path::new("r"), &config);
        let watched = ["data", "pages", "plans", "rollbook.yaml", "rollout-history", "static", "templates"];
        assert_eq!(options.watch, watched.map(|path| Path::new("r").join(path)));
        assert!(options.ignore.contains(&Path::new("r").join("site")));
    }
}
