//! `metrics/missing-threshold`

use crate::check::Context;
use crate::check::gaps::{Gap, gaps, said};
use crate::check::rule::rule;
use crate::check::wording::quoted;
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
    let gaps = gaps(&cx.site.plan.metrics, |metric| metric.file, |metric| said(metric.threshold.as_ref()).is_some());
    for Gap { entry: metric, all } in gaps {
        let name = quoted(&metric.name.value);
        let (message, subject) = match all {
            Some(count) => (
                say!(
                    lang,
                    en: "none of the {count} metrics says what value it has to reach",
                    es: "ninguna de las {count} métricas dice qué valor debe alcanzar",
                    pt: "nenhuma das {count} métricas diz que valor deve alcançar"
                ),
                "metrics",
            ),
            None => (
                say!(
                    lang,
                    en: "the metric {name} does not say what value it has to reach",
                    es: "la métrica {name} no dice qué valor debe alcanzar",
                    pt: "a métrica {name} não diz que valor deve alcançar"
                ),
                metric.id.as_str(),
            ),
        };
        let help = say!(
            lang,
            en: "add a column `Target` with a comparison, for example `≥ 60 %`",
            es: "agregue una columna `Objetivo` con una comparación, por ejemplo `≥ 60 %`",
            pt: "acrescente uma coluna `Meta` com uma comparação, por exemplo `≥ 60 %`"
        );
        cx.report(metric.file, metric.name.span, message).help(help).about(subject).owner(said(metric.owner.as_ref()));
    }
}
