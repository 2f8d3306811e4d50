//! `flags/missing-description`

use crate::check::Context;
use crate::check::flags::{Wanted, report_missing};
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds registered flags of which nobody says what they switch: the cell is empty or holds a placeholder. Where a registry has
    /// no such column at all, it is named once.
    ///
    /// ## Why it matters
    /// At three in the morning somebody has to know from one line what goes dark when this flag is turned off.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description | Default | Owner  |
    /// |----------------|-------------|---------|--------|
    /// | `NEW_CHECKOUT` |             | `false` | DevOps |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  |
    /// |----------------|---------------------------|---------|--------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `false` | DevOps |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_DESCRIPTION = "flags/missing-description", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let wanted = Wanted {
        field: "description",
        has: |flag| flag.description.is_some(),
        of_flag: &|key| {
            say!(
                lang,
                en: "nothing says what flag {key} switches",
                es: "nada dice qué activa el flag {key}",
                pt: "nada diz o que a flag {key} ativa"
            )
        },
        of_registry: &|count| {
            say!(
                lang,
                en: "this registry does not say what its {count} flags switch",
                es: "este registro no dice qué activan sus {count} flags",
                pt: "este registro não diz o que suas {count} flags ativam"
            )
        },
        help: say!(
            lang,
            en: "write in a column `Description` what a user sees when it is on",
            es: "escriba en una columna `Descripción` qué ve un usuario cuando está encendido",
            pt: "escreva em uma coluna `Descrição` o que um usuário vê quando está ligada"
        ),
    };
    report_missing(cx, &wanted, |_| false);
}
