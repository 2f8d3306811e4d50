//! `flags/missing-expiry`

use crate::check::Context;
use crate::check::flags::{Wanted, registries, report_missing};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::fields::{FieldSpec, FieldType};
use crate::model::Expiry;
use crate::say;

rule! {
    /// ## What it does
    /// Where a registry says of some flags when they are to be removed, finds those of which it does not; and flags that are never
    /// to be removed, without a reason. A date, a phase (`GA`) or any other moment will do.
    ///
    /// ## Why it matters
    /// A flag of a rollout is a debt: each one doubles what there is to test, and old ones are turned on by accident.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  | Expires    |
    /// |----------------|---------------------------|---------|--------|------------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `false` | DevOps | 2199-03-31 |
    /// | `NEW_RECEIPTS` | Turns on the new receipts | `false` | DevOps |            |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: flags
    /// ---
    ///
    /// | Flag           | Description               | Default | Owner  | Expires             |
    /// |----------------|---------------------------|---------|--------|---------------------|
    /// | `NEW_CHECKOUT` | Turns on the new checkout | `false` | DevOps | 2199-03-31          |
    /// | `NEW_RECEIPTS` | Turns on the new receipts | `false` | DevOps | never (kill switch) |
    /// ```
    ///
    /// ## Options
    /// `required: true` asks for it in registries without such a column, too.
    pub static MISSING_EXPIRY = "flags/missing-expiry", Warning, check, options: OPTIONS;
}

const OPTIONS: &[FieldSpec] = &[FieldSpec { name: "required", takes: FieldType::Bool }];

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let wanted = Wanted {
        field: "expires",
        has: |flag| flag.expires.is_some(),
        of_flag: &|key| {
            say!(
                lang,
                en: "flag {key} does not say when it is to be removed",
                es: "el flag {key} no dice cuándo se retira",
                pt: "a flag {key} não diz quando será removida"
            )
        },
        of_registry: &|count| {
            say!(
                lang,
                en: "none of the {count} flags of this registry says when it is to be removed",
                es: "ninguno de los {count} flags de este registro dice cuándo se retira",
                pt: "nenhuma das {count} flags deste registro diz quando será removida"
            )
        },
        help: say!(
            lang,
            en: "write in a column `Expires` a date such as `2026-03-31`, a phase, or `never (why)`",
            es: "escriba en una columna `Caduca` una fecha como `2026-03-31`, una fase, o `nunca (por qué)`",
            pt: "escreva em uma coluna `Expira` uma data como `2026-03-31`, uma fase, ou `nunca (por quê)`"
        ),
    };
    let required = cx.options().bool("required") == Some(true);
    report_missing(cx, &wanted, |_| !required);
    report_never(cx);
}

/// Flags that are never to be removed, without a word on why.
fn report_never(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for flag in registries(cx).into_iter().flat_map(|registry| registry.members) {
        let (Some(expires), Some(Expiry::Never { with_reason: false })) = (&flag.expires, flag.expiry) else {
            continue;
        };
        let (key, written) = (quoted(&flag.key.value), expires.value.trim().to_owned());
        let message = say!(
            lang,
            en: "flag {key} is never to be removed, and nothing says why",
            es: "el flag {key} no se retira nunca, y nada dice por qué",
            pt: "a flag {key} nunca será removida, e nada diz por quê"
        );
        let help = say!(
            lang,
            en: "say why, for example `{written} (kill switch)`, or write a date",
            es: "diga por qué, por ejemplo `{written} (interruptor de emergencia)`, o escriba una fecha",
            pt: "diga por quê, por exemplo `{written} (interruptor de emergência)`, ou escreva uma data"
        );
        let owner = flag.owner.as_ref().map(|owner| owner.value.as_str());
        cx.report(flag.file, expires.span, message).help(help).about(&*flag.key.value).owner(owner);
    }
}
