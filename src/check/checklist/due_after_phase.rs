//! `checklist/due-after-phase`

use chrono::NaiveDate;

use crate::check::Context;
use crate::check::checklist::dated;
use crate::check::phases::{self, named};
use crate::check::rule::rule;
use crate::check::wording::item as item_name;
use crate::lang::Lang;
use crate::model::{ChecklistItem, Criterion, CriterionReading, Phase, Site};
use crate::say;
use crate::source::Spanned;
use crate::words::read_date;

rule! {
    /// ## What it does
    /// Finds open checklist items whose date comes too late for their phase. What a phase asks for before it begins has to be ready on
    /// its first day. What belongs to a phase, by its column or as one of its exit criteria, has to be ready on its last day; where no
    /// last day is written, on the day on which the next phase begins; and where there is none either, on its own first day. Phases
    /// without dates, such as `Week 1`, say nothing.
    ///
    /// ## Why it matters
    /// Everybody can be on time, and the phase still cannot end when it should. One of the two dates is a slip, and it is
    /// cheaper to see that now than on the day.
    ///
    /// ## Example
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates                   | Exit criteria    |
    /// |-------|-------------------------|------------------|
    /// | Pilot | 2025-11-03 – 2025-11-14 | Manual published |
    /// | GA    | 2025-12-01              | Launch approved  |
    /// ```
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item           | Owner   | Status  | Phase | Due        |
    /// |----------------|---------|---------|-------|------------|
    /// | Trainings held | Success | Pending | Pilot | 2025-11-21 |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates                   | Exit criteria    |
    /// |-------|-------------------------|------------------|
    /// | Pilot | 2025-11-03 – 2025-11-14 | Manual published |
    /// | GA    | 2025-12-01              | Launch approved  |
    /// ```
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item           | Owner   | Status  | Phase | Due        |
    /// |----------------|---------|---------|-------|------------|
    /// | Trainings held | Success | Pending | Pilot | 2025-11-12 |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static DUE_AFTER_PHASE = "checklist/due-after-phase", Warning, check;
}

/// A day on which an item has to be ready.
struct Deadline<'a> {
    /// The phase that begins or ends on it.
    phase: &'a Phase,
    day: &'a Spanned<NaiveDate>,
    begins: bool,
}

fn check(cx: &mut Context<'_>) {
    let site = cx.site;
    for (item, due) in dated(site).filter(|(item, _)| item.is_open()) {
        let Some(day) = read_date(&due.value).day() else { continue };
        let earliest = deadlines(site, item).min_by_key(|deadline| deadline.day.value);
        if let Some(deadline) = earliest.filter(|deadline| deadline.day.value < day) {
            report(cx, item, due, day, &deadline);
        }
    }
}

/// Every day on which the phases of the plan wait for an item.
fn deadlines<'a>(site: &'a Site, item: &'a ChecklistItem) -> impl Iterator<Item = Deadline<'a>> {
    phases::lists(site).flat_map(move |list| {
        list.iter().enumerate().flat_map(move |(index, phase)| {
            let before = asks_for(site, &phase.entry, item).then(|| begin(phase)).flatten();
            let of_phase = phases::is_item_of(item, phase) || asks_for(site, &phase.exit, item);
            let after = of_phase.then(|| end(phase, list.get(index + 1))).flatten();
            before.into_iter().chain(after)
        })
    })
}

fn asks_for(site: &Site, criteria: &[Criterion], item: &ChecklistItem) -> bool {
    criteria.iter().any(|criterion| match criterion.reading {
        CriterionReading::Item { checklist, item: index } => {
            let meant = site.plan.checklists.get(checklist).and_then(|list| list.items.get(index));
            meant.is_some_and(|meant| std::ptr::eq(meant, item))
        }
        _ => false,
    })
}

fn begin(phase: &Phase) -> Option<Deadline<'_>> {
    phase.start.as_ref().map(|day| Deadline { phase, day, begins: true })
}

fn end<'a>(phase: &'a Phase, next: Option<&'a Phase>) -> Option<Deadline<'a>> {
    let last_day = phase.end.as_ref().map(|day| Deadline { phase, day, begins: false });
    last_day.or_else(|| next.and_then(begin)).or_else(|| begin(phase))
}

fn report(cx: &mut Context<'_>, item: &ChecklistItem, due: &Spanned<String>, day: NaiveDate, deadline: &Deadline<'_>) {
    let lang = cx.lang;
    let (name, phase, last) = (item_name(lang, item), named(deadline.phase), deadline.day.value);
    let message = if deadline.begins {
        say!(
            lang,
            en: "{name} is due on {day}, after {phase} begins ({last})",
            es: "{name} vence el {day}, después del inicio de {phase} ({last})",
            pt: "{name} vence em {day}, depois do início de {phase} ({last})"
        )
    } else {
        say!(
            lang,
            en: "{name} is due on {day}, after {phase} ends ({last})",
            es: "{name} vence el {day}, después del fin de {phase} ({last})",
            pt: "{name} vence em {day}, depois do fim de {phase} ({last})"
        )
    };
    let finding = cx.report(item.file, due.span, message).help(help(lang, last));
    let finding = finding.about(item.id.clone()).owner(item.owner.value.name());
    let the_phase = say!(lang, en: "the date of the phase", es: "la fecha de la fase", pt: "a data da fase");
    finding.label(deadline.phase.file, deadline.day.span, the_phase);
}

fn help(lang: Lang, last: NaiveDate) -> String {
    say!(
        lang,
        en: "write {last} or an earlier day, give the item to a later phase, or move the phase",
        es: "escriba {last} o un día anterior, pase el ítem a una fase posterior, o cambie la fecha de la fase",
        pt: "escreva {last} ou um dia anterior, passe o item para uma fase posterior, ou mude a data da fase"
    )
}
