//! `checklist/missing-column`

use crate::check::Context;
use crate::check::checklist::shape_faults;
use crate::check::fixes;
use crate::check::rule::rule;
use crate::check::wording::did_you_mean;
use crate::diagnostic::Safety;
use crate::lang::Lang;
use crate::model::ShapeFault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds checklists without a column for the owner or for the status, also where a slip of the pen hides the column:
    /// `Resposable`. The single rows are not reported then.
    ///
    /// ## Why it matters
    /// Every item needs an owner and a status; a list that has no room for them will never get them.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Status |
    /// |---------------------|--------|
    /// | QA cycles completed | ⏳     |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ⏳     |
    /// ```
    ///
    /// ## Options
    /// None. A table that is no checklist can be taken out with `<!-- rollbook: ignore -->` in the line above it.
    pub static MISSING_COLUMN = "checklist/missing-column", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in shape_faults(cx.site) {
        let ShapeFault::MissingColumn { field, header, resembles } = fault else { continue };
        let span = resembles.as_ref().map_or(*header, |word| word.span);
        let help = resembles.as_ref().map_or_else(|| add(lang, field), |word| did_you_mean(lang, &word.value));
        let fix = resembles.as_ref().and_then(|word| {
            let written = cx.site.sources[file].slice(word.span);
            let header = written.trim_matches(['*', '_', '`', ' ']);
            fixes::text(cx.site, file, word.span, header, &word.value, Safety::Unsafe)
        });
        cx.report(file, span, message(lang, field)).help(help).fix(fix);
    }
}

fn message(lang: Lang, field: &str) -> String {
    match field {
        "owner" => say!(
            lang,
            en: "this checklist has no column for the owner",
            es: "este checklist no tiene columna para el responsable",
            pt: "este checklist não tem coluna para o responsável"
        ),
        _ => say!(
            lang,
            en: "this checklist has no column for the status",
            es: "este checklist no tiene columna para el estado",
            pt: "este checklist não tem coluna para o status"
        ),
    }
}

fn add(lang: Lang, field: &str) -> String {
    match field {
        "owner" => say!(
            lang,
            en: "add a column with the header `Owner`",
            es: "agregue una columna con el encabezado `Responsable`",
            pt: "acrescente uma coluna com o cabeçalho `Responsável`"
        ),
        _ => say!(
            lang,
            en: "add a column with the header `Status`",
            es: "agregue una columna con el encabezado `Estado`",
            pt: "acrescente uma coluna com o cabeçalho `Status`"
        ),
    }
}
