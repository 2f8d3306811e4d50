//! `rollback/missing-plan`

use crate::check::Context;
use crate::check::plan::{empty_part, is_whole_plan, present};
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds plans with phases or flags that have no rollback anywhere on the site, or only an empty heading for it. It speaks where
    /// at least three parts of a plan are there, or four where no page is of kind `plan`. A section in prose counts as one.
    ///
    /// ## Why it matters
    /// A rollout without a way back can only go on, whatever it breaks.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: plan
    /// ---
    ///
    /// ## Flags
    ///
    /// | Flag       | Description  | Default | Owner  |
    /// |------------|--------------|---------|--------|
    /// | `NEW_CART` | The new cart | `false` | DevOps |
    ///
    /// ## Phases
    ///
    /// | Phase | Dates      | Actions           | Exit criteria    |
    /// |-------|------------|-------------------|------------------|
    /// | Pilot | 2026-02-02 | Enable `NEW_CART` | Manual published |
    /// | GA    | 2026-02-09 | Open to everybody | Launch approved  |
    ///
    /// ## Go-live checklist
    ///
    /// | Item           | Owner   | Status  |
    /// |----------------|---------|---------|
    /// | Trainings held | Success | Pending |
    ///
    /// ## Communication plan
    ///
    /// Nothing is announced before the launch.
    ///
    /// ## Risks
    ///
    /// None that is not covered by the pilot.
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
    /// | Flag       | Description  | Default | Owner  |
    /// |------------|--------------|---------|--------|
    /// | `NEW_CART` | The new cart | `false` | DevOps |
    ///
    /// ## Phases
    ///
    /// | Phase | Dates      | Actions           | Exit criteria    |
    /// |-------|------------|-------------------|------------------|
    /// | Pilot | 2026-02-02 | Enable `NEW_CART` | Manual published |
    /// | GA    | 2026-02-09 | Open to everybody | Launch approved  |
    ///
    /// ## Rollback
    ///
    /// 1. **Trigger**: a P1 incident — Owner: DevOps
    /// 2. Disable `NEW_CART` — Owner: DevOps
    ///
    /// ## Go-live checklist
    ///
    /// | Item           | Owner   | Status  |
    /// |----------------|---------|---------|
    /// | Trainings held | Success | Pending |
    ///
    /// ## Communication plan
    ///
    /// Nothing is announced before the launch.
    ///
    /// ## Risks
    ///
    /// None that is not covered by the pilot.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_PLAN = "rollback/missing-plan", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let plan = &cx.site.plan;
    let present = present(cx.site);
    let phase = plan.phases.first().map(|phase| (phase.file, phase.name.span));
    let flag = plan.flags.first().map(|flag| (flag.file, flag.key.span));
    let Some(place) = phase.or(flag) else { return };
    if present.contains("rollback") || !is_whole_plan(cx.site, &present) {
        return;
    }
    let lang = cx.lang;
    let (place, message) = match empty_part(cx.site, "rollback") {
        Some(heading) => {
            let message = say!(
                lang,
                en: "the rollback section is empty",
                es: "la sección de rollback está vacía",
                pt: "a seção de rollback está vazia"
            );
            (heading, message)
        }
        None => {
            let message = say!(
                lang,
                en: "the plan has no rollback",
                es: "el plan no tiene procedimiento de rollback",
                pt: "o plano não tem procedimento de rollback"
            );
            (place, message)
        }
    };
    let help = say!(
        lang,
        en: "add a section `Rollback` with numbered steps: what sets it off, which flags are turned off, who does it",
        es: "agregue una sección `Procedimiento de rollback` con pasos numerados: qué lo dispara, qué flags se apagan, quién lo hace",
        pt: "acrescente uma seção `Plano de rollback` com passos numerados: o que o dispara, que flags se desligam, quem o faz"
    );
    cx.report(place.0, place.1, message).help(help).about("rollback");
}
