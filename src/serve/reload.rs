//! Live-reload streams (server-sent events, WHATWG HTML section 9.2): the open browsers, and what they are told.
//!
//! Every event is a name and an id, a few dozen bytes; a browser asks for the rest by itself. So a write never waits for a
//! slow reader: the sockets do not block, and one whose buffer is full has not read for thousands of events.

use std::fmt;
use std::io::{self, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::serve::Rebuilt;
use crate::serve::edition::{Desk, Edition};

/// What a browser is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event<'a> {
    /// The first word on a stream: the build on show. A page made from another build is out of date.
    Hello(&'a str),
    /// There is a new build.
    Reload(&'a str),
    /// The last rebuild failed; the page stays.
    Problem(&'a str),
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
            Self::Ping => f.write_str(": ping\n\n"),
        }
    }
}

/// How long a browser waits before it comes back after the server is gone, in milliseconds.
const RETRY: &str = "retry: 500\n\n";

/// The open streams.
#[derive(Default)]
pub(super) struct Streams(Mutex<Vec<TcpStream>>);

impl Streams {
    /// Takes over a connection whose response head is written. Holds the list while it greets, and so an edition that
    /// is published meanwhile is told once: by the hello, or by [`Streams::publish`].
    pub(super) fn open(&self, mut stream: TcpStream, desk: &Desk) -> io::Result<()> {
        // Waits for the first edition before it takes the list, which publishing one needs.
        desk.current();
        let mut streams = self.lock();
        let edition = desk.current();
        let mut hello = format!("{RETRY}{}", Event::Hello(&edition.build));
        if let Some(named) = edition.overlaid() {
            hello.push_str(&Event::Problem(&named.id).to_string());
        }
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        stream.write_all(hello.as_bytes())?;
        streams.push(stream);
        Ok(())
    }

    /// Puts the outcome of a rebuild on show, and tells every browser.
    pub(super) fn publish(&self, rebuilt: Rebuilt, desk: &Desk) {
        let mut streams = self.lock();
        let edition = desk.publish(rebuilt);
        tell(&mut streams, Event::of(&edition));
    }

    /// Gives every browser a sign of life.
    pub(super) fn ping(&self) {
        tell(&mut self.lock(), Event::Ping);
    }

    /// Ends every stream.
    pub(super) fn close(&self) {
        for stream in self.lock().drain(..) {
            // One that is gone already needs no end.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<TcpStream>> {
        // A poisoned list is still a list of streams.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells every browser, and forgets those that are gone.
fn tell(streams: &mut Vec<TcpStream>, event: Event<'_>) {
    let event = event.to_string();
    streams.retain_mut(|stream| stream.write_all(event.as_bytes()).is_ok());
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::net::{TcpListener, TcpStream};

    use super::Streams;
    use crate::serve::edition::Desk;
    use crate::serve::{Problem, Rebuilt};

    fn broken() -> Rebuilt {
        Err(Problem { title: String::new(), text: String::new() })
    }

    /// Both ends of a connection.
    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (listener.accept().unwrap().0, client)
    }

    #[test]
    fn a_reader_gets_every_event_until_the_end() {
        let (streams, desk) = (Streams::default(), Desk::new());
        let (server, mut client) = pair();
        let first = desk.publish(broken());
        streams.open(server, &desk).unwrap();
        streams.ping();
        streams.publish(broken(), &desk);
        streams.close();
        let mut text = String::new();
        client.read_to_string(&mut text).unwrap();
        let (hello, reload) = (&first.build, &desk.current().build);
        let events = format!("event: hello\ndata: {hello}\n\n: ping\n\nevent: reload\ndata: {reload}\n\n");
        assert_eq!(text, format!("retry: 500\n\n{events}"));
    }

    #[test]
    fn one_that_is_gone_or_never_reads_is_forgotten() {
        let (streams, desk) = (Streams::default(), Desk::new());
        desk.publish(broken());
        let (gone, client) = pair();
        let (deaf, _client) = pair();
        streams.open(gone, &desk).unwrap();
        streams.open(deaf, &desk).unwrap();
        drop(client);
        while !streams.lock().is_empty() {
            streams.ping();
        }
    }
}
