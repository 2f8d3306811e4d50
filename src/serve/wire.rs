//! HTTP/1.1 on a socket: reads one request head, writes one response, and closes in a way that loses nothing.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::serve::http::{Request, Response};

/// The longest head of a request, in bytes: generous for a browser with many cookies.
const MAX_HEAD: usize = 32 * 1024;
const MAX_HEADERS: usize = 100;

/// Reads the head of a request.
///
/// # Errors
/// With the response to give, or with none when the peer said nothing, or not all in time.
pub(super) fn read_request(stream: &mut impl Read) -> Result<Request, Option<Response>> {
    let mut head = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => return Err(None),
            Ok(read) => head.extend_from_slice(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return Err(None),
        }
        match parse(&head) {
            Ok(Some(request)) => return Ok(request),
            Ok(None) if head.len() < MAX_HEAD => {}
            Ok(None) | Err(httparse::Error::TooManyHeaders) => {
                return Err(Some(Response::text(431, "Request Header Fields Too Large")));
            }
            Err(_) => return Err(Some(Response::text(400, "Bad Request"))),
        }
    }
}

/// The request, once its head is whole.
fn parse(head: &[u8]) -> Result<Option<Request>, httparse::Error> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    if parsed.parse(head)?.is_partial() {
        return Ok(None);
    }
    let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
    let header =
        |header: &httparse::Header<'_>| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned());
    let headers = parsed.headers.iter().map(header).collect();
    Ok(Some(Request { method: text(parsed.method), target: text(parsed.path), headers }))
}

/// Writes a whole response; only its head if `head` is asked for.
pub(super) fn write_response(stream: &mut impl Write, response: &Response, head: bool) -> io::Result<()> {
    let mut bytes = head_of(response);
    // RFC 9110, section 8.6: a 304 would have to name the length of the body that it stands for.
    if response.status != 304 {
        bytes.push_str(&format!("Content-Length: {}\r\n", response.body.len()));
    }
    bytes.push_str("\r\n");
    stream.write_all(bytes.as_bytes())?;
    if !head {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}

/// Writes the head of a response whose body follows bit by bit, until the connection ends.
pub(super) fn write_head(stream: &mut impl Write, response: &Response) -> io::Result<()> {
    stream.write_all(format!("{}\r\n", head_of(response)).as_bytes())
}

/// Status line and headers. A connection carries one request: on this machine a new one costs nothing, and none is idle.
fn head_of(response: &Response) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\nConnection: close\r\n", response.status, reason(response.status));
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head
}

/// Ends a connection after its response. What the peer still sends is read first: closing a socket with unread bytes makes
/// the peer's system throw away the response (RFC 9112, section 9.6).
pub(super) fn close(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_millis(500)))?;
    io::copy(&mut stream.take(64 * 1024), &mut io::sink()).map(drop)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        304 => "Not Modified",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        416 => "Range Not Satisfiable",
        431 => "Request Header Fields Too Large",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_HEAD, read_request, write_response};
    use crate::serve::http::Response;

    #[track_caller]
    fn refused(bytes: &[u8], status: Option<u16>) {
        let refusal = read_request(&mut &*bytes).expect_err("no request");
        assert_eq!(refusal.map(|response| response.status), status);
    }

    #[test]
    fn a_head_is_read_however_it_comes_in_pieces() {
        let bytes = b"GET /a?b HTTP/1.1\r\nHost: localhost\r\nX: \xc3\xb1\r\n\r\n";
        let mut pieces = std::io::Read::chain(&bytes[..20], &bytes[20..]);
        let request = read_request(&mut pieces).unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/a?b"));
        assert_eq!(request.headers[1], ("X".to_owned(), "ñ".to_owned()));
    }

    #[test]
    fn what_is_no_request_is_refused() {
        refused(b"", None);
        refused(b"GET / HTTP/1.1\r\nHost: lo", None);
        refused(b"\x16\x03\x01\x02\x00\x01\x00", Some(400));
        refused(b"GET / HTTP/1.1\r\nno colon\r\n\r\n", Some(400));
        refused(&[b"GET / HTTP/1.1\r\nA: ".as_slice(), &[b'a'; MAX_HEAD]].concat(), Some(431));
        refused(&[b"GET / HTTP/1.1\r\n".to_vec(), b"A: b\r\n".repeat(101), b"\r\n".to_vec()].concat(), Some(431));
    }

    #[test]
    fn a_head_says_how_long_the_body_would_be() {
        let mut bytes = Vec::new();
        write_response(&mut bytes, &Response::text(404, "Not Found"), true).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            text.starts_with("HTTP/1.1 404 Not Found\r\n") && text.ends_with("Content-Length: 14\r\n\r\n"),
            "{text}"
        );
    }
}
