//! `flags/future-event`

use crate::check::Context;
use crate::check::flags::chains::day;
use crate::check::flags::owner_of;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::say;

rule! {
    /// ## What it does
    /// Finds recorded changes of a flag that lie in the future. `rollbook check --now 2026-04-01` asks for another day than today.
    ///
    /// ## Why it matters
    /// The record says what was done. A plan in it reads as if it had happened, and whoever follows it in an incident returns
    /// to a value that never was.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Previous value | New value | Who    | Why         |
    /// |------------|----------------|----------------|-----------|--------|-------------|
    /// | 2199-10-20 | `NEW_CHECKOUT` | `false`        | `true`    | DevOps | Pilot opens |
    /// ```
    ///
    /// ## Use instead
    /// Write what is planned into the phases, and what was done here:
    ///
    /// ```markdown
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Previous value | New value | Who    | Why         |
    /// |------------|----------------|----------------|-----------|--------|-------------|
    /// | 2025-10-20 | `NEW_CHECKOUT` | `false`        | `true`    | DevOps | Pilot opens |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static FUTURE_EVENT = "flags/future-event", Error, check, clock;
}

fn check(cx: &mut Context<'_>) {
    let (lang, now) = (cx.lang, cx.now);
    for event in &cx.site.plan.events {
        let (Some(date), Some(day)) = (&event.date, day(event)) else { continue };
        if day <= now {
            continue;
        }
        let key = quoted(&event.flag.value);
        let message = say!(
            lang,
            en: "the change of {key} is recorded for {day}, and today is {now}",
            es: "el cambio de {key} está anotado para el {day}, y hoy es {now}",
            pt: "a mudança de {key} está anotada para {day}, e hoje é {now}"
        );
        let help = say!(
            lang,
            en: "correct the date, or write what is planned into the phases until it is done",
            es: "corrija la fecha, o escriba lo planeado en las fases hasta que se haga",
            pt: "corrija a data, ou escreva o que está planejado nas fases até que seja feito"
        );
        let owner = owner_of(cx, &event.flag.value);
        cx.report(event.file, date.span, message).help(help).about(&*event.flag.value).owner(owner);
    }
}
