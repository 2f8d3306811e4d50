//! `flags/unreferenced-flag`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{CriterionReading, Flag, Kind, Phase, Plan};
use crate::say;
use crate::source::Span;
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds registered flags that no phase, no rollback, no change and no other page names. The line of the registry itself does
    /// not count; a phase that speaks of "the flags" without naming any speaks of all. A site that has neither a plan nor
    /// phases nor a rollback is not asked.
    ///
    /// ## Why it matters
    /// Either the plan forgot when it is turned on and off, or the flag is a leftover.
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
    /// | `NEW_RECEIPTS` | Turns on the new receipts | `false` | DevOps |
    /// ```
    /// ```markdown content/_index.md
    /// ---
    /// kind: plan
    /// ---
    ///
    /// The pilot begins when `NEW_CHECKOUT` is on in two shops. See the [flags](flags.md).
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
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `false` | DevOps |
    /// | `NEW_RECEIPTS` | Turns on the new receipts | `false` | DevOps |
    /// ```
    /// ```markdown content/_index.md
    /// ---
    /// kind: plan
    /// ---
    ///
    /// The pilot begins when `NEW_CHECKOUT` is on in two shops, and grows with `NEW_RECEIPTS`. See the [flags](flags.md).
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNREFERENCED_FLAG = "flags/unreferenced-flag", Warning, check;
}

/// Words for more than one flag, folded.
const FLAGS: [&str; 7] = ["flags", "toggles", "switches", "banderas", "interruptores", "sinalizadores", "chaves"];

fn check(cx: &mut Context<'_>) {
    let names_flags = |kind: Kind| matches!(kind, Kind::Plan | Kind::Phases | Kind::Rollback);
    let plan = &cx.site.plan;
    if !cx.published().any(|document| names_flags(document.kind)) || speaks_of_all(plan) {
        return;
    }
    let lang = cx.lang;
    for (index, flag) in plan.flags.iter().enumerate() {
        let again = plan.flags[..index].iter().any(|other| other.key.value == flag.key.value);
        if again || is_named(cx, flag) {
            continue;
        }
        let key = quoted(&flag.key.value);
        let message = say!(
            lang,
            en: "flag {key} is registered, and no phase, rollback or other page names it",
            es: "el flag {key} está registrado, y no lo nombra ninguna fase, ni el rollback, ni otra página",
            pt: "a flag {key} está registrada, e nenhuma fase, nem o rollback, nem outra página a menciona"
        );
        let help = say!(
            lang,
            en: "name it in the phase that turns it on, or remove it from the registry",
            es: "nómbrelo en la fase que lo enciende, o quítelo del registro",
            pt: "mencione-a na fase que a liga, ou remova-a do registro"
        );
        let owner = flag.owner.as_ref().map(|owner| owner.value.as_str());
        cx.report(flag.file, flag.key.span, message).help(help).about(&*flag.key.value).owner(owner);
    }
}

/// Whether the key stands anywhere but in its own registration.
fn is_named(cx: &Context<'_>, flag: &Flag) -> bool {
    let key = flag.key.value.as_str();
    let registrations: Vec<&Flag> = cx.site.plan.flags.iter().filter(|other| other.key.value == key).collect();
    cx.published().any(|document| {
        let is_own =
            |at: usize| registrations.iter().any(|own| own.file == document.file && own.span.contains(at as u32));
        let text = &*cx.site.sources[document.file].text;
        text.match_indices(key).any(|(at, _)| is_whole(text, Span::new(at, at + key.len())) && !is_own(at))
    })
}

/// Whether no further part of a name touches the place.
fn is_whole(text: &str, span: Span) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let (start, end) = (span.start as usize, span.end as usize);
    !text[..start].ends_with(is_part) && !text[end..].starts_with(is_part)
}

/// Whether a phase speaks of the flags without naming any: "Flags `true` por default".
fn speaks_of_all(plan: &Plan) -> bool {
    let keys: Vec<&str> = plan.flags.iter().map(|flag| flag.key.value.as_str()).collect();
    plan.phases.iter().any(|phase| phase_speaks_of_all(phase, &keys))
}

fn phase_speaks_of_all(phase: &Phase, keys: &[&str]) -> bool {
    let criteria = || phase.entry.iter().chain(&phase.exit);
    let of_all = |reading: &CriterionReading| matches!(reading, CriterionReading::Flag { keys, .. } if keys.is_empty());
    let texts = phase.actions.iter().map(|actions| &actions.value);
    criteria().any(|criterion| of_all(&criterion.reading)) || texts.into_iter().any(|text| is_about_all(text, keys))
}

fn is_about_all(text: &str, keys: &[&str]) -> bool {
    let names_some = keys.iter().any(|key| text.contains(key));
    !names_some && fold(text).split(' ').any(|word| FLAGS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_about_all;

    #[test]
    fn the_plural_without_a_name_means_all() {
        let keys = ["ENABLE_A", "ENABLE_B"];
        assert!(is_about_all("Flags `true` por default, activar en nuevo onboarding", &keys));
        assert!(is_about_all("Ligar os sinalizadores", &keys));
        assert!(!is_about_all("Flags `ENABLE_A` encendidos", &keys));
        assert!(!is_about_all("Encender un flag", &keys));
    }
}
