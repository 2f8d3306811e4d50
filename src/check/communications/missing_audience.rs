//! `communications/missing-audience`

use crate::check::Context;
use crate::check::gaps::{Gap, gaps, said};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::say;

rule! {
    /// ## What it does
    /// Finds communications that do not say whom they are for. Where none of a page says so, that is one finding for all of
    /// them.
    ///
    /// ## Why it matters
    /// A message to everybody about what only the pilot has makes work for support; one that misses the pilot makes more.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: communications
    /// ---
    ///
    /// | When       | Message        | Channel | Audience      | Owner     |
    /// |------------|----------------|---------|---------------|-----------|
    /// | 2026-02-02 | Pilot begins   | Email   | Pilot tenants | Marketing |
    /// | 2026-03-02 | The new catalogue | Email |             | Product |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: communications
    /// ---
    ///
    /// | When       | Message        | Channel | Audience      | Owner     |
    /// |------------|----------------|---------|---------------|-----------|
    /// | 2026-02-02 | Pilot begins   | Email   | Pilot tenants | Marketing |
    /// | 2026-03-02 | The new catalogue | Email | All tenants | Product |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_AUDIENCE = "communications/missing-audience", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let gaps = gaps(
        &cx.site.plan.communications,
        |communication| communication.file,
        |communication| said(communication.audience.as_ref()).is_some(),
    );
    for Gap { entry: communication, all } in gaps {
        let name = quoted(&communication.text.value);
        let (message, subject) = match all {
            Some(count) => (
                say!(
                    lang,
                    en: "none of the {count} communications says whom it is for",
                    es: "ninguna de las {count} comunicaciones dice a quién va dirigida",
                    pt: "nenhuma das {count} comunicações diz a quem se dirige"
                ),
                "communications",
            ),
            None => (
                say!(
                    lang,
                    en: "{name} does not say whom it is for",
                    es: "{name} no dice a quién va dirigida",
                    pt: "{name} não diz a quem se dirige"
                ),
                communication.id.as_str(),
            ),
        };
        let help = say!(
            lang,
            en: "add a column `Audience`, for example `Pilot tenants`",
            es: "agregue una columna `Audiencia`, por ejemplo `Tenants del piloto`",
            pt: "acrescente uma coluna `Público`, por exemplo `Clientes do piloto`"
        );
        cx.report(communication.file, communication.text.span, message)
            .help(help)
            .about(subject)
            .owner(said(communication.owner.as_ref()));
    }
}
