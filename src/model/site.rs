//! The whole site after assembly: pages with their paths, sections, resolved links, and the plan.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::config::Config;
use crate::lang::Lang;
use crate::model::{Baseline, Document, Kind, OutPath, Plan, Waivers};
use crate::source::{FileId, SourceFile, Sources, Spanned};

/// Names a page; the index of its document too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub usize);

/// Names a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub usize);

/// A page of the site: what is left to decide once all documents are known.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it is written.
    pub out: OutPath,
    /// Its title: front matter, first heading, or file name.
    pub title: String,
    /// One sentence, if it has one.
    pub description: Option<String>,
    /// What it is for, after the cascade.
    pub kind: Kind,
    /// Its language, after the cascade.
    pub lang: Lang,
    /// Section that it stands in; a section's own page stands in that section.
    pub section: SectionId,
    /// Place among its siblings.
    pub weight: i64,
    /// Not published unless drafts are asked for.
    pub draft: bool,
    /// Whether the body's first heading is the title, which the template prints.
    pub title_in_body: bool,
    /// Role that answers for the page, after the cascade.
    pub owner: Option<String>,
    /// Whether it shows its table of contents, after the cascade.
    pub toc: bool,
    /// Whether the search finds it, after the cascade.
    pub search: bool,
    /// Redirects that lead here.
    pub aliases: Vec<OutPath>,
    /// Where each link of the document leads, in the order of `Document::links`.
    pub links: Vec<ResolvedLink>,
}

/// A folder of pages.
#[derive(Clone, Debug)]
pub struct Section {
    /// Folder below the content folder, without slashes at its ends; empty for the root.
    pub folder: String,
    /// The section above; none for the root.
    pub parent: Option<SectionId>,
    /// Its own page, where one is written; otherwise a list is generated.
    pub index: Option<PageId>,
    /// Where its page is written.
    pub out: OutPath,
    /// Its title.
    pub title: String,
    /// Its language.
    pub lang: Lang,
    /// Place among its siblings.
    pub weight: i64,
    /// Pages and sections directly below, in reading order, without the section's own page.
    pub children: Vec<Child>,
    /// How many published pages stand below, at any depth, its own page included.
    pub pages_below: usize,
}

/// What stands directly below a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Child {
    /// A page.
    Page(PageId),
    /// A section.
    Section(SectionId),
}

/// A file that is copied as it is.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Path below the root, for messages: `content/img/caja.png`.
    pub path: String,
    /// Where it lies on disk.
    pub disk: PathBuf,
    /// Where it is written.
    pub out: OutPath,
    /// Its path as a source without text, where a finding has to point at it.
    pub stub: Option<FileId>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another host, a mail address: left as it is.
    External,
    /// A scheme that runs code: never written out.
    Unsafe,
    /// A page of the site.
    Page(PageId),
    /// A generated list of a section without a page of its own.
    Section(SectionId),
    /// A file that is copied.
    Asset(usize),
    /// A file of the repository that is not part of the site.
    OutsideSite(String),
    /// A place outside the repository.
    OutsideRoot,
    /// Nothing: no such file. The nearest existing target, written as the author would write it.
    Broken {
        /// A destination that exists and looks alike.
        nearest: Option<String>,
    },
}

/// A link after resolution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedLink {
    /// Where it leads.
    pub target: Target,
    /// Query, as written, with `?`.
    pub query: String,
    /// Fragment, decoded, without `#`.
    pub fragment: Option<String>,
    /// The path below the root that it names, where no page or copied file is found there.
    pub wanted: Option<String>,
}

/// Two sources that want to be the same output file.
#[derive(Clone, Debug)]
pub struct Clash {
    /// The path that both want.
    pub out: OutPath,
    /// Who has it.
    pub first: Claim,
    /// Who wants it too.
    pub second: Claim,
}

/// Who wants an output path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A page's own path.
    Page(PageId),
    /// An alias of a page, by its index in the page's front matter.
    Alias(PageId, usize),
    /// A copied file.
    Asset(usize),
    /// Something that Rollbook generates.
    Generated,
}

/// The assembled site.
#[derive(Debug)]
pub struct Site {
    /// Settings.
    pub config: Config,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// Every text that was read, for places and for rendering.
    pub sources: Sources,
    /// The settings file, if there is one.
    pub settings: Option<FileId>,
    /// What the team decided to let pass, if it says so.
    pub waivers: Option<Waivers>,
    /// Findings that may stay for now, once a check has read them.
    pub baseline: Option<Baseline>,
    /// Parsed documents, by path.
    pub documents: Vec<Document>,
    /// Pages, in the order of the documents.
    pub pages: Vec<Page>,
    /// Sections, parents before children; the root is the first.
    pub sections: Vec<Section>,
    /// Files to copy, by output path.
    pub assets: Vec<Asset>,
    /// The rollout.
    pub plan: Plan,
    /// Anchors of every page, for links into it; each list is sorted.
    pub anchors: Vec<Vec<String>>,
    /// Pages, aliases and files that want one path.
    pub clashes: Vec<Clash>,
    /// Files that were refused because they lead out of the root.
    pub refused: Vec<Refused>,
    /// Pages that mention each registered flag, with how often.
    pub flag_uses: BTreeMap<String, Vec<(PageId, usize)>>,
    /// Paths that pages of the plan name in code and that the repository does not have, by page and place.
    pub missing_paths: Vec<(PageId, Spanned<String>)>,
}

/// A file that was not read.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Its path, as a source without text.
    pub file: FileId,
    /// Why.
    pub reason: RefusedReason,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusedReason {
    /// A symbolic link whose target lies outside the root.
    OutsideRoot,
    /// A symbolic link that leads nowhere or in a circle.
    BrokenLink,
    /// Its name is not UTF-8.
    NameNotUtf8,
}

impl Site {
    /// The document of a page.
    #[must_use]
    pub fn document(&self, page: PageId) -> &Document {
        &self.documents[page.0]
    }

    /// The page that a file became, if it is a page.
    #[must_use]
    pub fn page_of(&self, file: FileId) -> Option<PageId> {
        self.documents.binary_search_by_key(&file, |document| document.file).ok().map(PageId)
    }

    /// The root section.
    #[must_use]
    pub fn root(&self) -> &Section {
        &self.sections[0]
    }

    /// A page.
    #[must_use]
    pub fn page(&self, page: PageId) -> &Page {
        &self.pages[page.0]
    }

    /// A section.
    #[must_use]
    pub fn section(&self, section: SectionId) -> &Section {
        &self.sections[section.0]
    }

    /// The source text of a page.
    #[must_use]
    pub fn source(&self, page: PageId) -> &SourceFile {
        &self.sources[self.documents[page.0].file]
    }

    /// Whether a page is written out.
    #[must_use]
    pub fn is_published(&self, page: PageId) -> bool {
        self.drafts || !self.pages[page.0].draft
    }

    /// Whether a child is written out.
    #[must_use]
    pub fn is_child_published(&self, child: Child) -> bool {
        match child {
            Child::Page(page) => self.is_published(page),
            Child::Section(section) => self.sections[section.0].pages_below > 0,
        }
    }
}
