//! The tree of sections: which page stands where, and in what order.

use std::collections::BTreeMap;

use crate::assemble::paths::{below, is_section_page, name_as_title, split};
use crate::config::Config;
use crate::model::{Child, Document, OutPath, Page, PageId, Section, SectionId};
use crate::source::Sources;

/// Builds the sections and tells each page which one it stands in.
pub fn sections(
    config: &Config,
    sources: &Sources,
    documents: &[Document],
    pages: &mut [Page],
    drafts: bool,
) -> Vec<Section> {
    let paths: Vec<&str> = documents.iter().map(|it| below(&sources[it.file].path, &config.content)).collect();
    let folders: Vec<&str> = paths.iter().map(|path| split(path).0).collect();
    let ids = number(&folders);
    let mut sections: Vec<Section> = ids.keys().map(|folder| empty(folder, &ids, config)).collect();
    for (index, folder) in folders.iter().enumerate() {
        let section = ids[*folder];
        pages[index].section = section;
        if is_section_page(&pages[index]) {
            take_over(&mut sections[section.0], PageId(index), &pages[index]);
        } else {
            sections[section.0].children.push(Child::Page(PageId(index)));
        }
    }
    for id in 1..sections.len() {
        if let Some(parent) = sections[id].parent {
            sections[parent.0].children.push(Child::Section(SectionId(id)));
        }
    }
    count_pages(&mut sections, pages, drafts);
    sort(&mut sections, pages, &paths);
    sections
}

/// Numbers every folder and every folder above it; the root is 0 and parents come before children.
fn number<'a>(folders: &[&'a str]) -> BTreeMap<&'a str, SectionId> {
    let mut all = std::collections::BTreeSet::from([""]);
    for folder in folders {
        let mut at = *folder;
        while all.insert(at) {
            at = split(at).0;
        }
    }
    all.into_iter().enumerate().map(|(index, folder)| (folder, SectionId(index))).collect()
}

fn empty(folder: &str, ids: &BTreeMap<&str, SectionId>, config: &Config) -> Section {
    let out = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
    let title = match (folder, &config.title) {
        ("", Some(title)) => title.clone(),
        ("", None) => "Rollbook".to_owned(),
        _ => name_as_title(&format!("{folder}/_index.md")),
    };
    Section {
        folder: folder.to_owned(),
        parent: (!folder.is_empty()).then(|| ids[split(folder).0]),
        index: None,
        out: OutPath::new(out),
        title,
        lang: config.lang,
        weight: i64::MAX,
        children: Vec::new(),
        pages_below: 0,
    }
}

fn take_over(section: &mut Section, id: PageId, page: &Page) {
    section.index = Some(id);
    section.title.clone_from(&page.title);
    section.weight = page.weight;
    section.lang = page.lang;
}

/// Counts from the leaves up; children have higher numbers than their parents.
fn count_pages(sections: &mut [Section], pages: &[Page], drafts: bool) {
    let published = |page: PageId| usize::from(drafts || !pages[page.0].draft);
    for id in (0..sections.len()).rev() {
        let own: usize = sections[id].index.into_iter().map(published).sum();
        let below: usize = sections[id]
            .children
            .iter()
            .map(|child| match child {
                Child::Page(page) => published(*page),
                Child::Section(section) => sections[section.0].pages_below,
            })
            .sum();
        sections[id].pages_below = own + below;
    }
}

/// By weight, then by path: the order that a team sees in its folder.
fn sort(sections: &mut [Section], pages: &[Page], paths: &[&str]) {
    let folders: Vec<(i64, String)> = sections.iter().map(|section| (section.weight, section.folder.clone())).collect();
    for section in sections {
        section.children.sort_by_cached_key(|child| match child {
            Child::Page(page) => (pages[page.0].weight, paths[page.0].to_owned()),
            Child::Section(section) => folders[section.0].clone(),
        });
    }
}
