//! `waiver/missing-reason`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::waiver::{report, sound, suppressions};
use crate::check::wording::quoted;
use crate::lang::Lang;
use crate::model::Suppression;
use crate::say;
use crate::source::{FileId, Span};

rule! {
    /// ## What it does
    /// Finds waivers without a `reason`, and comments such as `<!-- rollbook: allow checklist/missing-owner -->` without a reason
    /// behind `--`. A placeholder such as `TODO` or `por definir` is none. They let nothing pass.
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
        let message = match written(cx, file, waiver.reason_span, waiver.span) {
            Some(reason) => say!(
                lang,
                en: "{reason} is no reason, and so this waiver waives nothing",
                es: "{reason} no es un motivo, y por eso esta excepción no exceptúa nada",
                pt: "{reason} não é um motivo, e por isso esta exceção não dispensa nada"
            ),
            None => say!(
                lang,
                en: "this waiver gives no reason, and so it waives nothing",
                es: "esta excepción no da un motivo, y por eso no exceptúa nada",
                pt: "esta exceção não dá um motivo, e por isso não dispensa nada"
            ),
        };
        report(cx, file, waiver, waiver.reason_span, message).help(help(lang));
    }
    // A comment that names no rule has another mistake first.
    let unexplained =
        |(_, _, comment): &(FileId, usize, &Suppression)| comment.reason.is_none() && !comment.rules.is_empty();
    for (file, _, comment) in suppressions(cx).into_iter().filter(unexplained) {
        let message = match written(cx, file, comment.reason_span, comment.span) {
            Some(reason) => say!(
                lang,
                en: "{reason} is no reason, and so this comment lets nothing pass",
                es: "{reason} no es un motivo, y por eso este comentario no deja pasar nada",
                pt: "{reason} não é um motivo, e por isso este comentário não deixa passar nada"
            ),
            None => say!(
                lang,
                en: "this comment gives no reason, and so it lets nothing pass",
                es: "este comentario no da un motivo, y por eso no deja pasar nada",
                pt: "este comentário não dá um motivo, e por isso não deixa passar nada"
            ),
        };
        cx.report(file, comment.reason_span, message).help(help_for_comments(lang));
    }
}

/// The placeholder that stands where a reason should; none where nothing is written, or only signs.
fn written(cx: &Context<'_>, file: FileId, place: Span, whole: Span) -> Option<String> {
    let text = cx.site.sources[file].slice(place);
    (place != whole && text.contains(char::is_alphanumeric)).then(|| quoted(text))
}

fn help_for_comments(lang: Lang) -> String {
    say!(
        lang,
        en: "write it behind two dashes: `<!-- rollbook: allow RULE -- why -->`",
        es: "escríbalo después de dos guiones: `<!-- rollbook: allow REGLA -- por qué -->`",
        pt: "escreva-o depois de dois hifens: `<!-- rollbook: allow REGRA -- por quê -->`"
    )
}

fn help(lang: Lang) -> String {
    say!(
        lang,
        en: "write why it can wait, for example `reason: the new QA lead starts on Monday`",
        es: "escriba por qué puede esperar, por ejemplo `reason: la nueva QA Lead empieza el lunes`",
        pt: "escreva por que pode esperar, por exemplo `reason: a nova QA Lead começa na segunda`"
    )
}
