//! `flags/expired`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::Expiry;
use crate::say;

rule! {
    /// ## What it does
    /// Finds registered flags whose removal date is past. `rollbook check --now 2026-04-01` asks for another day than today.
    ///
    /// ## Why it matters
    /// The code behind a flag that everybody has for long is two programs, of which only one is tested.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  | Expires    |
    /// |----------------|---------------------------|---------|--------|------------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `true`  | DevOps | 2021-03-31 |
    /// ```
    ///
    /// ## Use instead
    /// Remove the flag from the code and from the registry, or decide again:
    ///
    /// ```markdown
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  | Expires             |
    /// |----------------|---------------------------|---------|--------|---------------------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `true`  | DevOps | never (kill switch) |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static EXPIRED = "flags/expired", Error, check, clock;
}

fn check(cx: &mut Context<'_>) {
    let (lang, now) = (cx.lang, cx.now);
    for flag in &cx.site.plan.flags {
        let (Some(expires), Some(Expiry::On(day))) = (&flag.expires, flag.expiry) else { continue };
        if day >= now {
            continue;
        }
        let key = quoted(&flag.key.value);
        let message = say!(
            lang,
            en: "flag {key} was to be removed by {day}, and today is {now}",
            es: "el flag {key} se debía retirar el {day}, y hoy es {now}",
            pt: "a flag {key} devia ser removida até {day}, e hoje é {now}"
        );
        let help = say!(
            lang,
            en: "remove it from the code and from this registry, or write a new date",
            es: "retírelo del código y de este registro, o escriba una fecha nueva",
            pt: "remova-a do código e deste registro, ou escreva uma nova data"
        );
        let owner = flag.owner.as_ref().map(|owner| owner.value.as_str());
        cx.report(flag.file, expires.span, message).help(help).about(&*flag.key.value).owner(owner);
    }
}
