//! `checklist/unknown-column`

use crate::check::Context;
use crate::check::checklist::shape_faults;
use crate::check::fixes;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::diagnostic::Safety;
use crate::model::ShapeFault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds columns of a checklist whose header is close to a name that Rollbook knows, but is none: `Evidnce`, `Fecha
    /// limte`. Owner and status are told by `checklist/missing-column`.
    ///
    /// ## Why it matters
    /// A column without a known name is not read: its dates are never overdue, its evidence is never found.
    ///
    /// ## Example
    /// ```markdown
    /// | Item | Owner | Status | Evidnce |
    /// |------|-------|--------|---------|
    /// | QA cycles completed | QA Lead | ✅ | Report 12 |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item | Owner | Status | Evidence |
    /// |------|-------|--------|----------|
    /// | QA cycles completed | QA Lead | ✅ | Report 12 |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNKNOWN_COLUMN = "checklist/unknown-column", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in shape_faults(cx.site) {
        let ShapeFault::UnknownColumn { header, meant } = fault else { continue };
        let name = quoted(&header.value);
        let message = say!(
            lang,
            en: "the column {name} is not read: its header is no known word",
            es: "la columna {name} no se lee: su encabezado no es una palabra conocida",
            pt: "a coluna {name} não é lida: o cabeçalho não é uma palavra conhecida"
        );
        let fix = fixes::text(cx.site, file, header.span, &header.value, meant, Safety::Unsafe);
        cx.report(file, header.span, message).help(did_you_mean(lang, meant)).fix(fix);
    }
}
