//! `phases/missing-dates`

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::phases::{lists, named, week, window};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::lang::Lang;
use crate::model::{Phase, Site};
use crate::say;
use crate::source::Span;
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds phases without a date. `Week 2` is enough where the first phase says on which day the weeks begin. Where no phase
    /// of a table has a date, that is one finding for all of them.
    ///
    /// ## Why it matters
    /// "Week 1" of what? Marketing, support and the customers each count from another day.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase          | Exit criteria    |
    /// |----------------|------------------|
    /// | Pilot (week 1) | Manual published |
    /// | GA (week 2)    | Launch approved  |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates                   | Exit criteria    |
    /// |-------|-------------------------|------------------|
    /// | Pilot | 2026-02-02 – 2026-02-06 | Manual published |
    /// | GA    | 2026-02-09              | Launch approved  |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_DATES = "phases/missing-dates", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    for phases in lists(cx.site) {
        if let [first, _, ..] = phases
            && !phases.iter().any(|phase| has_date(cx.site, phase))
        {
            none_has_a_date(cx, first, phases.len());
            continue;
        }
        let weeks_count_from_a_day = phases.first().is_some_and(|first| has_date(cx.site, first));
        for phase in phases.iter().filter(|phase| !has_date(cx.site, phase)) {
            let window = window(cx.site, phase);
            if !(weeks_count_from_a_day && window.as_ref().is_some_and(|window| week(&window.value).is_some())) {
                has_none(cx, phase, window.map(|window| window.span));
            }
        }
    }
}

fn has_date(site: &Site, phase: &Phase) -> bool {
    phase.start.is_some() || phase.end.is_some() || window(site, phase).is_some_and(|window| names_day(&window.value))
}

/// Whether a text names a day in whatever form: `2026-02-02`, `2/3`, `20 de octubre`, `Oct 20`.
fn names_day(text: &str) -> bool {
    const MONTHS: [&str; 18] = [
        "ene", "jan", "feb", "fev", "mar", "abr", "apr", "may", "mai", "jun", "jul", "ago", "aug", "sep", "set", "oct",
        "out", "nov",
    ];
    let folded = fold(text);
    let mut words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let in_digits = words.any(|word| {
        let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
        parts.len() > 1 && (parts.len() == 3 || word.contains('/')) && parts.iter().all(|part| is_number(part))
    });
    let in_words = || {
        let month = |word: &str| MONTHS.iter().chain(&["dic", "dec", "dez"]).any(|month| word.starts_with(month));
        text.contains(|c: char| c.is_ascii_digit()) && folded.split(' ').any(month)
    };
    in_digits || in_words()
}

fn none_has_a_date(cx: &mut Context<'_>, first: &Phase, count: usize) {
    let lang = cx.lang;
    let weeks = window(cx.site, first).filter(|window| week(&window.value).is_some());
    let message = match weeks.as_ref().map(|weeks| quoted(&weeks.value)) {
        Some(window) => say!(
            lang,
            en: "none of the {count} phases has a date: {window} does not say of which day it counts",
            es: "ninguna de las {count} fases tiene fecha: {window} no dice desde qué día se cuenta",
            pt: "nenhuma das {count} fases tem data: {window} não diz a partir de que dia se conta"
        ),
        None => say!(
            lang,
            en: "none of the {count} phases has a date",
            es: "ninguna de las {count} fases tiene fecha",
            pt: "nenhuma das {count} fases tem data"
        ),
    };
    let place = weeks.map_or(first.name.span, |weeks| weeks.span);
    cx.report(first.file, place, message).help(help(lang)).about("phases").owner(said(first.owner.as_ref()));
}

fn has_none(cx: &mut Context<'_>, phase: &Phase, window: Option<Span>) {
    let (lang, name) = (cx.lang, named(phase));
    let message = say!(lang, en: "the phase {name} has no date", es: "la fase {name} no tiene fecha", pt: "a fase {name} não tem data");
    let place = window.unwrap_or(phase.name.span);
    cx.report(phase.file, place, message).help(help(lang)).about(&phase.id).owner(said(phase.owner.as_ref()));
}

fn help(lang: Lang) -> String {
    say!(
        lang,
        en: "write the days, for example `2026-02-02 – 2026-02-06`; with a date in the first phase, weeks are enough for the others",
        es: "escriba los días, por ejemplo `2026-02-02 – 2026-02-06`; con una fecha en la primera fase, a las demás les bastan las semanas",
        pt: "escreva os dias, por exemplo `2026-02-02 – 2026-02-06`; com uma data na primeira fase, às demais bastam as semanas"
    )
}

#[cfg(test)]
mod tests {
    use super::names_day;

    #[test]
    fn days_are_seen_in_any_form() {
        for text in [
            "2026-02-02",
            "2026-02-02 – 2026-02-06",
            "02/03/2026",
            "20/10",
            "20 de octubre",
            "Oct 20",
            "desde el 3 dez.",
        ] {
            assert!(names_day(text), "{text}");
        }
        for text in ["Semana 2-3", "Q3", "semana 1", "2 días", "marzo", "Fase 1.2", ""] {
            assert!(!names_day(text), "{text}");
        }
    }
}
