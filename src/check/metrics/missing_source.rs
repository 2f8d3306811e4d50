//! `metrics/missing-source`

use crate::check::Context;
use crate::check::gaps::{report_gaps, said};
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds metrics that do not say where their figure comes from. Where no metric of a page says so, that is one finding
    /// for all of them.
    ///
    /// ## Why it matters
    /// On the day of the decision two people bring two figures. The source says which of them counts.
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
    /// | Adoption   |        | ≥ 60 % | Data Team |
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
    pub static MISSING_SOURCE = "metrics/missing-source", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let site = cx.site;
    let message = |name: &str, all: Option<usize>| match all {
        Some(count) => say!(
            lang,
            en: "none of the {count} metrics says where its figure comes from",
            es: "ninguna de las {count} métricas dice de dónde sale su cifra",
            pt: "nenhuma das {count} métricas diz de onde vem o seu número"
        ),
        None => say!(
            lang,
            en: "the metric {name} does not say where its figure comes from",
            es: "la métrica {name} no dice de dónde sale su cifra",
            pt: "a métrica {name} não diz de onde vem o seu número"
        ),
    };
    let help = say!(
        lang,
        en: "add a column `Source` with the dashboard, query or survey, for example `Looker`",
        es: "agregue una columna `Fuente` con el tablero, la consulta o la encuesta, por ejemplo `Looker`",
        pt: "acrescente uma coluna `Fonte` com o painel, a consulta ou a pesquisa, por exemplo `Looker`"
    );
    report_gaps(cx, &site.plan.metrics, |it| said(it.source.as_ref()).is_some(), message, &help);
}
