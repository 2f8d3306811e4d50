//! `metrics/missing-owner`

use crate::check::Context;
use crate::check::gaps::{has_owner, report_gaps};
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds metrics that nobody answers for. Where no metric of a page has an owner, that is one finding for all of them.
    /// An `owner` in the front matter of a page of kind `metrics` answers for all on it.
    ///
    /// ## Why it matters
    /// A figure that nobody watches is looked at after the incident. Somebody has to notice when it turns.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: metrics
    /// ---
    ///
    /// | Metric     | Source | Target | Owner     |
    /// |------------|--------|--------|-----------|
    /// | Crash rate | Sentry | < 1 %  | QA Lead   |
    /// | Adoption   | Looker | ≥ 60 % |           |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: metrics
    /// ---
    ///
    /// | Metric     | Source | Target | Owner     |
    /// |------------|--------|--------|-----------|
    /// | Crash rate | Sentry | < 1 %  | QA Lead   |
    /// | Adoption   | Looker | ≥ 60 % | Data Team |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_OWNER = "metrics/missing-owner", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let site = cx.site;
    let message = |name: &str, all: Option<usize>| match all {
        Some(count) => say!(
            lang,
            en: "none of the {count} metrics has an owner",
            es: "ninguna de las {count} métricas tiene responsable",
            pt: "nenhuma das {count} métricas tem responsável"
        ),
        None => say!(
            lang,
            en: "the metric {name} has no owner",
            es: "la métrica {name} no tiene responsable",
            pt: "a métrica {name} não tem responsável"
        ),
    };
    let help = say!(
        lang,
        en: "add a column `Owner` with the role that watches the figure, for example `Data Team`",
        es: "agregue una columna `Responsable` con el rol que vigila la cifra, por ejemplo `Data Team`",
        pt: "acrescente uma coluna `Responsável` com o papel que acompanha o número, por exemplo `Data Team`"
    );
    report_gaps(cx, &site.plan.metrics, |it| has_owner(site, it), message, &help);
}
