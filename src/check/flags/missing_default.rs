//! `flags/missing-default`

use crate::check::Context;
use crate::check::flags::{Wanted, report_missing};
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds registered flags without a default: the cell is empty or holds a placeholder. Where a registry has no such column at
    /// all, it is named once.
    ///
    /// ## Why it matters
    /// The default is what every customer gets whom nobody decided about. Without it nobody can say what a rollback returns to.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  |
    /// |----------------|---------------------------|---------|--------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | TBD     | DevOps |
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
    pub static MISSING_DEFAULT = "flags/missing-default", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let wanted = Wanted {
        field: "default",
        has: |flag| flag.default.is_some(),
        of_flag: &|key| {
            say!(
                lang,
                en: "flag {key} has no default",
                es: "el flag {key} no tiene valor por defecto",
                pt: "a flag {key} não tem valor padrão"
            )
        },
        of_registry: &|count| {
            say!(
                lang,
                en: "none of the {count} flags of this registry has a default",
                es: "ninguno de los {count} flags de este registro tiene valor por defecto",
                pt: "nenhuma das {count} flags deste registro tem valor padrão"
            )
        },
        help: say!(
            lang,
            en: "write in a column `Default` the value for everybody who has no other: `true` or `false`",
            es: "escriba en una columna `Default` el valor que vale para quien no tiene otro asignado: `true` o `false`",
            pt: "escreva em uma coluna `Padrão` o valor que vale para quem não tem outro definido: `true` ou `false`"
        ),
    };
    report_missing(cx, &wanted, |_| false);
}
