//! The listening socket: bound to this machine only unless asked otherwise, read by tiny_http, and the workers that take its requests.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use tiny_http::{Request, Server};

use crate::lang::Lang;
use crate::say;
use crate::serve::nudge::nudge;

/// How many requests are worked on at a time. None of them waits for a peer; the rest waits with tiny_http.
const WORKERS: usize = 8;

/// How long [`Listener::close`] waits for the port to be free. Only a system that is stuck takes that long.
const CLOSING: Duration = Duration::from_secs(5);

/// A socket that listens.
pub(super) struct Listener {
    http: Arc<Server>,
    address: SocketAddr,
}

impl Listener {
    /// Listens on an address and a port; 0 takes any free one.
    ///
    /// # Errors
    /// When the port is taken or may not be used.
    pub(super) fn bind(host: IpAddr, port: u16, lang: Lang) -> anyhow::Result<Self> {
        let wanted = SocketAddr::new(host, port);
        let socket = TcpListener::bind(wanted).map_err(|error| refusal(wanted, error, lang))?;
        let address = socket.local_addr().context("asking for the address of the preview")?;
        let http = Server::from_listener(socket, None).map_err(|error| anyhow!("serving on {address}: {error}"))?;
        Ok(Self { http: Arc::new(http), address })
    }

    /// Where it listens.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Starts the workers, which hand each request to `serve` until [`Listener::close`].
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(super) fn work(&self, serve: impl Fn(Request) + Clone + Send + 'static) -> anyhow::Result<()> {
        for _ in 0..WORKERS {
            let (http, serve) = (Arc::downgrade(&self.http), serve.clone());
            let work = move || {
                while let Some(request) = next(&http) {
                    serve(request);
                }
            };
            thread::Builder::new().name("worker".to_owned()).spawn(work).context("starting the preview's workers")?;
        }
        Ok(())
    }

    /// Ends the workers and frees the port. A request that is being worked on is not waited for.
    pub(super) fn close(self) {
        let Self { http, address } = self;
        for _ in 0..WORKERS {
            http.unblock();
        }
        drop(http);
        // tiny_http's own thread closes the socket when the last worker has let go of the server; nothing else tells when.
        let start = Instant::now();
        while nudge(address).is_ok() && start.elapsed() < CLOSING {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// The next request; none when the server has ended. A worker holds the server only while it waits, and so one that still
/// works does not keep the port.
fn next(http: &Weak<Server>) -> Option<Request> {
    http.upgrade()?.recv().ok()
}

fn refusal(wanted: SocketAddr, error: io::Error, lang: Lang) -> anyhow::Error {
    let port = wanted.port();
    if error.kind() == io::ErrorKind::AddrInUse {
        return anyhow!(say!(lang,
            en: "port {port} is taken: another program listens on {wanted}. Stop it, or choose another port with `--port` (`--port 0` takes any free one)",
            es: "el puerto {port} está ocupado: otro programa escucha en {wanted}. Deténgalo o elija otro puerto con `--port` (`--port 0` toma uno libre)",
            pt: "a porta {port} está ocupada: outro programa escuta em {wanted}. Encerre-o ou escolha outra porta com `--port` (`--port 0` usa uma livre)",
        ));
    }
    anyhow::Error::new(error).context(say!(lang,
        en: "listening on {wanted} (another port: `--port`)",
        es: "al escuchar en {wanted} (otro puerto: `--port`)",
        pt: "ao escutar em {wanted} (outra porta: `--port`)",
    ))
}
