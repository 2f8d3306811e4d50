//! Rollbook keeps a rollout as documents: it renders them into a site, checks that the plan is true, and remembers every
//! revision of it.
//!
//! The pipeline: [`discover`] reads files into [`source::Sources`]; [`parse`] turns each into a [`model::Document`] that keeps
//! the place of everything; [`assemble`] joins documents into a [`model::Site`] with paths, links and the plan; [`check`] finds
//! what is not true; [`render`] makes output files; [`write`] puts them on disk, all or none. [`history`] keeps revisions,
//! [`report`] words findings for people and programs, [`serve`] previews. Data flows down this list and never back up.

// Words that everyone shares: plain data, no input or output.
pub mod source;
pub mod lang;
pub mod diagnostic;
pub mod words;
pub mod yaml;
pub mod fields;
pub mod config;
pub mod model;
// Stages, in running order.
pub mod discover;
pub mod parse;
pub mod assemble;
pub mod check;
pub mod render;
// Around the pipeline.
pub mod report;

use std::path::Path;

use rayon::prelude::*;

use assemble::{Cascades, Parts, assemble};
use discover::{Discovered, discover};
use model::{Document, Site};
use parse::vocabulary::Vocabulary;
use source::FileId;

/// Reads, parses and assembles the site below `root`. Every command starts here.
///
/// # Errors
/// When there is no content folder, or a file cannot be read. What is wrong inside the files is in the site, not an error.
pub fn load(root: &Path, drafts: bool) -> anyhow::Result<Site> {
    let Discovered { config, sources, pages, settings, assets, statics, refused } = discover(root)?;
    let sections = sources.0[..pages].iter().filter(|file| file.path.ends_with("/_index.md"));
    let cascades = Cascades::new(sections.filter_map(|file| Some((file.path.clone(), parse::cascade(file)?))));
    let parse = |index: usize| {
        let file = &sources.0[index];
        let inherited = cascades.nearest(&file.path, |cascade| cascade.kind.as_ref().map(|kind| kind.value));
        parse::parse(FileId(index as u32), file, inherited, Vocabulary::builtin())
    };
    let documents: Vec<Document> = (0..pages).into_par_iter().map(parse).collect();
    let mut site = assemble(Parts { config, sources, settings, documents, cascades, assets, statics, refused, drafts });
    assemble::settle_outside_links(&mut site, |path| root.join(path).exists());
    Ok(site)
}
