//! `waiver/expired`

use crate::check::Context;
use crate::check::policy::is_expired;
use crate::check::rule::rule;
use crate::check::waiver::{report, sound};
use crate::say;

rule! {
    /// ## What it does
    /// Finds waivers in `rollbook-waivers.yaml` whose last day is over. They waive nothing any more.
    ///
    /// ## Why it matters
    /// A waiver is a promise with a date. When the date has passed and nobody looks, the exception has become the rule.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook-waivers.yaml
    /// - rule: checklist/missing-owner
    ///   item: qa-cycles-completed
    ///   reason: the new QA lead starts on Monday
    ///   requested_by: QA team
    ///   approved_by: Release manager
    ///   expires: 2025-10-19
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner | Status |
    /// |---------------------|-------|--------|
    /// | QA cycles completed | TBD   | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook-waivers.yaml
    /// - rule: checklist/missing-owner
    ///   item: qa-cycles-completed
    ///   reason: the new QA lead starts on Monday
    ///   requested_by: QA team
    ///   approved_by: Release manager
    ///   expires: 2025-10-31
    /// ```
    ///
    /// ## Options
    /// None.
    pub static EXPIRED = "waiver/expired", Error, check, clock, last;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, waiver) in sound(cx) {
        let Some(expires) = waiver.expires.as_ref().filter(|_| is_expired(waiver, cx.now)) else { continue };
        let day = expires.value;
        let message = say!(
            lang,
            en: "this waiver held until {day} and waives nothing any more",
            es: "esta excepción valió hasta el {day} y ya no exceptúa nada",
            pt: "esta exceção valeu até {day} e já não dispensa nada"
        );
        report(cx, file, waiver, expires.span, message).help(say!(
            lang,
            en: "mend what it is about and remove it, or have it approved anew",
            es: "corrija el asunto y quítela, o haga que la aprueben de nuevo",
            pt: "corrija o assunto e remova-a, ou peça uma nova aprovação"
        ));
    }
}
