//! `flags/missing-history`

use crate::check::Context;
use crate::check::flags::chains::{Chain, chains, same_value};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Fix, Safety};
use crate::model::{Flag, FlagEvent};
use crate::say;
use crate::source::Spanned;

rule! {
    /// ## What it does
    /// Compares the default that the registry gives to a flag with the record of changes that concern everybody, and finds where
    /// they differ. A default that changed since the last revision without any such record is found, too.
    ///
    /// Changes for a tenant or an environment leave the default as it is and are not compared with it.
    ///
    /// ## Why it matters
    /// One of the two is wrong, and in an incident somebody acts on it.
    ///
    /// ## Example
    /// ```markdown content/flags.md
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  |
    /// |----------------|---------------------------|---------|--------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `false` | DevOps |
    /// ```
    /// ```markdown content/changes.md
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Scope     | Previous value | New value | Who    | Why          |
    /// |------------|----------------|-----------|----------------|-----------|--------|--------------|
    /// | 2025-10-06 | `NEW_CHECKOUT` | all users | `false`        | `true`    | DevOps | GA begins    |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/flags.md
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  |
    /// |----------------|---------------------------|---------|--------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `true`  | DevOps |
    /// ```
    /// ```markdown content/changes.md
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Scope     | Previous value | New value | Who    | Why          |
    /// |------------|----------------|-----------|----------------|-----------|--------|--------------|
    /// | 2025-10-06 | `NEW_CHECKOUT` | all users | `false`        | `true`    | DevOps | GA begins    |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_HISTORY = "flags/missing-history", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let chains: Vec<Chain<'_>> = chains(cx).into_iter().filter(|chain| chain.everywhere).collect();
    for flag in &cx.site.plan.flags {
        let Some(default) = &flag.default else { continue };
        let recorded = chains.iter().find(|chain| chain.flag == flag.key.value).and_then(|chain| last_value(chain));
        match recorded {
            Some((event, to)) if same_value((&default.value, flag.default_on), (&to.value, event.to_on)) => {}
            Some((event, to)) => report_difference(cx, flag, default, event, to),
            None if cx.site.plan.events.iter().all(|it| !it.everywhere || it.flag.value != flag.key.value) => {
                report_unrecorded(cx, flag, default);
            }
            // Changes whose order nobody can tell.
            None => {}
        }
    }
}

fn last_value<'a>(chain: &Chain<'a>) -> Option<(&'a FlagEvent, &'a Spanned<String>)> {
    let last = chain.events.last()?;
    last.to.as_ref().map(|to| (*last, to))
}

fn report_difference(
    cx: &mut Context<'_>,
    flag: &Flag,
    default: &Spanned<String>,
    event: &FlagEvent,
    to: &Spanned<String>,
) {
    let lang = cx.lang;
    let (key, written, recorded) = (quoted(&flag.key.value), quoted(&default.value), quoted(&to.value));
    let message = say!(
        lang,
        en: "the default of {key} is {written} here, and its last recorded change made it {recorded}",
        es: "el valor por defecto de {key} es {written} aquí, y su último cambio anotado lo dejó en {recorded}",
        pt: "o valor padrão de {key} é {written} aqui, e sua última mudança anotada o deixou em {recorded}"
    );
    let help = say!(
        lang,
        en: "write {recorded} here, or record the change that came after",
        es: "escriba {recorded} aquí, o anote el cambio que vino después",
        pt: "escreva {recorded} aqui, ou anote a mudança que veio depois"
    );
    let label = say!(lang, en: "the last change", es: "el último cambio", pt: "a última mudança");
    let in_code = cx.site.sources[flag.file].slice(default.span).starts_with('`');
    let value = to.value.trim();
    let value = if in_code { format!("`{value}`") } else { value.to_owned() };
    // A list has its default inside a sentence, of which the rest would be lost.
    let replaceable = cx.site.sources[flag.file].slice(default.span).len() <= default.value.len() + 2;
    let fix = replaceable.then(|| Fix::replace(Safety::Unsafe, flag.file, default.span, value));
    let owner = flag.owner.as_ref().map(|owner| owner.value.as_str());
    let finding = cx.report(flag.file, default.span, message).help(help).about(&*flag.key.value);
    finding.owner(owner).label(event.file, to.span, label).fix(fix);
}

/// A default that is not as the last revision has it, though no change for everybody is recorded.
fn report_unrecorded(cx: &mut Context<'_>, flag: &Flag, default: &Spanned<String>) {
    let lang = cx.lang;
    let Some(previous) = &cx.past.previous else { return };
    let Some(before) = previous.plan.flag(&flag.key.value).and_then(|flag| flag.default.as_ref()) else { return };
    // `true (admin)` and `true` are two defaults.
    if same_value((&before.value, None), (&default.value, None)) {
        return;
    }
    let (key, was, is, label) =
        (quoted(&flag.key.value), quoted(&before.value), quoted(&default.value), &previous.label);
    let message = say!(
        lang,
        en: "the default of {key} was {was} in revision {label} and is {is} now, and no change is recorded",
        es: "el valor por defecto de {key} era {was} en la revisión {label} y ahora es {is}, y no hay un cambio anotado",
        pt: "o valor padrão de {key} era {was} na revisão {label} e agora é {is}, e não há mudança anotada"
    );
    let help = say!(
        lang,
        en: "record it in the history of flags: date, flag, {was}, {is}, who and why",
        es: "anótelo en el historial de flags: fecha, flag, {was}, {is}, quién y por qué",
        pt: "anote-a no histórico de flags: data, flag, {was}, {is}, quem e por quê"
    );
    let owner = flag.owner.as_ref().map(|owner| owner.value.as_str());
    cx.report(flag.file, default.span, message).help(help).about(&*flag.key.value).owner(owner);
}
