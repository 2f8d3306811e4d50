//! Live-reload streams (server-sent events, WHATWG HTML section 9.2): the open browsers, and what they are told.
//!
//! Every event is a name and an id, a few dozen bytes; a browser asks for the rest by itself. Each stream has a thread that
//! writes, and a short queue in front of it: who tells the news never waits for a slow reader. One whose queue is full
//! is given up, and comes back when it reads again.

use std::fmt;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::serve::edition::{Desk, Edition};
use crate::serve::wire;
use crate::serve::{Findings, Rebuilt};

/// What a browser is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event<'a> {
    /// The first word on a stream: the build on show. A page made from another build is out of date.
    Hello(&'a str),
    /// There is a new build.
    Reload(&'a str),
    /// The last rebuild failed; the page stays.
    Problem(&'a str),
    /// A check has said something else than the one before.
    Findings,
    /// The page at this path was edited: whoever follows goes there.
    Follow(&'a str),
    /// Nothing new: only finds out who is gone.
    Ping,
}

impl<'a> Event<'a> {
    /// The news of an edition.
    fn of(edition: &'a Edition) -> Self {
        edition.overlaid().map_or(Self::Reload(&edition.build), |named| Self::Problem(&named.id))
    }
}

impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hello(build) => write!(f, "event: hello\ndata: {build}\n\n"),
            Self::Reload(build) => write!(f, "event: reload\ndata: {build}\n\n"),
            Self::Problem(id) => write!(f, "event: problem\ndata: {id}\n\n"),
            Self::Findings => f.write_str("event: findings\ndata: new\n\n"),
            Self::Follow(path) => write!(f, "event: follow\ndata: {path}\n\n"),
            Self::Ping => f.write_str(": ping\n\n"),
        }
    }
}

/// How long a browser waits before it comes back after the server is gone, in milliseconds.
const RETRY: &str = "retry: 500\n\n";

/// How many events may wait for a reader, besides the thousands that fit into the system's buffers.
const BACKLOG: usize = 16;

/// The open streams.
#[derive(Default)]
pub(super) struct Streams(Mutex<Vec<SyncSender<String>>>);

impl Streams {
    /// Opens a stream: what it is told, until it is ended. Holds the list while it greets, and so an edition that is
    /// published meanwhile is told once: by the hello, or by [`Streams::publish`].
    pub(super) fn open(&self, desk: &Desk) -> Receiver<String> {
        // Waits for the first edition before it takes the list, which publishing one needs.
        desk.current();
        let mut streams = self.lock();
        let edition = desk.current();
        let mut hello = format!("{RETRY}{}", Event::Hello(&edition.build));
        if let Some(named) = edition.overlaid() {
            hello.push_str(&Event::Problem(&named.id).to_string());
        }
        if edition.findings.is_some() {
            hello.push_str(&Event::Findings.to_string());
        }
        let (tell, news) = sync_channel(BACKLOG);
        tell.try_send(hello).expect("a new queue has room and a reader");
        streams.push(tell);
        news
    }

    /// Puts the outcome of a rebuild on show, and tells every browser.
    pub(super) fn publish(&self, rebuilt: Rebuilt, desk: &Desk) -> Arc<Edition> {
        let mut streams = self.lock();
        let edition = desk.publish(rebuilt);
        tell(&mut streams, Event::of(&edition));
        edition
    }

    /// Puts down what a check has said, and tells every browser if it is news.
    pub(super) fn found(&self, findings: Findings, desk: &Desk) {
        let mut streams = self.lock();
        if desk.found(findings) {
            tell(&mut streams, Event::Findings);
        }
    }

    /// Sends every browser to the page at an output path. A path with a line end would be another event, and is no page's.
    pub(super) fn lead(&self, path: &str) {
        if !path.contains(['\n', '\r']) {
            tell(&mut self.lock(), Event::Follow(path));
        }
    }

    /// Gives every browser a sign of life.
    pub(super) fn ping(&self) {
        tell(&mut self.lock(), Event::Ping);
    }

    /// Ends every stream, after what it has been told.
    pub(super) fn close(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<SyncSender<String>>> {
        // A poisoned list is still a list of streams.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells every browser, and forgets those that are gone or do not keep up.
fn tell(streams: &mut Vec<SyncSender<String>>, event: Event<'_>) {
    let event = event.to_string();
    streams.retain(|stream| stream.try_send(event.clone()).is_ok());
}

/// Writes a stream as the news come in; waits for the reader.
///
/// # Errors
/// When the reader is gone.
pub(super) fn relay(head: &[u8], news: &Receiver<String>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(head)?;
    for event in news {
        out.write_all(&wire::chunk(&event))?;
        out.flush()?;
    }
    out.write_all(wire::LAST_CHUNK)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::{BACKLOG, Streams, relay};
    use crate::serve::edition::Desk;
    use crate::serve::{Problem, Rebuilt, wire};

    fn broken() -> Rebuilt {
        Err(Problem { title: String::new(), text: String::new() })
    }

    #[test]
    fn a_reader_gets_every_event_until_the_end() {
        let (streams, desk) = (Streams::default(), Desk::new());
        let first = desk.publish(broken());
        let news = streams.open(&desk);
        streams.ping();
        streams.publish(broken(), &desk);
        streams.close();
        let mut bytes = Vec::new();
        relay(b"HEAD", &news, &mut bytes).unwrap();
        let hello = format!("retry: 500\n\nevent: hello\ndata: {}\n\n", first.build);
        let reload = format!("event: reload\ndata: {}\n\n", desk.current().build);
        let chunks = [hello.as_str(), ": ping\n\n", &reload].map(wire::chunk).concat();
        assert_eq!(bytes, [b"HEAD", chunks.as_slice(), b"0\r\n\r\n"].concat());
    }

    #[test]
    fn one_that_is_gone_or_does_not_keep_up_is_forgotten_alone() {
        let (streams, desk) = (Streams::default(), Desk::new());
        desk.publish(broken());
        let (gone, slow, reader) = (streams.open(&desk), streams.open(&desk), streams.open(&desk));
        drop(gone);
        streams.ping();
        assert_eq!(streams.lock().len(), 2);
        for _ in 0..BACKLOG {
            assert!(reader.recv().is_ok());
            streams.ping();
        }
        assert_eq!((streams.lock().len(), slow.iter().count()), (1, BACKLOG));
        assert_eq!(reader.try_iter().count(), 2);
    }
}
