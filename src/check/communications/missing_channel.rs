//! `communications/missing-channel`

use crate::check::Context;
use crate::check::gaps::{report_gaps, said};
use crate::check::rule::rule;
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
    let site = cx.site;
    let message = |name: &str, all: Option<usize>| match all {
        Some(count) => say!(
            lang,
            en: "none of the {count} communications says by which channel it goes",
            es: "ninguna de las {count} comunicaciones dice por qué canal va",
            pt: "nenhuma das {count} comunicações diz por qual canal vai"
        ),
        None => say!(
            lang,
            en: "{name} does not say by which channel it goes",
            es: "{name} no dice por qué canal va",
            pt: "{name} não diz por qual canal vai"
        ),
    };
    let help = say!(
        lang,
        en: "name the channel, for example `Email`, `Webinar` or `In-app`",
        es: "nombre el canal, por ejemplo `Email`, `Webinar` o `In-app`",
        pt: "indique o canal, por exemplo `E-mail`, `Webinar` ou `In-app`"
    );
    report_gaps(cx, &site.plan.communications, |it| said(it.channel.as_ref()).is_some(), message, &help);
}
