//! `flags/broken-chain`

use crate::check::Context;
use crate::check::flags::chains::{Chain, chains, day, same_value};
use crate::check::flags::owner_of;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::FlagEvent;
use crate::say;
use crate::source::Spanned;

rule! {
    /// ## What it does
    /// Follows the recorded changes of each flag in each scope (a tenant, an environment, everybody), and finds those that do not begin
    /// with the value with which the one before ended. A change for everybody may come between two of a tenant.
    ///
    /// ## Why it matters
    /// A change in between was not recorded. A rollback that goes by this record returns to a value that was never there.
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
    /// | 2025-10-13 | `NEW_CHECKOUT` | shop 1 | `false`        | `true`    | DevOps | Incident over |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Scope  | Previous value | New value | Who    | Why           |
    /// |------------|----------------|--------|----------------|-----------|--------|---------------|
    /// | 2025-10-06 | `NEW_CHECKOUT` | shop 1 | `false`        | `true`    | DevOps | Pilot opens   |
    /// | 2025-10-11 | `NEW_CHECKOUT` | shop 1 | `true`         | `false`   | DevOps | Incident 17   |
    /// | 2025-10-13 | `NEW_CHECKOUT` | shop 1 | `false`        | `true`    | DevOps | Incident over |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static BROKEN_CHAIN = "flags/broken-chain", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let chains = chains(cx);
    for chain in &chains {
        for pair in chain.events.windows(2) {
            if let (Some(to), Some(from)) = (&pair[0].to, &pair[1].from)
                && !same_value((&to.value, pair[0].to_on), (&from.value, pair[1].from_on))
                && !was_set_for_all(&chains, chain, pair[0], pair[1], from)
            {
                report(cx, pair[0], to, pair[1], from);
            }
        }
    }
}

/// Whether a change for everybody, between two of one scope, set the value with which the later begins.
fn was_set_for_all(
    chains: &[Chain<'_>],
    chain: &Chain<'_>,
    before: &FlagEvent,
    event: &FlagEvent,
    from: &Spanned<String>,
) -> bool {
    let (Some(start), Some(end)) = (day(before), day(event)) else { return false };
    let for_all = chains.iter().filter(|other| other.everywhere && !chain.everywhere && other.flag == chain.flag);
    for_all.flat_map(|other| &other.events).any(|all| {
        let in_between = day(all).is_some_and(|day| (start..=end).contains(&day));
        let set = all.to.as_ref().is_some_and(|to| same_value((&to.value, all.to_on), (&from.value, event.from_on)));
        in_between && set
    })
}

fn report(cx: &mut Context<'_>, before: &FlagEvent, to: &Spanned<String>, event: &FlagEvent, from: &Spanned<String>) {
    let lang = cx.lang;
    let (key, was, is) = (quoted(&event.flag.value), quoted(&to.value), quoted(&from.value));
    let scope = event.scope.as_ref().filter(|_| !event.everywhere).map(|scope| format!(" ({})", scope.value.trim()));
    let scope = scope.unwrap_or_default();
    let message = say!(
        lang,
        en: "this change of {key}{scope} begins with {is}, and the one before it ended with {was}",
        es: "este cambio de {key}{scope} empieza en {is}, y el anterior terminó en {was}",
        pt: "esta mudança de {key}{scope} começa em {is}, e a anterior terminou em {was}"
    );
    let help = say!(
        lang,
        en: "record the change in between, or write {was} if that was the value",
        es: "anote el cambio que falta en medio, o escriba {was} si ese era el valor",
        pt: "anote a mudança que falta no meio, ou escreva {was} se esse era o valor"
    );
    let ended = say!(lang, en: "it ended here", es: "terminó aquí", pt: "terminou aqui");
    let owner = owner_of(cx, &event.flag.value);
    let finding = cx.report(event.file, from.span, message).help(help).about(&*event.flag.value);
    finding.owner(owner).label(before.file, to.span, ended);
}
