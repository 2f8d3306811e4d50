//! HTTP/1.1 as bytes. tiny_http reads requests; what is written is ours, since it keeps some headers to itself.
//!
//! Every response says `Connection: close`: on this machine a new connection costs nothing, and one that a browser keeps
//! for later would keep a thread of tiny_http as long. The browser closes it once it has the whole response, whose end it
//! knows by a length or a last chunk; tiny_http has no way to close it from here.

use crate::serve::http::{Request, Response};

/// Ends the body of a stream (RFC 9112, section 7.1).
pub(super) const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// The head of a request.
pub(super) fn read_request(request: &tiny_http::Request) -> Request {
    let header = |header: &tiny_http::Header| (header.field.to_string(), header.value.to_string());
    let headers = request.headers().iter().map(header).collect();
    Request { method: request.method().to_string(), target: request.url().to_owned(), headers }
}

/// A whole response; only its head if `head` is asked for. In one piece, so that no part waits for the peer's word that
/// it has the part before.
pub(super) fn response(response: &Response, head: bool) -> Vec<u8> {
    let mut text = head_of(response);
    // RFC 9110, section 8.6: a 304 would have to name the length of the body that it stands for.
    if response.status != 304 {
        text.push_str(&format!("Content-Length: {}\r\n", response.body.len()));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    if !head {
        bytes.extend_from_slice(&response.body);
    }
    bytes
}

/// The head of a response whose body follows in chunks.
pub(super) fn stream_head(response: &Response) -> Vec<u8> {
    format!("{}Transfer-Encoding: chunked\r\n\r\n", head_of(response)).into_bytes()
}

/// A piece of a stream; not empty, which would end it.
pub(super) fn chunk(text: &str) -> Vec<u8> {
    format!("{:x}\r\n{text}\r\n", text.len()).into_bytes()
}

/// Status line and headers.
fn head_of(response: &Response) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\nConnection: close\r\n", response.status, reason(response.status));
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head
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
        505 => "HTTP Version Not Supported",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::{chunk, read_request, response};
    use crate::serve::http::Response;

    #[test]
    fn a_request_is_what_tiny_http_has_read() {
        let header = tiny_http::Header::from_bytes("HOST", "localhost").unwrap();
        let sent = tiny_http::TestRequest::new().with_method(tiny_http::Method::Head).with_path("/a?b");
        let request = read_request(&sent.with_header(header).into());
        assert_eq!((request.method.as_str(), request.target.as_str(), request.is_head()), ("HEAD", "/a?b", true));
        assert_eq!(request.headers[0], ("HOST".to_owned(), "localhost".to_owned()));
    }

    #[test]
    fn a_head_says_how_long_the_body_would_be() {
        let text = String::from_utf8(response(&Response::text(404, "Not Found"), true)).unwrap();
        assert!(
            text.starts_with("HTTP/1.1 404 Not Found\r\n") && text.ends_with("Content-Length: 14\r\n\r\n"),
            "{text}"
        );
    }

    #[test]
    fn a_chunk_says_its_length() {
        assert_eq!(chunk("event: a\nbcdefgh"), b"10\r\nevent: a\nbcdefgh\r\n");
    }
}
