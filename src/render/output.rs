//! The list of a site's output files.

use std::collections::BTreeMap;

use crate::model::{OutPath, PageId, SectionId, Site};
use crate::render::template::Templates;
use crate::render::views::{View, Views};

/// One file of the built site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Where it is written.
    pub path: OutPath,
    /// What it is made of.
    pub kind: OutputKind,
}

/// What an output file is made of.
#[derive(Clone, Debug)]
pub enum OutputKind {
    /// A page.
    Page(PageId),
    /// The list of a section that has no page of its own.
    SectionList(SectionId),
    /// A generated view.
    View(View),
    /// The page of a flag, by its index in the plan.
    Flag(usize),
    /// The page of a revision, by its index.
    Revision(usize),
    /// An alias of a page.
    Redirect(PageId),
    /// The page for what is not there.
    NotFound,
    /// The list of pages for search engines.
    Sitemap,
    /// A file of the search's index, by its number.
    Search(usize),
    /// A file of the embedded theme.
    Theme(&'static [u8]),
    /// A file of the site, copied as it is.
    Asset(usize),
}

/// Lists every file. Who comes first has the path: pages before lists, a site's own files before the theme's.
pub fn outputs(site: &Site, views: &Views, templates: &Templates) -> Vec<Output> {
    let mut outputs: BTreeMap<OutPath, OutputKind> = BTreeMap::new();
    let mut add = |path: &OutPath, kind: OutputKind| {
        outputs.entry(path.clone()).or_insert(kind);
    };
    let published = || (0..site.pages.len()).map(PageId).filter(|page| site.is_published(*page));
    published().for_each(|page| add(&site.page(page).out, OutputKind::Page(page)));
    for (index, section) in site.sections.iter().enumerate() {
        let has_own_page = section.index.is_some_and(|page| site.is_published(page));
        if !has_own_page && (section.pages_below > 0 || index == 0) {
            add(&section.out, OutputKind::SectionList(SectionId(index)));
        }
    }
    published()
        .for_each(|page| site.page(page).aliases.iter().for_each(|alias| add(alias, OutputKind::Redirect(page))));
    site.assets.iter().enumerate().for_each(|(index, asset)| add(&asset.out, OutputKind::Asset(index)));
    views.generated().for_each(|(view, path)| add(path, OutputKind::View(view)));
    views.flag_pages().for_each(|(flag, path)| add(path, OutputKind::Flag(flag)));
    views.revision_pages().iter().enumerate().for_each(|(index, path)| add(path, OutputKind::Revision(index)));
    add(&OutPath::new("404.html"), OutputKind::NotFound);
    add(&OutPath::new("sitemap.xml"), OutputKind::Sitemap);
    templates.assets().for_each(|(path, bytes)| add(&OutPath::new(path), OutputKind::Theme(bytes)));
    outputs.into_iter().map(|(path, kind)| Output { path, kind }).collect()
}
