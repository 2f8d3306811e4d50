//! `plan/placeholder`

use std::collections::BTreeMap;

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{Kind, PageId, Plan, Site};
use crate::say;
use crate::source::{FileId, Span, Spanned};

rule! {
    /// ## What it does
    /// Finds words that keep a place on published pages: `TODO:`, `TBD`, `XXX`, `FIXME`, `lorem ipsum`, `to be defined`; and, in plans,
    /// notes such as "(pending)" or "(create)". It looks at plans and manuals, not at plain pages, code or comments; and not where
    /// another rule judges: owners, statuses, rollback steps. The word has to stand as a mark (in capitals, in parentheses, behind a
    /// colon, or alone), so that a manual can speak of `todo`.
    ///
    /// ## Why it matters
    /// The plan is read by people who cannot know what should have stood there, and the manual by customers.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: manual
    /// ---
    ///
    /// Write to support. Opening hours: TBD
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: manual
    /// ---
    ///
    /// Write to support. Opening hours: 9 to 18.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static PLACEHOLDER = "plan/placeholder", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let mut judged: Option<BTreeMap<FileId, Vec<Span>>> = None;
    for (index, document) in cx.site.documents.iter().enumerate() {
        let page = PageId(index);
        let kind = cx.site.page(page).kind;
        let in_body = document.placeholders.iter().filter(|it| it.span.start as usize >= document.body);
        for placeholder in in_body.filter(|it| kind.is_part_of_a_plan() || (kind == Kind::Manual && !it.is_note)) {
            let judged = judged.get_or_insert_with(|| judged_elsewhere(cx.site));
            let covers = |span: &Span| span.contains(placeholder.span.start);
            if !cx.site.is_published(page) || judged.get(&document.file).is_some_and(|spans| spans.iter().any(covers)) {
                continue;
            }
            let mark = quoted(&placeholder.text);
            let message = say!(
                lang,
                en: "{mark} stands where something is still to be written",
                es: "{mark} ocupa el lugar de algo que falta escribir",
                pt: "{mark} ocupa o lugar de algo que falta escrever"
            );
            let help = if placeholder.is_note {
                say!(
                    lang,
                    en: "do it and remove the note, or make it an item of the checklist with an owner",
                    es: "hágalo y quite la nota, o conviértalo en un ítem del checklist con responsable",
                    pt: "faça-o e retire a nota, ou transforme-o em um item do checklist com responsável"
                )
            } else {
                say!(
                    lang,
                    en: "write what belongs here, or make the page a draft with `draft: true`",
                    es: "escriba lo que va aquí, o deje la página como borrador con `draft: true`",
                    pt: "escreva o que vai aqui, ou deixe a página como rascunho com `draft: true`"
                )
            };
            let owner = cx.site.page(page).owner.as_deref();
            cx.report(document.file, placeholder.span, message).help(help).about(&placeholder.text).owner(owner);
        }
    }
}

/// Places that another rule judges, by file.
fn judged_elsewhere(site: &Site) -> BTreeMap<FileId, Vec<Span>> {
    let mut judged: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for (file, span) in judged_places(&site.plan) {
        judged.entry(file).or_default().push(span);
    }
    judged
}

fn judged_places(plan: &Plan) -> Vec<(FileId, Span)> {
    let mut places: Vec<(FileId, Span)> = Vec::new();
    places.extend(plan.items().map(|item| (item.file, item.span)));
    places.extend(plan.rollbacks.iter().flat_map(|it| it.steps.iter().map(|step| (it.file, step.span))));
    places.extend(plan.flags.iter().flat_map(|it| it.blanks.iter().map(|blank| (it.file, blank.span))));
    places.extend(plan.events.iter().flat_map(|it| it.blanks.iter().map(|blank| (it.file, blank.span))));
    let mut add = |file: FileId, fields: &[&Option<Spanned<String>>]| {
        places.extend(fields.iter().copied().flatten().map(|field| (file, field.span)));
    };
    plan.flags.iter().for_each(|it| add(it.file, &[&it.owner, &it.default, &it.description, &it.expires]));
    plan.events.iter().for_each(|it| add(it.file, &[&it.date, &it.from, &it.to, &it.author, &it.reason]));
    plan.phases.iter().for_each(|it| add(it.file, &[&it.owner, &it.window]));
    plan.metrics.iter().for_each(|it| add(it.file, &[&it.owner, &it.source, &it.threshold]));
    plan.communications.iter().for_each(|it| add(it.file, &[&it.owner, &it.date, &it.channel, &it.audience]));
    plan.risks.iter().for_each(|it| add(it.file, &[&it.owner, &it.mitigation, &it.score]));
    places
}
