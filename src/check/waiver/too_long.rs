//! `waiver/too-long`

use crate::check::Context;
use crate::check::policy::{expiry_allowed, is_expired, is_too_long};
use crate::check::rule::rule;
use crate::check::waiver::{report, sound};
use crate::say;

rule! {
    /// ## What it does
    /// Finds waivers without `expires`, and those that reach further ahead than `waivers: {max_days: …}` of the settings allows
    /// (30 days without it), counted from `requested`, or from today where that is not written. They waive nothing.
    ///
    /// ## Why it matters
    /// An exception without a near end is a change of the rules, and that belongs into the settings, where it is reviewed as one.
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
    ///   expires: 2026-06-30
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
    /// None. How long a waiver may last is said by `waivers: {max_days: 14}` in `rollbook.yaml`.
    pub static TOO_LONG = "waiver/too-long", Error, check, clock, last;
}

fn check(cx: &mut Context<'_>) {
    let (lang, config) = (cx.lang, &cx.site.config);
    for (file, waiver) in sound(cx) {
        if is_expired(waiver, cx.now) || !is_too_long(waiver, config, cx.now) {
            continue;
        }
        let (days, latest) = (config.waiver_days, expiry_allowed(waiver, config, cx.now));
        let (span, message) = match &waiver.expires {
            None => {
                let message = say!(
                    lang,
                    en: "this waiver has no end, and so it waives nothing",
                    es: "esta excepción no tiene fin, y por eso no exceptúa nada",
                    pt: "esta exceção não tem fim, e por isso não dispensa nada"
                );
                (waiver.span, message)
            }
            Some(expires) => {
                let day = expires.value;
                let message = say!(
                    lang,
                    en: "this waiver lasts until {day}, which is more than {days} days, and so it waives nothing",
                    es: "esta excepción dura hasta el {day}, más de {days} días, y por eso no exceptúa nada",
                    pt: "esta exceção dura até {day}, mais de {days} dias, e por isso não dispensa nada"
                );
                (expires.span, message)
            }
        };
        report(cx, file, waiver, span, message).help(say!(
            lang,
            en: "write `expires: {latest}` or an earlier day",
            es: "escriba `expires: {latest}` o un día anterior",
            pt: "escreva `expires: {latest}` ou um dia anterior"
        ));
    }
}
