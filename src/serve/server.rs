//! The server: takes the port, starts the threads, and runs the loop between them.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use notify_debouncer_full::DebounceEventResult;

use crate::lang::Lang;
use crate::say;
use crate::serve::browser;
use crate::serve::clerk::Clerk;
use crate::serve::edition::Desk;
use crate::serve::guard::guarded;
use crate::serve::http::Terms;
use crate::serve::listen::Listener;
use crate::serve::nudge;
use crate::serve::reload::Streams;
use crate::serve::watch::Watch;
use crate::serve::{Book, Findings, Options, Problem, Rebuilt};

/// How often browsers get a sign of life, so that those that are gone are noticed.
const PING: Duration = Duration::from_secs(15);

/// A server that has its port and does not serve yet.
pub struct Server {
    options: Options,
    listener: Listener,
    desk: Arc<Desk>,
    streams: Arc<Streams>,
    inbox: Receiver<Message>,
    post: Sender<Message>,
}

/// Ends a server from another thread.
#[derive(Clone, Debug)]
pub struct Stop(Sender<Message>);

impl Stop {
    /// Asks the server to end. Streams are closed; a rebuild that is under way is waited for.
    pub fn stop(&self) {
        // Without a receiver it has ended already.
        let _ = self.0.send(Message::Stop);
    }
}

/// What the loop of the server is told.
enum Message {
    /// Files have changed, or the system has lost count.
    Files(DebounceEventResult),
    /// A rebuild has ended; how long it took.
    Rebuilt(Rebuilt, Duration),
    /// A check has ended.
    Checked(Findings),
    /// A page could not be rendered.
    PageFailed(Problem),
    /// Something that the terminal should know.
    Note(String),
    /// The port takes no connections any more.
    Deaf(io::Error),
    /// The end.
    Stop,
}

impl Server {
    /// Takes the port.
    ///
    /// # Errors
    /// When the port is taken or may not be used.
    pub fn bind(options: &Options) -> anyhow::Result<Self> {
        let listener = Listener::bind(options.host, options.port, options.lang)?;
        let (post, inbox) = mpsc::channel();
        let (desk, streams) = (Arc::new(Desk::new()), Arc::default());
        Ok(Self { options: options.clone(), listener, desk, streams, inbox, post })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// Where this machine itself reaches it.
    fn nearby(&self) -> SocketAddr {
        let mut address = self.address();
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        address
    }

    /// What ends it.
    #[must_use]
    pub fn stop(&self) -> Stop {
        Stop(self.post.clone())
    }

    /// Serves until [`Stop::stop`].
    ///
    /// # Errors
    /// When the system cannot watch the sources, nothing can be printed any more, or the port stops to take connections.
    pub fn run(self, rebuild: impl Fn() -> Rebuilt + Send + Sync, log: &mut (dyn Write + Send)) -> anyhow::Result<()> {
        // Before the first build, so that no change is missed.
        let post = self.post.clone();
        let tell = move |batch| drop(post.send(Message::Files(batch)));
        let watch = Watch::start(&self.options.watch, &self.options.ignore, tell)?;
        self.greet(log)?;
        let ((orders, work), (books, unchecked)) = (mpsc::channel(), mpsc::channel());
        let checker = self.post.clone();
        let (builder, warden, lang) = (self.post.clone(), self.post.clone(), self.options.lang);
        let (address, clerk) = (self.nearby(), self.clerk());
        self.listener.work(move |request| clerk.serve(request))?;
        let ended = thread::scope(|scope| {
            let (quit, until) = mpsc::channel();
            scope.spawn(move || rebuild_on_order(&work, rebuild, lang, &builder));
            scope.spawn(move || check_newest(&unchecked, lang, &checker));
            scope.spawn(move || keep_awake(address, &until, &warden));
            let ended = self.preside(watch, &Helpers { orders, books }, log);
            drop(quit);
            self.streams.close();
            ended
        });
        self.listener.close();
        ended
    }

    fn greet(&self, log: &mut dyn Write) -> anyhow::Result<()> {
        let (lang, url) = (self.options.lang, format!("http://{}/", self.nearby()));
        let watched: Vec<String> = self.options.watch.iter().map(|path| short(path)).collect();
        let watched = watched.join(", ");
        let lines = say!(lang,
            en: "Serving {url}\nWatching {watched}\nCtrl-C ends.",
            es: "Sirviendo {url}\nObservando {watched}\nCtrl-C termina.",
            pt: "Servindo {url}\nObservando {watched}\nCtrl-C encerra.",
        );
        print(log, &lines)?;
        if !self.options.host.is_loopback() {
            let host = self.options.host;
            let warning = say!(lang,
                en: "Warning: on {host} everybody who reaches this machine can read the site, drafts and findings included.",
                es: "Advertencia: en {host}, quien alcance esta máquina puede leer el sitio, incluidos borradores y hallazgos.",
                pt: "Aviso: em {host}, quem alcançar esta máquina pode ler o site, incluindo rascunhos e achados.",
            );
            print(log, &warning)?;
        }
        if self.options.open {
            self.open_browser(url);
        }
        Ok(())
    }

    fn open_browser(&self, url: String) {
        let (lang, post) = (self.options.lang, self.post.clone());
        browser::open(url, move |url| {
            let note = say!(lang,
                en: "No browser could be opened; please open {url}",
                es: "No se pudo abrir un navegador; abra {url}",
                pt: "Não foi possível abrir um navegador; abra {url}",
            );
            drop(post.send(Message::Note(note)));
        });
    }

    /// The loop: one message after the other until the end.
    fn preside(&self, mut watch: Watch, helpers: &Helpers, log: &mut dyn Write) -> anyhow::Result<()> {
        helpers.orders.send(())?;
        let mut edited = Vec::new();
        loop {
            match self.inbox.recv_timeout(PING) {
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return self.part(log),
                Ok(Message::Files(batch)) => {
                    if let Some(changed) = self.note_changes(&mut watch, batch, log)? {
                        edited = changed;
                        helpers.orders.send(())?;
                    }
                }
                Ok(Message::Rebuilt(rebuilt, took)) => {
                    self.publish(rebuilt, took, &std::mem::take(&mut edited), &helpers.books, log)?;
                }
                Ok(Message::Checked(findings)) => self.streams.found(findings, &self.desk),
                Ok(Message::PageFailed(problem)) => print_problem(log, &problem)?,
                Ok(Message::Note(note)) => print(log, &note)?,
                Ok(Message::Deaf(error)) => return Err(self.deaf(error)),
                Err(RecvTimeoutError::Timeout) => self.streams.ping(),
            }
        }
    }

    /// Prints what has changed; gives it back where it calls for a rebuild.
    fn note_changes(
        &self,
        watch: &mut Watch,
        batch: DebounceEventResult,
        log: &mut dyn Write,
    ) -> anyhow::Result<Option<Vec<PathBuf>>> {
        let changed = match watch.sift(batch) {
            Ok(changed) => changed,
            Err(error) => {
                print(log, &format!("{error:#}"))?;
                return Ok(Some(Vec::new()));
            }
        };
        let Some(first) = changed.first() else { return Ok(None) };
        let first = first.display();
        let line = match changed.len() - 1 {
            0 => say!(self.options.lang, en: "Changed: {first}", es: "Cambió: {first}", pt: "Mudou: {first}"),
            more => say!(self.options.lang,
                en: "Changed: {first} and {more} more",
                es: "Cambió: {first} y {more} más",
                pt: "Mudou: {first} e mais {more}",
            ),
        };
        print(log, &line)?;
        Ok(Some(changed))
    }

    /// Shows the outcome of a rebuild to the terminal and to every browser, and has it checked.
    fn publish(
        &self,
        rebuilt: Rebuilt,
        took: Duration,
        edited: &[PathBuf],
        books: &Sender<Arc<dyn Book>>,
        log: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let took = took.as_millis();
        match &rebuilt {
            Err(problem) => print_problem(log, problem)?,
            Ok(_) => print(
                log,
                &say!(self.options.lang, en: "Built in {took} ms", es: "Construido en {took} ms", pt: "Construído em {took} ms"),
            )?,
        }
        let edition = self.streams.publish(rebuilt, &self.desk);
        let Some(book) = edition.book() else { return Ok(()) };
        if let [only] = edited
            && self.options.follow
            && let Some(page) = book.page_of(only)
        {
            self.streams.lead(&page);
        }
        books.send(Arc::clone(book))?;
        Ok(())
    }

    fn deaf(&self, error: io::Error) -> anyhow::Error {
        let address = self.address();
        anyhow::Error::new(error).context(say!(self.options.lang,
            en: "the preview takes no connections on {address} any more; too many open files, most likely",
            es: "la vista previa ya no acepta conexiones en {address}; probablemente hay demasiados archivos abiertos",
            pt: "a pré-visualização não aceita mais conexões em {address}; provavelmente há arquivos abertos demais",
        ))
    }

    fn part(&self, log: &mut dyn Write) -> anyhow::Result<()> {
        print(log, &say!(self.options.lang, en: "Stopped.", es: "Detenido.", pt: "Parado."))
    }

    fn clerk(&self) -> Clerk<impl Fn(Problem) + Clone + Send + 'static> {
        let post = self.post.clone();
        // Nobody listens any more where the server has ended.
        let page_failed = move |problem| drop(post.send(Message::PageFailed(problem)));
        let (desk, streams) = (Arc::clone(&self.desk), Arc::clone(&self.streams));
        let terms = Terms { lang: self.options.lang, is_open: !self.options.host.is_loopback() };
        Clerk { address: self.nearby(), desk, streams, terms, page_failed }
    }
}

/// How the loop reaches the threads that work for it. They end when it is dropped.
struct Helpers {
    /// Orders a rebuild.
    orders: Sender<()>,
    /// Has a book checked.
    books: Sender<Arc<dyn Book>>,
}

/// Checks the newest book as often as there is one; those in between are passed over. A bug of ours says nothing.
fn check_newest(books: &Receiver<Arc<dyn Book>>, lang: Lang, post: &Sender<Message>) {
    while let Ok(first) = books.recv() {
        let newest = books.try_iter().last().unwrap_or(first);
        let Ok(findings) = guarded(|| newest.findings(), lang) else { continue };
        if post.send(Message::Checked(findings)).is_err() {
            return;
        }
    }
}

/// Rebuilds as often as ordered; orders that came in meanwhile are one.
fn rebuild_on_order(orders: &Receiver<()>, rebuild: impl Fn() -> Rebuilt, lang: Lang, post: &Sender<Message>) {
    while orders.recv().is_ok() {
        while orders.try_recv().is_ok() {}
        let start = Instant::now();
        let rebuilt = guarded(&rebuild, lang).unwrap_or_else(Err);
        if post.send(Message::Rebuilt(rebuilt, start.elapsed())).is_err() {
            return;
        }
    }
}

/// Nudges the listener until the end; tells the loop if it has gone deaf.
fn keep_awake(address: SocketAddr, until: &Receiver<()>, post: &Sender<Message>) {
    if let Err(error) = nudge::keep_nudging(address, until) {
        // Where the loop has ended, it need not know.
        let _ = post.send(Message::Deaf(error));
    }
}

fn print(log: &mut dyn Write, text: &str) -> anyhow::Result<()> {
    writeln!(log, "{text}").and_then(|()| log.flush()).context("printing what the preview does")
}

fn print_problem(log: &mut dyn Write, problem: &Problem) -> anyhow::Result<()> {
    print(log, format!("{}\n{}", problem.title, problem.text).trim_end())
}

/// A path as short as it can be said from here.
fn short(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let short = path.strip_prefix(here).unwrap_or(path);
    let short = short.strip_prefix(".").unwrap_or(short);
    if short.as_os_str().is_empty() { ".".to_owned() } else { short.display().to_string() }
}
