//! What can be found: pages, lists of sections, views, flags and revisions. Drafts are left out as they are in the site, and so is every
//! page that says `search: false`.

use std::collections::HashMap;

use rayon::prelude::*;

use super::entry::{Entry, Part, PartKind};
use super::prose;
use crate::lang::Lang;
use crate::model::{ChecklistItem, Document, Flag, ItemOrigin, OutPath, PageId, Revision, SectionId, Site};
use crate::render::nav::chain;
use crate::render::template::Templates;
use crate::render::views::{Place, View, Views};

/// What a site is made of, and the words for what it generates.
#[derive(Clone, Copy, Debug)]
pub struct Gather<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its revisions.
    pub revisions: &'a [Revision],
    /// Where the views are.
    pub views: &'a Views,
    /// Words of the interface.
    pub templates: &'a Templates,
}

impl Gather<'_> {
    /// Every entry, by path: what stands in one folder is found together, and its texts are then loaded together.
    pub fn entries(self) -> Vec<Entry> {
        let pages = (0..self.site.pages.len()).into_par_iter().map(PageId);
        let wanted = |page: &PageId| self.site.is_published(*page) && self.site.page(*page).search;
        let mut entries: Vec<Entry> = pages.filter(wanted).map(|page| self.page(page)).collect();
        entries.extend(self.lists());
        entries.extend(self.views.generated().map(|(view, path)| self.view(view, path)));
        entries.extend(self.views.flag_pages().map(|(flag, path)| self.flag(&self.site.plan.flags[flag], path)));
        let revisions = self.revisions.iter().zip(self.views.revision_pages());
        entries.extend(revisions.map(|(revision, path)| self.revision(revision, path)));
        entries.sort_by(|a, b| a.out.cmp(&b.out));
        entries.dedup_by(|a, b| a.out == b.out);
        entries
    }

    fn page(self, id: PageId) -> Entry {
        let (page, document) = (self.site.page(id), self.site.document(id));
        let front = &document.front_matter;
        let is_index = self.site.section(page.section).index == Some(id);
        let mut parts = prose::parts(self.site, id);
        parts.extend(front_matter_items(document));
        self.name_items(document, page.lang, &mut parts);
        if let Some(description) = &front.description {
            parts[0].text = format!("{}\n{}", description.value, parts[0].text).trim().to_owned();
        }
        let tags = front.tags.iter().map(|tag| tag.value.clone()).collect();
        let crumbs = self.crumbs(page.section, is_index);
        Entry { crumbs, tags, parts, ..Entry::titled(page.out.clone(), page.title.clone(), page.lang) }
    }

    /// Gives items the names by which a checklist calls them. Their states are signs in many tables, and are looked for by name.
    fn name_items(self, document: &Document, lang: Lang, parts: &mut [Part]) {
        let items: HashMap<&str, &ChecklistItem> = document.plan.items().map(|item| (item.id.as_str(), item)).collect();
        for part in parts.iter_mut().filter(|part| part.kind == PartKind::Item) {
            let Some(item) = items.get(part.anchor.as_str()) else { continue };
            part.title.clone_from(&item.text.value);
            if let Some(status) = item.status.value.known() {
                let label = self.templates.strings(lang).get(&format!("status.{}", status.key())).to_owned();
                if !part.text.to_lowercase().contains(&label.to_lowercase()) {
                    part.text.push('\t');
                    part.text.push_str(&label);
                }
            }
        }
    }

    /// Sections without a page of their own.
    fn lists(self) -> impl Iterator<Item = Entry> {
        let sections = self.site.sections.iter().enumerate().skip(1);
        let bare = sections.filter(move |(_, section)| {
            section.pages_below > 0 && !section.index.is_some_and(|page| self.site.is_published(page))
        });
        bare.map(move |(index, section)| Entry {
            crumbs: self.crumbs(SectionId(index), true),
            ..Entry::titled(section.out.clone(), section.title.clone(), section.lang)
        })
    }

    fn view(self, view: View, path: &OutPath) -> Entry {
        Entry::titled(path.clone(), self.title_of(view), self.site.config.lang)
    }

    fn flag(self, flag: &Flag, path: &OutPath) -> Entry {
        let written = [&flag.description, &flag.remarks, &flag.owner].into_iter().flatten();
        let text: Vec<&str> = written.map(|text| text.value.as_str()).collect();
        let mut entry = Entry::titled(path.clone(), flag.key.value.clone(), self.site.config.lang);
        entry.crumbs.extend(self.views.place_of(View::Flags).map(|_| self.title_of(View::Flags)));
        entry.parts[0].text = text.join("\n");
        entry
    }

    fn revision(self, revision: &Revision, path: &OutPath) -> Entry {
        let lang = self.site.config.lang;
        let title = self.templates.strings(lang).fill("header.revision", "label", &revision.label());
        let mut entry = Entry::titled(path.clone(), title, lang);
        entry.crumbs.push(self.title_of(View::History));
        entry.parts[0].text.clone_from(&revision.message);
        entry
    }

    fn title_of(self, view: View) -> String {
        if let Some(Place::Page(page)) = self.views.place_of(view) {
            return self.site.page(*page).title.clone();
        }
        self.templates.strings(self.site.config.lang).get(&format!("views.{}", view.key())).to_owned()
    }

    /// The sections that a page stands in; a section's own page does not stand in itself.
    fn crumbs(self, section: SectionId, is_index: bool) -> Vec<String> {
        let below_home = chain(self.site, section).skip(usize::from(is_index)).filter(|id| *id != SectionId(0));
        let mut titles: Vec<String> = below_home.map(|id| self.site.section(id).title.clone()).collect();
        titles.reverse();
        titles
    }
}

/// Items that are written in front matter, which the page shows below its text.
fn front_matter_items(document: &Document) -> impl Iterator<Item = Part> {
    let items = document.plan.items().filter(|item| item.origin == ItemOrigin::FrontMatter);
    items.map(|item: &ChecklistItem| Part {
        kind: PartKind::Item,
        anchor: item.id.clone(),
        title: item.text.value.clone(),
        text: [Some(item.text.value.as_str()), item.owner.value.name()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("\t"),
    })
}
