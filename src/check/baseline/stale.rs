//! `baseline/stale`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::say;

rule! {
    /// ## What it does
    /// Finds entries of the baseline that no longer match: the findings that they let pass are mended, waived, or elsewhere. Where the
    /// rule is switched off, or waits for another profile, nobody can say, and so nothing is found.
    ///
    /// ## Why it matters
    /// A baseline is there to become shorter. An entry that is not needed any more would let the same mistake come back unseen.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook-baseline.yaml
    /// findings:
    ///   - rule: checklist/missing-owner
    ///     path: content/example.md
    ///     item: qa-cycles-completed
    ///     count: 1
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner | Status |
    /// |---------------------|-------|--------|
    /// | QA cycles completed | TBD   | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook-baseline.yaml
    /// findings:
    ///   - rule: checklist/missing-owner
    ///     path: content/example.md
    ///     item: qa-cycles-completed
    ///     count: 1
    /// ```
    ///
    /// ## Options
    /// None.
    pub static STALE = "baseline/stale", Warning, check, last;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let (Some(baseline), Some(ledger)) = (&cx.site.baseline, cx.ledger) else { return };
    for (entry, met) in baseline.entries.iter().zip(&ledger.baseline_met) {
        let was_looked_for = crate::check::rule(&entry.rule.value).is_none_or(|rule| cx.policy.runs(rule));
        if *met >= entry.count || !was_looked_for {
            continue;
        }
        let (rule, path, count) = (quoted(&entry.rule.value), quoted(&entry.path), entry.count);
        let message = say!(
            lang,
            en: "the baseline lets {count} of {rule} in {path} pass, and {met} of them are left",
            es: "la línea base deja pasar {count} de {rule} en {path}, y quedan {met}",
            pt: "a linha de base deixa passar {count} de {rule} em {path}, e restam {met}"
        );
        let finding = cx.report(baseline.file, entry.rule.span, message).help(say!(
            lang,
            en: "good: write it anew with `rollbook check --write-baseline`",
            es: "bien: escríbala de nuevo con `rollbook check --write-baseline`",
            pt: "ótimo: escreva-a de novo com `rollbook check --write-baseline`"
        ));
        if let Some(item) = &entry.item {
            finding.about(item);
        }
    }
}
