//! The preview: builds the site, serves it to this machine, and shows each change as soon as it is saved.
//!
//! ```text
//!  files ── notify ──► Watch ─┐                ┌─► rebuild thread ──► outcome, back to the inbox
//!  Ctrl-C, pages that fail ───┴─► inbox ─► loop┼─► check thread ──► findings, back to the inbox
//!                                              └─► Desk, Streams: the edition on show, and who is told of it
//!  browser ─► tiny_http ─► worker: Clerk ─► http::answer(request, edition) ─► a response, or a stream
//! ```
//!
//! The caller's thread runs the loop: it takes one message at a time, prints, publishes, tells the browsers. Rebuilds have a
//! thread of their own, and so requests are answered from the last good edition meanwhile; changes that arrive
//! during a rebuild become one more rebuild. A failed rebuild makes an edition too: the last good book with a problem over
//! it. What a check says of a good one is found out afterwards, and told when it is known. tiny_http accepts and reads, eight workers find the answers, and each answer is written by a thread of its own, a
//! live-reload stream included, so that a slow browser holds up nobody. A nudge makes up for a weakness of tiny_http.

mod server;
mod watch;
mod edition;
mod listen;
mod nudge;
mod clerk;
mod guard;
mod wire;
mod http;
mod path;
mod content_type;
mod range;
mod overlay;
mod reload;
mod browser;

use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::lang::Lang;

pub use server::{Server, Stop};

/// The port without `--port`.
pub const DEFAULT_PORT: u16 = 1111;

/// A built site, whose files may be made when they are asked for.
pub trait Book: Send + Sync {
    /// The bytes of one output file, by its path below the site's root; none if there is no such file.
    /// Called from several threads at once.
    fn open(&self, path: &str) -> Option<anyhow::Result<Vec<u8>>>;

    /// The output path of the page that a source file became, by the name under which its change is told; none if it is no page.
    fn page_of(&self, _source: &Path) -> Option<String> {
        None
    }

    /// What a check says of the sources. Takes its time; called once, by a thread that nobody waits for.
    fn findings(&self) -> Findings {
        Findings::default()
    }
}

/// What a check says, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The gravest severity, by its key; none where nothing was found.
    pub worst: Option<&'static str>,
    /// How many there are, in words.
    pub summary: String,
    /// All of them as a terminal shows them, without colours.
    pub text: String,
}

/// Why a site could not be built or a page not be rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What failed, in one line.
    pub title: String,
    /// The rest as a terminal shows it, with the lines of the source, without colours.
    pub text: String,
}

/// The outcome of a rebuild.
pub type Rebuilt = Result<Box<dyn Book>, Problem>;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen on; any but a loopback address lets others read.
    pub host: IpAddr,
    /// Port on that address; 0 takes any free one.
    pub port: u16,
    /// Whether browsers go to the page that was edited.
    pub follow: bool,
    /// Whether to open the site in the browser.
    pub open: bool,
    /// Files and folders whose changes matter; they need not exist yet.
    pub watch: Vec<PathBuf>,
    /// Folders whose changes do not matter although they lie in a watched one.
    pub ignore: Vec<PathBuf>,
    /// Language of messages.
    pub lang: Lang,
}

/// Serves until Ctrl-C or a polite request to end.
///
/// # Errors
/// When the port is taken or stops to take connections, the system cannot watch the sources, or nothing can be printed any
/// more. What is wrong with the site is none: it is shown and waited out.
pub fn run(
    options: &Options,
    rebuild: impl Fn() -> Rebuilt + Send + Sync,
    log: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let server = Server::bind(options)?;
    let stop = server.stop();
    ctrlc::set_handler(move || stop.stop()).context("waiting for Ctrl-C")?;
    server.run(rebuild, log)
}
