//! `communications/missing-owner`

use crate::check::Context;
use crate::check::gaps::{has_owner, report_gaps};
use crate::check::rule::rule;
use crate::say;

rule! {
    /// ## What it does
    /// Finds communications that nobody has to send. Where no communication of a page has an owner, that is one finding for
    /// all of them.
    /// An `owner` in the front matter of a page of kind `communications` answers for all on it.
    ///
    /// ## Why it matters
    /// Everybody thinks that somebody else has told the customers.
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
    /// | 2026-03-02 | The new catalogue | Email | All tenants |         |
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
    pub static MISSING_OWNER = "communications/missing-owner", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let site = cx.site;
    let message = |name: &str, all: Option<usize>| match all {
        Some(count) => say!(
            lang,
            en: "none of the {count} communications has an owner",
            es: "ninguna de las {count} comunicaciones tiene responsable",
            pt: "nenhuma das {count} comunicações tem responsável"
        ),
        None => say!(
            lang,
            en: "nobody has to send {name}",
            es: "nadie responde por enviar {name}",
            pt: "ninguém responde pelo envio de {name}"
        ),
    };
    let help = say!(
        lang,
        en: "add the role that sends it: a column `Owner`, or `— Owner: Marketing` behind the entry",
        es: "agregue el rol que la envía: una columna `Responsable`, o `— Responsable: Marketing` tras la entrada",
        pt: "acrescente o papel que a envia: uma coluna `Responsável`, ou `— Responsável: Marketing` depois da entrada"
    );
    report_gaps(cx, &site.plan.communications, |it| has_owner(site, it), message, &help);
}
