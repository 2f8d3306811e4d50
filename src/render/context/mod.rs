//! What templates get: plain data, made from the model. `docs/content/themes.md` describes it for theme authors.
//!
//! This file says which template makes which output; what every page gets, what views of the plan get, and what pages of
//! revisions get have files of their own.

mod frame;
mod history;
mod plan;

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use crate::lang::Lang;
use crate::model::{Kind, OutPath, Page, PageId, SectionId};
use crate::render::html::Html;
use crate::render::strings::Strings;
use crate::render::views::View;
use crate::render::{RenderError, Renderer};
use frame::{ChildContext, Frame, LinkTo};

#[derive(Serialize)]
struct SitemapUrl {
    loc: String,
    lastmod: Option<String>,
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
                let items = site.document(id).plan.checklists.iter().flat_map(|checklist| &checklist.items);
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
        let rendered = self.renderer.templates.render_file(template, context);
        rendered.map_err(|error| RenderError { output: self.out.to_string(), error })
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
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut out, text);
    out
}
