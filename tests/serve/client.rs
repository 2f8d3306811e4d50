//! A browser for tests: one plain socket a request, so that every byte is ours.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a test waits for what must come. Generous: only a failing test waits that long.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// A response as it came.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    head: String,
    pub(super) body: Vec<u8>,
}

impl Response {
    /// The value of a header, or nothing.
    pub(super) fn header(&self, name: &str) -> &str {
        let value = |line: &'_ str| line.split_once(": ").is_some_and(|(known, _)| known.eq_ignore_ascii_case(name));
        self.head.lines().find(|line| value(line)).and_then(|line| line.split_once(": ")).map_or("", |(_, value)| value)
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends a request head as it is and reads until the server closes.
pub(super) fn raw(address: SocketAddr, head: &str) -> Response {
    let mut stream = connect(address);
    stream.write_all(head.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a response head");
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Response { status, head, body: bytes[end + 4..].to_vec() }
}

/// Sends a request with further headers, each ended by `\r\n`.
pub(super) fn ask(address: SocketAddr, method: &str, target: &str, headers: &str) -> Response {
    raw(address, &format!("{method} {target} HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n"))
}

pub(super) fn get(address: SocketAddr, target: &str) -> Response {
    ask(address, "GET", target, "")
}

/// A live-reload stream.
pub(super) struct Events(BufReader<TcpStream>);

impl Events {
    /// Opens a stream and reads its hello; gives the build that it names.
    pub(super) fn open(address: SocketAddr) -> (Self, String) {
        let mut stream = connect(address);
        let head = format!("GET /_rollbook/events HTTP/1.1\r\nHost: {address}\r\nAccept: text/event-stream\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut events = Self(BufReader::new(stream));
        assert_eq!(events.line(), "HTTP/1.1 200 OK");
        let (name, build) = events.next();
        assert_eq!(name, "hello");
        (events, build)
    }

    /// Name and data of the next event.
    pub(super) fn next(&mut self) -> (String, String) {
        loop {
            if let Some(name) = self.line().strip_prefix("event: ") {
                let data = self.line().strip_prefix("data: ").expect("data behind the name").to_owned();
                return (name.to_owned(), data);
            }
        }
    }

    /// Reads on until an event of that name; gives its data.
    pub(super) fn wait_for(&mut self, wanted: &str) -> String {
        loop {
            let (name, data) = self.next();
            if name == wanted {
                return data;
            }
        }
    }

    /// Whether the server has ended the stream.
    pub(super) fn has_ended(mut self) -> bool {
        let mut rest = String::new();
        self.0.read_to_string(&mut rest).is_ok()
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream ended");
        line.trim_end().to_owned()
    }
}
