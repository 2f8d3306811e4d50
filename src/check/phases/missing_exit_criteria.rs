//! `phases/missing-exit-criteria`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::phases::{lists, named};
use crate::check::rule::rule;
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::model::Phase;
use crate::say;

rule! {
    /// ## What it does
    /// Finds phases that do not say what must be true before the next one begins. For the last phase it is a warning: nothing
    /// follows that could begin too early, and yet nobody knows when the rollout is over. Where no phase of a table says so,
    /// that is one finding for all of them.
    ///
    /// ## Why it matters
    /// Without a criterion the calendar decides, and the calendar always says yes.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria   |
    /// |-------|------------|-----------------|
    /// | Pilot | 2026-02-02 |                 |
    /// | GA    | 2026-02-09 | Launch approved |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria    |
    /// |-------|------------|------------------|
    /// | Pilot | 2026-02-02 | Manual published |
    /// | GA    | 2026-02-09 | Launch approved  |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_EXIT_CRITERIA = "phases/missing-exit-criteria", Error, check;
}

fn check(cx: &mut Context<'_>) {
    for phases in lists(cx.site) {
        if let [first, _, ..] = phases
            && phases.iter().all(lacks)
        {
            none_says(cx, first, phases.len());
            continue;
        }
        for (index, phase) in phases.iter().enumerate().filter(|(_, phase)| lacks(phase)) {
            says_nothing(cx, phase, index + 1 == phases.len());
        }
    }
}

/// Whether it has no exit criterion. The entry criteria of the next phase would say the same, and a list that writes those
/// has them looked at there.
fn lacks(phase: &Phase) -> bool {
    phase.exit.is_empty()
}

fn none_says(cx: &mut Context<'_>, first: &Phase, count: usize) {
    let lang = cx.lang;
    let message = say!(
        lang,
        en: "none of the {count} phases says what must be true before the next one",
        es: "ninguna de las {count} fases dice qué debe cumplirse antes de la siguiente",
        pt: "nenhuma das {count} fases diz o que deve ser cumprido antes da seguinte"
    );
    let finding = cx.report(first.file, first.exit_span, message).help(help(lang)).about("phases");
    finding.owner(said(first.owner.as_ref()));
}

fn says_nothing(cx: &mut Context<'_>, phase: &Phase, is_last: bool) {
    let (lang, name) = (cx.lang, named(phase));
    let (message, severity) = if is_last {
        let message = say!(
            lang,
            en: "the last phase, {name}, does not say when the rollout has succeeded",
            es: "la última fase, {name}, no dice cuándo el rollout ha tenido éxito",
            pt: "a última fase, {name}, não diz quando o rollout teve êxito"
        );
        (message, Severity::Warning)
    } else {
        let message = say!(
            lang,
            en: "the phase {name} has no exit criteria: nothing says when the next one may begin",
            es: "la fase {name} no tiene criterios de avance: nada dice cuándo puede empezar la siguiente",
            pt: "a fase {name} não tem critérios de saída: nada diz quando a seguinte pode começar"
        );
        (message, Severity::Error)
    };
    let finding = cx.report(phase.file, phase.exit_span, message).help(help(lang)).about(&phase.id);
    finding.severity(severity).owner(said(phase.owner.as_ref()));
}

fn help(lang: Lang) -> String {
    say!(
        lang,
        en: "write conditions that can be checked, for example `0 P1 incidents in 7 days; Manuals published`",
        es: "escriba condiciones que se puedan comprobar, por ejemplo `0 incidentes P1 en 7 días; Manuales publicados`",
        pt: "escreva condições que se possam verificar, por exemplo `0 incidentes P1 em 7 dias; Manuais publicados`"
    )
}
