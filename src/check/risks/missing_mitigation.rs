//! `risks/missing-mitigation`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::diagnostic::Severity;
use crate::model::{Risk, RiskLevel};
use crate::say;

rule! {
    /// ## What it does
    /// Finds risks against which nothing is planned. Where probability or impact is high, that is an error. Who decides to live
    /// with a risk writes so: `Accepted by Steering`.
    ///
    /// ## Why it matters
    /// A risk that is only named reassures everybody and protects nobody.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: risks
    /// ---
    ///
    /// | Risk            | Probability | Impact | Mitigation | Owner     |
    /// |-----------------|-------------|--------|------------|-----------|
    /// | Slow dashboards | Medium      | High   |            | Data Team |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: risks
    /// ---
    ///
    /// | Risk            | Probability | Impact | Mitigation                     | Owner     |
    /// |-----------------|-------------|--------|--------------------------------|-----------|
    /// | Slow dashboards | Medium      | High   | Watch latency, hide the tables | Data Team |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_MITIGATION = "risks/missing-mitigation", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for risk in cx.site.plan.risks.iter().filter(|risk| said(risk.mitigation.as_ref()).is_none()) {
        let name = quoted(&risk.name.value);
        let message = say!(
            lang,
            en: "nothing is planned against the risk {name}",
            es: "no hay nada previsto contra el riesgo {name}",
            pt: "não há nada previsto contra o risco {name}"
        );
        let help = say!(
            lang,
            en: "write what is done so that it does not happen, or when it does; or who accepts it as it is",
            es: "escriba qué se hace para que no ocurra, o cuando ocurra; o quién lo acepta tal como está",
            pt: "escreva o que se faz para que não ocorra, ou quando ocorrer; ou quem o aceita como está"
        );
        let place = risk.mitigation.as_ref().map_or(risk.name.span, |written| written.span);
        let severity = if is_grave(risk) { Severity::Error } else { Severity::Warning };
        let finding = cx.report(risk.file, place, message).help(help).about(&risk.id).severity(severity);
        finding.owner(said(risk.owner.as_ref()));
    }
}

fn is_grave(risk: &Risk) -> bool {
    let levels = [&risk.probability, &risk.impact];
    levels.into_iter().flatten().filter_map(|level| level.value.level).any(|level| level >= RiskLevel::High)
}
