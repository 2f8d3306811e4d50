//! The nudge: a connection to ourselves that brings forgotten connections to life.
//!
//! tiny_http gives each connection a thread until it is closed. For a new connection, `TaskPool::spawn` starts a thread
//! only if it counts none that waits, and queues the connection otherwise. But a waiting thread counts until it has really
//! woken up (its `Registration` outlives the wait on `condvar`). So of connections that come at once, several are queued
//! for one thread, and the others are taken up only when some thread is through with its own connection. Among
//! ordinary requests that is soon. Live-reload streams, and connections that a browser opens in advance, stay open,
//! however: a connection queued behind them would never be read. Nothing in tiny_http's interface changes that.
//!
//! A connection that is closed at once sets it right, since nothing is queued for long unless every thread is busy: then
//! the nudge finds no waiting thread and gets a new one, which is through with it at once, goes on in the loop of
//! `TaskPool::add_thread`, and takes from the queue. A stream nudges when it begins, so that a queue of streams resolves
//! itself; for the rest there is a beat.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often the server nudges itself: it bounds how long one silent connection can hold up the one behind it.
const BEAT: Duration = Duration::from_millis(250);
/// How many nudges in a row may be refused. A busy system refuses one; a server that listens does not refuse four.
const REFUSALS: u32 = 4;

/// Opens a connection to the server and closes it.
pub(super) fn nudge(address: SocketAddr) -> io::Result<()> {
    TcpStream::connect_timeout(&address, BEAT).map(drop)
}

/// Nudges until the other end of `until` is gone.
///
/// # Errors
/// When nobody listens any more. tiny_http stops accepting at the first failure, such as too many open files, and this is the
/// only place where that shows for certain.
pub(super) fn keep_nudging(address: SocketAddr, until: &Receiver<()>) -> io::Result<()> {
    let mut refusals = 0;
    while until.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
        match nudge(address) {
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                refusals += 1;
                if refusals == REFUSALS {
                    return Err(error);
                }
            }
            // Whatever else fails here says nothing about the listener.
            _ => refusals = 0,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::net::TcpListener;
    use std::sync::mpsc;

    use super::keep_nudging;

    #[test]
    fn it_comes_again_until_told_to_end() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (quit, until) = mpsc::channel();
        let beat = std::thread::spawn(move || keep_nudging(address, &until));
        for _ in 0..3 {
            listener.accept().unwrap();
        }
        drop(quit);
        beat.join().unwrap().unwrap();
    }

    #[test]
    fn it_notices_that_nobody_listens() {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let (_quit, until) = mpsc::channel();
        assert_eq!(keep_nudging(address, &until).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    }
}
