//! `metrics/unlinked-criteria`

use std::collections::BTreeSet;

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{Criterion, CriterionReading, Phase};
use crate::say;
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds criteria of phases that measure something which no metric of the plan names. It only speaks where the plan has
    /// metrics at all.
    ///
    /// ## Why it matters
    /// When the day of the decision comes, nobody has the figure: it was never collected.
    ///
    /// ## Example
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria                    |
    /// |-------|------------|----------------------------------|
    /// | Pilot | 2026-02-02 | 0 critical incidents in 7 days   |
    /// | GA    | 2026-03-02 | adoption ≥ 60 %                  |
    /// ```
    /// ```markdown content/metrics.md
    /// ---
    /// kind: metrics
    /// ---
    ///
    /// | Metric   | Source | Target | Owner     |
    /// |----------|--------|--------|-----------|
    /// | Adoption | Looker | ≥ 60 % | Data Team |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/phases.md
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria                    |
    /// |-------|------------|----------------------------------|
    /// | Pilot | 2026-02-02 | 0 critical incidents in 7 days   |
    /// | GA    | 2026-03-02 | adoption ≥ 60 %                  |
    /// ```
    /// ```markdown content/metrics.md
    /// ---
    /// kind: metrics
    /// ---
    ///
    /// | Metric             | Source    | Target | Owner     |
    /// |--------------------|-----------|--------|-----------|
    /// | Adoption           | Looker    | ≥ 60 % | Data Team |
    /// | Critical incidents | PagerDuty | 0      | DevOps    |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNLINKED_CRITERIA = "metrics/unlinked-criteria", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let plan = &cx.site.plan;
    let known: Vec<String> = plan.metrics.iter().flat_map(|metric| topics(&metric.name.value)).collect();
    let mut told = BTreeSet::new();
    for (phase, criterion) in plan.phases.iter().flat_map(criteria).filter(|_| !plan.metrics.is_empty()) {
        let CriterionReading::Comparison(comparison) = &criterion.reading else { continue };
        let topics = topics(&comparison.subject);
        if topics.is_empty() || topics.iter().any(|topic| is_known(topic, &known)) || !told.insert(topics) {
            continue;
        }
        let subject = quoted(&comparison.subject);
        let message = say!(
            lang,
            en: "no metric of the plan measures {subject}",
            es: "ninguna métrica del plan mide {subject}",
            pt: "nenhuma métrica do plano mede {subject}"
        );
        let help = say!(
            lang,
            en: "add it to the metrics, with its source and owner, or write the criterion with the name of a metric that is there",
            es: "agréguela a las métricas, con su fuente y su responsable, o escriba el criterio con el nombre de una que exista",
            pt: "acrescente-a às métricas, com fonte e responsável, ou escreva o critério com o nome de uma que exista"
        );
        let finding = cx.report(phase.file, criterion.text.span, message).help(help).about(&phase.id);
        finding.owner(said(phase.owner.as_ref()));
    }
}

fn criteria(phase: &Phase) -> impl Iterator<Item = (&Phase, &Criterion)> {
    phase.entry.iter().chain(&phase.exit).map(move |criterion| (phase, criterion))
}

/// Words that say nothing of what is measured.
const EMPTY: [&str; 40] = [
    "de", "del", "la", "el", "los", "las", "en", "con", "por", "para", "un", "una", "no", "sin", "al", "of", "the",
    "in", "on", "with", "for", "and", "per", "without", "do", "da", "dos", "das", "em", "com", "um", "uma", "sem",
    "nº", "num", "numero", "number", "total", "media", "promedio",
];

/// What a name is about: its words without the empty ones, each in the singular as far as an `s` tells.
fn topics(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1 && !EMPTY.contains(word));
    words.map(|word| word.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(word).to_owned()).collect()
}

/// Whether a topic is one of those that metrics name: the same word, or one that begins with it ("error", "errore"). `P1` is
/// a severity of bugs.
fn is_known(topic: &str, known: &[String]) -> bool {
    let is_severity = topic
        .strip_prefix("sev")
        .or(topic.strip_prefix(['p', 's']))
        .is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    known.iter().any(|word| {
        let (short, long) = if word.len() < topic.len() { (word.as_str(), topic) } else { (topic, word.as_str()) };
        let same = short == long || (short.len() > 3 && long.len() - short.len() < 3 && long.starts_with(short));
        same || (is_severity
            && ["bug", "sever", "defe", "incid", "err", "fall", "falh"].iter().any(|root| word.starts_with(root)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_criterion_knows_its_metric() {
        let known = |subject: &str, metric: &str| topics(subject).iter().any(|topic| is_known(topic, &topics(metric)));
        assert!(known("NPS", "NPS de piloto"));
        assert!(known("IA prompts exitosos", "KPI de IA: prompts exitosos / totales"));
        assert!(known("P1/P0", "Bugs por severidad (Linear/Jira)"));
        assert!(known("errores", "Tasa de error"));
        assert!(!known("incidentes críticos", "Bugs por severidad (Linear/Jira)"));
        assert!(!known("uso", "NPS de piloto"));
    }
}
