//! From a site to output files. [`Renderer::outputs`] lists every file of the site without making any; [`Renderer::render`] makes
//! one, so that a build can render and write in parallel and a preview only what the browser asks for.

mod cache;
mod context;
mod dates;
mod html;
mod nav;
mod output;
mod sanitize;
mod strings;
mod template;
mod views;

pub use output::{Output, OutputKind};
pub use template::{TemplateError, Templates};

use cache::Cache;
use context::Common;

use crate::lang::Lang;
use crate::model::{Content, Revision, Site};
use nav::Navigation;
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
}

impl Renderer {
    /// Takes stock of the site once: which views there are, the order of reading.
    #[must_use]
    pub fn new(site: Site, revisions: Vec<Revision>, templates: Templates) -> Self {
        let views = Views::new(&site, &revisions);
        let navigation = Navigation::new(&site);
        Self { site, revisions, templates, views, navigation, sites: Cache::default() }
    }

    /// The site that is rendered.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Every file of the site, by path. No two have the same path: where sources clash, the first one counts.
    #[must_use]
    pub fn outputs(&self) -> Vec<Output> {
        output::outputs(&self.site, &self.views, &self.templates)
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
