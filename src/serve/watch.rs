//! Watching the sources: which folders the system is asked about, and which of its events mean that the site may differ.
//!
//! A wanted file or folder need not exist: the nearest folder above it is watched too, for itself alone, and so it is noticed
//! when the wanted one comes, goes, or is replaced by a rename, as many editors save. Folders that are to be ignored
//! are not even asked about, since `target` and the like hold more folders than a system likes to watch.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use notify::event::ModifyKind;
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer};

/// How long events are gathered: longer than an editor takes to save, shorter than a hand takes to leave the keyboard.
const GATHER: Duration = Duration::from_millis(20);
/// How often the gathered events are looked at.
const LOOK: Duration = Duration::from_millis(10);

/// A running watch.
pub(super) struct Watch {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    scope: Scope,
    watched: BTreeMap<PathBuf, RecursiveMode>,
}

impl Watch {
    /// Starts to watch; `tell` gets the events in batches, for [`Watch::sift`].
    ///
    /// # Errors
    /// When the system cannot watch a folder, most likely because it has no watches left.
    pub(super) fn start(
        wanted: &[PathBuf],
        ignored: &[PathBuf],
        tell: impl FnMut(DebounceEventResult) + Send + 'static,
    ) -> anyhow::Result<Self> {
        let debouncer = new_debouncer(GATHER, Some(LOOK), tell).context("watching for changes")?;
        let mut watch = Self { debouncer, scope: Scope::new(wanted, ignored), watched: BTreeMap::new() };
        watch.follow()?;
        Ok(watch)
    }

    /// The changed paths that concern the site, as a person would name them. Folders that have come are watched from here on,
    /// and so a rebuild that starts afterwards misses nothing.
    pub(super) fn sift(&mut self, batch: DebounceEventResult) -> anyhow::Result<Vec<PathBuf>> {
        // Without the events nobody knows what has changed: everything may have.
        let Ok(events) = batch else { return Ok(self.scope.everything()) };
        for path in events.iter().filter(|event| moves(event)).flat_map(|event| &event.paths) {
            self.forget(path);
        }
        self.follow()?;
        let mut changed: Vec<PathBuf> = events.iter().flat_map(|event| self.scope.changed(event)).collect();
        changed.sort();
        changed.dedup();
        Ok(changed)
    }

    /// Gives up what is watched at and below a path that came, went or moved; [`Watch::follow`] looks at it again.
    fn forget(&mut self, path: &Path) {
        let below: Vec<PathBuf> = self.watched.keys().filter(|watched| watched.starts_with(path)).cloned().collect();
        for path in below {
            // The system has given it up already where the folder is gone.
            let _ = self.debouncer.unwatch(&path);
            self.watched.remove(&path);
        }
    }

    /// Watches what should be watched and is not yet.
    fn follow(&mut self) -> anyhow::Result<()> {
        for (path, mode) in self.scope.plan() {
            if self.watched.get(&path) == Some(&mode) {
                continue;
            }
            match self.debouncer.watch(&path, mode) {
                Err(_) if !path.exists() => {} // Gone in between; its folder will tell when it is back.
                Err(error) => return Err(error).with_context(|| format!("watching `{}`", path.display())),
                Ok(()) => drop(self.watched.insert(path, mode)),
            }
        }
        Ok(())
    }
}

/// Whether an event can make a watched folder another one than before.
fn moves(event: &DebouncedEvent) -> bool {
    matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

/// Which paths matter. Absolute and without links, as the system names them in its events.
struct Scope {
    wanted: Vec<PathBuf>,
    ignored: Vec<PathBuf>,
}

impl Scope {
    fn new(wanted: &[PathBuf], ignored: &[PathBuf]) -> Self {
        let real = |paths: &[PathBuf]| paths.iter().map(|path| real(path)).collect();
        Self { wanted: real(wanted), ignored: real(ignored) }
    }

    /// The folders to watch now.
    fn plan(&self) -> BTreeMap<PathBuf, RecursiveMode> {
        let mut plan = BTreeMap::new();
        for wanted in &self.wanted {
            self.cover(wanted, &mut plan);
            // One that cannot be read cannot be watched either.
            if let Some(above) = wanted.ancestors().skip(1).find(|above| fs::read_dir(above).is_ok()) {
                plan.entry(above.to_owned()).or_insert(RecursiveMode::NonRecursive);
            }
        }
        plan
    }

    /// Plans a folder with all below, going around ignored folders.
    fn cover(&self, folder: &Path, plan: &mut BTreeMap<PathBuf, RecursiveMode>) {
        if self.is_ignored(folder) || !folder.is_dir() {
            return;
        }
        if !self.ignored.iter().any(|ignored| ignored.starts_with(folder)) {
            plan.insert(folder.to_owned(), RecursiveMode::Recursive);
            return;
        }
        plan.insert(folder.to_owned(), RecursiveMode::NonRecursive);
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if !is_passing(&entry.file_name()) {
                self.cover(&entry.path(), plan);
            }
        }
    }

    /// What an event changes, if it does. Reading changes nothing.
    fn changed(&self, event: &DebouncedEvent) -> Vec<PathBuf> {
        match event.kind {
            EventKind::Access(_) => Vec::new(),
            _ if event.need_rescan() => self.everything(),
            _ => event.paths.iter().filter_map(|path| self.below(path).or_else(|| self.above(path, event))).collect(),
        }
    }

    /// What has changed when nobody knows what.
    fn everything(&self) -> Vec<PathBuf> {
        self.wanted.iter().filter_map(|path| self.below(path)).collect()
    }

    /// A path that concerns the site, named from the folder in which the wanted one stands.
    fn below(&self, path: &Path) -> Option<PathBuf> {
        let wanted = self.wanted.iter().find(|wanted| path.starts_with(wanted))?;
        let passing = path.strip_prefix(wanted).is_ok_and(|below| below.iter().any(is_passing));
        let named = path.strip_prefix(wanted.parent().unwrap_or(wanted)).ok()?;
        (!passing && !self.is_ignored(path)).then(|| named.to_owned())
    }

    /// The name of a folder above a wanted one, if both came or went together.
    fn above(&self, path: &Path, event: &DebouncedEvent) -> Option<PathBuf> {
        let leads = moves(event) && self.wanted.iter().any(|wanted| wanted.starts_with(path));
        path.file_name().filter(|_| leads).map(PathBuf::from)
    }

    fn is_ignored(&self, path: &Path) -> bool {
        self.ignored.iter().any(|ignored| path.starts_with(ignored))
    }
}

/// Whether a name is that of a hidden file, or of one that an editor keeps beside the real one.
fn is_passing(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.ends_with(b"~") || (name.starts_with(b"#") && name.ends_with(b"#"))
}

/// The path without links and `..`, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = absolute.ancestors().find_map(|above| {
        let rest = absolute.strip_prefix(above).ok()?;
        Some((above.canonicalize().ok()?, rest))
    });
    match real {
        Some((above, rest)) if rest.as_os_str().is_empty() => above,
        Some((above, rest)) => above.join(rest),
        None => absolute,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::time::Instant;

    use notify::event::{AccessKind, CreateKind, Event, ModifyKind};
    use notify::{EventKind, RecursiveMode};
    use notify_debouncer_full::DebouncedEvent;

    use super::Scope;

    fn scope() -> Scope {
        Scope {
            wanted: vec!["/site/content".into(), "/site/rollbook.yaml".into(), "/site/a/b".into()],
            ignored: vec!["/site/content/out".into()],
        }
    }

    fn changed(kind: EventKind, path: &str) -> Vec<PathBuf> {
        scope().changed(&DebouncedEvent::new(Event::new(kind).add_path(path.into()), Instant::now()))
    }

    #[test]
    fn only_what_makes_the_site_counts() {
        let modify = EventKind::Modify(ModifyKind::Any);
        for path in ["/site/content/x.md", "/site/rollbook.yaml"] {
            assert_eq!(changed(modify, path), [Path::new(path).strip_prefix("/site").unwrap()]);
        }
        assert_eq!(changed(modify, "/site/a/b/c/d"), [Path::new("b/c/d")]);
        for path in [
            "/site",
            "/site/README.md",
            "/site/contents",
            "/site/content/out/x.html",
            "/site/content/.git/HEAD",
            "/site/content/.x.md.swp",
            "/site/content/x.md~",
            "/site/content/#x.md#",
        ] {
            assert_eq!(changed(modify, path), [] as [PathBuf; 0], "{path}");
        }
        assert!(changed(EventKind::Access(AccessKind::Any), "/site/content/x.md").is_empty());
    }

    #[test]
    fn a_folder_above_counts_when_it_comes() {
        assert_eq!(changed(EventKind::Create(CreateKind::Folder), "/site/a"), [Path::new("a")]);
        assert!(changed(EventKind::Modify(ModifyKind::Any), "/site/a").is_empty());
    }

    #[test]
    fn ignored_folders_are_not_asked_about() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        for folder in ["content/deep", "docs/public/deep", "target/debug", ".git/objects"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        let scope = Scope::new(std::slice::from_ref(&root), &[root.join("target"), root.join("docs/public")]);
        let plan = scope.plan();
        let mode = |path: &str| plan.get(&root.join(path)).copied();
        assert_eq!(mode("content"), Some(RecursiveMode::Recursive));
        assert_eq!((mode(""), mode("docs")), (Some(RecursiveMode::NonRecursive), Some(RecursiveMode::NonRecursive)));
        assert_eq!((mode("target"), mode("docs/public"), mode(".git")), (None, None, None));
    }

    #[test]
    fn what_does_not_exist_is_awaited_in_the_folder_above() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let plan = Scope::new(&[root.join("a/b"), root.join("rollbook.yaml")], &[]).plan();
        assert_eq!(plan.into_iter().collect::<Vec<_>>(), [(root, RecursiveMode::NonRecursive)]);
    }
}
