//! `waiver/missing-reason`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::waiver::{report, sound, suppressions};
use crate::lang::Lang;
use crate::say;

rule! {
    /// ## What it does
    /// Finds waivers without a `reason`, or with a placeholder for one, and comments such as
    /// `<!-- rollbook: allow checklist/missing-owner -->` without a reason behind `--`. They let nothing pass.
    ///
    /// ## Why it matters
    /// Whoever reads the exception in three months has to decide whether it still holds, and can only do so from the reason.
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
    ///   reason: TBD
    ///   requested_by: QA team
    ///   approved_by: Release manager
    ///   expires: 2025-10-31
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
    pub static MISSING_REASON = "waiver/missing-reason", Error, check, last;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, waiver) in sound(cx).into_iter().filter(|(_, waiver)| waiver.reason.is_none()) {
        let message = say!(
            lang,
            en: "this waiver gives no reason, and so it waives nothing",
            es: "esta excepción no da un motivo, y por eso no exceptúa nada",
            pt: "esta exceção não dá um motivo, e por isso não dispensa nada"
        );
        report(cx, file, waiver, waiver.reason_span, message).help(help(lang));
    }
    for (file, _, suppression) in suppressions(cx) {
        // One that names no rule has another mistake first.
        if suppression.reason.is_none() && !suppression.rules.is_empty() {
            let message = say!(
                lang,
                en: "this comment gives no reason, and so it lets nothing pass",
                es: "este comentario no da un motivo, y por eso no deja pasar nada",
                pt: "este comentário não dá um motivo, e por isso não deixa passar nada"
            );
            cx.report(file, suppression.span, message).help(say!(
                lang,
                en: "write it behind two dashes: `<!-- rollbook: allow RULE -- why -->`",
                es: "escríbalo después de dos guiones: `<!-- rollbook: allow REGLA -- por qué -->`",
                pt: "escreva-o depois de dois hifens: `<!-- rollbook: allow REGRA -- por quê -->`"
            ));
        }
    }
}

fn help(lang: Lang) -> String {
    say!(
        lang,
        en: "write why it can wait, for example `reason: the new QA lead starts on Monday`",
        es: "escriba por qué puede esperar, por ejemplo `reason: la nueva QA Lead empieza el lunes`",
        pt: "escreva por que pode esperar, por exemplo `reason: a nova QA Lead começa na segunda`"
    )
}
