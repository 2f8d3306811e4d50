//! What is asked for when a revision is to be given back: all of its files, or those below some paths.

use anyhow::{anyhow, bail, ensure};

use crate::config::{self, Config};
use crate::history::chain::SEAL;
use crate::history::manifest::MANIFEST;
use crate::history::{FOLDER, History};
use crate::lang::Lang;
use crate::model::{FileRecord, HistoryFault, Revision, WAIVERS};
use crate::words::{nearest, one_line};

impl History {
    /// The revision that somebody names: by its number, by the name of its folder, or as `latest`.
    ///
    /// # Errors
    /// When there is none that can be read, or several have the number.
    pub fn find(&self, wanted: &str) -> anyhow::Result<&Revision> {
        let name = wanted.trim_end_matches('/').trim_start_matches("./");
        let name = name.strip_prefix(FOLDER).map_or(name, |below| below.trim_start_matches('/'));
        if let Some(named) = self.revisions.iter().find(|revision| revision.folder == name) {
            return Ok(named);
        }
        let number = match (name, self.last()) {
            ("latest", Some(last)) => Some(last.number),
            _ => name.parse::<u32>().ok(),
        };
        let found: Vec<&Revision> = self.revisions.iter().filter(|revision| Some(revision.number) == number).collect();
        match found.as_slice() {
            [one] => Ok(one),
            [] => {
                bail!("there is no revision `{wanted}` that can be read; `rollbook history list` shows those that can")
            }
            several => {
                let names: Vec<String> = several.iter().map(|revision| format!("`{}`", revision.folder)).collect();
                bail!("several revisions have this number, name one by its folder: {}", names.join(", "))
            }
        }
    }
}

/// The files of a revision that are asked for.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// Their records, by path.
    pub files: Vec<&'a FileRecord>,
    /// Files and folders that were named; without any, everything is asked for.
    scopes: Vec<String>,
}

impl<'a> Selection<'a> {
    /// The files of `revision` at or below `paths`, all without any.
    ///
    /// # Errors
    /// When the manifest is not what was sealed, or the revision has nothing at one of the paths.
    pub fn new(history: &History, revision: &'a Revision, paths: &[String]) -> anyhow::Result<Self> {
        check_trust(history, revision)?;
        let scopes: Vec<String> = paths.iter().map(|path| tidied(path)).collect();
        for scope in &scopes {
            ensure!(revision.files.iter().any(|file| is_below(&file.path, scope)), unknown(revision, scope));
        }
        let mut selection = Self { files: Vec::new(), scopes };
        selection.files = revision.files.iter().filter(|file| selection.covers(&file.path)).collect();
        Ok(selection)
    }

    /// Whether a path is asked for.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        self.scopes.is_empty() || self.scopes.iter().any(|scope| is_below(path, scope))
    }
}

/// Refuses a revision whose own manifest or seal is in doubt. That another revision is, says nothing against this one.
fn check_trust(history: &History, revision: &Revision) -> anyhow::Result<()> {
    let own = [MANIFEST, SEAL].map(|name| format!("{FOLDER}/{}/{name}", revision.folder));
    let is_own = |fault: &&HistoryFault| {
        !matches!(fault, HistoryFault::BrokenParent { .. }) && own.iter().any(|path| path == fault.path())
    };
    match history.faults.iter().find(is_own) {
        Some(fault) => bail!("{}; see `rollbook history verify`", one_line(&fault.message(Lang::En))),
        None => Ok(()),
    }
}

fn unknown(revision: &Revision, scope: &str) -> anyhow::Error {
    let label = revision.label();
    match nearest(scope, revision.files.iter().map(|file| file.path.as_str())) {
        Some(known) => anyhow!("revision {label} has no `{scope}`; did you mean `{known}`?"),
        None => anyhow!("revision {label} has no `{scope}`; `rollbook history show {label}` lists what it has"),
    }
}

/// A path as somebody types it, in the form of manifests; `.` is the whole root.
fn tidied(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.split('/').filter(|part| !matches!(*part, "" | ".")).collect::<Vec<_>>().join("/")
}

fn is_below(path: &str, scope: &str) -> bool {
    let rest = path.strip_prefix(scope);
    scope.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a revision with these settings would have kept `path`. What it never looked at, it does not miss.
#[must_use]
pub fn is_versioned(config: &Config, path: &str) -> bool {
    let versioned = || config.versioned.iter().any(|folder| is_below(path, &tidied(folder)));
    matches!(path, config::FILE | WAIVERS) || versioned()
}

/// Whether a file may be put at `path` at all. A manifest may come from a stranger, and what git or the history itself holds
/// would run as a program or speak for the plan.
pub(super) fn check_path(path: &str) -> anyhow::Result<()> {
    let is_git = |part: &str| [".git", "git~1"].iter().any(|name| part.eq_ignore_ascii_case(name));
    let first = path.split('/').next().unwrap_or_default();
    ensure!(
        !path.split('/').any(is_git) && !first.eq_ignore_ascii_case(FOLDER),
        "`{path}` is not given back: it belongs to git or to the history"
    );
    Ok(())
}
