//! `plan/missing-section`

use crate::check::Context;
use crate::check::plan::{PARTS, documents, empty_part, is_whole_plan, present};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::diagnostic::Severity;
use crate::fields::{FieldSpec, FieldType};
use crate::lang::Lang;
use crate::model::{Document, Kind, PageId, Site};
use crate::say;
use crate::source::{FileId, Span};

rule! {
    /// ## What it does
    /// Finds plans that lack a part: flags, phases, rollback, communications, checklist or risks. The whole site counts, so that
    /// each part may have a page of its own. It speaks where at least three parts are there, or four where no page is of kind
    /// `plan`. Parts that a code block swallows, which is opened and never closed, are a warning.
    ///
    /// ## Why it matters
    /// A part that was forgotten looks like a part that is in order: no rule finds anything in it.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: plan
    /// ---
    ///
    /// ## Flags
    ///
    /// No flag is changed.
    ///
    /// ## Rollback
    ///
    /// See the runbook of the platform.
    ///
    /// ## Communication plan
    ///
    /// Nothing is announced.
    ///
    /// ## Go-live checklist
    ///
    /// | Item           | Owner   | Status  |
    /// |----------------|---------|---------|
    /// | Trainings held | Success | Pending |
    ///
    /// ## Risks
    ///
    /// None.
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: plan
    /// ---
    ///
    /// ## Flags
    ///
    /// No flag is changed.
    ///
    /// ## Phases
    ///
    /// All at once, on the day of the release.
    ///
    /// ## Rollback
    ///
    /// See the runbook of the platform.
    ///
    /// ## Communication plan
    ///
    /// Nothing is announced.
    ///
    /// ## Go-live checklist
    ///
    /// | Item           | Owner   | Status  |
    /// |----------------|---------|---------|
    /// | Trainings held | Success | Pending |
    ///
    /// ## Risks
    ///
    /// None.
    /// ```
    ///
    /// ## Options
    /// `sections`: the parts that a plan of this house should have, instead of all six. For example `[phases, rollback, checklist]`.
    pub static MISSING_SECTION = "plan/missing-section", Info, check, options: &[FieldSpec { name: "sections", takes: FieldType::TextList }];
}

fn check(cx: &mut Context<'_>) {
    swallowed(cx);
    let present = present(cx.site);
    let Some(document) = plan_page(cx.site) else { return };
    let wanted = cx.options().texts("sections");
    let is_wanted = |part: &str| wanted.as_ref().is_none_or(|wanted| wanted.contains(&part));
    // `rollback/missing-plan` tells of the rollback wherever something is turned on.
    let told = |part: &str| part == "rollback" && (present.contains("phases") || present.contains("flags"));
    let missing = PARTS.into_iter().filter(|part| !present.contains(part) && is_wanted(part) && !told(part));
    for part in missing.filter(|_| is_whole_plan(cx.site, &present)) {
        let place = empty_part(cx.site, part).unwrap_or((document.file, place(document)));
        is_missing(cx, place, part);
    }
}

/// Parts inside of a code block that nobody closed, on pages that could be a plan.
fn swallowed(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (index, document) in cx.site.documents.iter().enumerate() {
        let may_be_a_plan = document.front_matter.kind.as_ref().is_none_or(|kind| kind.value.is_part_of_a_plan());
        let Some(swallowed) = document.swallowed.as_ref().filter(|_| may_be_a_plan) else { continue };
        if !cx.site.is_published(PageId(index)) {
            continue;
        }
        let names = swallowed.headings.iter().map(|heading| quoted(heading)).collect::<Vec<_>>().join(", ");
        let message = say!(
            lang,
            en: "a code block that is never closed swallows {names}",
            es: "un bloque de código que no se cierra se traga {names}",
            pt: "um bloco de código que não é fechado engole {names}"
        );
        let help = say!(
            lang,
            en: "close the block with a line of its own that repeats these marks",
            es: "cierre el bloque con una línea que repita estas marcas",
            pt: "feche o bloco com uma linha que repita estas marcas"
        );
        let finding = cx.report(document.file, swallowed.fence, message).help(help).about("code");
        finding.severity(Severity::Warning);
    }
}

fn is_missing(cx: &mut Context<'_>, (file, span): (FileId, Span), part: &'static str) {
    let lang = cx.lang;
    let title = title(lang, part);
    let name = quoted(&title);
    let message = say!(
        lang,
        en: "the plan has no part {name}",
        es: "al plan le falta la parte {name}",
        pt: "falta ao plano a parte {name}"
    );
    let help = say!(
        lang,
        en: "add a section with the heading `## {title}`, on this page or on one of its own",
        es: "agregue una sección con el título `## {title}`, en esta página o en una propia",
        pt: "acrescente uma seção com o título `## {title}`, nesta página ou em uma própria"
    );
    cx.report(file, span, message).help(help).about(part);
}

/// The page to speak of: the first plan, or the first page that holds a part of one.
fn plan_page(site: &Site) -> Option<&Document> {
    let plan = documents(site).find(|(page, _)| site.page(*page).kind == Kind::Plan);
    plan.or_else(|| documents(site).next()).map(|(_, document)| document)
}

/// Where the page says what it is: `kind`, or its first heading.
fn place(document: &Document) -> Span {
    let kind = document.front_matter.kind.as_ref().map(|kind| kind.span);
    let heading = || document.headings.first().map(|heading| Span::at(heading.span.start as usize));
    kind.or_else(heading).unwrap_or_else(|| Span::at(document.body))
}

/// The heading of a part.
fn title(lang: Lang, part: &str) -> String {
    match part {
        "flags" => say!(lang, en: "Feature flags", es: "Feature flags", pt: "Feature flags"),
        "phases" => say!(lang, en: "Phases", es: "Fases", pt: "Fases"),
        "rollback" => say!(lang, en: "Rollback", es: "Procedimiento de rollback", pt: "Plano de rollback"),
        "communications" => {
            say!(lang, en: "Communication plan", es: "Plan de comunicación", pt: "Plano de comunicação")
        }
        "checklist" => say!(lang, en: "Go-live checklist", es: "Checklist de go-live", pt: "Checklist de go-live"),
        _ => say!(lang, en: "Risks", es: "Riesgos", pt: "Riscos"),
    }
}
