//! `phases/vague-criteria`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{CriterionReading, Site};
use crate::say;
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds criteria of phases that are a judgement with no number, no reference and nobody who judges: `positive feedback`. A
    /// criterion that says that something has happened (`Contract signed`) is not vague.
    ///
    /// ## Why it matters
    /// Whoever wants to go on finds the feedback positive; whoever does not, does not. The discussion comes on the day on which
    /// there is no time for it.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria     |
    /// |-------|------------|-------------------|
    /// | Pilot | 2026-02-02 | positive feedback |
    /// | GA    | 2026-02-09 | Launch approved   |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria                          |
    /// |-------|------------|----------------------------------------|
    /// | Pilot | 2026-02-02 | positive feedback according to Success |
    /// | GA    | 2026-02-09 | Launch approved                        |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static VAGUE_CRITERIA = "phases/vague-criteria", Warning, check;
}

/// Words that judge, by the beginnings that they share in the three languages.
const JUDGING: [&str; 26] = [
    "positiv",
    "negativ",
    "buen",
    "good",
    "bom",
    "boa",
    "bons",
    "boas",
    "satisf",
    "adecuad",
    "adequa",
    "acept",
    "accept",
    "aceit",
    "razonab",
    "reasonab",
    "razoav",
    "estab",
    "stabl",
    "estav",
    "suficient",
    "sufficient",
    "exitos",
    "success",
    "content",
    "happy",
];
/// Words by which somebody is named who judges.
const JUDGES: [&str; 9] =
    ["segun", "por", "by", "according", "conforme", "segundo", "firma", "signature", "assinatura"];
/// Words that say that something has happened and are no participles.
const FACTS: [&str; 16] = [
    "listo", "lista", "listos", "listas", "hecho", "hecha", "done", "complete", "live", "signed", "pronto", "pronta",
    "prontos", "prontas", "abierto", "abierta",
];

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let judges = judges(cx.site);
    for phase in &cx.site.plan.phases {
        for criterion in phase.entry.iter().chain(&phase.exit) {
            let text = &criterion.text;
            let written = cx.site.sources[phase.file].slice(text.span);
            if criterion.reading != CriterionReading::Judgement || !is_vague(&text.value, written, &judges) {
                continue;
            }
            let quoted = quoted(&text.value);
            let message = say!(
                lang,
                en: "{quoted} is a judgement: no number, no reference, and nobody who judges",
                es: "{quoted} es una apreciación: no tiene número, ni referencia, ni quién la juzgue",
                pt: "{quoted} é uma apreciação: não tem número, nem referência, nem quem a julgue"
            );
            let help = say!(
                lang,
                en: "write a comparison (`CSAT ≥ 4/5`), name an item of the checklist, or say who judges (`according to the PM`)",
                es: "escriba una comparación (`CSAT ≥ 4/5`), nombre un ítem del checklist o diga quién lo juzga (`según el PM`)",
                pt: "escreva uma comparação (`CSAT ≥ 4/5`), indique um item do checklist ou diga quem julga (`segundo o PM`)"
            );
            let finding = cx.report(phase.file, text.span, message).help(help).about(&phase.id);
            finding.owner(said(phase.owner.as_ref()));
        }
    }
}

/// The roles and people of the plan, folded.
fn judges(site: &Site) -> Vec<String> {
    let plan = &site.plan;
    let items = plan.items().filter_map(|item| item.owner.value.name());
    let phases = plan.phases.iter().filter_map(|phase| said(phase.owner.as_ref()));
    let metrics = plan.metrics.iter().filter_map(|metric| said(metric.owner.as_ref()));
    let people = site.config.people.iter().map(|person| person.name.value.as_str());
    items.chain(phases).chain(metrics).chain(people).map(fold).filter(|name| name.len() > 1).collect()
}

/// Whether a judgement has neither a number, nor a reference (code or a link), nor somebody who judges.
fn is_vague(text: &str, written: &str, judges: &[String]) -> bool {
    let folded = fold(text);
    let names_judge = folded.split(' ').any(|word| JUDGES.contains(&word))
        || judges.iter().any(|judge| format!(" {folded} ").contains(&format!(" {judge} ")));
    let refers = written.contains('`') || written.contains("](") || written.contains("://");
    let has_number = text.contains(|c: char| c.is_ascii_digit());
    !has_number && !refers && !names_judge && !folded.is_empty() && (judges_something(&folded) || !is_fact(&folded))
}

fn judges_something(folded: &str) -> bool {
    folded.split(' ').any(|word| JUDGING.iter().any(|judging| word.starts_with(judging)))
}

/// Whether it says that something has happened: with a participle, as far as its ending shows.
fn is_fact(folded: &str) -> bool {
    folded.split([' ', '/']).any(|word| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        let participle = ["ado", "ada", "ido", "ida", "ed"].iter().any(|ending| singular.ends_with(ending));
        FACTS.contains(&word) || (word.len() > 4 && participle)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judgements_without_a_measure_are_vague() {
        for text in ["feedback positivo", "Clientes contentos", "good feedback", "rendimiento adecuado", "equipe feliz"]
        {
            assert!(is_vague(text, text, &[]), "{text}");
        }
        for text in ["Backups probados", "Contract signed", "feedback positivo según CS", "visto bueno de Steering QA"]
        {
            assert!(!is_vague(text, text, &["steering".to_owned()]), "{text}");
        }
        assert!(!is_vague("feedback positivo (encuesta)", "feedback positivo ([encuesta](e.md))", &[]));
    }
}
