//! `rollback/missing-trigger`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::rollback::beginning;
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds rollback procedures that do not say what sets them off: no step or line about detection, no `Trigger`, and no section
    /// with stop criteria anywhere in the plan.
    ///
    /// ## Why it matters
    /// Without a line drawn beforehand, each hour of an incident ends with "let us wait a little longer".
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: rollback
    /// ---
    ///
    /// 1. Disable the new cart — Owner: DevOps
    /// 2. Tell the tenants — Owner: Support
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: rollback
    /// ---
    ///
    /// 1. **Trigger**: a P1 incident, or 5 % failed orders in an hour — Owner: DevOps
    /// 2. Disable the new cart — Owner: DevOps
    /// 3. Tell the tenants — Owner: Support
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_TRIGGER = "rollback/missing-trigger", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let parts = cx.site.documents.iter().flat_map(|document| &document.parts);
    if parts.into_iter().any(|part| part.key == "stop_criteria" && !part.is_empty) {
        return;
    }
    for rollback in &cx.site.plan.rollbacks {
        if said(rollback.trigger.as_ref()).is_some() || rollback.steps.is_empty() {
            continue;
        }
        let message = say!(
            lang,
            en: "the rollback does not say what sets it off",
            es: "el rollback no dice qué lo dispara",
            pt: "o rollback não diz o que o dispara"
        );
        let help = say!(
            lang,
            en: "begin with a step such as `**Trigger**: a P1 incident, or 5 % failed orders in an hour`",
            es: "empiece con un paso como `**Disparador**: incidente P1, o 5 % de órdenes fallidas en una hora`",
            pt: "comece com um passo como `**Gatilho**: incidente P1, ou 5 % de pedidos com falha em uma hora`"
        );
        let owner = said(rollback.owner.as_ref());
        cx.report(rollback.file, beginning(rollback), message).help(help).about("rollback").owner(owner);
    }
}
