//! `flags/missing-owner`

use crate::check::Context;
use crate::check::flags::{Wanted, report_missing};
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds registered flags without an owner: the cell is empty or holds a placeholder such as `TBD`. Where a registry has no
    /// such column at all, it is named once, unless its page has an `owner` in its front matter.
    ///
    /// ## Why it matters
    /// A flag without an owner is turned off by nobody in an incident, and removed by nobody afterwards.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner |
    /// |----------------|---------------------------|---------|-------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `false` | TBD   |
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
    pub static MISSING_OWNER = "flags/missing-owner", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let wanted = Wanted {
        field: "owner",
        has: |flag| flag.owner.is_some(),
        of_flag: &|key| {
            say!(
                lang,
                en: "flag {key} has no owner",
                es: "el flag {key} no tiene responsable",
                pt: "a flag {key} não tem responsável"
            )
        },
        of_registry: &|count| {
            say!(
                lang,
                en: "none of the {count} flags of this registry has an owner",
                es: "ninguno de los {count} flags de este registro tiene responsable",
                pt: "nenhuma das {count} flags deste registro tem responsável"
            )
        },
        help: say!(
            lang,
            en: "write in a column `Owner` who answers for each, or `owner:` in the page's front matter for all of them",
            es: "escriba en una columna `Responsable` quién responde por cada uno, o `owner:` en el front matter de la página por todos",
            pt: "escreva em uma coluna `Responsável` quem responde por cada uma, ou `owner:` no front matter da página por todas"
        ),
    };
    let site = cx.site;
    report_missing(cx, &wanted, |registry| {
        site.page_of(registry.file).is_some_and(|page| site.page(page).owner.is_some())
    });
}
