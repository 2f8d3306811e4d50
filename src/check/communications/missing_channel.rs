//! `communications/missing-channel`

use crate::check::Context;
use crate::check::gaps::{Gap, gaps, said};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::say;

rule! {
    /// ## What it does
    /// Finds communications that do not say by which way they go: neither a column nor the text names mail, a webinar, a
    /// chat, a call or the like. Where none of a page says so, that is one finding for all of them.
    ///
    /// ## Why it matters
    /// Who prepares it has to know whether to write a mail or to book a room, and who waits for it where to look.
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
    /// | 2026-03-02 | The new catalogue |       | All tenants | Product |
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
    pub static MISSING_CHANNEL = "communications/missing-channel", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let gaps = gaps(
        &cx.site.plan.communications,
        |communication| communication.file,
        |communication| said(communication.channel.as_ref()).is_some(),
    );
    for Gap { entry: communication, all } in gaps {
        let name = quoted(&communication.text.value);
        let (message, subject) = match all {
            Some(count) => (
                say!(
                    lang,
                    en: "none of the {count} communications says by which channel it goes",
                    es: "ninguna de las {count} comunicaciones dice por qué canal va",
                    pt: "nenhuma das {count} comunicações diz por qual canal vai"
                ),
                "communications",
            ),
            None => (
                say!(
                    lang,
                    en: "{name} does not say by which channel it goes",
                    es: "{name} no dice por qué canal va",
                    pt: "{name} não diz por qual canal vai"
                ),
                communication.id.as_str(),
            ),
        };
        let help = say!(
            lang,
            en: "name the channel, for example `Email`, `Webinar` or `In-app`",
            es: "nombre el canal, por ejemplo `Email`, `Webinar` o `In-app`",
            pt: "indique o canal, por exemplo `E-mail`, `Webinar` ou `In-app`"
        );
        cx.report(communication.file, communication.text.span, message)
            .help(help)
            .about(subject)
            .owner(said(communication.owner.as_ref()));
    }
}
