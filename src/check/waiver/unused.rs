//! `waiver/unused`

use crate::check::policy::{is_known, means, stands};
use crate::check::rule::rule;
use crate::check::waiver::{has_target, report, subjects, suppressions};
use crate::check::wording::quoted;
use crate::check::{Context, may_stay};
use crate::check::{RULES, Rule};
use crate::model::Waiver;
use crate::say;
use crate::source::FileId;

rule! {
    /// ## What it does
    /// Finds waivers that hold and waive nothing, and names of rules in `<!-- rollbook: allow … -->` that let nothing pass. Where the rule
    /// is switched off, or waits for another profile, nobody can say, and so nothing is found.
    ///
    /// ## Why it matters
    /// The item was mended, and the exception is still there: it would let the same mistake pass the next time, and nobody would see it.
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
    pub static UNUSED = "waiver/unused", Warning, check, last;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, waiver) in unused_waivers(cx) {
        let rule = waiver.rule.as_ref().map_or_else(String::new, |rule| quoted(&rule.value));
        let message = say!(
            lang,
            en: "this waiver waives nothing: {rule} finds nothing there",
            es: "esta excepción no exceptúa nada: {rule} no encuentra nada ahí",
            pt: "esta exceção não dispensa nada: {rule} não encontra nada ali"
        );
        report(cx, file, waiver, waiver.span, message).help(say!(
            lang,
            en: "remove it",
            es: "quítela",
            pt: "remova-a"
        ));
    }
    let Some(ledger) = cx.ledger else { return };
    for (file, index, suppression) in suppressions(cx) {
        for (name, rule) in suppression.rules.iter().enumerate() {
            let is_judged = suppression.reason.is_some() && is_known(&rule.value) && may_stay(&rule.value);
            if !is_judged || ledger.suppressions_used.contains(&(file, index, name)) || !all_run(cx, &rule.value) {
                continue;
            }
            let quoted = quoted(&rule.value);
            let message = say!(
                lang,
                en: "this comment lets nothing pass: {quoted} finds nothing in the block that it is about",
                es: "este comentario no deja pasar nada: {quoted} no encuentra nada en el bloque al que se refiere",
                pt: "este comentário não deixa passar nada: {quoted} não encontra nada no bloco a que se refere"
            );
            cx.report(file, rule.span, message).help(say!(
                lang,
                en: "remove it, or put it right before the table, list or paragraph that is meant",
                es: "quítelo, o póngalo justo antes de la tabla, la lista o el párrafo al que se refiere",
                pt: "remova-o, ou coloque-o logo antes da tabela, da lista ou do parágrafo a que se refere"
            ));
        }
    }
}

fn unused_waivers<'a>(cx: &Context<'a>) -> Vec<(FileId, &'a Waiver)> {
    let (Some(waivers), Some(ledger)) = (&cx.site.waivers, cx.ledger) else { return Vec::new() };
    let subjects = subjects(cx);
    let is_unused = |(index, waiver): &(usize, &Waiver)| {
        let used = ledger.waivers_used.contains(index) || ledger.waivers_of_owners.contains(index);
        !used && stands(waiver, &cx.site.config, cx.now) && has_target(cx, &subjects, waiver)
    };
    let unused = waivers.entries.iter().enumerate().filter(is_unused).map(|(_, waiver)| waiver);
    let runs = |waiver: &&Waiver| waiver.rule.as_ref().is_some_and(|rule| all_run(cx, &rule.value));
    unused.filter(runs).map(|waiver| (waivers.file, waiver)).collect()
}

/// Whether everything that a name stands for was looked for.
fn all_run(cx: &Context<'_>, name: &str) -> bool {
    let meant = |rule: &&&Rule| means(name, rule.id);
    RULES.iter().filter(meant).all(|rule| cx.policy.runs(rule))
}
