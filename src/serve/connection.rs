//! A connection from its request to its end.

use std::any::Any;
use std::io;
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::lang::Lang;
use crate::say;
use crate::serve::Problem;
use crate::serve::edition::Desk;
use crate::serve::http::{self, Answer, Request, Response};
use crate::serve::reload::Streams;
use crate::serve::wire;

/// What a request thread needs.
#[derive(Clone)]
pub(super) struct Clerk<F> {
    /// Where the edition on show lies.
    pub(super) desk: Arc<Desk>,
    /// Where a live-reload stream goes.
    pub(super) streams: Arc<Streams>,
    /// Language of messages.
    pub(super) lang: Lang,
    /// Called for a page that could not be rendered.
    pub(super) page_failed: F,
}

impl<F: Fn(Problem)> Clerk<F> {
    /// Answers the one request of a connection.
    ///
    /// # Errors
    /// When the connection breaks.
    pub(super) fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        match wire::read_request(&mut stream) {
            Ok(request) => self.reply(&request, stream),
            Err(Some(refusal)) => finish(&mut stream, &refusal, false),
            Err(None) => Ok(()),
        }
    }

    fn reply(&self, request: &Request, mut stream: TcpStream) -> io::Result<()> {
        let edition = self.desk.current();
        match guarded(|| http::answer(request, &edition, self.lang), self.lang) {
            Ok(Answer::Response(response)) => finish(&mut stream, &response, request.is_head()),
            Ok(Answer::Stream(head)) => {
                wire::write_head(&mut stream, &head)?;
                self.streams.open(stream, &self.desk)
            }
            Ok(Answer::Failed(response, problem)) => {
                (self.page_failed)(problem);
                finish(&mut stream, &response, request.is_head())
            }
            Err(problem) => {
                let response = http::problem_page(&problem, &edition, self.lang);
                (self.page_failed)(problem);
                finish(&mut stream, &response, request.is_head())
            }
        }
    }
}

fn finish(stream: &mut TcpStream, response: &Response, head: bool) -> io::Result<()> {
    wire::write_response(stream, response, head)?;
    wire::close(stream)
}

/// Runs what may hold a bug of ours: a panic becomes a problem, and the server goes on. It changes nothing that
/// outlives it, and so no half-done state can stay behind. The panic's place is on stderr.
pub(super) fn guarded<T>(work: impl FnOnce() -> T, lang: Lang) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let title = say!(lang,
            en: "A bug in Rollbook stopped this build",
            es: "Un error interno de Rollbook detuvo esta construcción",
            pt: "Um erro interno do Rollbook interrompeu esta construção",
        );
        Problem { title, text: words(panic.as_ref()).to_owned() }
    })
}

/// The sentence of a panic.
fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default()
}
