//! `communications/missing-audience`

use crate::check::Context;
use crate::check::gaps::{report_gaps, said};
use crate::check::rule::rule;
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
    let site = cx.site;
    let message = |name: &str, all: Option<usize>| match all {
        Some(count) => say!(
            lang,
            en: "none of the {count} communications says whom it is for",
            es: "ninguna de las {count} comunicaciones dice a quién va dirigida",
            pt: "nenhuma das {count} comunicações diz a quem se dirige"
        ),
        None => say!(
            lang,
            en: "{name} does not say whom it is for",
            es: "{name} no dice a quién va dirigida",
            pt: "{name} não diz a quem se dirige"
        ),
    };
    let help = say!(
        lang,
        en: "add a column `Audience`, for example `Pilot tenants`",
        es: "agregue una columna `Audiencia`, por ejemplo `Tenants del piloto`",
        pt: "acrescente uma coluna `Público`, por exemplo `Clientes do piloto`"
    );
    report_gaps(cx, &site.plan.communications, |it| said(it.audience.as_ref()).is_some(), message, &help);
}
