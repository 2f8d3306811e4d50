//! A toy site in a folder of its own, served on a port of its own.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rollbook::lang::Lang;
use rollbook::serve::{Book, Findings, Options, Problem, Rebuilt, Server, Stop};
use tempfile::TempDir;

/// The files of a folder. A file that holds `FAIL` cannot be rendered, one that holds `PANIC` shows a bug of ours.
struct Folder(Vec<(String, Vec<u8>)>);

impl Book for Folder {
    fn open(&self, path: &str) -> Option<anyhow::Result<Vec<u8>>> {
        let (_, bytes) = self.0.iter().find(|(known, _)| known == path)?;
        assert_ne!(bytes, b"PANIC", "asked for");
        Some(if bytes == b"FAIL" { Err(anyhow::anyhow!("no field <tilte>")) } else { Ok(bytes.clone()) })
    }

    fn page_of(&self, source: &Path) -> Option<String> {
        let path = source.strip_prefix("content").ok()?.to_str()?;
        path.ends_with(".html").then(|| path.to_owned())
    }

    /// Every `TODO` is a finding; the word `BUG` shows one of ours.
    fn findings(&self) -> Findings {
        let text = self.0.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect::<String>();
        assert!(!text.contains("BUG"), "asked for");
        let count = text.matches("TODO").count();
        let worst = (count > 0).then_some("warning");
        Findings { worst, summary: format!("{count} warnings"), text: "a <b>".to_owned() }
    }
}

/// Reads the site. A file `BROKEN` breaks the build with its own text; one that says `PANIC` shows a bug of ours.
pub(super) fn read(root: &Path) -> Rebuilt {
    if let Ok(text) = fs::read_to_string(root.join("content/BROKEN")) {
        assert_ne!(text, "PANIC", "asked for");
        return Err(Problem { title: "The build failed".to_owned(), text });
    }
    let mut files = Vec::new();
    for folder in ["content", "static"].map(|name| root.join(name)) {
        let entries = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok);
        for entry in entries.filter(|entry| entry.file_type().is_file()) {
            let name = entry.path().strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
            files.extend(fs::read(entry.path()).ok().map(|bytes| (name, bytes)));
        }
    }
    Ok(Box::new(Folder(files)))
}

/// What the server prints, readable meanwhile.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// A served site. It ends when dropped, and fails the test if that goes wrong.
pub(super) struct Site {
    folder: TempDir,
    pub(super) address: SocketAddr,
    pub(super) log: Log,
    stop: Stop,
    running: Option<JoinHandle<anyhow::Result<()>>>,
}

/// Options for a site at `root`.
pub(super) fn options(root: &Path, port: u16) -> Options {
    let below = |names: &[&str]| names.iter().map(|name| root.join(name)).collect::<Vec<PathBuf>>();
    let (watch, ignore) = (below(&["content", "static"]), below(&["content/out"]));
    let host = Ipv4Addr::LOCALHOST.into();
    Options { host, port, follow: true, open: false, watch, ignore, lang: Lang::En }
}

impl Site {
    /// Writes the files below `content` and serves them.
    pub(super) fn start(files: &[(&str, &str)]) -> Self {
        Self::start_with(files, read)
    }

    /// The same with a rebuild of one's own.
    pub(super) fn start_with(
        files: &[(&str, &str)],
        rebuild: impl Fn(&Path) -> Rebuilt + Send + Sync + 'static,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            write(&folder.path().join("content").join(name), text);
        }
        let server = Server::bind(&options(folder.path(), 0)).unwrap();
        let (address, stop, log) = (server.address(), server.stop(), Log::default());
        let (root, mut out) = (folder.path().to_owned(), log.clone());
        let running = Some(thread::spawn(move || server.run(|| rebuild(&root), &mut out)));
        Self { folder, address, log, stop, running }
    }

    /// A path below the site's root.
    pub(super) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// Writes a file below the site's root, whole at once.
    pub(super) fn write(&self, below: &str, text: &str) {
        write(&self.path(below), text);
    }

    /// Asks the server to end, and waits until it has.
    pub(super) fn stop(&mut self) -> anyhow::Result<()> {
        self.stop.stop();
        self.running.take().map_or(Ok(()), |running| running.join().expect("the server does not panic"))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let ended = self.stop();
        if !thread::panicking() {
            ended.unwrap();
        }
    }
}

/// Writes beside and renames, so that no rebuild reads half a file.
fn write(path: &Path, text: &str) {
    let folder = path.parent().unwrap();
    fs::create_dir_all(folder).unwrap();
    let beside = folder.join(".beside");
    fs::write(&beside, text).unwrap();
    fs::rename(&beside, path).unwrap();
}
