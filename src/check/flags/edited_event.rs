//! `flags/edited-event`

use crate::check::Context;
use crate::check::flags::owner_of;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{FlagEvent, Previous};
use crate::say;
use crate::source::{FileId, Span, Spanned};

rule! {
    /// ## What it does
    /// Finds recorded changes of flags that are not as the last revision kept them: a value, a date, a scope, a name or a reason is
    /// another, or the whole line is gone. What was empty may be filled in, and lines may move.
    ///
    /// ## Why it matters
    /// The record is evidence. A wrong change is undone by another change, with its own date and reason, not by another past.
    ///
    /// ## Example
    /// ```markdown @1
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Previous value | New value | Who    | Why         |
    /// |------------|----------------|----------------|-----------|--------|-------------|
    /// | 2025-10-06 | `NEW_CHECKOUT` | `false`        | `true`    | DevOps | Pilot opens |
    /// ```
    /// ```markdown
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Previous value | New value | Who    | Why         |
    /// |------------|----------------|----------------|-----------|--------|-------------|
    /// | 2025-10-09 | `NEW_CHECKOUT` | `false`        | `true`    | DevOps | Pilot opens |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Previous value | New value | Who    | Why                               |
    /// |------------|----------------|----------------|-----------|--------|-----------------------------------|
    /// | 2025-10-06 | `NEW_CHECKOUT` | `false`        | `true`    | DevOps | Pilot opens                       |
    /// | 2025-10-06 | `NEW_CHECKOUT` | `true`         | `false`   | DevOps | Too early: the pilot opens on 9th |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static EDITED_EVENT = "flags/edited-event", Error, check;
}

/// So many of the six fields have to be the same for two lines to be one, edited.
const ENOUGH: usize = 3;

fn check(cx: &mut Context<'_>) {
    let Some(previous) = &cx.past.previous else { return };
    let site = cx.site;
    let mut left: Vec<&FlagEvent> = site.plan.events.iter().collect();
    let mut lost = Vec::new();
    for before in &previous.plan.events {
        match left.iter().position(|event| still_says(event, before)) {
            Some(at) => drop(left.remove(at)),
            None => lost.push(before),
        }
    }
    for before in lost {
        let alike = |event: &&FlagEvent| fields(event).iter().zip(fields(before)).filter(|(a, b)| *a == b).count();
        let candidates = left.iter().enumerate().filter(|(_, event)| event.flag.value == before.flag.value);
        let best = candidates.max_by_key(|(at, event)| (alike(event), std::cmp::Reverse(*at)));
        match best.filter(|(_, event)| alike(event) >= ENOUGH).map(|(at, _)| at) {
            Some(at) => report_edited(cx, previous, before, left.remove(at)),
            None => report_gone(cx, previous, before),
        }
    }
}

/// Date, scope, value before, value after, author, reason: without needless white space, empty where nothing is written.
fn fields(event: &FlagEvent) -> [String; 6] {
    written(event).map(|field| {
        let text = field.map_or("", |field| field.value.as_str());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

const fn written(event: &FlagEvent) -> [Option<&Spanned<String>>; 6] {
    let FlagEvent { date, scope, from, to, author, reason, .. } = event;
    [date.as_ref(), scope.as_ref(), from.as_ref(), to.as_ref(), author.as_ref(), reason.as_ref()]
}

/// Whether a change says everything that it said before; what was empty may have been filled in.
fn still_says(event: &FlagEvent, before: &FlagEvent) -> bool {
    let same = |(now, then): (&String, &String)| then.is_empty() || now == then;
    event.flag.value == before.flag.value && fields(event).iter().zip(&fields(before)).all(same)
}

fn report_edited(cx: &mut Context<'_>, previous: &Previous, before: &FlagEvent, event: &FlagEvent) {
    let lang = cx.lang;
    let (then, now) = (fields(before), fields(event));
    let Some(at) = (0..then.len()).find(|at| !then[*at].is_empty() && then[*at] != now[*at]) else { return };
    let place = written(event)[at].map_or(event.flag.span, |field| field.span);
    let (key, label, was) = (quoted(&event.flag.value), &previous.label, quoted(&then[at]));
    let message = match now[at].as_str() {
        "" => say!(
            lang,
            en: "this change of {key} no longer says {was}, as it did in revision {label}",
            es: "este cambio de {key} ya no dice {was}, como decía en la revisión {label}",
            pt: "esta mudança de {key} não diz mais {was}, como dizia na revisão {label}"
        ),
        is => {
            let is = quoted(is);
            say!(
                lang,
                en: "this change of {key} says {is}, and said {was} in revision {label}",
                es: "este cambio de {key} dice {is}, y decía {was} en la revisión {label}",
                pt: "esta mudança de {key} diz {is}, e dizia {was} na revisão {label}"
            )
        }
    };
    let help = say!(
        lang,
        en: "write {was} again; what has to be corrected is a change of its own, in a new line",
        es: "vuelva a escribir {was}; lo que haya que corregir es otro cambio, en una línea nueva",
        pt: "escreva {was} de novo; o que for preciso corrigir é outra mudança, em uma linha nova"
    );
    let owner = owner_of(cx, &event.flag.value);
    cx.report(event.file, place, message).help(help).about(&*event.flag.value).owner(owner);
}

fn report_gone(cx: &mut Context<'_>, previous: &Previous, before: &FlagEvent) {
    let lang = cx.lang;
    let (key, label) = (quoted(&before.flag.value), &previous.label);
    let fields = fields(before);
    let change = format!("{} → {}", quoted(&fields[2]), quoted(&fields[3]));
    let date = if fields[0].is_empty() { String::new() } else { format!(" ({})", fields[0]) };
    let message = say!(
        lang,
        en: "the change of {key}{date}, {change}, which revision {label} has, is gone",
        es: "el cambio de {key}{date}, {change}, que tiene la revisión {label}, ya no está",
        pt: "a mudança de {key}{date}, {change}, que a revisão {label} tem, não está mais"
    );
    let help = say!(
        lang,
        en: "put the line back; a change is undone by another change, in a new line",
        es: "recupere la línea; un cambio se deshace con otro cambio, en una línea nueva",
        pt: "recupere a linha; uma mudança se desfaz com outra mudança, em uma linha nova"
    );
    let (file, span) = place_of_gone(cx, previous, before);
    let owner = owner_of(cx, &before.flag.value);
    cx.report(file, span, message).help(help).about(&*before.flag.value).owner(owner);
}

/// The record on the page where the change stood; else the flag's registration; else the revision that has the change.
fn place_of_gone(cx: &Context<'_>, previous: &Previous, before: &FlagEvent) -> (FileId, Span) {
    let path = &previous.sources[before.file].path;
    if let Some(document) = cx.site.documents.iter().find(|it| cx.site.sources[it.file].path == *path) {
        let table = document.tables.iter().find(|table| table.class == "events").map(|table| table.span.start);
        return (document.file, table.map_or(Span::default(), |start| Span::at(start as usize)));
    }
    match cx.site.plan.flag(&before.flag.value) {
        Some(flag) => (flag.file, flag.key.span),
        None => (previous.manifest, Span::default()),
    }
}
