//! What views of the plan get: items, flags, changes, readiness.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::frame::RecordContext;
use super::history::RevisionContext;
use super::{Common, escaped};
use crate::lang::Lang;
use crate::model::{ChecklistItem, Flag, FlagEvent, ItemOrigin, PageId, Status};
use crate::render::RenderError;
use crate::render::dates::Date;
use crate::render::views::View;
use crate::source::{FileId, Spanned};

#[derive(Serialize)]
pub(super) struct ChecklistContext {
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
pub(super) struct StatusCount {
    status: &'static str,
    count: usize,
    percent: usize,
}

#[derive(Serialize)]
pub(super) struct OwnerContext {
    name: Option<String>,
    open: usize,
    total: usize,
    items: Vec<ItemContext>,
}

#[derive(Clone, Serialize)]
pub(super) struct ItemContext {
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
pub(super) struct FlagContext {
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
pub(super) struct EventContext {
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
pub(super) struct ReadinessContext {
    checklist: ChecklistContext,
    attention: Vec<ItemContext>,
    owners: Vec<OwnerContext>,
    flags: Vec<FlagContext>,
    revision: Option<RevisionContext>,
    records: Vec<RecordContext>,
}

#[derive(Serialize)]
pub(super) struct UsedIn {
    title: String,
    href: String,
    count: usize,
}

impl<'a> Common<'a> {
    pub(super) fn checklist<'i>(&self, items: impl Iterator<Item = &'i ChecklistItem>, lang: Lang) -> ChecklistContext {
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

    pub(super) fn item(&self, item: &ChecklistItem, lang: Lang) -> ItemContext {
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
    pub(super) fn entity_html(&self, file: FileId, field: &Spanned<String>, is_markdown: bool, lang: Lang) -> String {
        match self.renderer.site.page_of(file) {
            Some(page) if is_markdown => self.html(page, lang).inline(field.span),
            _ => escaped(&field.value),
        }
    }

    pub(super) fn href_in(&self, file: FileId, anchor: &str) -> String {
        let site = &self.renderer.site;
        let path = site.page_of(file).map(|page| &site.page(page).out).filter(|path| *path != self.out);
        format!("{}#{anchor}", path.map(|path| self.out.link_to(path)).unwrap_or_default())
    }

    pub(super) fn source_of(&self, file: FileId, offset: u32) -> String {
        let source = &self.renderer.site.sources[file];
        format!("{}:{}", source.path, source.position(offset as usize).line)
    }

    pub(super) fn flags(&self, wanted: impl Fn(&Flag) -> bool, lang: Lang) -> Vec<FlagContext> {
        self.renderer
            .site
            .plan
            .flags
            .iter()
            .filter(|flag| wanted(flag))
            .map(|flag| self.flag_context(flag, lang))
            .collect()
    }

    pub(super) fn flag_context(&self, flag: &Flag, lang: Lang) -> FlagContext {
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
    pub(super) fn events(&self, wanted: impl Fn(&FlagEvent) -> bool, lang: Lang) -> Vec<EventContext> {
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

    pub(super) fn used_in(&self, key: &str) -> Vec<UsedIn> {
        let site = &self.renderer.site;
        let uses = site.flag_uses.get(key).into_iter().flatten().filter(|(page, _)| site.is_published(*page));
        uses.map(|(page, count)| {
            let link = self.link_to_page(*page);
            UsedIn { title: link.title, href: link.href, count: *count }
        })
        .collect()
    }

    pub(super) fn readiness(&self, lang: Lang) -> Option<ReadinessContext> {
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

    /// Items, flags and changes that stand in the page's front matter, as tables: the body does not show them.
    pub(super) fn front_matter_entities(&self, id: PageId, lang: Lang) -> Result<String, RenderError> {
        let site = &self.renderer.site;
        let document = site.document(id);
        if document.front_matter.entities.is_empty() {
            return Ok(String::new());
        }
        let items = document.plan.checklists.iter().flat_map(|list| &list.items);
        let items = items.filter(|item| item.origin == ItemOrigin::FrontMatter).map(|item| self.item(item, lang));
        let mut context = Context::new();
        context.insert_value("t", self.strings(lang).value());
        context.insert("items", &items.collect::<Vec<_>>());
        context.insert("flags", &self.flags(|flag| flag.file == document.file && flag.in_front_matter, lang));
        context.insert("events", &self.events(|event| event.file == document.file && event.in_front_matter, lang));
        let rendered = self.renderer.templates.render("partials/front-matter-entities.html", &context);
        rendered.map_err(|error| RenderError { output: self.out.to_string(), error })
    }
}

pub(super) fn status_key(item: &ChecklistItem) -> &'static str {
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
