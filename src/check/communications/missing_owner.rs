//! `communications/missing-owner`

use crate::check::Context;
use crate::check::gaps::{Gap, gaps, page_owner, said};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{Communication, Kind};
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
    let has_owner = |communication: &Communication| {
        said(communication.owner.as_ref()).or(page_owner(cx.site, communication.file, Kind::Communications)).is_some()
    };
    let gaps = gaps(&cx.site.plan.communications, |communication| communication.file, has_owner);
    for Gap { entry: communication, all } in gaps {
        let name = quoted(&communication.text.value);
        let (message, subject) = match all {
            Some(count) => (
                say!(
                    lang,
                    en: "none of the {count} communications has an owner",
                    es: "ninguna de las {count} comunicaciones tiene responsable",
                    pt: "nenhuma das {count} comunicações tem responsável"
                ),
                "communications",
            ),
            None => (
                say!(
                    lang,
                    en: "nobody has to send {name}",
                    es: "nadie responde por enviar {name}",
                    pt: "ninguém responde pelo envio de {name}"
                ),
                communication.id.as_str(),
            ),
        };
        let help = say!(
            lang,
            en: "add the role that sends it: a column `Owner`, or `— Owner: Marketing` behind the entry",
            es: "agregue el rol que la envía: una columna `Responsable`, o `— Responsable: Marketing` tras la entrada",
            pt: "acrescente o papel que a envia: uma coluna `Responsável`, ou `— Responsável: Marketing` depois da entrada"
        );
        cx.report(communication.file, communication.text.span, message).help(help).about(subject);
    }
}
