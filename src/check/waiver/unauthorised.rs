//! `waiver/unauthorised`

use crate::check::Context;
use crate::check::policy::{is_approved_by_requester, lacks_signature};
use crate::check::rule::rule;
use crate::check::waiver::report;
use crate::lang::Lang;
use crate::model::{Owner, Waiver};
use crate::say;
use crate::source::{FileId, Span, Spanned};

rule! {
    /// ## What it does
    /// Finds waivers that nobody asked for or approved (`requested_by` or `approved_by` is missing or a placeholder), and those that
    /// were approved by who asked, or by the owner of the item. They waive nothing. Names that `people:` of the settings gives to one
    /// person count as one.
    ///
    /// ## Why it matters
    /// Whoever is late with an item is the last who should decide that it does not matter.
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
    ///   requested_by: QA Lead
    ///   approved_by: QA Lead
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
    pub static UNAUTHORISED = "waiver/unauthorised", Error, check, last;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let Some(ledger) = cx.ledger else { return };
    for (index, (file, waiver)) in indexed(cx) {
        let problem = if lacks_signature(waiver) {
            unsigned(lang, waiver)
        } else if is_approved_by_requester(waiver, &cx.site.config) {
            let message = say!(
                lang,
                en: "this waiver was approved by whoever asked for it, and so it waives nothing",
                es: "esta excepción la aprobó quien la pidió, y por eso no exceptúa nada",
                pt: "esta exceção foi aprovada por quem a pediu, e por isso não dispensa nada"
            );
            (signature(waiver.approved_by.as_ref(), waiver), message)
        } else if ledger.waivers_of_owners.contains(&index) {
            let message = say!(
                lang,
                en: "this waiver was approved by the owner of what it is about, and so it waives nothing",
                es: "esta excepción la aprobó quien responde por el asunto, y por eso no exceptúa nada",
                pt: "esta exceção foi aprovada por quem responde pelo assunto, e por isso não dispensa nada"
            );
            (signature(waiver.approved_by.as_ref(), waiver), message)
        } else {
            continue;
        };
        report(cx, file, waiver, problem.0, problem.1).help(say!(
            lang,
            en: "write in `requested_by` who asked and in `approved_by` who decided: another one, who does not answer for the item",
            es: "escriba en `requested_by` quién la pidió y en `approved_by` quién decidió: alguien distinto, que no responda por el ítem",
            pt: "escreva em `requested_by` quem a pediu e em `approved_by` quem decidiu: outra pessoa, que não responda pelo item"
        ));
    }
}

/// Sound waivers with their index in the file.
fn indexed<'a>(cx: &Context<'a>) -> Vec<(usize, (FileId, &'a Waiver))> {
    let Some(waivers) = &cx.site.waivers else { return Vec::new() };
    let sound = waivers.entries.iter().enumerate().filter(|(_, waiver)| waiver.sound);
    sound.map(|(index, waiver)| (index, (waivers.file, waiver))).collect()
}

fn unsigned(lang: Lang, waiver: &Waiver) -> (Span, String) {
    let named = |owner: &Option<Spanned<Owner>>| owner.as_ref().is_some_and(|owner| owner.value.name().is_some());
    if named(&waiver.approved_by) {
        let message = say!(
            lang,
            en: "this waiver does not say who asked for it, and so it waives nothing",
            es: "esta excepción no dice quién la pidió, y por eso no exceptúa nada",
            pt: "esta exceção não diz quem a pediu, e por isso não dispensa nada"
        );
        (signature(waiver.requested_by.as_ref(), waiver), message)
    } else {
        let message = say!(
            lang,
            en: "this waiver does not say who approved it, and so it waives nothing",
            es: "esta excepción no dice quién la aprobó, y por eso no exceptúa nada",
            pt: "esta exceção não diz quem a aprovou, e por isso não dispensa nada"
        );
        (signature(waiver.approved_by.as_ref(), waiver), message)
    }
}

/// Where a signature stands or should stand.
fn signature(owner: Option<&Spanned<Owner>>, waiver: &Waiver) -> Span {
    owner.map_or(waiver.span, |owner| owner.span)
}
