//! `metrics/missing-threshold`

use crate::check::Context;
use crate::check::gaps::{report_gaps, said};
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds metrics without a target. Where no metric of a page has one, that is one finding for all of them.
    ///
    /// ## Why it matters
    /// Without a value to reach, any value is good enough once the date has come.
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
    /// | Adoption   | Looker | TBD    | Data Team |
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
    pub static MISSING_THRESHOLD = "metrics/missing-threshold", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let site = cx.site;
    let message = |name: &str, all: Option<usize>| match all {
        Some(count) => say!(
            lang,
            en: "none of the {count} metrics says what value it has to reach",
            es: "ninguna de las {count} métricas dice qué valor debe alcanzar",
            pt: "nenhuma das {count} métricas diz que valor deve alcançar"
        ),
        None => say!(
            lang,
            en: "the metric {name} does not say what value it has to reach",
            es: "la métrica {name} no dice qué valor debe alcanzar",
            pt: "a métrica {name} não diz que valor deve alcançar"
        ),
    };
    let help = say!(
        lang,
        en: "add a column `Target` with a comparison, for example `≥ 60 %`",
        es: "agregue una columna `Objetivo` con una comparación, por ejemplo `≥ 60 %`",
        pt: "acrescente uma coluna `Meta` com uma comparação, por exemplo `≥ 60 %`"
    );
    report_gaps(cx, &site.plan.metrics, |it| said(it.threshold.as_ref()).is_some(), message, &help);
}
