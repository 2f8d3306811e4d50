//! `plan/inconsistent-status`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{ChecklistItem, Document, Kind, PageId, Site, Status};
use crate::say;

rule! {
    /// ## What it does
    /// Finds plans whose status, in a line such as `**Status**: In progress` at the top, does not fit their checklist: in progress
    /// while every item is pending, or done while an item is open. Where the page has no checklist, those of the whole site count.
    ///
    /// ## Why it matters
    /// The line at the top is what the steering committee reads. It is also the one that nobody changes.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: plan
    /// ---
    ///
    /// > **Status**: Done
    ///
    /// ## Go-live checklist
    ///
    /// | Item           | Owner   | Status  |
    /// |----------------|---------|---------|
    /// | Trainings held | Success | Pending |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: plan
    /// ---
    ///
    /// > **Status**: Done
    ///
    /// ## Go-live checklist
    ///
    /// | Item           | Owner   | Status |
    /// |----------------|---------|--------|
    /// | Trainings held | Success | Done   |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static INCONSISTENT_STATUS = "plan/inconsistent-status", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    for (index, document) in cx.site.documents.iter().enumerate() {
        let page = PageId(index);
        if cx.site.page(page).kind == Kind::Plan && cx.site.is_published(page) {
            compare(cx, document);
        }
    }
}

fn compare(cx: &mut Context<'_>, document: &Document) {
    let lang = cx.lang;
    let Some(written) = &document.status else { return };
    let items = items(cx.site, document);
    let quoted = quoted(cx.site.sources[document.file].slice(written.span));
    let open = items.iter().filter(|item| item.required && item.is_open()).count();
    let pending = items.iter().filter(|item| item.status.value.known() == Some(Status::Pending)).count();
    let count = items.len();
    let message = match written.value.known() {
        Some(Status::InProgress | Status::AtRisk) if pending == count && count > 0 => say!(
            lang,
            en: "the plan says {quoted}, and yet all items of the checklist ({count}) are pending",
            es: "el plan dice {quoted}, pero todos los ítems del checklist ({count}) están pendientes",
            pt: "o plano diz {quoted}, mas todos os itens do checklist ({count}) estão pendentes"
        ),
        Some(Status::Done) if open > 0 => say!(
            lang,
            en: "the plan says {quoted}, with {open} of {count} items of the checklist open",
            es: "el plan dice {quoted}, con {open} de {count} ítems del checklist abiertos",
            pt: "o plano diz {quoted}, com {open} de {count} itens do checklist em aberto"
        ),
        _ => return,
    };
    let help = say!(
        lang,
        en: "bring the items up to date, or the line at the top",
        es: "actualice los ítems, o la línea del comienzo",
        pt: "atualize os itens, ou a linha do início"
    );
    let owner = document.front_matter.owner.as_ref().map(|owner| owner.value.as_str());
    cx.report(document.file, written.span, message).help(help).about("status").owner(owner);
}

/// The items of the page, or of the whole site where it has none.
fn items<'a>(site: &'a Site, document: &'a Document) -> Vec<&'a ChecklistItem> {
    let own: Vec<&ChecklistItem> = document.plan.items().collect();
    if own.is_empty() { site.plan.items().collect() } else { own }
}
