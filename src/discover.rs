//! The only stage that reads sources: the pages and files of a site, in the order of their paths.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::config::{self, Config};
use crate::model::{Refused, RefusedReason, WAIVERS};
use crate::source::{FileId, SourceFile, Sources};
use crate::words::guess_language;

/// So many pages, and so much of each, tell the language of a site that does not name it.
const SAMPLED_PAGES: usize = 32;
const SAMPLED_BYTES: usize = 4096;

/// Everything that a site is made of, read or found.
#[derive(Clone, Debug)]
pub struct Discovered {
    /// The valid settings.
    pub config: Config,
    /// Pages first, by path; then the settings and the waivers, where they are written; then a stub for each file that was not read.
    pub sources: Sources,
    /// How many of the sources are pages.
    pub pages: usize,
    /// The settings file.
    pub settings: Option<FileId>,
    /// The waiver file.
    pub waivers: Option<FileId>,
    /// Files to copy from the content folder, by path.
    pub assets: Vec<FoundFile>,
    /// Files to copy from `static/`, by path.
    pub statics: Vec<FoundFile>,
    /// Files that were not read.
    pub refused: Vec<Refused>,
}

/// A file that is copied and not read.
#[derive(Clone, Debug)]
pub struct FoundFile {
    /// Path below the folder in which it was found.
    pub relative: String,
    /// Path below the root, for messages.
    pub path: String,
    /// Where it lies on disk.
    pub disk: PathBuf,
}

/// Finds and reads a site.
///
/// # Errors
/// When the content folder does not exist, or a file cannot be read.
pub fn discover(root: &Path) -> anyhow::Result<Discovered> {
    let (mut config, settings) = config::read(root)?;
    let content = root.join(&config.content);
    if !content.is_dir() {
        bail!(
            "there is no `{}/` folder in `{}`: `rollbook init DIR` writes a small site to begin with",
            config.content,
            root.display()
        );
    }
    let mut refused = Vec::new();
    let (pages, assets) = walk(root, &config.content, &mut refused)?
        .into_iter()
        .partition::<Vec<_>, _>(|file: &FoundFile| is_page_name(&file.relative));
    let statics = walk(root, "static", &mut refused)?;
    let mut sources: Vec<SourceFile> = pages.par_iter().map(read).collect::<anyhow::Result<_>>()?;
    if !config.names_lang {
        config.lang = guess_language(sources.iter().take(SAMPLED_PAGES).map(beginning)).unwrap_or(config.lang);
    }
    let pages = sources.len();
    let settings = settings.map(|file| push(&mut sources, file));
    let waivers = waivers(root, &mut refused)?.map(|file| push(&mut sources, file));
    refused.sort_by(|a, b| a.0.cmp(&b.0));
    let stub = |(path, reason)| Refused { file: push(&mut sources, SourceFile::new(path, "")), reason };
    let refused = refused.into_iter().map(stub).collect();
    Ok(Discovered { config, sources: Sources(sources), pages, settings, waivers, assets, statics, refused })
}

/// Reads the waivers of a site, if it has any. They may come from a stranger, and so a link out of the root is not followed.
fn waivers(root: &Path, refused: &mut Vec<NotRead>) -> anyhow::Result<Option<SourceFile>> {
    let file = root.join(WAIVERS);
    let Ok(metadata) = file.symlink_metadata() else { return Ok(None) };
    if metadata.is_symlink() {
        let real_root = root.canonicalize().with_context(|| format!("resolving `{}`", root.display()))?;
        match file.canonicalize() {
            Ok(target) if target.starts_with(real_root) => {}
            Ok(_) => {
                refused.push((WAIVERS.to_owned(), RefusedReason::OutsideRoot));
                return Ok(None);
            }
            Err(_) => {
                refused.push((WAIVERS.to_owned(), RefusedReason::BrokenLink));
                return Ok(None);
            }
        }
    }
    let bytes = std::fs::read(&file).with_context(|| format!("reading the waivers `{}`", file.display()))?;
    Ok(Some(SourceFile::from_bytes(WAIVERS, bytes)))
}

/// The part of a page from which its language is told.
fn beginning(page: &SourceFile) -> &str {
    &page.text[..page.text.floor_char_boundary(SAMPLED_BYTES)]
}

fn push(sources: &mut Vec<SourceFile>, file: SourceFile) -> FileId {
    sources.push(file);
    FileId(sources.len() as u32 - 1)
}

/// A path below the root and why it was not read.
type NotRead = (String, RefusedReason);

/// Whether a file of the content folder is a page, by its name.
#[must_use]
pub fn is_page_name(path: &str) -> bool {
    let extension = Path::new(path).extension();
    extension.is_some_and(|it| it.eq_ignore_ascii_case("md") || it.eq_ignore_ascii_case("markdown"))
}

fn read(file: &FoundFile) -> anyhow::Result<SourceFile> {
    let bytes = std::fs::read(&file.disk).with_context(|| format!("reading `{}`", file.path))?;
    Ok(SourceFile::from_bytes(file.path.clone(), bytes))
}

/// Every file below `root/folder`, by path; none if there is no such folder. Hidden files are passed over. Symbolic links are
/// followed as long as they stay inside the root.
fn walk(root: &Path, folder: &str, refused: &mut Vec<NotRead>) -> anyhow::Result<Vec<FoundFile>> {
    let top = root.join(folder);
    if !top.is_dir() {
        return Ok(Vec::new());
    }
    let real_root = root.canonicalize().with_context(|| format!("resolving `{}`", root.display()))?;
    let mut outside = Vec::new();
    let mut files = Vec::new();
    let walker = WalkDir::new(&top).follow_links(true).sort_by_file_name();
    for entry in
        walker.into_iter().filter_entry(|entry| !is_hidden(entry) && stays_inside(entry, &real_root, &mut outside))
    {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => refused.push(broken_link(&error, root)?),
        }
    }
    refused.extend(outside.iter().map(|path| refuse(root, path, RefusedReason::OutsideRoot)));
    let mut found: Vec<FoundFile> =
        files.into_iter().filter_map(|disk| name(root, &top, folder, disk, refused)).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn stays_inside(entry: &DirEntry, real_root: &Path, outside: &mut Vec<PathBuf>) -> bool {
    let inside = !entry.path_is_symlink() || entry.path().canonicalize().is_ok_and(|path| path.starts_with(real_root));
    if !inside {
        outside.push(entry.path().to_owned());
    }
    inside
}

/// A link that cannot be followed, in a circle or to nowhere, is refused; anything else that the walk met is the environment's
/// fault.
fn broken_link(error: &walkdir::Error, root: &Path) -> anyhow::Result<NotRead> {
    let path = error.path().unwrap_or(root);
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    if error.loop_ancestor().is_none() && !is_link {
        bail!("reading `{}`: {error}", path.display());
    }
    Ok(refuse(root, path, RefusedReason::BrokenLink))
}

fn refuse(root: &Path, path: &Path, reason: RefusedReason) -> NotRead {
    let path = path.strip_prefix(root).unwrap_or(path);
    (path.to_string_lossy().replace('\\', "/"), reason)
}

fn name(root: &Path, top: &Path, folder: &str, disk: PathBuf, refused: &mut Vec<NotRead>) -> Option<FoundFile> {
    let parts: Option<Vec<&str>> = disk.strip_prefix(top).ok()?.iter().map(|part| part.to_str()).collect();
    let Some(parts) = parts else {
        refused.push(refuse(root, &disk, RefusedReason::NameNotUtf8));
        return None;
    };
    let relative = parts.join("/");
    Some(FoundFile { path: format!("{folder}/{relative}"), relative, disk })
}

/// Reads a file that is shown as it is.
///
/// # Errors
/// When it cannot be read.
pub fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("reading `{}`", file.display()))
}

/// A template that a site brings along.
#[derive(Clone, Debug)]
pub struct FoundTemplate {
    /// Path below `templates/`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Reads a site's own templates and interface words, if it has any.
///
/// # Errors
/// When one cannot be read, or is not UTF-8.
pub fn templates(root: &Path) -> anyhow::Result<Vec<FoundTemplate>> {
    let files = walk(root, "templates", &mut Vec::new())?;
    let read = |file: FoundFile| {
        let text = std::fs::read_to_string(&file.disk).with_context(|| format!("reading `{}`", file.path))?;
        Ok(FoundTemplate { name: file.relative, text })
    };
    files.into_iter().map(read).collect()
}
