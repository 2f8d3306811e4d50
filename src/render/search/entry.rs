//! What search knows of a page, before it becomes an index.

use crate::lang::Lang;
use crate::model::OutPath;

/// A page that can be found.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it is.
    pub out: OutPath,
    /// Its title.
    pub title: String,
    /// Titles of what it stands in, the outermost first, without the home page.
    pub crumbs: Vec<String>,
    /// Language of its words.
    pub lang: Lang,
    /// Words that stand for it: its tags.
    pub tags: Vec<String>,
    /// Its text. The first part is what stands before any heading.
    pub parts: Vec<Part>,
}

/// A part of a page that a result can lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Its anchor; empty for the top of the page.
    pub anchor: String,
    /// Its heading, or the name of the item; empty for the top of the page.
    pub title: String,
    /// Plain text. Blocks are lines, cells are set apart by tabs.
    pub text: String,
}

/// What a part of a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartKind {
    /// What stands before any heading.
    #[default]
    Top,
    /// A heading and the text below it, up to the next heading.
    Section,
    /// A row or a task that became an item, a risk, a flag.
    Item,
}

impl Entry {
    /// A page without a text of its own.
    pub fn titled(out: OutPath, title: String, lang: Lang) -> Self {
        Self { out, title, crumbs: Vec::new(), lang, tags: Vec::new(), parts: vec![Part::default()] }
    }

    /// Whether it only lists what stands below it: a section without words of its own.
    pub fn is_bare_list(&self) -> bool {
        self.out.as_str().ends_with("/index.html") && self.parts.iter().all(|part| part.text.is_empty())
    }

    /// How long its text is, in bytes.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.title.len() + part.text.len()).sum()
    }
}
