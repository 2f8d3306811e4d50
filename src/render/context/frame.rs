//! What every page gets: the site, the page's own facts, navigation, breadcrumbs, contents.

use std::convert::Infallible;

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;
use tera::{Context, Value};

use super::history::RevisionContext;
use super::{Common, escaped};
use crate::config::RawHtml;
use crate::lang::Lang;
use crate::model::{Child, OutPath, PageId, SectionId};
use crate::render::RenderError;
use crate::render::dates::Date;
use crate::render::nav::{self, Standpoint, mark_current};
use crate::render::sanitize::{OpenElements, is_safe_url, sanitize};
use crate::render::views::{Place, View};

const GENERATOR: &str = concat!("Rollbook ", env!("CARGO_PKG_VERSION"));

/// A link with its text.
#[derive(Clone, Debug, Serialize)]
pub(super) struct LinkTo {
    pub(super) title: String,
    pub(super) href: String,
}

#[derive(Serialize)]
struct SiteContext<'a> {
    title: &'a str,
    description: Option<&'a str>,
    lang: &'a str,
    base_url: Option<&'a str>,
    footer_html: Option<String>,
    generator: &'a str,
    search: bool,
    home: String,
    revision: Option<RevisionContext>,
}

#[derive(Serialize)]
pub(super) struct PageContext<'a> {
    title: &'a str,
    description: Option<&'a str>,
    lang: &'a str,
    kind: &'a str,
    path: &'a str,
    canonical: Option<String>,
    root: String,
    content: String,
    toc: Vec<TocEntry>,
    breadcrumbs: Vec<LinkTo>,
    prev: Option<LinkTo>,
    next: Option<LinkTo>,
    edit_href: Option<String>,
    source: Option<&'a str>,
    updated: Option<Date>,
    owner: Option<&'a str>,
    tags: Vec<&'a str>,
    draft: bool,
    home: bool,
    noindex: bool,
}

#[derive(Serialize)]
pub(super) struct TocEntry {
    id: String,
    title_html: String,
    level: u8,
    children: Vec<Self>,
}

#[derive(Serialize)]
pub(super) struct ChildContext {
    pub(super) title: String,
    pub(super) href: String,
    pub(super) description: Option<String>,
    pub(super) kind: &'static str,
    pub(super) count: usize,
}

#[derive(Clone, Serialize)]
pub(super) struct RecordContext {
    pub(super) key: &'static str,
    pub(super) title: String,
    pub(super) href: String,
}

/// The parts of a page that are not the same for all pages, while it is made.
pub(super) struct Frame<'a> {
    pub(super) title: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) lang: Lang,
    pub(super) kind: &'a str,
    pub(super) section: SectionId,
    pub(super) page: Option<PageId>,
    pub(super) breadcrumbs: Vec<LinkTo>,
    pub(super) content: String,
    pub(super) toc: Vec<TocEntry>,
}

impl<'a> Common<'a> {
    /// What every page gets.
    pub(super) fn context(&self, frame: Frame<'_>) -> Result<Context, RenderError> {
        let nav = self.nav(&frame)?;
        let mut context = Context::new();
        context.insert_value("t", self.strings(frame.lang).value());
        context.insert_value("nav", Value::from_serializable(&nav));
        context.insert_value("site", self.site_value(frame.lang));
        context.insert("page", &self.page_context(frame));
        Ok(context)
    }

    /// The site; seen from one folder it is the same for all pages of a language.
    fn site_value(&self, lang: Lang) -> Value {
        let make = || Ok::<_, Infallible>(Value::from_serializable(&self.site_context(lang)));
        let Ok(site) = self.renderer.sites.get((lang, self.out.folder().to_owned()), make);
        site
    }

    fn site_context(&self, lang: Lang) -> SiteContext<'_> {
        let site = &self.renderer.site;
        SiteContext {
            title: self.site_title(),
            description: site.config.description.as_deref(),
            lang: site.config.lang.code(),
            base_url: site.config.base_url.as_deref(),
            footer_html: site.config.footer.as_ref().map(|footer| footer_html(footer, site.config.html)),
            generator: GENERATOR,
            search: site.config.search,
            home: self.out.link_to(&site.root().out),
            revision: self.latest_revision(lang),
        }
    }

    /// The settings' title, the home page's, the first plan's, or the tool's name.
    pub(super) fn site_title(&self) -> &'a str {
        let site = &self.renderer.site;
        let home = site.root().index.map(|page| site.page(page).title.as_str());
        let plan = || site.pages.iter().find(|page| page.kind.is_part_of_a_plan()).map(|page| page.title.as_str());
        site.config.title.as_deref().or(home).or_else(plan).unwrap_or("Rollbook")
    }

    pub(super) fn page_context<'f>(&'f self, frame: Frame<'f>) -> PageContext<'f> {
        let site = &self.renderer.site;
        let page = frame.page.map(|id| site.page(id));
        let front = frame.page.map(|id| &site.document(id).front_matter);
        let source = frame.page.map(|id| site.source(id).path.as_str());
        let (prev, next) = frame.page.map_or((None, None), |id| self.renderer.navigation.neighbours(id));
        let date = front.and_then(|front| front.updated.as_ref().or(front.date.as_ref()));
        let edit = site.config.edit_url.as_ref().zip(source);
        PageContext {
            title: frame.title,
            description: frame.description,
            lang: frame.lang.code(),
            kind: frame.kind,
            path: self.out.as_str(),
            canonical: site.config.base_url.as_ref().map(|base| format!("{base}{}", self.out.encoded())),
            root: self.out.to_root(),
            content: frame.content,
            toc: frame.toc,
            breadcrumbs: frame.breadcrumbs,
            prev: prev.map(|id| self.link_to_page(id)),
            next: next.map(|id| self.link_to_page(id)),
            edit_href: edit.map(|(url, path)| url.replace("{path}", &OutPath::new(path).encoded())),
            source,
            updated: date.map(|date| Date::new(date.value, frame.lang)),
            owner: page.and_then(|page| page.owner.as_deref()),
            tags: front.map(|front| front.tags.iter().map(|tag| tag.value.as_str()).collect()).unwrap_or_default(),
            draft: page.is_some_and(|page| page.draft),
            home: *self.out == site.root().out,
            noindex: page.is_some_and(|page| page.draft) || frame.kind == "404",
        }
    }

    pub(super) fn description(&self, id: PageId) -> Option<&'a str> {
        let written = self.renderer.site.document(id).front_matter.description.as_ref();
        written.map(|description| description.value.as_str())
    }

    pub(super) fn link_to_page(&self, id: PageId) -> LinkTo {
        let page = self.renderer.site.page(id);
        LinkTo { title: page.title.clone(), href: self.out.link_to(&page.out) }
    }

    /// The sections from the home page to `section`.
    pub(super) fn chain(&self, section: SectionId) -> Vec<LinkTo> {
        let site = &self.renderer.site;
        let link = |id: SectionId| {
            let section = site.section(id);
            let title = if id == SectionId(0) { self.site_title() } else { &section.title };
            LinkTo { title: title.to_owned(), href: self.out.link_to(&section.out) }
        };
        let mut links: Vec<LinkTo> = nav::chain(site, section).map(link).collect();
        links.reverse();
        links
    }

    pub(super) fn nav(&self, frame: &Frame<'_>) -> Result<String, RenderError> {
        let site = &self.renderer.site;
        let render = || {
            let mut context = Context::new();
            context.insert_value("t", self.strings(frame.lang).value());
            context.insert("root", &self.out.to_root());
            context.insert("items", &self.renderer.navigation.items(site, self.out, frame.section, frame.page));
            context.insert("record", &self.generated_records(frame.lang));
            let rendered = self.renderer.templates.render("partials/nav.html", &context);
            rendered.map_err(|error| RenderError { output: self.out.to_string(), error })
        };
        let folder = self.out.folder().to_owned();
        let from = Standpoint { section: frame.section, lang: frame.lang, folder };
        let nav = self.renderer.navigation.rendered(site, from, render)?;
        Ok(mark_current(&nav, &self.out.link_to(self.out)))
    }

    pub(super) fn generated_records(&self, lang: Lang) -> Vec<RecordContext> {
        self.renderer.views.generated().filter_map(|(view, _)| self.record(view, lang)).collect()
    }

    /// A view with the title of its page.
    pub(super) fn record(&self, view: View, lang: Lang) -> Option<RecordContext> {
        let site = &self.renderer.site;
        let title = match self.renderer.views.place_of(view)? {
            Place::Page(page) => site.page(*page).title.clone(),
            Place::Generated(_) => self.strings(lang).get(&format!("views.{}", view.key())).to_owned(),
        };
        let href = self.out.link_to(self.renderer.views.path(site, view)?);
        Some(RecordContext { key: view.key(), title, href })
    }

    pub(super) fn toc(&self, id: PageId) -> Vec<TocEntry> {
        let mut toc: Vec<TocEntry> = Vec::new();
        let skip = usize::from(self.renderer.site.page(id).title_in_body);
        for heading in self.renderer.site.document(id).headings.iter().skip(skip).filter(|heading| heading.level <= 3) {
            let entry = TocEntry {
                id: heading.id.clone(),
                title_html: escaped(&heading.text),
                level: heading.level.max(2),
                children: Vec::new(),
            };
            match toc.last_mut() {
                Some(last) if entry.level == 3 => last.children.push(entry),
                _ => toc.push(entry),
            }
        }
        toc
    }

    pub(super) fn children(&self, section: SectionId) -> Vec<ChildContext> {
        let site = &self.renderer.site;
        let published = site.section(section).children.iter().filter(|child| site.is_child_published(**child));
        published.map(|child| self.child(*child)).collect()
    }

    pub(super) fn child(&self, child: Child) -> ChildContext {
        let site = &self.renderer.site;
        match child {
            Child::Page(id) => {
                let page = site.page(id);
                ChildContext {
                    title: page.title.clone(),
                    href: self.out.link_to(&page.out),
                    description: page.description.clone(),
                    kind: page.kind.key(),
                    count: 0,
                }
            }
            Child::Section(id) => {
                let section = site.section(id);
                let page = section.index.map(|page| site.page(page));
                ChildContext {
                    title: section.title.clone(),
                    href: self.out.link_to(&section.out),
                    description: page.and_then(|page| page.description.clone()),
                    kind: page.map_or("section", |page| page.kind.key()),
                    count: section.pages_below - usize::from(section.index.is_some_and(|page| site.is_published(page))),
                }
            }
        }
    }
}

/// The footer's Markdown, with raw HTML treated as in pages. It has no links to pages.
fn footer_html(footer: &str, raw: RawHtml) -> String {
    let mut open = OpenElements::default();
    let mut links = Vec::new();
    let events = pulldown_cmark::Parser::new(footer).filter_map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) if raw == RawHtml::Safe => {
            let mut safe = String::new();
            sanitize(&html, &mut open, &mut safe, is_safe_url);
            Some(Event::InlineHtml(safe.into()))
        }
        // Of a link that leads nowhere good, the text stays.
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            links.push(raw == RawHtml::Raw || is_safe_url(dest_url));
            links.last().copied().unwrap_or_default().then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or_default().then_some(event),
        event => Some(event),
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    open.close_to(0, &mut html);
    html
}
