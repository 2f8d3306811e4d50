//! The listening socket: bound to this machine only, a thread for each connection that is being answered, and not too many.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};

use crate::lang::Lang;
use crate::say;

/// How many connections are answered at a time. Browsers also open some that they may never use, hence so many; the rest
/// waits with the system.
const AT_A_TIME: usize = 64;

/// How long a connection may say nothing before it is closed.
const SILENCE: Duration = Duration::from_secs(5);
/// How long a peer may not read before it is given up.
const DEAFNESS: Duration = Duration::from_secs(30);

/// A socket that listens on the loopback address.
pub(super) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
    stopped: AtomicBool,
    slots: Arc<Slots>,
}

impl Listener {
    /// Listens on a port; 0 takes any free one.
    ///
    /// # Errors
    /// When the port is taken or may not be used.
    pub(super) fn bind(port: u16, lang: Lang) -> anyhow::Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| refusal(port, error, lang))?;
        let address = socket.local_addr().context("asking for the address of the preview")?;
        Ok(Self { socket, address, stopped: AtomicBool::new(false), slots: Arc::new(Slots::new(AT_A_TIME)) })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Hands each connection to `serve` on a thread of its own, until [`Listener::stop`].
    pub(super) fn accept(&self, serve: impl Fn(TcpStream) + Clone + Send + 'static) {
        loop {
            let slot = Slots::take(&self.slots);
            let connection = self.socket.accept();
            if self.stopped.load(Ordering::Acquire) {
                return;
            }
            let Ok((stream, _)) = connection else {
                // Out of file handles, most likely: some will be closed soon.
                thread::sleep(Duration::from_millis(50));
                continue;
            };
            let serve = serve.clone();
            // Where the system gives no thread, the connection is closed and the next one tries again.
            let _ = thread::Builder::new().name("request".to_owned()).spawn(move || {
                if prepare(&stream).is_ok() {
                    serve(stream);
                }
                drop(slot);
            });
        }
    }

    /// Ends [`Listener::accept`], by a place and a connection that wake it.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        self.slots.free();
        // If none can be made, none is needed: the socket is broken, and accepting has failed.
        let _ = TcpStream::connect(self.address);
    }
}

fn prepare(stream: &TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(DEAFNESS))
}

fn refusal(port: u16, error: io::Error, lang: Lang) -> anyhow::Error {
    if error.kind() == io::ErrorKind::AddrInUse {
        return anyhow!(say!(lang,
            en: "port {port} is taken: another program listens on 127.0.0.1:{port}. Stop it, or choose another port with `--port` (`--port 0` takes any free one)",
            es: "el puerto {port} está ocupado: otro programa escucha en 127.0.0.1:{port}. Deténgalo o elija otro puerto con `--port` (`--port 0` toma uno libre)",
            pt: "a porta {port} está ocupada: outro programa escuta em 127.0.0.1:{port}. Encerre-o ou escolha outra porta com `--port` (`--port 0` usa uma livre)",
        ));
    }
    anyhow::Error::new(error).context(say!(lang,
        en: "listening on 127.0.0.1:{port} (another port: `--port`)",
        es: "al escuchar en 127.0.0.1:{port} (otro puerto: `--port`)",
        pt: "ao escutar em 127.0.0.1:{port} (outra porta: `--port`)",
    ))
}

/// Counts the connections that may still be taken.
struct Slots {
    left: Mutex<usize>,
    freed: Condvar,
}

/// One connection's place, free again when dropped, also by a panic.
struct Slot(Arc<Slots>);

impl Slots {
    fn new(number: usize) -> Self {
        Self { left: Mutex::new(number), freed: Condvar::new() }
    }

    /// Waits for a free place.
    fn take(slots: &Arc<Self>) -> Slot {
        // A count is whole, poisoned or not.
        let left = slots.left.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left = slots.freed.wait_while(left, |left| *left == 0).unwrap_or_else(PoisonError::into_inner);
        *left -= 1;
        Slot(Arc::clone(slots))
    }

    fn free(&self) {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.freed.notify_one();
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.free();
    }
}
