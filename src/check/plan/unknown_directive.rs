//! `plan/unknown-directive`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::model::Fault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds comments of the form `<!-- rollbook: … -->` whose word Rollbook does not know.
    ///
    /// ## Why it matters
    /// A mistyped directive is silently without effect: the table behind it is no part of the plan, and nobody checks it.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- rollbook: cheklist -->
    ///
    /// | Item                | Owner   | Status  |
    /// |---------------------|---------|---------|
    /// | QA cycles completed | QA Lead | Pending |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// <!-- rollbook: checklist -->
    ///
    /// | Item                | Owner   | Status  |
    /// |---------------------|---------|---------|
    /// | QA cycles completed | QA Lead | Pending |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNKNOWN_DIRECTIVE = "plan/unknown-directive", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::UnknownDirective { word, nearest, span } = fault else { continue };
        let word = quoted(word);
        let message = say!(
            lang,
            en: "the directive {word} means nothing, so what follows is read as if it were not there",
            es: "la directiva {word} no significa nada, así que lo que sigue se lee como si no estuviera",
            pt: "a diretiva {word} não significa nada, então o que segue é lido como se ela não existisse"
        );
        let known = || {
            say!(
                lang,
                en: "write one of `checklist`, `flags`, `flag-event`, `phases`, `metrics`, `rollback`, `communications`, `risks`, `decision`, `report`, `ignore`",
                es: "escriba una de estas: `checklist`, `flags`, `flag-event`, `phases`, `metrics`, `rollback`, `communications`, `risks`, `decision`, `report`, `ignore`",
                pt: "escreva uma destas: `checklist`, `flags`, `flag-event`, `phases`, `metrics`, `rollback`, `communications`, `risks`, `decision`, `report`, `ignore`"
            )
        };
        let help = nearest.map_or_else(known, |nearest| did_you_mean(lang, nearest));
        cx.report(file, *span, message).help(help);
    }
}
