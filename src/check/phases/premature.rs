//! `phases/premature`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::phases::{is_item_of, lists, named};
use crate::check::rule::rule;
use crate::check::wording::{item as item_name, quoted};
use crate::model::{ChecklistItem, CriterionReading, Phase, Plan, Status};
use crate::say;

rule! {
    /// ## What it does
    /// Finds phases that have begun while a criterion of the phase before is open, and phases that are called done while one of
    /// their own criteria, or an item of the checklist that belongs to them, is open. A criterion is open where it names an item of
    /// the checklist that is not done.
    ///
    /// ## Why it matters
    /// This is how a gate is passed without anybody deciding it: the next thing has simply begun.
    ///
    /// ## Example
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria     | Status      |
    /// |-------|------------|-------------------|-------------|
    /// | Pilot | 2026-02-02 | Manuals published | In progress |
    /// | GA    | 2026-03-02 | Launch approved   | In progress |
    /// ```
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item              | Owner   | Status  |
    /// |-------------------|---------|---------|
    /// | Manuals published | Product | Pending |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria     | Status      |
    /// |-------|------------|-------------------|-------------|
    /// | Pilot | 2026-02-02 | Manuals published | In progress |
    /// | GA    | 2026-03-02 | Launch approved   | Pending     |
    /// ```
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item              | Owner   | Status  |
    /// |-------------------|---------|---------|
    /// | Manuals published | Product | Pending |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static PREMATURE = "phases/premature", Error, check;
}

fn check(cx: &mut Context<'_>) {
    for phases in lists(cx.site) {
        for (index, phase) in phases.iter().enumerate() {
            let before = index.checked_sub(1).map(|index| &phases[index]);
            if is(phase, Status::Done) {
                done_too_early(cx, phase);
            } else if has_begun(phase)
                && let Some(before) = before.filter(|before| !is(before, Status::Done))
            {
                begun_too_early(cx, before, phase);
            }
        }
    }
}

fn is(phase: &Phase, status: Status) -> bool {
    phase.status.as_ref().and_then(|written| written.value.known()) == Some(status)
}

fn has_begun(phase: &Phase) -> bool {
    is(phase, Status::InProgress) || is(phase, Status::AtRisk)
}

/// The first criterion whose item is open: as written, with the item.
fn open_criterion<'a>(plan: &'a Plan, phase: &'a Phase) -> Option<(&'a str, &'a ChecklistItem)> {
    phase.exit.iter().find_map(|criterion| match criterion.reading {
        CriterionReading::Item { checklist, item } => {
            let item = plan.checklists.get(checklist)?.items.get(item)?;
            item.is_open().then_some((criterion.text.value.as_str(), item))
        }
        _ => None,
    })
}

fn begun_too_early(cx: &mut Context<'_>, before: &Phase, phase: &Phase) {
    let Some((criterion, item)) = open_criterion(&cx.site.plan, before) else { return };
    let (name, previous, criterion) = (named(phase), named(before), quoted(criterion));
    let lang = cx.lang;
    let message = say!(
        lang,
        en: "{name} has begun, and yet {previous} still waits for {criterion}",
        es: "{name} ya empezó, pero {previous} todavía espera {criterion}",
        pt: "{name} já começou, mas {previous} ainda espera {criterion}"
    );
    report(cx, phase, message, item);
}

fn done_too_early(cx: &mut Context<'_>, phase: &Phase) {
    let plan = &cx.site.plan;
    let of_the_phase = || {
        let belongs = |item: &&ChecklistItem| item.required && item.is_open() && is_item_of(item, phase);
        plan.items().find(belongs).map(|item| (item.text.value.as_str(), item))
    };
    let Some((open, item)) = open_criterion(plan, phase).or_else(of_the_phase) else { return };
    let (lang, name, open) = (cx.lang, named(phase), quoted(open));
    let message = say!(
        lang,
        en: "{name} is called done, and yet {open} is open",
        es: "{name} figura como terminada, pero {open} sigue abierto",
        pt: "{name} consta como concluída, mas {open} continua em aberto"
    );
    report(cx, phase, message, item);
}

fn report(cx: &mut Context<'_>, phase: &Phase, message: String, item: &ChecklistItem) {
    let lang = cx.lang;
    let place = phase.status.as_ref().map_or(phase.name.span, |status| status.span);
    let help = say!(
        lang,
        en: "finish the item and set its status, or set the phase back",
        es: "termine el ítem y actualice su estado, o devuelva la fase a su estado anterior",
        pt: "conclua o item e atualize o status, ou volte a fase ao status anterior"
    );
    let label = item_name(lang, item);
    let open = say!(lang, en: "{label} is not done", es: "{label} no está hecho", pt: "{label} não está concluído");
    let owner = said(phase.owner.as_ref()).or_else(|| item.owner.value.name());
    let finding = cx.report(phase.file, place, message).help(help).about(&phase.id).owner(owner);
    finding.label(item.file, item.status.span, open);
}
