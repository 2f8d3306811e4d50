//! A request from its answer to its last byte.
//!
//! A worker only thinks: what waits for the peer has a thread of its own. A peer may send its body late, read slowly, or ask
//! again before it has read, and none of that may keep a worker from the requests of others.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;

use crate::serve::Problem;
use crate::serve::edition::Desk;
use crate::serve::guard::guarded;
use crate::serve::http::{self, Answer, Request, Response, Terms};
use crate::serve::nudge::nudge;
use crate::serve::reload::{self, Streams};
use crate::serve::wire;

/// The longest body that gets an answer, in bytes. The preview only reads, and so no body ever matters.
const MAX_BODY: usize = 16 * 1024 * 1024;

/// What a worker needs.
#[derive(Clone)]
pub(super) struct Clerk<F> {
    /// Where the server listens.
    pub(super) address: SocketAddr,
    /// Where the edition on show lies.
    pub(super) desk: Arc<Desk>,
    /// Where a live-reload stream is told the news.
    pub(super) streams: Arc<Streams>,
    /// Whom it answers, and how.
    pub(super) terms: Terms,
    /// Called for a page that could not be rendered.
    pub(super) page_failed: F,
}

impl<F: Fn(Problem)> Clerk<F> {
    /// Answers a request.
    pub(super) fn serve(&self, request: tiny_http::Request) {
        let asked = wire::read_request(&request);
        let response = match self.answer(&asked) {
            // Chunks, which let us end a stream, came with HTTP/1.1.
            Answer::Stream(_) if *request.http_version() < (1, 1) => Response::text(505, "HTTP Version Not Supported"),
            Answer::Stream(head) => return self.open_stream(request, &head),
            Answer::Response(response) => response,
            Answer::Failed(response, problem) => {
                (self.page_failed)(problem);
                response
            }
        };
        let bytes = wire::response(&response, asked.is_head());
        deliver(request, move |out| {
            out.write_all(&bytes)?;
            out.flush()
        });
    }

    fn answer(&self, request: &Request) -> Answer {
        let edition = self.desk.current();
        guarded(|| http::answer(request, &edition, self.terms), self.terms.lang)
            .unwrap_or_else(|problem| Answer::Failed(http::problem_page(&problem, &edition, self.terms.lang), problem))
    }

    fn open_stream(&self, request: tiny_http::Request, head: &Response) {
        let (head, news) = (wire::stream_head(head), self.streams.open(&self.desk));
        deliver(request, move |out| reload::relay(&head, &news, out));
        // Its connection keeps a thread of tiny_http from now on. Where that fails, the next beat does it.
        let _ = nudge(self.address);
    }
}

/// Writes an answer on a thread of its own. A connection that breaks is the browser's affair: it asks again. Where the system gives no thread, tiny_http answers the dropped request with status 500.
fn deliver(mut request: tiny_http::Request, write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) {
    if request.body_length().is_some_and(|length| length > MAX_BODY) {
        // To answer is to drop the body's reader (`EqualReader` in tiny_http), which reserves memory for all that
        // was announced, and ends the process if there is not as much.
        std::mem::forget(request);
        return;
    }
    let _ = thread::Builder::new().name("peer".to_owned()).spawn(move || {
        // A peer may wait to be asked for its body. It is read away below, where the request becomes a writer: what lies unread
        // when a socket is closed makes the peer's system throw away the response (RFC 9112, section 9.6).
        request.as_reader();
        // Nobody is left to hear that it broke.
        let _ = write(&mut *request.into_writer());
    });
}
