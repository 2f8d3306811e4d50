//! From a site to output files. [`Renderer::outputs`] lists every file of the site without making any; [`Renderer::render`] makes
//! one, so that a build can render and write in parallel and a preview only what the browser asks for.

mod cache;
mod context;
mod dates;
mod html;
mod nav;
mod output;
mod sanitize;
mod search;
mod strings;
mod template;
mod views;

use std::sync::OnceLock;

pub use output::{Output, OutputKind};
pub use template::{TemplateError, Templates};

use cache::Cache;
use context::Common;

use crate::lang::Lang;
use crate::model::{Content, OutPath, Revision, Site};
use nav::Navigation;
use search::{Gather, Index};
use views::Views;

/// Renders the files of one site.
#[derive(Debug)]
pub struct Renderer {
    site: Site,
    revisions: Vec<Revision>,
    templates: Templates,
    views: Views,
    navigation: Navigation,
    /// The site as templates get it, by language and by the folder from which it is seen.
    sites: Cache<(Lang, String), tera::Value>,
    /// The index of the search, made when its first file is asked for.
    index: OnceLock<Index>,
}

impl Renderer {
    /// Takes stock of the site once: which views there are, the order of reading.
    #[must_use]
    pub fn new(site: Site, revisions: Vec<Revision>, templates: Templates) -> Self {
        let views = Views::new(&site, &revisions);
        let navigation = Navigation::new(&site);
        Self { site, revisions, templates, views, navigation, sites: Cache::default(), index: OnceLock::new() }
    }

    /// The site that is rendered.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Every file of the site but the index of the search, by path. No two have the same path: where sources clash, the first one
    /// counts.
    #[must_use]
    pub fn outputs(&self) -> Vec<Output> {
        output::outputs(&self.site, &self.views, &self.templates)
    }

    /// The files of the index. It takes the text of every page, and so a preview asks for it only when somebody searches. Not to be
    /// called from a worker of `rayon`, since it waits for such.
    #[must_use]
    pub fn search_outputs(&self) -> Vec<Output> {
        let files = if self.site.config.search { &*self.index().files } else { &[] };
        let output = |(index, file): (usize, &search::File)| Output {
            path: OutPath::new(&*file.path),
            kind: OutputKind::Search(index),
        };
        // Where sources clash, a site's own file counts.
        let is_free = |output: &Output| self.site.assets.binary_search_by(|asset| asset.out.cmp(&output.path)).is_err();
        files.iter().enumerate().map(output).filter(is_free).collect()
    }

    fn index(&self) -> &Index {
        let gather =
            Gather { site: &self.site, revisions: &self.revisions, views: &self.views, templates: &self.templates };
        self.index.get_or_init(|| Index::new(gather))
    }

    /// Makes one file.
    ///
    /// # Errors
    /// When a template fails.
    pub fn render(&self, output: &Output) -> Result<Content, RenderError> {
        let common = Common { renderer: self, out: &output.path };
        let rendered = match &output.kind {
            OutputKind::Page(page) => common.page(*page),
            OutputKind::SectionList(section) => common.section_list(*section),
            OutputKind::View(view) => common.view(*view),
            OutputKind::Flag(flag) => common.flag(*flag),
            OutputKind::Revision(revision) => common.revision(*revision),
            OutputKind::Redirect(page) => common.redirect(*page),
            OutputKind::NotFound => common.not_found(),
            OutputKind::Sitemap => common.sitemap(),
            OutputKind::Search(index) => Ok(self.index().files[*index].bytes.clone()),
            OutputKind::Theme(bytes) => Ok(bytes.to_vec()),
            OutputKind::Asset(index) => return Ok(Content::Copy(self.site.assets[*index].disk.clone())),
        };
        rendered.map(Content::Bytes)
    }
}

/// A template that failed on a page.
#[derive(Debug)]
pub struct RenderError {
    /// The output file.
    pub output: String,
    /// What the template engine says, with the place in the template.
    pub error: TemplateError,
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "rendering `{}`:\n{}", self.output, self.error)
    }
}

impl std::error::Error for RenderError {}
