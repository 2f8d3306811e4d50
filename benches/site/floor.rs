//! What a build and a check cannot do without: the floors that they are measured against. They share no code with Rollbook but
//! the Markdown options; [`parse`] alone runs stages of Rollbook.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use pulldown_cmark::{Parser, html};
use rayon::prelude::*;
use rollbook::discover::discover;
use rollbook::markdown::markdown_options;
use rollbook::model::Document;
use rollbook::parse;
use rollbook::parse::vocabulary::Vocabulary;
use rollbook::source::FileId;
use walkdir::WalkDir;

/// Reads every page below `content`, turns it into HTML, and writes the files that `list` names, each with the bytes that it
/// names, below `out`.
///
/// # Errors
/// When the disk does not do its part.
pub fn build(content: &Path, list: &Path, out: &Path) -> anyhow::Result<()> {
    let files = read_list(list)?;
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    folders.iter().try_for_each(|folder| fs::create_dir_all(out.join(folder)))?;
    let pages = pages(content)?;
    anyhow::ensure!(pages.len() <= files.len(), "every page has an output file");
    files.par_iter().enumerate().try_for_each(|(index, (path, bytes))| {
        let mut html = pages.get(index).map_or_else(|| Ok(String::new()), |page| to_html(page))?.into_bytes();
        html.resize(*bytes, b' ');
        fs::write(out.join(path), html).with_context(|| format!("writing `{}`", path.display()))
    })
}

fn to_html(page: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(page)?;
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, Parser::new_ext(&text, markdown_options()));
    Ok(out)
}

/// Reads every page below `content` and walks through its Markdown once.
///
/// # Errors
/// When a page cannot be read.
pub fn read_and_parse(content: &Path) -> anyhow::Result<()> {
    let count = |page: &PathBuf| -> anyhow::Result<usize> {
        let text = fs::read_to_string(page)?;
        Ok(Parser::new_ext(&text, markdown_options()).into_offset_iter().count())
    };
    let events = pages(content)?.par_iter().map(count).try_reduce(|| 0, |a, b| Ok(a + b))?;
    anyhow::ensure!(events > 0, "there are pages");
    Ok(())
}

/// Rollbook's first two stages, without what follows: what of a check is reading and parsing.
///
/// # Errors
/// When the site cannot be read.
pub fn parse(root: &Path) -> anyhow::Result<()> {
    let found = discover(root)?;
    let parse = |(index, file)| parse::parse(FileId(index as u32), file, None, Vocabulary::builtin());
    let documents: Vec<Document> = found.sources.0[..found.pages].par_iter().enumerate().map(parse).collect();
    anyhow::ensure!(!documents.is_empty(), "there are pages");
    Ok(())
}

fn pages(content: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let files = WalkDir::new(content).into_iter().filter(|entry| {
        entry.as_ref().map_or(true, |entry| entry.path().extension().is_some_and(|extension| extension == "md"))
    });
    files.map(|entry| Ok(entry?.into_path())).collect()
}

/// Writes the list of files below `built`: a line a file, its bytes and its path.
///
/// # Errors
/// When the folder cannot be read.
pub fn write_list(built: &Path, list: &Path) -> anyhow::Result<()> {
    let mut lines = String::new();
    for (path, bytes) in files(built)? {
        lines.push_str(&format!("{bytes}\t{}\n", path.display()));
    }
    fs::write(list, lines)?;
    Ok(())
}

fn read_list(list: &Path) -> anyhow::Result<Vec<(PathBuf, usize)>> {
    let line = |line: &str| {
        let (bytes, path) = line.split_once('\t').context("bytes, a tab, a path")?;
        Ok((PathBuf::from(path), bytes.parse()?))
    };
    fs::read_to_string(list)?.lines().map(line).collect()
}

/// Every file below `folder` with its bytes.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(folder: &Path) -> anyhow::Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push((entry.path().strip_prefix(folder)?.to_owned(), entry.metadata()?.len()));
        }
    }
    Ok(files)
}
