//! Where each page is written, and who else wants that place.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rayon::prelude::*;

use crate::assemble::cascade::Cascades;
use crate::config::Config;
use crate::model::{Asset, Claim, Clash, Document, FrontMatter, OutPath, Page, PageId, Section, SectionId};
use crate::source::{Sources, Spanned};
use crate::words::fold;

/// Names of a section's own page, in order of preference.
const SECTION_PAGES: [&str; 3] = ["_index", "index", "README"];

/// Decides title, path, kind and language of every page.
pub fn pages(config: &Config, sources: &Sources, documents: &[Document], cascades: &Cascades) -> Vec<Page> {
    let indexes = section_pages(config, sources, documents);
    let page = |(index, document): (usize, &Document)| {
        let path = &sources[document.file].path;
        page(config, path, document, cascades, indexes.contains(&index))
    };
    documents.par_iter().enumerate().map(page).collect()
}

/// Documents that are their section's own page: one a folder at most.
fn section_pages(config: &Config, sources: &Sources, documents: &[Document]) -> std::collections::BTreeSet<usize> {
    let mut best: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        let (folder, name) = split(below(&sources[document.file].path, &config.content));
        if let Some(rank) = SECTION_PAGES.iter().position(|it| *it == stem(name)) {
            let entry = best.entry(folder).or_insert((rank, index));
            *entry = (*entry).min((rank, index));
        }
    }
    best.into_values().map(|(_, index)| index).collect()
}

/// Whether a page is its section's own, by its output path.
pub fn is_section_page(page: &Page) -> bool {
    page.out.as_str() == format!("{}index.html", page.out.folder())
}

fn page(config: &Config, path: &str, document: &Document, cascades: &Cascades, is_index: bool) -> Page {
    let front = &document.front_matter;
    let relative = below(path, &config.content);
    let (title, title_in_body) = title(document, relative);
    // The page's own word, then that of the nearest section above it; what nobody speaks of is shown.
    let shown = |field: fn(&FrontMatter) -> &Option<Spanned<bool>>| {
        let of = |front: &FrontMatter| field(front).as_ref().map(|it| it.value);
        of(front).or_else(|| cascades.nearest(path, of)).unwrap_or(true)
    };
    let written = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let lead = || document.lead.as_ref().map(|lead| lead.value.clone());
    Page {
        out: out_path(relative, front.slug.as_ref().map(|slug| slug.value.as_str()), is_index),
        title,
        title_in_body,
        description: written(&front.description).or_else(lead),
        kind: document.kind,
        lang: front
            .lang
            .as_ref()
            .map(|lang| lang.value)
            .or_else(|| cascades.nearest(path, |it| it.lang.as_ref().map(|it| it.value)))
            .unwrap_or(config.lang),
        section: SectionId(0),
        weight: front.weight.as_ref().map_or(i64::MAX, |weight| weight.value),
        draft: is_draft(path, document, cascades),
        owner: written(&front.owner)
            .or_else(|| cascades.nearest(path, |it| it.owner.as_ref().map(|it| it.value.clone()))),
        toc: shown(|it| &it.toc),
        search: shown(|it| &it.search),
        aliases: front.aliases.iter().filter_map(|alias| alias_path(&alias.value)).collect(),
        links: Vec::new(),
    }
}

/// Whether a page is not to be published, by itself or by a section above it.
pub fn is_draft(path: &str, document: &Document, cascades: &Cascades) -> bool {
    let inherited = || cascades.nearest(path, |it| it.draft.as_ref().map(|it| it.value));
    document.front_matter.draft.as_ref().map(|draft| draft.value).or_else(inherited).unwrap_or(false)
}

/// The title, and whether the body's first heading is it.
fn title(document: &Document, relative: &str) -> (String, bool) {
    let first = document.headings.first().filter(|heading| heading.level == 1);
    match (&document.front_matter.title, first) {
        (Some(title), Some(heading)) => (title.value.clone(), fold(&title.value) == fold(&heading.text)),
        (Some(title), None) => (title.value.clone(), false),
        (None, Some(heading)) if !heading.text.is_empty() => (heading.text.clone(), true),
        (None, _) => (name_as_title(relative), false),
    }
}

/// `guia-rapida.md` -> `Guia rapida`; a section's own page is named after its folder.
pub fn name_as_title(relative: &str) -> String {
    let (folder, name) = split(relative);
    let name = if SECTION_PAGES.contains(&stem(name)) && !folder.is_empty() { split(folder).1 } else { stem(name) };
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `planes/retail.md` -> `planes/retail.html`, `planes/_index.md` -> `planes/index.html`.
fn out_path(relative: &str, slug: Option<&str>, is_index: bool) -> OutPath {
    let (folder, name) = split(relative);
    let name = if is_index { "index" } else { slug.unwrap_or(stem(name)) };
    let slash = if folder.is_empty() { "" } else { "/" };
    OutPath::new(format!("{folder}{slash}{name}.html"))
}

/// `/viejo/plan` -> `viejo/plan.html`, `/viejo/` -> `viejo/index.html`. An alias that leads out of the site is none.
fn alias_path(alias: &str) -> Option<OutPath> {
    let clean = alias.trim_start_matches('/');
    let path = match clean {
        "" => return None,
        clean if clean.ends_with('/') => format!("{clean}index.html"),
        clean if clean.ends_with(".html") => clean.to_owned(),
        clean => format!("{clean}.html"),
    };
    let is_clean = path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    is_clean.then(|| OutPath::new(path))
}

/// The part of `path` below the content folder.
pub fn below<'a>(path: &'a str, content: &str) -> &'a str {
    path.strip_prefix(content).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path)
}

/// Folder and file name.
pub fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A file name without its extension.
pub fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Output paths that two sources want. A generated section list gives way to nobody, since it is only made where no page is.
/// A draft that is not published wants none.
pub fn clashes(
    documents: &[Document],
    pages: &[Page],
    sections: &[Section],
    assets: &[Asset],
    drafts: bool,
) -> Vec<Clash> {
    let published = || pages.iter().enumerate().filter(|(_, page)| drafts || !page.draft);
    let own = published().map(|(index, page)| (&page.out, Claim::Page(PageId(index))));
    let lists =
        sections.iter().filter(|section| section.index.is_none()).map(|section| (&section.out, Claim::Generated));
    let aliases = published().flat_map(|(index, page)| {
        let written = documents[index].front_matter.aliases.iter().enumerate();
        let valid = written.filter(|(_, alias)| alias_path(&alias.value).is_some());
        page.aliases.iter().zip(valid).map(move |(out, (at, _))| (out, Claim::Alias(PageId(index), at)))
    });
    let files = assets.iter().enumerate().map(|(index, asset)| (&asset.out, Claim::Asset(index)));
    let mut taken: BTreeMap<&OutPath, Claim> = BTreeMap::new();
    let mut clashes = Vec::new();
    for (out, claim) in own.chain(lists).chain(aliases).chain(files) {
        match taken.entry(out) {
            Entry::Vacant(free) => {
                free.insert(claim);
            }
            Entry::Occupied(first) => {
                clashes.push(Clash { out: out.clone(), first: first.get().clone(), second: claim })
            }
        }
    }
    clashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_paths_follow_content_paths() {
        assert_eq!(out_path("planes/retail.md", None, false).as_str(), "planes/retail.html");
        assert_eq!(out_path("planes/_index.md", None, true).as_str(), "planes/index.html");
        assert_eq!(out_path("README.md", None, true).as_str(), "index.html");
        assert_eq!(out_path("a.b.md", Some("c"), false).as_str(), "c.html");
    }

    #[test]
    fn aliases_stay_inside_the_site() {
        assert_eq!(alias_path("/viejo/plan").unwrap().as_str(), "viejo/plan.html");
        assert_eq!(alias_path("viejo/").unwrap().as_str(), "viejo/index.html");
        assert_eq!(alias_path("../x"), None);
        assert_eq!(alias_path("/"), None);
    }

    #[test]
    fn file_names_make_titles() {
        assert_eq!(name_as_title("manuales/guia-rapida.md"), "Guia rapida");
        assert_eq!(name_as_title("manuales/_index.md"), "Manuales");
        assert_eq!(name_as_title("README.md"), "README");
    }
}
