//! A browser for tests: one plain socket a request, so that every byte is ours.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
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

pub(super) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends a request as it is and reads the response, by the length that it names. The connection stays open.
pub(super) fn exchange(stream: &mut TcpStream, request: &str) -> Response {
    stream.write_all(request.as_bytes()).unwrap();
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).unwrap(), 0, "the end within the head: {head}");
    }
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let mut response = Response { status, head, body: Vec::new() };
    if status != 304 && !request.starts_with("HEAD ") {
        response.body = vec![0; response.header("Content-Length").parse().unwrap()];
        reader.read_exact(&mut response.body).unwrap();
    }
    assert_eq!(reader.buffer(), b"", "more than the response");
    response
}

/// The same on a connection of its own. Closes it afterwards, as browsers do when told to; nothing may follow.
pub(super) fn raw(address: SocketAddr, request: &str) -> Response {
    let mut stream = connect(address);
    let response = exchange(&mut stream, request);
    stream.shutdown(Shutdown::Write).unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"", "more than the response");
    response
}

/// Sends a request with further headers, each ended by `\r\n`.
pub(super) fn ask(address: SocketAddr, method: &str, target: &str, headers: &str) -> Response {
    raw(address, &format!("{method} {target} HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n"))
}

pub(super) fn get(address: SocketAddr, target: &str) -> Response {
    ask(address, "GET", target, "")
}

/// A live-reload stream. It comes in chunks, one an event: their lengths are lines that name no event.
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

    /// Whether the server has ended the stream: by the last chunk, upon which a browser closes.
    pub(super) fn has_ended(mut self) -> bool {
        loop {
            if self.line() == "0" {
                return self.line().is_empty();
            }
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream ended");
        line.trim_end().to_owned()
    }
}
