//! `communications/missing-date`

use crate::check::Context;
use crate::check::gaps::{report_gaps, said};
use crate::check::phases::meant_by;
use crate::check::rule::rule;
use crate::model::{Communication, Plan};
use crate::say;

rule! {
    /// ## What it does
    /// Finds communications that do not say when they go out. A moment such as `Before the pilot` is enough where the phase
    /// that it speaks of has a date. Where none of a page says when, that is one finding for all of them.
    ///
    /// ## Why it matters
    /// Customers who hear of a change behind the change call support. "Before the pilot" is no entry in anybody's calendar.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: communications
    /// ---
    ///
    /// | When       | Message           | Channel | Audience      | Owner     |
    /// |------------|-------------------|---------|---------------|-----------|
    /// | 2026-02-02 | Pilot begins      | Email   | Pilot tenants | Marketing |
    /// |            | The new catalogue | Email   | All tenants   | Product   |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: communications
    /// ---
    ///
    /// | When       | Message           | Channel | Audience      | Owner     |
    /// |------------|-------------------|---------|---------------|-----------|
    /// | 2026-02-02 | Pilot begins      | Email   | Pilot tenants | Marketing |
    /// | 2026-03-02 | The new catalogue | Email   | All tenants   | Product   |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_DATE = "communications/missing-date", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let site = cx.site;
    let message = |name: &str, all: Option<usize>| match all {
        Some(count) => say!(
            lang,
            en: "none of the {count} communications says when it goes out",
            es: "ninguna de las {count} comunicaciones dice cuándo sale",
            pt: "nenhuma das {count} comunicações diz quando sai"
        ),
        None => say!(
            lang,
            en: "{name} does not say when it goes out",
            es: "{name} no dice cuándo sale",
            pt: "{name} não diz quando sai"
        ),
    };
    let help = say!(
        lang,
        en: "write a date, for example `2026-02-02`, or give the phase that it belongs to one",
        es: "escriba una fecha, por ejemplo `2026-02-02`, o ponga fecha a la fase a la que pertenece",
        pt: "escreva uma data, por exemplo `2026-02-02`, ou dê uma data à fase a que pertence"
    );
    report_gaps(cx, &site.plan.communications, |it| is_dated(&site.plan, it), message, &help);
}

/// Whether it has a date, or belongs to a phase that has one.
fn is_dated(plan: &Plan, communication: &Communication) -> bool {
    let moment = communication.moment.as_ref();
    let phase_has_date =
        |moment: &str| meant_by(plan, moment).any(|phase| phase.start.is_some() || phase.end.is_some());
    communication.on.is_some()
        || said(communication.date.as_ref()).is_some()
        || moment.is_some_and(|moment| phase_has_date(&moment.value))
}
