//! The navigation. A page shows the top level, its own chain, its siblings and children, never the whole site: with every page in
//! every page a site grows with the square of its pages. What stays the same within a section is rendered once.

use std::collections::BTreeMap;
use std::sync::Arc;

use memchr::memmem;
use serde::Serialize;

use crate::lang::Lang;
use crate::model::{Child, OutPath, PageId, Section, SectionId, Site};
use crate::render::cache::Cache;

/// A list with more entries than this shows only those around the present page.
const LONG_LIST: usize = 48;
/// So many entries are shown before and behind the present page of a long list.
const NEIGHBOURS: usize = 12;

/// So many levels are shown, from the present page up; the breadcrumbs lead on to those above. The template engine lets a
/// component hold itself 20 times.
const LEVELS: usize = 16;

/// One entry of the navigation, for templates.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its title.
    pub title: String,
    /// Link from the present page.
    pub href: String,
    /// Whether the present page is it or stands below it.
    pub open: bool,
    /// What stands below, where that is shown.
    pub children: Vec<Self>,
    /// How many siblings behind this entry are not shown.
    pub more: usize,
    /// Where all of them are listed.
    pub all_href: Option<String>,
}

/// The order of reading, and what was rendered already.
#[derive(Debug)]
pub struct Navigation {
    /// Published pages in the order of reading.
    order: Vec<PageId>,
    /// Position of each page in that order.
    position: BTreeMap<PageId, usize>,
    lists: Lists,
    rendered: Cache<Standpoint, Arc<str>>,
}

/// From where the navigation is seen. Generated pages may stand in another folder than the section that they count to.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standpoint {
    /// The section whose list is open.
    pub section: SectionId,
    /// Language of its headings.
    pub lang: Lang,
    /// Folder from which its links lead.
    pub folder: String,
}

impl Navigation {
    /// Walks the site once.
    pub fn new(site: &Site) -> Self {
        let mut order = Vec::new();
        read_through(site, SectionId(0), &mut order);
        let position = order.iter().enumerate().map(|(at, page)| (*page, at)).collect();
        Self { order, position, lists: Lists::new(site), rendered: Cache::default() }
    }

    /// The tree as seen from a page in `section`; `page` is none for generated pages.
    pub fn items(&self, site: &Site, out: &OutPath, section: SectionId, page: Option<PageId>) -> Vec<Item> {
        let open: Vec<SectionId> = chain(site, section).take(LEVELS).collect();
        let top = open.last().copied().unwrap_or(SectionId(0));
        Tree { site, lists: &self.lists, out, open, page }.below(top)
    }

    /// The pages before and behind `page` in the order of reading.
    pub fn neighbours(&self, page: PageId) -> (Option<PageId>, Option<PageId>) {
        let Some(at) = self.position.get(&page).copied() else { return (None, None) };
        (at.checked_sub(1).map(|at| self.order[at]), self.order.get(at + 1).copied())
    }

    /// The rendered navigation: made by `render` the first time. Where a section has a long list, each page has its own.
    pub fn rendered<E>(
        &self,
        site: &Site,
        from: Standpoint,
        render: impl FnOnce() -> Result<String, E>,
    ) -> Result<Arc<str>, E> {
        let render = || render().map(Arc::from);
        if chain(site, from.section).any(|section| site.section(section).children.len() > LONG_LIST) {
            return render();
        }
        self.rendered.get(from, render)
    }
}

fn read_through(site: &Site, section: SectionId, order: &mut Vec<PageId>) {
    let it = site.section(section);
    order.extend(it.index.filter(|page| site.is_published(*page)));
    for child in &it.children {
        match child {
            Child::Page(page) => order.extend(site.is_published(*page).then_some(*page)),
            Child::Section(section) => read_through(site, *section, order),
        }
    }
}

/// A section and those above it.
pub fn chain(site: &Site, section: SectionId) -> impl Iterator<Item = SectionId> {
    std::iter::successors(Some(section), |section| site.section(*section).parent)
}

/// The lists that the navigation is made of, so that no page has to look through those of all its siblings.
#[derive(Debug)]
struct Lists {
    /// What is published directly below each section.
    children: Vec<Vec<Child>>,
    /// Place of each page in the list that it stands in.
    pages: Vec<usize>,
    /// The same of each section.
    sections: Vec<usize>,
}

impl Lists {
    fn new(site: &Site) -> Self {
        let published = |section: &Section| {
            section.children.iter().copied().filter(|child| site.is_child_published(*child)).collect::<Vec<_>>()
        };
        let children: Vec<Vec<Child>> = site.sections.iter().map(published).collect();
        let (mut pages, mut sections) = (vec![0; site.pages.len()], vec![0; site.sections.len()]);
        for (at, child) in children.iter().flat_map(|list| list.iter().enumerate()) {
            match child {
                Child::Page(page) => pages[page.0] = at,
                Child::Section(section) => sections[section.0] = at,
            }
        }
        Self { children, pages, sections }
    }
}

struct Tree<'a> {
    site: &'a Site,
    lists: &'a Lists,
    out: &'a OutPath,
    open: Vec<SectionId>,
    page: Option<PageId>,
}

impl Tree<'_> {
    fn below(&self, section: SectionId) -> Vec<Item> {
        let children = &self.lists.children[section.0];
        let (from, to) = self.window(section);
        let mut items: Vec<Item> = children[from..to].iter().map(|child| self.item(*child)).collect();
        if let Some(last) = items.last_mut().filter(|_| to - from < children.len()) {
            last.more = children.len() - (to - from);
            last.all_href = Some(self.out.link_to(&self.site.section(section).out));
        }
        items
    }

    /// The part of a list that is shown.
    fn window(&self, section: SectionId) -> (usize, usize) {
        let length = self.lists.children[section.0].len();
        if length <= LONG_LIST {
            return (0, length);
        }
        let page = self.page.filter(|page| self.site.page(*page).section == section);
        let below = self.open.iter().find(|open| self.site.section(**open).parent == Some(section));
        let here = page.map(|page| self.lists.pages[page.0]).or(below.map(|below| self.lists.sections[below.0]));
        let from = here.unwrap_or(0).saturating_sub(NEIGHBOURS).min(length - 2 * NEIGHBOURS - 1);
        (from, from + 2 * NEIGHBOURS + 1)
    }

    fn item(&self, child: Child) -> Item {
        let (title, path, open, children) = match child {
            Child::Page(page) => {
                let page = self.site.page(page);
                (&page.title, &page.out, false, Vec::new())
            }
            Child::Section(id) => {
                let section = self.site.section(id);
                let open = self.open.contains(&id);
                (&section.title, &section.out, open, if open { self.below(id) } else { Vec::new() })
            }
        };
        Item { title: title.clone(), href: self.out.link_to(path), open, children, more: 0, all_href: None }
    }
}

/// Marks the entry of the present page. The same link may stand in two lists; the first is the one.
pub fn mark_current(nav: &str, href: &str) -> String {
    let mut link = String::from("<a href=\"");
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut link, href);
    link.push('"');
    match memmem::find(nav.as_bytes(), link.as_bytes()) {
        Some(at) => {
            let end = at + link.len();
            format!("{} aria-current=\"page\"{}", &nav[..end], &nav[end..])
        }
        None => nav.to_owned(),
    }
}
