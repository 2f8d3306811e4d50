//! From documents to a site: paths, sections, links and the plan, once all documents are known.

mod anchors;
mod cascade;
mod criteria;
mod links;
mod paths;
mod plan;
mod sections;

pub use cascade::Cascades;

use rayon::prelude::*;

use crate::config::Config;
use crate::discover::FoundFile;
use crate::model::{Asset, Claim, Clash, Document, OutPath, Page, PageId, Refused, Site, Target};
use crate::source::{FileId, SourceFile, Sources};

/// What assembly starts from.
#[derive(Debug)]
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// All texts.
    pub sources: Sources,
    /// The settings file.
    pub settings: Option<FileId>,
    /// Parsed pages, in the order of their sources.
    pub documents: Vec<Document>,
    /// Defaults that sections give to their pages.
    pub cascades: Cascades,
    /// Files of the content folder to copy.
    pub assets: Vec<FoundFile>,
    /// Files of `static/` to copy.
    pub statics: Vec<FoundFile>,
    /// Files that were not read.
    pub refused: Vec<Refused>,
    /// Whether drafts are part of the site.
    pub drafts: bool,
}

/// Assembles a site. Whatever does not fit together is kept in the site for the rules to tell.
#[must_use]
pub fn assemble(parts: Parts) -> Site {
    let Parts { config, mut sources, settings, documents, cascades, assets, statics, refused, drafts } = parts;
    let mut pages = paths::pages(&config, &sources, &documents, &cascades);
    let sections = sections::sections(&config, &sources, &documents, &mut pages, drafts);
    let mut assets = all_assets(assets, statics);
    let anchors = anchors::anchors(&documents);
    let clashes = paths::clashes(&documents, &pages, &sections, &assets, drafts);
    add_stubs(&clashes, &mut assets, &mut sources);
    let plan = plan::plan(&documents, |page: PageId| drafts || !pages[page.0].draft);
    let flag_uses = plan::flag_uses(&plan, &documents);
    let mut site = Site {
        config,
        drafts,
        sources,
        settings,
        documents,
        pages,
        sections,
        assets,
        plan,
        anchors,
        clashes,
        refused,
        flag_uses,
    };
    resolve_links(&mut site);
    site
}

fn resolve_links(site: &mut Site) {
    let resolver = links::Resolver::new(site);
    let links: Vec<_> = (0..site.pages.len()).into_par_iter().map(|index| resolver.links_of(PageId(index))).collect();
    let with_links = |(page, links): (&mut Page, _)| page.links = links;
    site.pages.iter_mut().zip(links).for_each(with_links);
}

fn all_assets(content: Vec<FoundFile>, statics: Vec<FoundFile>) -> Vec<Asset> {
    let asset =
        |file: FoundFile| Asset { out: OutPath::new(file.relative), path: file.path, disk: file.disk, stub: None };
    let mut assets: Vec<Asset> = content.into_iter().chain(statics).map(asset).collect();
    assets.sort_by(|a, b| (&a.out, &a.path).cmp(&(&b.out, &b.path)));
    assets
}

/// Turns links to files of the repository that do not exist into broken ones. `exists` answers for a path below the root.
pub fn settle_outside_links(site: &mut Site, exists: impl Fn(&str) -> bool) {
    for link in site.pages.iter_mut().flat_map(|page| &mut page.links) {
        if let Target::OutsideSite(path) = &link.target
            && !exists(path)
        {
            link.target = Target::Broken { nearest: None };
        }
    }
}

/// Gives each file that wants another's path a place among the sources, so that a finding can point at it.
fn add_stubs(clashes: &[Clash], assets: &mut [Asset], sources: &mut Sources) {
    for claim in clashes.iter().flat_map(|clash| [&clash.first, &clash.second]) {
        if let Claim::Asset(index) = claim {
            let asset = &mut assets[*index];
            asset.stub.get_or_insert_with(|| {
                sources.0.push(SourceFile::new(asset.path.clone(), ""));
                FileId(sources.0.len() as u32 - 1)
            });
        }
    }
}
