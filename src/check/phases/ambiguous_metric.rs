//! `phases/ambiguous-metric`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::lang::Lang;
use crate::model::{Comparison, CriterionReading, Metric};
use crate::say;
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds criteria of phases whose number can be read in two ways: an NPS or a satisfaction without its scale, a time or a
    /// share without its unit, a percentage that cannot be reached. A scale in the name of the metric is enough.
    ///
    /// ## Why it matters
    /// An NPS runs from -100 to 100, and yet many call the average of a question from 0 to 10 by the same name. `NPS ≥ 8` is nearly
    /// always passed by the one and nearly never by the other.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria   |
    /// |-------|------------|-----------------|
    /// | Pilot | 2026-02-02 | NPS ≥ 8         |
    /// | GA    | 2026-02-09 | Launch approved |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates      | Exit criteria           |
    /// |-------|------------|-------------------------|
    /// | Pilot | 2026-02-02 | NPS (-100 to 100) ≥ 30  |
    /// | GA    | 2026-02-09 | Launch approved         |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static AMBIGUOUS_METRIC = "phases/ambiguous-metric", Warning, check;
}

/// In which way a number is not clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    /// An NPS that could be an average.
    Nps,
    /// A score without the highest one.
    Scale,
    /// A time without a unit.
    Time,
    /// A share without `%`.
    Share,
    /// A share above 100 %.
    TooMuch,
}

const SCORES: [&str; 12] = [
    "csat",
    "ces",
    "satisfaccion",
    "satisfaction",
    "satisfacao",
    "rating",
    "calificacion",
    "puntuacion",
    "valoracion",
    "avaliacao",
    "nota",
    "puntaje",
];
const TIMES: [&str; 9] =
    ["latencia", "latency", "tiempo", "time", "tempo", "duracion", "duration", "duracao", "demora"];
const SHARES: [&str; 13] = [
    "tasa",
    "rate",
    "taxa",
    "porcentaje",
    "percentage",
    "porcentagem",
    "adopcion",
    "adoption",
    "adocao",
    "uptime",
    "disponibilidad",
    "availability",
    "disponibilidade",
];
const GROWTH: [&str; 10] = [
    "crecimiento",
    "growth",
    "crescimento",
    "aumento",
    "increase",
    "incremento",
    "capacidad",
    "capacity",
    "capacidade",
    "carga",
];

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let plan = &cx.site.plan;
    for phase in &plan.phases {
        for criterion in phase.entry.iter().chain(&phase.exit) {
            let CriterionReading::Comparison(comparison) = &criterion.reading else { continue };
            let Some(doubt) = doubt(comparison, &criterion.text.value) else { continue };
            if doubt != Doubt::TooMuch && plan.metrics.iter().any(|metric| gives_scale(metric, comparison)) {
                continue;
            }
            let (message, help) = words(lang, doubt, &quoted(&criterion.text.value));
            let finding = cx.report(phase.file, criterion.text.span, message).help(help).about(&phase.id);
            finding.owner(said(phase.owner.as_ref()));
        }
    }
}

fn doubt(comparison: &Comparison, text: &str) -> Option<Doubt> {
    let subject = fold(&comparison.subject);
    let speaks_of = |words: &[&str]| subject.split(' ').any(|word| words.contains(&word));
    let number = comparison.quantity.number;
    match comparison.quantity.unit.as_deref() {
        Some("%") if !(0.0..=100.0).contains(&number) && !speaks_of(&GROWTH) => Some(Doubt::TooMuch),
        Some(_) => None,
        None if has_scale(text) => None,
        None if speaks_of(&["nps"]) => (0.0..=10.0).contains(&number).then_some(Doubt::Nps),
        None if speaks_of(&SCORES) => Some(Doubt::Scale),
        None if speaks_of(&SHARES) => (number > 0.0).then_some(Doubt::Share),
        None if speaks_of(&TIMES) => (number > 0.0).then_some(Doubt::Time),
        None => None,
    }
}

/// Whether a text names the two ends of a scale or its highest value: `0-10`, `1 a 5`, `/10`, `-100`.
fn has_scale(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let is_number = |word: &str| word.parse::<u32>().is_ok();
    let between =
        words.windows(3).any(|it| is_number(it[0]) && matches!(it[1], "a" | "to" | "al" | "ate") && is_number(it[2]));
    let joined = text.split_whitespace().any(|word| {
        let ends = word.trim_matches(|c: char| !c.is_ascii_digit()).split_once(['-', '–', '/']);
        ends.is_some_and(|(low, high)| is_number(low) && is_number(high))
    });
    between
        || joined
        || text.contains("/10")
        || text.contains("/5")
        || text.contains("-100")
        || ["escala", "scale", "promedio", "average", "media"].iter().any(|word| words.contains(word))
}

/// Whether the metric is what the comparison speaks of, and says its scale or unit.
fn gives_scale(metric: &Metric, comparison: &Comparison) -> bool {
    let (name, subject) = (fold(&metric.name.value), fold(&comparison.subject));
    let same = subject.split(' ').any(|word| word.len() > 2 && name.split(' ').any(|other| other == word));
    let unit = metric.target.as_ref().is_some_and(|target| target.quantity.unit.is_some());
    let threshold = metric.threshold.as_ref().is_some_and(|threshold| has_scale(&threshold.value));
    same && (unit || threshold || has_scale(&metric.name.value))
}

fn words(lang: Lang, doubt: Doubt, text: &str) -> (String, String) {
    match doubt {
        Doubt::Nps => (
            say!(
                lang,
                en: "{text}: an NPS runs from -100 to 100, so this may be an average from 0 to 10 as well",
                es: "{text}: un NPS va de -100 a 100, así que también podría ser un promedio de 0 a 10",
                pt: "{text}: um NPS vai de -100 a 100, então também poderia ser uma média de 0 a 10"
            ),
            say!(
                lang,
                en: "write the scale, for example `NPS (-100 to 100) ≥ 30` or `average ≥ 8/10`",
                es: "escriba la escala, por ejemplo `NPS (-100 a 100) ≥ 30` o `promedio ≥ 8/10`",
                pt: "escreva a escala, por exemplo `NPS (-100 a 100) ≥ 30` ou `média ≥ 8/10`"
            ),
        ),
        Doubt::Scale => (
            say!(
                lang,
                en: "{text} does not say out of how many",
                es: "{text} no dice sobre cuántos puntos",
                pt: "{text} não diz de quantos pontos"
            ),
            say!(lang, en: "write the highest value, for example `≥ 4/5`", es: "escriba el máximo, por ejemplo `≥ 4/5`", pt: "escreva o máximo, por exemplo `≥ 4/5`"),
        ),
        Doubt::Time => (
            say!(lang, en: "{text} has no unit of time", es: "{text} no tiene unidad de tiempo", pt: "{text} não tem unidade de tempo"),
            say!(lang, en: "write the unit, for example `300 ms` or `2 s`", es: "escriba la unidad, por ejemplo `300 ms` o `2 s`", pt: "escreva a unidade, por exemplo `300 ms` ou `2 s`"),
        ),
        Doubt::Share => (
            say!(lang, en: "{text} has no unit", es: "{text} no tiene unidad", pt: "{text} não tem unidade"),
            say!(lang, en: "write the unit, for example `99.9 %`", es: "escriba la unidad, por ejemplo `99,9 %`", pt: "escreva a unidade, por exemplo `99,9 %`"),
        ),
        Doubt::TooMuch => (
            say!(
                lang,
                en: "{text}: a share cannot be more than 100 %",
                es: "{text}: una proporción no puede pasar de 100 %",
                pt: "{text}: uma proporção não pode passar de 100 %"
            ),
            say!(
                lang,
                en: "write a value from 0 to 100 %, or say that it is a growth",
                es: "escriba un valor de 0 a 100 %, o diga que es un crecimiento",
                pt: "escreva um valor de 0 a 100 %, ou diga que é um crescimento"
            ),
        ),
    }
}
