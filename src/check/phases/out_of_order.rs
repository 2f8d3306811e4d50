//! `phases/out-of-order`

use chrono::NaiveDate;

use crate::check::Context;
use crate::check::gaps::said;
use crate::check::phases::{lists, named, week, window};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::Phase;
use crate::say;
use crate::source::{Span, Spanned};

rule! {
    /// ## What it does
    /// Finds phases whose dates or weeks run backwards: a phase that ends before it begins, or begins before the one above it.
    ///
    /// ## Why it matters
    /// Either a date is a slip of the pen, or the table is not in the order in which things happen. Both mislead whoever plans
    /// by it.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// | Phase | Dates                   | Exit criteria    |
    /// |-------|-------------------------|------------------|
    /// | Pilot | 2026-03-02 – 2026-03-06 | Manual published |
    /// | GA    | 2026-02-09              | Launch approved  |
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
    pub static OUT_OF_ORDER = "phases/out-of-order", Error, check;
}

fn check(cx: &mut Context<'_>) {
    for phases in lists(cx.site) {
        phases.iter().for_each(|phase| ends_before_it_begins(cx, phase));
        phases.windows(2).for_each(|pair| begins_before(cx, &pair[0], &pair[1]));
    }
}

fn ends_before_it_begins(cx: &mut Context<'_>, phase: &Phase) {
    let (Some(first), Some(last)) = (begin(phase), end(phase)) else { return };
    if last.value >= first.value {
        return;
    }
    let (lang, name) = (cx.lang, named(phase));
    let message = say!(
        lang,
        en: "the phase {name} ends before it begins",
        es: "la fase {name} termina antes de empezar",
        pt: "a fase {name} termina antes de começar"
    );
    let help = say!(
        lang,
        en: "write the earlier one first, or correct the year",
        es: "escriba primero la anterior, o corrija el año",
        pt: "escreva primeiro a anterior, ou corrija o ano"
    );
    cx.report(phase.file, last.span, message).help(help).about(&phase.id).owner(said(phase.owner.as_ref()));
}

fn begins_before(cx: &mut Context<'_>, above: &Phase, phase: &Phase) {
    let dates = begin(above).zip(begin(phase)).filter(|(above, below)| below.value < above.value);
    let weeks = || {
        let (first, second) = (window(cx.site, above)?, window(cx.site, phase)?);
        (week(&second.value)? < week(&first.value)?).then_some((first.span, second.span))
    };
    let Some((first, second)) = dates.map(|(a, b)| (a.span, b.span)).or_else(weeks) else { return };
    let (lang, name, before) = (cx.lang, named(phase), named(above));
    let text = |span: Span| quoted(cx.site.sources[phase.file].slice(span));
    let (when, whence) = (text(second), text(first));
    let message = say!(
        lang,
        en: "{name} ({when}) would begin before {before} ({whence}), which stands above it",
        es: "{name} ({when}) empezaría antes que {before} ({whence}), que está más arriba",
        pt: "{name} ({when}) começaria antes de {before} ({whence}), que está acima"
    );
    let help = say!(
        lang,
        en: "correct the date, or write the phases in the order in which they run",
        es: "corrija la fecha, o escriba las fases en el orden en que ocurren",
        pt: "corrija a data, ou escreva as fases na ordem em que ocorrem"
    );
    cx.report(phase.file, second, message).help(help).about(&phase.id).owner(said(phase.owner.as_ref()));
}

fn begin(phase: &Phase) -> Option<&Spanned<NaiveDate>> {
    phase.start.as_ref().or(phase.end.as_ref())
}

fn end(phase: &Phase) -> Option<&Spanned<NaiveDate>> {
    phase.end.as_ref()
}
