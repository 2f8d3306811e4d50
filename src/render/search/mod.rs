//! The index of the search: a site to small files, of which a browser loads those that a query needs.
//!
//! [`gather`] lists what can be found, with its text part by part; [`terms`] turns it into words with the pages that hold them, on all
//! cores; [`shards`] cuts the words into texts, and [`files`] makes scripts of them. Nothing depends on the order in which threads finish.
//!
//! The index names pages, and the texts of the pages that are shown tell which of their parts to lead to. With parts in the
//! index it would be five times as large, and a query for a frequent word could not be answered from one small file.

mod entry;
mod files;
mod gather;
mod number;
mod prose;
mod shards;
mod stems;
mod terms;
mod tokens;

pub use files::File;
pub use gather::Gather;

/// The index of a site, ready to be written.
#[derive(Debug)]
pub struct Index {
    /// Its files, by number.
    pub files: Vec<File>,
}

impl Index {
    /// Makes the index.
    #[must_use]
    pub fn new(gather: Gather<'_>) -> Self {
        let entries = gather.entries();
        let shards = shards::shards(&terms::terms(&entries));
        Self { files: files::files(&entries, &shards, |lang| gather.templates.strings(lang)) }
    }
}
