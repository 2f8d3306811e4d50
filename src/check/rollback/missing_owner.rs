//! `rollback/missing-owner`

use crate::check::Context;
use crate::check::gaps::{page_owner, said};
use crate::check::rollback::beginning;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::lang::Lang;
use crate::model::{Kind, Rollback, RollbackStep};
use crate::say;

rule! {
    /// ## What it does
    /// Finds rollback procedures that do not say who may start them, and, where steps have owners, steps without one. Where no
    /// step has an owner, that is one finding for the procedure. An `owner` in the front matter of a page of kind `rollback` answers
    /// for all of it.
    ///
    /// ## Why it matters
    /// During an incident the slowest step is to find out who may decide.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: rollback
    /// ---
    ///
    /// 1. **Trigger**: a P1 incident.
    /// 2. Disable the new cart.
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: rollback
    /// ---
    ///
    /// 1. **Trigger**: a P1 incident — Owner: Support Lead
    /// 2. Disable the new cart — Owner: DevOps
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_OWNER = "rollback/missing-owner", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    for rollback in &cx.site.plan.rollbacks {
        let lacks = |step: &&RollbackStep| said(step.owner.as_ref()).is_none();
        let whole = said(rollback.owner.as_ref()).or(page_owner(cx.site, rollback.file, Kind::Rollback));
        if whole.is_some() || rollback.steps.is_empty() {
            continue;
        }
        if rollback.steps.iter().all(|step| lacks(&step)) {
            nobody_starts_it(cx, rollback);
        } else {
            rollback.steps.iter().filter(lacks).for_each(|step| nobody_does_it(cx, rollback, step));
        }
    }
}

fn nobody_starts_it(cx: &mut Context<'_>, rollback: &Rollback) {
    let lang = cx.lang;
    let message = say!(
        lang,
        en: "the rollback does not say who may start it, nor who does its steps",
        es: "el rollback no dice quién puede iniciarlo ni quién hace sus pasos",
        pt: "o rollback não diz quem pode iniciá-lo nem quem executa os passos"
    );
    cx.report(rollback.file, beginning(rollback), message).help(help(lang)).about("rollback");
}

fn nobody_does_it(cx: &mut Context<'_>, rollback: &Rollback, step: &RollbackStep) {
    let (lang, name) = (cx.lang, quoted(&step.text.value));
    let message = say!(
        lang,
        en: "the step {name} has no owner",
        es: "el paso {name} no tiene responsable",
        pt: "o passo {name} não tem responsável"
    );
    cx.report(rollback.file, step.text.span, message).help(help(lang)).about(&step.id);
}

fn help(lang: Lang) -> String {
    say!(
        lang,
        en: "write the role behind the step, for example `— Owner: DevOps`",
        es: "escriba el rol tras el paso, por ejemplo `— Responsable: DevOps`",
        pt: "escreva o papel depois do passo, por exemplo `— Responsável: DevOps`"
    )
}
