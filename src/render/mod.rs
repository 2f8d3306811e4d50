//! From a site to output files. [`Renderer::outputs`] lists every file of the site without making any; [`Renderer::render`] makes
//! one, so that a build can render and write in parallel and a preview only what the browser asks for.

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

use context::Common;

use crate::model::{Revision, Site};
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
}

impl Renderer {
    /// Takes stock of the site once: which views there are, the order of reading.
    #[must_use]
    pub fn new(site: Site, revisions: Vec<Revision>, templates: Templates) -> Self {
        let views = Views::new(&site, &revisions);
        let navigation = Navigation::new(&site);
        Self { site, revisions, templates, views, navigation }
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
    /// When a template fails, or a file to copy cannot be read.
    pub fn render(&self, output: &Output) -> Result<Vec<u8>, RenderError> {
        let common = Common { renderer: self, out: &output.path };
        match &output.kind {
            OutputKind::Page(page) => common.page(*page),
            OutputKind::SectionList(section) => common.section_list(*section),
            OutputKind::View(view) => common.view(*view),
            OutputKind::Flag(flag) => common.flag(*flag),
            OutputKind::Revision(revision) => common.revision(*revision),
            OutputKind::Redirect(page) => common.redirect(*page),
            OutputKind::NotFound => common.not_found(),
            OutputKind::Sitemap => common.sitemap(),
            OutputKind::Theme(bytes) => Ok(bytes.to_vec()),
            OutputKind::Asset(index) => {
                let asset = &self.site.assets[*index];
                std::fs::read(&asset.disk).map_err(|error| RenderError::Asset { path: asset.path.clone(), error })
            }
        }
    }
}

/// Why a file could not be made.
#[derive(Debug)]
pub enum RenderError {
    /// A template failed on a page.
    Template {
        /// The output file.
        output: String,
        /// What the template engine says, with the place in the template.
        error: TemplateError,
    },
    /// A file to copy could not be read.
    Asset {
        /// Its path below the root.
        path: String,
        /// Why.
        error: std::io::Error,
    },
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Template { output, error } => write!(f, "rendering `{output}`:\n{error}"),
            Self::Asset { path, error } => write!(f, "reading `{path}`: {error}"),
        }
    }
}

impl std::error::Error for RenderError {}
