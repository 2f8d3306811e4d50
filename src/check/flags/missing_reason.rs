//! `flags/missing-reason`

use crate::check::Context;
use crate::check::flags::{owner_of, records};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::say;

rule! {
    /// ## What it does
    /// Finds recorded changes of a flag without a why: the cell is empty or holds a placeholder. Where a record has no such
    /// column at all, it is named once.
    ///
    /// ## Why it matters
    /// Who turns a flag back on has to know what it was turned off for.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: flag-event
    /// ---
    ///
    /// | Date       | Flag           | Previous value | New value | Who    | Why |
    /// |------------|----------------|----------------|-----------|--------|-----|
    /// | 2025-10-20 | `NEW_CHECKOUT` | `false`        | `true`    | DevOps | TBD |
    /// ```
    ///
    /// ## Use instead
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
    pub static MISSING_REASON = "flags/missing-reason", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let help = say!(
        lang,
        en: "write why in a column `Why`: the phase that begins, the test that passed, the incident",
        es: "escriba por qué en una columna `Motivo`: la fase que empieza, la validación que terminó, el incidente",
        pt: "escreva por quê em uma coluna `Motivo`: a fase que começa, a validação que terminou, o incidente"
    );
    for record in records(cx) {
        let asked = record.members.iter().any(|event| event.reason.is_some() || event.blank("reason").is_some());
        let count = record.members.len();
        if !asked && count > 1 {
            let message = say!(
                lang,
                en: "none of the {count} changes of this record says why",
                es: "ninguno de los {count} cambios de este historial dice por qué",
                pt: "nenhuma das {count} mudanças deste histórico diz por quê"
            );
            let path = cx.site.sources[record.file].path.clone();
            cx.report(record.file, record.head, message).help(help.clone()).about(path);
            continue;
        }
        for event in record.members.iter().filter(|event| event.reason.is_none()) {
            let key = quoted(&event.flag.value);
            let message = say!(
                lang,
                en: "the change of {key} does not say why",
                es: "el cambio de {key} no dice por qué",
                pt: "a mudança de {key} não diz por quê"
            );
            let (place, owner) = (event.blank("reason").unwrap_or(event.flag.span), owner_of(cx, &event.flag.value));
            cx.report(event.file, place, message).help(help.clone()).about(&*event.flag.value).owner(owner);
        }
    }
}
