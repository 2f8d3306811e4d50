//! What templates get: plain data, made from the model. `docs/content/themes.md` describes it for theme authors.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, LinkType, Tag};
use serde::Serialize;
use tera::{Context, Value};

use crate::config::RawHtml;
use crate::lang::Lang;
use crate::model::{
    Change, ChecklistItem, Child, Flag, FlagEvent, ItemOrigin, Kind, OutPath, Page, PageId, Revision, SectionId, Status,
};
use crate::render::dates::Date;
use crate::render::html::Html;
use crate::render::nav::{self, mark_current};
use crate::render::sanitize::{OpenElements, is_safe_url, sanitize};
use crate::render::strings::Strings;
use crate::render::views::{Place, View};
use crate::render::{RenderError, Renderer};
use crate::source::{FileId, Spanned};

const GENERATOR: &str = concat!("Rollbook ", env!("CARGO_PKG_VERSION"));

/// A link with its text.
#[derive(Clone, Debug, Serialize)]
struct LinkTo {
    title: String,
    href: String,
}

#[derive(Serialize)]
struct SiteContext<'a> {
    title: &'a str,
    description: Option<&'a str>,
    lang: &'a str,
    base_url: Option<&'a str>,
    footer_html: Option<String>,
    generator: &'a str,
    home: String,
    revision: Option<RevisionContext>,
}

#[derive(Serialize)]
struct PageContext<'a> {
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
struct TocEntry {
    id: String,
    title_html: String,
    level: u8,
    children: Vec<Self>,
}

#[derive(Serialize)]
struct ChildContext {
    title: String,
    href: String,
    description: Option<String>,
    kind: &'static str,
    count: usize,
}

#[derive(Clone, Serialize)]
struct RecordContext {
    key: &'static str,
    title: String,
    href: String,
}

#[derive(Serialize)]
struct ChecklistContext {
    total: usize,
    done: usize,
    open: usize,
    percent: usize,
    ready: bool,
    by_status: Vec<StatusCount>,
    owners: Vec<OwnerContext>,
    items: Vec<ItemContext>,
}

#[derive(Serialize)]
struct StatusCount {
    status: &'static str,
    count: usize,
    percent: usize,
}

#[derive(Serialize)]
struct OwnerContext {
    name: Option<String>,
    open: usize,
    total: usize,
    items: Vec<ItemContext>,
}

#[derive(Clone, Serialize)]
struct ItemContext {
    id: String,
    text: String,
    text_html: String,
    owner: Option<String>,
    status: &'static str,
    status_text: String,
    phase: Option<String>,
    due: Option<String>,
    evidence_html: Option<String>,
    reason_html: Option<String>,
    blocked_by: Option<String>,
    href: String,
    source: String,
}

#[derive(Serialize)]
struct FlagContext {
    key: String,
    id: String,
    href: String,
    description_html: String,
    default: Option<String>,
    default_on: Option<bool>,
    remarks_html: Option<String>,
    owner: Option<String>,
    source: String,
    event_count: usize,
    current: Option<String>,
}

#[derive(Serialize)]
struct EventContext {
    date: Option<Date>,
    flag: String,
    flag_href: Option<String>,
    scope: Option<String>,
    from: Option<String>,
    to: Option<String>,
    author: Option<String>,
    reason_html: Option<String>,
}

#[derive(Serialize)]
struct RevisionContext {
    number: u32,
    label: String,
    message: String,
    author: String,
    date: Date,
    phase: Option<String>,
    href: String,
    added: usize,
    changed: usize,
    removed: usize,
    renamed: usize,
    total: usize,
    hash: String,
    parent: Option<String>,
    summary: Option<SummaryContext>,
}

#[derive(Serialize)]
struct SummaryContext {
    total: usize,
    done: usize,
    open: usize,
}

#[derive(Serialize)]
struct FileContext {
    path: String,
    change: &'static str,
    from: Option<String>,
    bytes: u64,
    stored_in: String,
}

#[derive(Serialize)]
struct ReadinessContext {
    checklist: ChecklistContext,
    attention: Vec<ItemContext>,
    owners: Vec<OwnerContext>,
    flags: Vec<FlagContext>,
    revision: Option<RevisionContext>,
    records: Vec<RecordContext>,
}

#[derive(Serialize)]
struct UsedIn {
    title: String,
    href: String,
    count: usize,
}

#[derive(Serialize)]
struct SitemapUrl {
    loc: String,
    lastmod: Option<String>,
}

/// The parts of a page that are not the same for all pages, while it is made.
struct Frame<'a> {
    title: &'a str,
    description: Option<&'a str>,
    lang: Lang,
    kind: &'a str,
    section: SectionId,
    page: Option<PageId>,
    breadcrumbs: Vec<LinkTo>,
    content: String,
    toc: Vec<TocEntry>,
}

/// Makes one output file.
pub struct Common<'a> {
    /// The renderer.
    pub renderer: &'a Renderer,
    /// The file.
    pub out: &'a OutPath,
}

type Rendered = Result<Vec<u8>, RenderError>;

impl<'a> Common<'a> {
    /// A page of the site.
    pub fn page(&self, id: PageId) -> Rendered {
        let site = &self.renderer.site;
        let page = site.page(id);
        let is_index = site.section(page.section).index == Some(id);
        let mut breadcrumbs = self.chain(page.section);
        if is_index {
            breadcrumbs.pop();
        }
        let html = self.html(id, page.lang);
        let frame = Frame {
            title: &page.title,
            description: self.description(id),
            lang: page.lang,
            kind: page.kind.key(),
            section: page.section,
            page: Some(id),
            breadcrumbs,
            content: html.body() + &self.front_matter_entities(id, page.lang)?,
            toc: if page.toc { self.toc(id) } else { Vec::new() },
        };
        let mut context = self.context(frame)?;
        context.insert("children", &if is_index { self.children(page.section) } else { Vec::new() });
        let file = site.document(id).file;
        let template = match page.kind {
            _ if is_index && page.section == SectionId(0) => {
                context.insert("readiness", &self.readiness(page.lang));
                "home.html"
            }
            Kind::Checklist => {
                let items = site.document(id).checklists.iter().flat_map(|checklist| &checklist.items);
                context.insert("checklist", &self.checklist(items, page.lang));
                "checklist.html"
            }
            Kind::Flags => {
                context.insert("flags", &self.flags(|flag| flag.file == file, page.lang));
                "flags.html"
            }
            Kind::FlagEvent => {
                context.insert("flags", &self.flags(|_| true, page.lang));
                context.insert("events", &self.events(|event| event.file == file, page.lang));
                "flag-history.html"
            }
            _ if is_index => "section.html",
            _ => "page.html",
        };
        self.finish(template, &context)
    }

    /// Items, flags and changes that stand in the page's front matter, as tables: the body does not show them.
    fn front_matter_entities(&self, id: PageId, lang: Lang) -> Result<String, RenderError> {
        let site = &self.renderer.site;
        let document = site.document(id);
        if document.front_matter.entities.is_empty() {
            return Ok(String::new());
        }
        let items = document.checklists.iter().flat_map(|list| &list.items);
        let items = items.filter(|item| item.origin == ItemOrigin::FrontMatter).map(|item| self.item(item, lang));
        let mut context = Context::new();
        context.insert_value("t", self.strings(lang).value());
        context.insert("items", &items.collect::<Vec<_>>());
        context.insert("flags", &self.flags(|flag| flag.file == document.file && flag.in_front_matter, lang));
        context.insert("events", &self.events(|event| event.file == document.file && event.in_front_matter, lang));
        let rendered = self.renderer.templates.render("partials/front-matter-entities.html", &context);
        rendered.map_err(|error| RenderError { output: self.out.to_string(), error })
    }

    /// The list of a section without a page of its own.
    pub fn section_list(&self, id: SectionId) -> Rendered {
        let section = self.renderer.site.section(id);
        let is_home = id == SectionId(0);
        let mut breadcrumbs = self.chain(id);
        breadcrumbs.pop();
        let title = if is_home { self.site_title() } else { section.title.as_str() };
        let mut context = self.generated(title, section.lang, "section", id, breadcrumbs)?;
        context.insert("children", &self.children(id));
        if is_home {
            context.insert("readiness", &self.readiness(section.lang));
        }
        self.finish(if is_home { "home.html" } else { "section.html" }, &context)
    }

    /// A generated view.
    pub fn view(&self, view: View) -> Rendered {
        let site = &self.renderer.site;
        let lang = site.config.lang;
        let title = self.strings(lang).get(&format!("views.{}", view.key())).to_owned();
        let mut context = self.generated(&title, lang, "view", SectionId(0), self.chain(SectionId(0)))?;
        let template = match view {
            View::Checklist => {
                context.insert("checklist", &self.checklist(site.plan.items(), lang));
                "checklist.html"
            }
            View::Flags => {
                context.insert("flags", &self.flags(|_| true, lang));
                "flags.html"
            }
            View::FlagHistory => {
                context.insert("flags", &self.flags(|_| true, lang));
                context.insert("events", &self.events(|_| true, lang));
                "flag-history.html"
            }
            View::History => {
                let revisions: Vec<_> =
                    (0..self.renderer.revisions.len()).rev().map(|it| self.revision_context(it, lang)).collect();
                context.insert("revisions", &revisions);
                "history.html"
            }
        };
        self.finish(template, &context)
    }

    /// The page of a flag.
    pub fn flag(&self, index: usize) -> Rendered {
        let site = &self.renderer.site;
        let lang = site.config.lang;
        let flag = &site.plan.flags[index];
        let mut breadcrumbs = self.chain(SectionId(0));
        breadcrumbs.extend(self.record(View::Flags, lang).map(|it| LinkTo { title: it.title, href: it.href }));
        let mut context = self.generated(&flag.key.value, lang, "flag", SectionId(0), breadcrumbs)?;
        context.insert("flag", &self.flag_context(flag, lang));
        context.insert("events", &self.events(|event| event.flag.value == flag.key.value, lang));
        context.insert("used_in", &self.used_in(&flag.key.value));
        self.finish("flag.html", &context)
    }

    /// The page of a revision.
    pub fn revision(&self, index: usize) -> Rendered {
        let lang = self.renderer.site.config.lang;
        let revision = &self.renderer.revisions[index];
        let title = self.strings(lang).fill("header.revision", "label", &revision.label());
        let mut breadcrumbs = self.chain(SectionId(0));
        breadcrumbs.extend(self.record(View::History, lang).map(|it| LinkTo { title: it.title, href: it.href }));
        let mut context = self.generated(&title, lang, "revision", SectionId(0), breadcrumbs)?;
        context.insert("revision", &self.revision_context(index, lang));
        context.insert("files", &self.files(index));
        context.insert("newer", &self.revision_link(index + 1, lang));
        context.insert("older", &index.checked_sub(1).and_then(|index| self.revision_link(index, lang)));
        self.finish("revision.html", &context)
    }

    /// A page that leads on to another one.
    pub fn redirect(&self, id: PageId) -> Rendered {
        let page = self.renderer.site.page(id);
        let mut context = Context::new();
        context.insert("target", &self.out.link_to(&page.out));
        context.insert("target_title", &page.title);
        context.insert("page", &BTreeMap::from([("lang", page.lang.code())]));
        self.finish("redirect.html", &context)
    }

    /// The page for what is not there.
    pub fn not_found(&self) -> Rendered {
        let lang = self.renderer.site.config.lang;
        let title = self.strings(lang).get("not_found.title").to_owned();
        let context = self.generated(&title, lang, "404", SectionId(0), Vec::new())?;
        self.finish("404.html", &context)
    }

    /// The list of pages for search engines; absolute where the settings say where the site will be.
    pub fn sitemap(&self) -> Rendered {
        let site = &self.renderer.site;
        let base = site.config.base_url.as_deref().unwrap_or("/");
        let pages = site.pages.iter().enumerate().filter(|(index, _)| site.is_published(PageId(*index)));
        let url = |(index, page): (usize, &Page)| {
            let front = &site.documents[index].front_matter;
            let date = front.updated.as_ref().or(front.date.as_ref());
            SitemapUrl {
                loc: format!("{base}{}", page.out.encoded()),
                lastmod: date.map(|date| date.value.to_string()),
            }
        };
        let mut context = Context::new();
        context.insert("urls", &pages.map(url).collect::<Vec<_>>());
        self.finish("sitemap.xml", &context)
    }

    fn finish(&self, template: &str, context: &Context) -> Rendered {
        let rendered = self.renderer.templates.render(template, context);
        rendered.map(String::into_bytes).map_err(|error| RenderError { output: self.out.to_string(), error })
    }

    fn strings(&self, lang: Lang) -> &'a Strings {
        self.renderer.templates.strings(lang)
    }

    fn html(&self, page: PageId, lang: Lang) -> Html<'a> {
        Html {
            site: &self.renderer.site,
            views: &self.renderer.views,
            page,
            out: self.out,
            strings: self.strings(lang),
        }
    }

    /// A page that has no source.
    fn generated(
        &self,
        title: &str,
        lang: Lang,
        kind: &str,
        section: SectionId,
        breadcrumbs: Vec<LinkTo>,
    ) -> Result<Context, RenderError> {
        let frame = Frame {
            title,
            description: None,
            lang,
            kind,
            section,
            page: None,
            breadcrumbs,
            content: String::new(),
            toc: Vec::new(),
        };
        let mut context = self.context(frame)?;
        context.insert("children", &Vec::<ChildContext>::new());
        Ok(context)
    }

    /// What every page gets.
    fn context(&self, frame: Frame<'_>) -> Result<Context, RenderError> {
        let nav = self.nav(&frame)?;
        let mut context = Context::new();
        context.insert_value("t", self.strings(frame.lang).value());
        context.insert_value("nav", Value::from_serializable(&nav));
        context.insert("site", &self.site_context(frame.lang));
        context.insert("page", &self.page_context(frame));
        Ok(context)
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
            home: self.out.link_to(&site.root().out),
            revision: self.latest_revision(lang),
        }
    }

    /// The settings' title, the home page's, the first plan's, or the tool's name.
    fn site_title(&self) -> &'a str {
        let site = &self.renderer.site;
        let home = site.root().index.map(|page| site.page(page).title.as_str());
        let plan = || site.pages.iter().find(|page| page.kind.is_part_of_a_plan()).map(|page| page.title.as_str());
        site.config.title.as_deref().or(home).or_else(plan).unwrap_or("Rollbook")
    }

    fn page_context<'f>(&'f self, frame: Frame<'f>) -> PageContext<'f> {
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

    fn description(&self, id: PageId) -> Option<&'a str> {
        let written = self.renderer.site.document(id).front_matter.description.as_ref();
        written.map(|description| description.value.as_str())
    }

    fn link_to_page(&self, id: PageId) -> LinkTo {
        let page = self.renderer.site.page(id);
        LinkTo { title: page.title.clone(), href: self.out.link_to(&page.out) }
    }

    /// The sections from the home page to `section`.
    fn chain(&self, section: SectionId) -> Vec<LinkTo> {
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

    fn nav(&self, frame: &Frame<'_>) -> Result<String, RenderError> {
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
        // Generated pages stand in another folder than the section that they count to, and so their links differ.
        let nav = match frame.page {
            Some(_) => self.renderer.navigation.rendered(site, frame.section, frame.lang, render)?,
            None => render()?.into(),
        };
        Ok(mark_current(&nav, &self.out.link_to(self.out)))
    }

    fn generated_records(&self, lang: Lang) -> Vec<RecordContext> {
        self.renderer.views.generated().filter_map(|(view, _)| self.record(view, lang)).collect()
    }

    /// A view with the title of its page.
    fn record(&self, view: View, lang: Lang) -> Option<RecordContext> {
        let site = &self.renderer.site;
        let title = match self.renderer.views.place_of(view)? {
            Place::Page(page) => site.page(*page).title.clone(),
            Place::Generated(_) => self.strings(lang).get(&format!("views.{}", view.key())).to_owned(),
        };
        let href = self.out.link_to(self.renderer.views.path(site, view)?);
        Some(RecordContext { key: view.key(), title, href })
    }

    fn toc(&self, id: PageId) -> Vec<TocEntry> {
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

    fn children(&self, section: SectionId) -> Vec<ChildContext> {
        let site = &self.renderer.site;
        let published = site.section(section).children.iter().filter(|child| site.is_child_published(**child));
        published.map(|child| self.child(*child)).collect()
    }

    fn child(&self, child: Child) -> ChildContext {
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

    fn checklist<'i>(&self, items: impl Iterator<Item = &'i ChecklistItem>, lang: Lang) -> ChecklistContext {
        let items: Vec<&ChecklistItem> = items.collect();
        let total = items.len();
        let open = items.iter().filter(|item| item.is_open()).count();
        let done = items.iter().filter(|item| item.status.value.known() == Some(Status::Done)).count();
        let percent = |count: usize| (count * 100).checked_div(total).unwrap_or(0);
        let keys = Status::ALL.into_iter().map(Status::key).chain(["unknown"]);
        let count = |status: &'static str| items.iter().filter(|item| status_key(item) == status).count();
        let by_status = keys.map(|status| (status, count(status))).filter(|(_, count)| *count > 0);
        let contexts: Vec<ItemContext> = items.iter().map(|item| self.item(item, lang)).collect();
        ChecklistContext {
            total,
            done,
            open,
            percent: percent(done),
            ready: total > 0 && open == 0,
            by_status: by_status
                .map(|(status, count)| StatusCount { status, count, percent: percent(count) })
                .collect(),
            owners: owners(&items, &contexts),
            items: contexts,
        }
    }

    fn item(&self, item: &ChecklistItem, lang: Lang) -> ItemContext {
        let text = |field: &Option<Spanned<String>>| field.as_ref().map(|text| text.value.clone());
        let html =
            |field: &Spanned<String>| self.entity_html(item.file, field, item.origin != ItemOrigin::FrontMatter, lang);
        ItemContext {
            id: item.id.clone(),
            text: item.text.value.clone(),
            text_html: html(&item.text),
            owner: item.owner.value.name().map(str::to_owned),
            status: status_key(item),
            status_text: item.status_text.clone(),
            phase: text(&item.phase),
            due: text(&item.due),
            evidence_html: item.evidence.as_ref().map(html),
            reason_html: item.reason.as_ref().map(html),
            blocked_by: text(&item.blocked_by),
            href: self.href_in(item.file, &item.id),
            source: self.source_of(item.file, item.span.start),
        }
    }

    /// A field of an entity: a piece of the page's Markdown, or text that stands in YAML.
    fn entity_html(&self, file: FileId, field: &Spanned<String>, is_markdown: bool, lang: Lang) -> String {
        match self.renderer.site.page_of(file) {
            Some(page) if is_markdown => self.html(page, lang).inline(field.span),
            _ => escaped(&field.value),
        }
    }

    fn href_in(&self, file: FileId, anchor: &str) -> String {
        let site = &self.renderer.site;
        let path = site.page_of(file).map(|page| &site.page(page).out).filter(|path| *path != self.out);
        format!("{}#{anchor}", path.map(|path| self.out.link_to(path)).unwrap_or_default())
    }

    fn source_of(&self, file: FileId, offset: u32) -> String {
        let source = &self.renderer.site.sources[file];
        format!("{}:{}", source.path, source.position(offset as usize).line)
    }

    fn flags(&self, wanted: impl Fn(&Flag) -> bool, lang: Lang) -> Vec<FlagContext> {
        self.renderer
            .site
            .plan
            .flags
            .iter()
            .filter(|flag| wanted(flag))
            .map(|flag| self.flag_context(flag, lang))
            .collect()
    }

    fn flag_context(&self, flag: &Flag, lang: Lang) -> FlagContext {
        let key = &flag.key.value;
        let text = |field: &Option<Spanned<String>>| field.as_ref().map(|text| text.value.clone());
        let html = |field: &Spanned<String>| self.entity_html(flag.file, field, !flag.in_front_matter, lang);
        let events: Vec<&FlagEvent> =
            self.renderer.site.plan.events.iter().filter(|event| event.flag.value == *key).collect();
        FlagContext {
            id: crate::words::slug(key),
            href: self.renderer.views.flag_page(key).map(|page| self.out.link_to(page)).unwrap_or_default(),
            description_html: flag.description.as_ref().map(html).unwrap_or_default(),
            default: text(&flag.default),
            default_on: flag.default_on,
            remarks_html: flag.remarks.as_ref().map(html),
            owner: text(&flag.owner),
            source: self.source_of(flag.file, flag.span.start),
            event_count: events.len(),
            current: events.last().and_then(|event| text(&event.to)),
            key: key.clone(),
        }
    }

    /// Changes of flags, newest first.
    fn events(&self, wanted: impl Fn(&FlagEvent) -> bool, lang: Lang) -> Vec<EventContext> {
        let text = |field: &Option<Spanned<String>>| field.as_ref().map(|text| text.value.clone());
        let context = |event: &FlagEvent| EventContext {
            date: event.date.as_ref().map(|date| Date::read(&date.value, lang)),
            flag: event.flag.value.clone(),
            flag_href: self.renderer.views.flag_page(&event.flag.value).map(|page| self.out.link_to(page)),
            scope: text(&event.scope),
            from: text(&event.from),
            to: text(&event.to),
            author: text(&event.author),
            reason_html: event.reason.as_ref().map(|it| self.entity_html(event.file, it, !event.in_front_matter, lang)),
        };
        self.renderer.site.plan.events.iter().rev().filter(|event| wanted(event)).map(context).collect()
    }

    fn used_in(&self, key: &str) -> Vec<UsedIn> {
        let site = &self.renderer.site;
        let uses = site.flag_uses.get(key).into_iter().flatten().filter(|(page, _)| site.is_published(*page));
        uses.map(|(page, count)| {
            let link = self.link_to_page(*page);
            UsedIn { title: link.title, href: link.href, count: *count }
        })
        .collect()
    }

    fn readiness(&self, lang: Lang) -> Option<ReadinessContext> {
        let views = &self.renderer.views;
        View::ALL.iter().any(|view| views.place_of(*view).is_some()).then(|| {
            let plan = &self.renderer.site.plan;
            let checklist = self.checklist(plan.items(), lang);
            let mut attention: Vec<ItemContext> =
                checklist.items.iter().filter(|item| needs_attention(item)).cloned().collect();
            attention.sort_by_key(urgency);
            let open: Vec<&ChecklistItem> = plan.items().filter(|item| item.is_open()).collect();
            let contexts: Vec<ItemContext> = open.iter().map(|item| self.item(item, lang)).collect();
            ReadinessContext {
                attention,
                owners: owners(&open, &contexts),
                flags: self.flags(|_| true, lang),
                revision: self.latest_revision(lang),
                records: View::ALL.into_iter().filter_map(|view| self.record(view, lang)).collect(),
                checklist,
            }
        })
    }

    fn latest_revision(&self, lang: Lang) -> Option<RevisionContext> {
        self.renderer.revisions.len().checked_sub(1).map(|last| self.revision_context(last, lang))
    }

    fn revision_context(&self, index: usize, lang: Lang) -> RevisionContext {
        let revision = &self.renderer.revisions[index];
        let changes = revision.changes(self.parent(index));
        let count = |wanted: fn(&Change) -> bool| changes.iter().filter(|(_, change)| wanted(change)).count();
        RevisionContext {
            number: revision.number,
            label: revision.label(),
            message: revision.message.clone(),
            author: revision.author.clone(),
            date: Date::new(revision.date.date_naive(), lang),
            phase: revision.phase.clone(),
            href: self.out.link_to(&self.renderer.views.revision_pages()[index]),
            added: count(|change| matches!(change, Change::Added)),
            changed: count(|change| matches!(change, Change::Changed)),
            removed: count(|change| matches!(change, Change::Removed)),
            renamed: count(|change| matches!(change, Change::Renamed { .. })),
            total: revision.files.len(),
            hash: revision.hash.clone(),
            parent: revision.parent.clone(),
            summary: summary(revision),
        }
    }

    fn parent(&self, index: usize) -> Option<&'a Revision> {
        index.checked_sub(1).map(|parent| &self.renderer.revisions[parent])
    }

    fn revision_link(&self, index: usize, lang: Lang) -> Option<LinkTo> {
        let revision = self.renderer.revisions.get(index)?;
        let title = self.strings(lang).fill("header.revision", "label", &revision.label());
        Some(LinkTo { title, href: self.out.link_to(&self.renderer.views.revision_pages()[index]) })
    }

    fn files(&self, index: usize) -> Vec<FileContext> {
        let revision = &self.renderer.revisions[index];
        let records: BTreeMap<&str, _> = revision.files.iter().map(|file| (file.path.as_str(), file)).collect();
        let file = |(path, change): (&str, Change)| {
            let record = records.get(path);
            FileContext {
                path: path.to_owned(),
                bytes: record.map_or(0, |record| record.bytes),
                stored_in: record.map_or_else(String::new, |record| format!("{:04}", record.revision)),
                change: match change {
                    Change::Added => "added",
                    Change::Changed => "changed",
                    Change::Renamed { .. } => "renamed",
                    Change::Unchanged => "unchanged",
                    Change::Removed => "removed",
                },
                from: if let Change::Renamed { from } = change { Some(from) } else { None },
            }
        };
        revision.changes(self.parent(index)).into_iter().map(file).collect()
    }
}

fn status_key(item: &ChecklistItem) -> &'static str {
    item.status.value.known().map_or("unknown", Status::key)
}

/// Who owes what, those with the most open items first; items without an owner come before all.
fn owners(items: &[&ChecklistItem], contexts: &[ItemContext]) -> Vec<OwnerContext> {
    let mut owners: Vec<OwnerContext> = Vec::new();
    let mut places: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for (item, context) in items.iter().zip(contexts) {
        let at = *places.entry(context.owner.as_deref()).or_insert_with(|| {
            owners.push(OwnerContext { name: context.owner.clone(), open: 0, total: 0, items: Vec::new() });
            owners.len() - 1
        });
        owners[at].total += 1;
        owners[at].open += usize::from(item.is_open());
        owners[at].items.push(context.clone());
    }
    owners.iter_mut().for_each(|owner| owner.items.sort_by_key(urgency));
    owners.sort_by_key(|owner| (owner.name.is_some(), std::cmp::Reverse(owner.open)));
    owners
}

fn needs_attention(item: &ItemContext) -> bool {
    matches!(item.status, "blocked" | "failed" | "at_risk" | "unknown")
        || (item.owner.is_none() && item.status != "done")
}

fn urgency(item: &ItemContext) -> usize {
    let order = ["blocked", "failed", "unknown", "at_risk"];
    order.iter().position(|status| *status == item.status).unwrap_or(order.len())
}

fn summary(revision: &Revision) -> Option<SummaryContext> {
    let count = |status: &str| revision.summary.items.get(status).copied().unwrap_or_default();
    let total: usize = revision.summary.items.values().sum();
    let done = count(Status::Done.key());
    let open = total - done - count(Status::NotApplicable.key());
    (total > 0).then_some(SummaryContext { total, done, open })
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut out, text);
    out
}

/// The footer's Markdown, with raw HTML treated as in pages. It has no links to pages.
fn footer_html(footer: &str, raw: RawHtml) -> String {
    let mut open = OpenElements::default();
    let events = pulldown_cmark::Parser::new(footer).map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) if raw == RawHtml::Safe => {
            let mut safe = String::new();
            sanitize(&html, &mut open, &mut safe, is_safe_url);
            Event::InlineHtml(safe.into())
        }
        Event::Start(Tag::Link { dest_url, .. }) if raw == RawHtml::Safe && !is_safe_url(&dest_url) => {
            Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url: "".into(),
                title: "".into(),
                id: "".into(),
            })
        }
        event => event,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    open.close_to(0, &mut html);
    html
}
