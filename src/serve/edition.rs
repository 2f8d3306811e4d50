//! What is on show: the last good book, and what went wrong since.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::serve::{Book, Findings, Problem, Rebuilt};

/// One state of the preview. Every rebuild and every check makes a new one; a request is answered from the one that it found.
#[derive(Clone)]
pub(super) struct Edition {
    /// Names what a browser has before it. It changes when a reload would show something else: with each good build,
    /// and with each failed one while there is no book.
    pub(super) build: String,
    /// What there is to see.
    pub(super) show: Show,
    /// What the last check has said; that of an older build counts until the next is known.
    pub(super) findings: Option<Arc<Findings>>,
}

/// What there is to see.
#[derive(Clone)]
pub(super) enum Show {
    /// The last good book, and why the last rebuild failed, if it did.
    Book(Arc<dyn Book>, Option<Named>),
    /// Why there is no book yet.
    Problem(Named),
}

/// A problem with a name, so that a browser can tell a new one from one that it has shown.
#[derive(Clone)]
pub(super) struct Named {
    /// The name: that of the rebuild that failed.
    pub(super) id: String,
    /// The problem.
    pub(super) problem: Problem,
}

impl Edition {
    /// What follows an edition after the rebuild `id`: a failure keeps the book that was there.
    fn next(before: Option<&Self>, id: String, rebuilt: Rebuilt) -> Self {
        let findings = before.and_then(|before| before.findings.clone());
        let problem = match rebuilt {
            Ok(book) => return Self { build: id, show: Show::Book(Arc::from(book), None), findings },
            Err(problem) => Named { id: id.clone(), problem },
        };
        match before {
            Some(Self { build, show: Show::Book(book, _), .. }) => {
                Self { build: build.clone(), show: Show::Book(Arc::clone(book), Some(problem)), findings }
            }
            _ => Self { build: id, show: Show::Problem(problem), findings },
        }
    }

    /// Why the last rebuild failed, if it did.
    pub(super) fn problem(&self) -> Option<&Named> {
        match &self.show {
            Show::Book(_, problem) => problem.as_ref(),
            Show::Problem(problem) => Some(problem),
        }
    }

    /// What a check can be asked about: a book that shows the sources as they are.
    pub(super) fn book(&self) -> Option<&Arc<dyn Book>> {
        match &self.show {
            Show::Book(book, None) => Some(book),
            Show::Book(_, Some(_)) | Show::Problem(_) => None,
        }
    }

    /// The problem that lies over a page; without a book the page itself shows it.
    pub(super) fn overlaid(&self) -> Option<&Named> {
        match &self.show {
            Show::Book(_, problem) => problem.as_ref(),
            Show::Problem(_) => None,
        }
    }
}

/// Where the current edition lies. Readers before the first build wait for it.
pub(super) struct Desk {
    current: Mutex<(u64, Option<Arc<Edition>>)>,
    first: Condvar,
    /// Differs between two runs of the server, so that a browser that stayed open over a restart notices.
    run: u64,
}

impl Desk {
    pub(super) fn new() -> Self {
        let run = RandomState::new().hash_one(std::process::id());
        Self { current: Mutex::default(), first: Condvar::new(), run }
    }

    /// Puts the outcome of a rebuild on show.
    pub(super) fn publish(&self, rebuilt: Rebuilt) -> Arc<Edition> {
        // A holder of the lock only swaps values: a poisoned one is still whole.
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.0 += 1;
        let id = format!("{:x}-{}", self.run, current.0);
        let edition = Arc::new(Edition::next(current.1.as_deref(), id, rebuilt));
        current.1 = Some(Arc::clone(&edition));
        self.first.notify_all();
        edition
    }

    /// Puts down what a check has said of the edition on show or of one before it; whether that is news.
    pub(super) fn found(&self, findings: Findings) -> bool {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(edition) = current.1.as_deref().filter(|edition| edition.findings.as_deref() != Some(&findings))
        else {
            return false;
        };
        current.1 = Some(Arc::new(Edition { findings: Some(Arc::new(findings)), ..edition.clone() }));
        true
    }

    /// The edition on show.
    pub(super) fn current(&self) -> Arc<Edition> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(edition) = &current.1 {
                return Arc::clone(edition);
            }
            current = self.first.wait(current).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Desk;
    use crate::serve::{Book, Problem, Rebuilt};

    struct Empty;

    impl Book for Empty {
        fn open(&self, _: &str) -> Option<anyhow::Result<Vec<u8>>> {
            None
        }
    }

    fn good() -> Rebuilt {
        Ok(Box::new(Empty))
    }

    fn bad() -> Rebuilt {
        Err(Problem { title: "T".to_owned(), text: "X".to_owned() })
    }

    #[test]
    fn a_failed_rebuild_keeps_the_book_and_its_name() {
        let desk = Desk::new();
        let first = desk.publish(good());
        let failed = desk.publish(bad());
        assert!(failed.overlaid().is_some());
        assert_eq!(failed.build, first.build);
        let mended = desk.publish(good());
        assert!(mended.problem().is_none());
        assert_ne!(mended.build, first.build);
    }

    #[test]
    fn without_a_book_every_failure_is_a_new_page() {
        let desk = Desk::new();
        let (first, second) = (desk.publish(bad()), desk.publish(bad()));
        assert!(second.problem().is_some() && second.overlaid().is_none());
        assert_ne!(first.build, second.build);
    }

    #[test]
    fn two_runs_name_their_builds_differently() {
        assert_ne!(Desk::new().publish(good()).build, Desk::new().publish(good()).build);
    }
}
