//! `phases/unknown-phase`

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::phases::{named, short_name};
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::diagnostic::Severity;
use crate::model::{Phase, Plan};
use crate::say;
use crate::source::{FileId, Spanned};
use crate::words::{fold, is_placeholder, nearest};

rule! {
    /// ## What it does
    /// Finds checklist items that belong to a phase which the plan does not have. Moments of communications and removal dates of
    /// flags may name a phase too, or say something else; they are only found, as a warning, where they come near to a phase's name.
    ///
    /// ## Why it matters
    /// An item of a phase that does not exist keeps no gate shut: no phase waits for it.
    ///
    /// ## Example
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria    |
    /// |-------|------------|------------------|
    /// | Pilot | 2026-02-02 | Manual published |
    /// | GA    | 2026-02-09 | Launch approved  |
    /// ```
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item              | Owner   | Status  | Phase |
    /// |-------------------|---------|---------|-------|
    /// | Trainings held    | Success | Pending | Pilto |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria    |
    /// |-------|------------|------------------|
    /// | Pilot | 2026-02-02 | Manual published |
    /// | GA    | 2026-02-09 | Launch approved  |
    /// ```
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item              | Owner   | Status  | Phase |
    /// |-------------------|---------|---------|-------|
    /// | Trainings held    | Success | Pending | Pilot |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNKNOWN_PHASE = "phases/unknown-phase", Error, check;
}

/// A place that names a phase, or may name one.
struct Naming<'a> {
    file: FileId,
    written: &'a Spanned<String>,
    subject: &'a str,
    owner: Option<&'a str>,
    /// Whether it can only name a phase.
    surely: bool,
}

fn check(cx: &mut Context<'_>) {
    let plan = &cx.site.plan;
    if plan.phases.is_empty() {
        return;
    }
    let mut told = BTreeSet::new();
    for naming in namings(plan).filter(|naming| !is_known(plan, &naming.written.value)) {
        let names: Vec<(String, &Phase)> = plan.phases.iter().map(|phase| (fold(short_name(phase)), phase)).collect();
        let folded = fold(&naming.written.value);
        let near = nearest(&folded, names.iter().map(|(name, _)| name.as_str()));
        let near = near.and_then(|near| names.iter().find(|(name, _)| name == near));
        // A name that many items use is one mistake, or a word that Rollbook does not understand.
        if (naming.surely || near.is_some()) && told.insert((naming.file, folded.clone())) {
            report(cx, &naming, near.map(|(_, phase)| *phase));
        }
    }
}

fn report(cx: &mut Context<'_>, naming: &Naming<'_>, near: Option<&Phase>) {
    let (lang, written) = (cx.lang, quoted(&naming.written.value));
    let message = say!(
        lang,
        en: "no phase of the plan is called {written}",
        es: "ninguna fase del plan se llama {written}",
        pt: "nenhuma fase do plano se chama {written}"
    );
    let help = near.map_or_else(
        || {
            let names = cx.site.plan.phases.iter().map(named).collect::<Vec<_>>().join(", ");
            say!(lang, en: "the phases are {names}", es: "las fases son {names}", pt: "as fases são {names}")
        },
        |near| did_you_mean(lang, short_name(near)),
    );
    let finding =
        cx.report(naming.file, naming.written.span, message).help(help).about(naming.subject).owner(naming.owner);
    finding.severity(if naming.surely { Severity::Error } else { Severity::Warning });
}

fn namings(plan: &Plan) -> impl Iterator<Item = Naming<'_>> {
    let items = plan.items().filter_map(|item| {
        let owner = item.owner.value.name();
        Some(Naming { file: item.file, written: item.phase.as_ref()?, subject: &item.id, owner, surely: true })
    });
    let moments = plan.communications.iter().filter_map(|it| {
        let owner = said(it.owner.as_ref());
        Some(Naming { file: it.file, written: it.moment.as_ref()?, subject: &it.id, owner, surely: false })
    });
    let flags = plan.flags.iter().filter_map(|flag| {
        let owner = said(flag.owner.as_ref());
        let written = flag.expires.as_ref().filter(|expires| expires.value.parse::<NaiveDate>().is_err())?;
        Some(Naming { file: flag.file, written, subject: &flag.key.value, owner, surely: false })
    });
    items.chain(moments).chain(flags)
}

/// Whether every phase that a value names exists: `Piloto, GA`, `Piloto / GA`, `Piloto → GA`, `Fase 2`, `todas`.
fn is_known(plan: &Plan, written: &str) -> bool {
    let is_one = |text: &str| {
        let text = text.trim();
        is_placeholder(text) || names_a_phase(plan, text)
    };
    is_one(written)
        || written.split([',', ';', '/', '+', '&', '→', '–', '—']).all(is_one)
        || [" y ", " e ", " and ", " a "].iter().any(|and| written.contains(and) && written.split(and).all(is_one))
}

fn names_a_phase(plan: &Plan, text: &str) -> bool {
    let folded = fold(text);
    let is_number = folded.bytes().all(|byte| byte.is_ascii_digit());
    let all = ["todas", "todos", "all", "any", "cualquiera", "todas las fases", "all phases", "todas as fases"];
    is_number
        || all.contains(&folded.as_str())
        || plan.phases.iter().any(|phase| {
            text == phase.id
                || contains_words(&fold(&phase.name.value), &folded)
                || contains_words(&folded, &fold(short_name(phase)))
        })
}

/// Whether the words of `part` stand in `text` one behind the other.
fn contains_words(text: &str, part: &str) -> bool {
    !part.is_empty() && format!(" {text} ").contains(&format!(" {part} "))
}
