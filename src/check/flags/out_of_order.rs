//! `flags/out-of-order`

use chrono::NaiveDate;

use crate::check::Context;
use crate::check::flags::chains::{day, is_newest_first};
use crate::check::flags::{Group, owner_of, records};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::FlagEvent;
use crate::say;

rule! {
    /// ## What it does
    /// Finds recorded changes of flags that stand before one that is older, and dates that cannot put a change in order: `20/10/2025`,
    /// an empty cell. A record whose newest change is at the top is in order, too.
    ///
    /// ## Why it matters
    /// A record is read from one end. A line that was slipped in is overlooked, and with `01/12/2025` nobody knows which
    /// change was the last.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Scope  | Previous value | New value | Who    | Why         |
    /// |------------|----------------|--------|----------------|-----------|--------|-------------|
    /// | 2025-10-06 | `NEW_CHECKOUT` | shop 1 | `false`        | `true`    | DevOps | Pilot opens |
    /// | 2025-10-15 | `NEW_CHECKOUT` | shop 2 | `false`        | `true`    | DevOps | Pilot grows |
    /// | 2025-10-13 | `NEW_CHECKOUT` | shop 3 | `false`        | `true`    | DevOps | Pilot grows |
    /// | 2025-10-17 | `NEW_CHECKOUT` | shop 4 | `false`        | `true`    | DevOps | Pilot grows |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Scope  | Previous value | New value | Who    | Why         |
    /// |------------|----------------|--------|----------------|-----------|--------|-------------|
    /// | 2025-10-06 | `NEW_CHECKOUT` | shop 1 | `false`        | `true`    | DevOps | Pilot opens |
    /// | 2025-10-13 | `NEW_CHECKOUT` | shop 3 | `false`        | `true`    | DevOps | Pilot grows |
    /// | 2025-10-15 | `NEW_CHECKOUT` | shop 2 | `false`        | `true`    | DevOps | Pilot grows |
    /// | 2025-10-17 | `NEW_CHECKOUT` | shop 4 | `false`        | `true`    | DevOps | Pilot grows |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static OUT_OF_ORDER = "flags/out-of-order", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    for record in records(cx) {
        report_unreadable(cx, &record);
        report_misplaced(cx, &record);
    }
}

/// Dates that cannot be read, and date cells that say nothing.
fn report_unreadable(cx: &mut Context<'_>, record: &Group<'_, FlagEvent>) {
    let lang = cx.lang;
    for event in record.members.iter().filter(|event| day(event).is_none()) {
        let key = quoted(&event.flag.value);
        let (place, message) = match (&event.date, event.blank("date")) {
            (Some(date), _) => {
                let written = quoted(&date.value);
                let message = say!(
                    lang,
                    en: "the date {written} of the change of {key} cannot be put in order",
                    es: "la fecha {written} del cambio de {key} no se puede ordenar",
                    pt: "a data {written} da mudança de {key} não pode ser ordenada"
                );
                (date.span, message)
            }
            (None, Some(blank)) => {
                let message = say!(
                    lang,
                    en: "the change of {key} has no date",
                    es: "el cambio de {key} no tiene fecha",
                    pt: "a mudança de {key} não tem data"
                );
                (blank, message)
            }
            (None, None) => continue,
        };
        let help = say!(
            lang,
            en: "write year, month and day: `2025-10-20`",
            es: "escriba año, mes y día: `2025-10-20`",
            pt: "escreva ano, mês e dia: `2025-10-20`"
        );
        let owner = owner_of(cx, &event.flag.value);
        cx.report(event.file, place, message).help(help).about(&*event.flag.value).owner(owner);
    }
}

/// Changes that are older than one that stands before them; in a record from new to old, newer.
fn report_misplaced(cx: &mut Context<'_>, record: &Group<'_, FlagEvent>) {
    let lang = cx.lang;
    let newest_first = is_newest_first(record);
    let mut furthest: Option<(NaiveDate, &FlagEvent)> = None;
    for &event in &record.members {
        let (Some(date), Some(day)) = (&event.date, day(event)) else { continue };
        match furthest {
            Some((reached, before)) if if newest_first { day > reached } else { day < reached } => {
                let key = quoted(&event.flag.value);
                let message = say!(
                    lang,
                    en: "the change of {key} of {day} stands behind one of {reached}",
                    es: "el cambio de {key} del {day} está después de uno del {reached}",
                    pt: "a mudança de {key} de {day} está depois de uma de {reached}"
                );
                let help = say!(
                    lang,
                    en: "move the line to its place in time, or correct its date",
                    es: "mueva la línea a su lugar en el tiempo, o corrija su fecha",
                    pt: "mova a linha para o seu lugar no tempo, ou corrija sua data"
                );
                let owner = owner_of(cx, &event.flag.value);
                let other = say!(lang, en: "this one", es: "este", pt: "esta");
                let finding = cx.report(event.file, date.span, message).help(help).about(&*event.flag.value);
                let place = before.date.as_ref().map_or(before.span, |date| date.span);
                finding.owner(owner).label(before.file, place, other);
            }
            _ => furthest = Some((day, event)),
        }
    }
}
