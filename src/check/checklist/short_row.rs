//! `checklist/short-row`

use crate::check::Context;
use crate::check::checklist::shape_faults;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Fix, Safety};
use crate::model::ShapeFault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds rows of a checklist with fewer cells than the table has columns.
    ///
    /// ## Why it matters
    /// Markdown fills the row up at its end, so a cell that was deleted with its pipe moves everything behind it one column to
    /// the left. Where owner or status are among the missing cells, that is reported as well.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status | Evidence |
    /// |---------------------|---------|--------|----------|
    /// | QA cycles completed | QA Lead | ⏳     |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner   | Status | Evidence |
    /// |---------------------|---------|--------|----------|
    /// | QA cycles completed | QA Lead | ⏳     |          |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static SHORT_ROW = "checklist/short-row", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in shape_faults(cx.site) {
        let ShapeFault::ShortRow { end, missing, completion } = fault else { continue };
        let columns = missing.iter().map(|header| quoted(header)).collect::<Vec<_>>().join(", ");
        let message = say!(
            lang,
            en: "this row has no cell for {columns}",
            es: "esta fila no tiene celda para {columns}",
            pt: "esta linha não tem célula para {columns}"
        );
        let fix = completion.as_ref().map(|it| Fix::replace(Safety::Safe, file, it.span, it.value.clone()));
        cx.report(file, *end, message).fix(fix).help(say!(
            lang,
            en: "give each column its cell, also an empty one: `| … |  |`",
            es: "dé a cada columna su celda, aunque quede vacía: `| … |  |`",
            pt: "dê a cada coluna a sua célula, mesmo vazia: `| … |  |`"
        ));
    }
}
