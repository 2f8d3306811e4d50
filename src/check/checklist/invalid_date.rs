//! `checklist/invalid-date`

use std::collections::HashSet;

use crate::check::Context;
use crate::check::checklist::{dated, phase_names};
use crate::check::fixes;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::diagnostic::{Safety, Severity};
use crate::lang::Lang;
use crate::say;
use crate::words::{DateReading, fold, read_date};

rule! {
    /// ## What it does
    /// Finds dates in checklists that a program or another reader cannot be sure of: `01/12/2026` is the first of December or
    /// the twelfth of January; `2025-02-30` is no day; `31/12/2025` is certain, but not written as `2025-12-31`; and a text
    /// that names neither a day nor a phase.
    ///
    /// ## Why it matters
    /// A team in two countries reads `01/12/2026` in two ways and misses the date by eleven months. What cannot be read is
    /// never overdue.
    ///
    /// ## Example
    /// ```markdown
    /// | Item | Owner | Status | Due |
    /// |------|-------|--------|-----|
    /// | QA cycles completed | QA Lead | ⏳ | 01/12/2026 |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item | Owner | Status | Due |
    /// |------|-------|--------|-----|
    /// | QA cycles completed | QA Lead | ⏳ | 2026-12-01 |
    /// ```
    ///
    /// ## Options
    /// None. A phase of the plan may stand in the place of a date.
    pub static INVALID_DATE = "checklist/invalid-date", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let phases = phase_names(cx.site);
    for (item, due) in dated(cx.site) {
        let Some(problem) = problem(cx.lang, &phases, &due.value) else { continue };
        let fix =
            problem.day.and_then(|day| fixes::text(cx.site, item.file, due.span, &due.value, &day, Safety::Unsafe));
        let finding = cx.report(item.file, due.span, problem.message).help(problem.help).severity(problem.severity);
        finding.about(item.id.clone()).owner(item.owner.value.name()).fix(fix);
    }
}

struct Problem {
    message: String,
    help: String,
    severity: Severity,
    /// The day, where it is certain.
    day: Option<String>,
}

/// A date that could mislead is an error; one that is only written in another way, or none, is a warning.
fn problem(lang: Lang, phases: &HashSet<String>, written: &str) -> Option<Problem> {
    let name = quoted(written);
    let example = say!(
        lang,
        en: "write year, month and day, for example `2025-10-20`",
        es: "escriba año, mes y día, por ejemplo `2025-10-20`",
        pt: "escreva ano, mês e dia, por exemplo `2025-10-20`"
    );
    let (message, help, severity, day) = match read_date(written) {
        DateReading::Day(_) => return None,
        DateReading::NoDate if phases.contains(&fold(written)) => return None,
        DateReading::Written(day) => {
            let message = say!(
                lang,
                en: "{name} is not written as dates are here",
                es: "{name} no está escrita como las demás fechas",
                pt: "{name} não está escrita como as demais datas"
            );
            (message, did_you_mean(lang, &day.to_string()), Severity::Warning, Some(day.to_string()))
        }
        DateReading::Ambiguous(days) => {
            let days = days.iter().map(|day| format!("`{day}`")).collect::<Vec<_>>().join(", ");
            let message = say!(
                lang,
                en: "{name} can be read in more than one way: {days}",
                es: "{name} se puede leer de más de una manera: {days}",
                pt: "{name} pode ser lida de mais de uma maneira: {days}"
            );
            (message, example, Severity::Error, None)
        }
        DateReading::Impossible => {
            let message = say!(
                lang,
                en: "the calendar has no day {name}",
                es: "el calendario no tiene el día {name}",
                pt: "o calendário não tem o dia {name}"
            );
            (message, example, Severity::Error, None)
        }
        DateReading::NoDate => {
            let message = say!(
                lang,
                en: "{name} names no day, so it can never be overdue",
                es: "{name} no indica un día, así que el ítem nunca figurará como vencido",
                pt: "{name} não indica um dia, por isso o item nunca constará como vencido"
            );
            (message, example, Severity::Warning, None)
        }
    };
    Some(Problem { message, help, severity, day })
}
