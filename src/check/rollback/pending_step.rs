//! `rollback/pending-step`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::say;

rule! {
    /// ## What it does
    /// Finds rollback steps that cannot be done yet: they hold "(pending)", "(create)", `TBD`, `TODO` or the like, in any of the
    /// languages.
    ///
    /// ## Why it matters
    /// A way back that is still to be built is no way back. It has to be there before the first flag is turned on.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: rollback
    /// ---
    ///
    /// 1. **Trigger**: a P1 incident — Owner: DevOps
    /// 2. Run the clean-up script (pending) — Owner: DevOps
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: rollback
    /// ---
    ///
    /// 1. **Trigger**: a P1 incident — Owner: DevOps
    /// 2. Run the clean-up script — Owner: DevOps
    /// ```
    ///
    /// ## Options
    /// None.
    pub static PENDING_STEP = "rollback/pending-step", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for rollback in &cx.site.plan.rollbacks {
        let Some(page) = cx.site.page_of(rollback.file) else { continue };
        let placeholders = &cx.site.document(page).placeholders;
        for step in &rollback.steps {
            for placeholder in placeholders.iter().filter(|it| step.span.contains(it.span.start)) {
                let (mark, name) = (quoted(&placeholder.text), quoted(&step.text.value));
                let message = say!(
                    lang,
                    en: "the rollback step {name} cannot be done yet: {mark}",
                    es: "el paso de rollback {name} todavía no se puede hacer: {mark}",
                    pt: "o passo de rollback {name} ainda não pode ser feito: {mark}"
                );
                let help = say!(
                    lang,
                    en: "finish what is missing and remove the mark, or write a step that works today",
                    es: "termine lo que falta y quite la marca, o escriba un paso que funcione hoy",
                    pt: "conclua o que falta e retire a marca, ou escreva um passo que funcione hoje"
                );
                let owner = said(step.owner.as_ref()).or(said(rollback.owner.as_ref()));
                cx.report(rollback.file, placeholder.span, message).help(help).about(&step.id).owner(owner);
            }
        }
    }
}
