//! `files/garbled-encoding`

use crate::check::Context;
use crate::check::files::garbled;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Edit, Fix, Safety};
use crate::say;
use crate::source::{SourceFile, Spanned};
use crate::words::Extent;

rule! {
    /// ## What it does
    /// Finds text that was read in a wrong encoding and saved again, so that `á` became `√°` or `Ã¡`: a whole page, or a line
    /// of a page that is right otherwise. A status alone is told by `checklist/garbled-status`.
    ///
    /// ## Why it matters
    /// Headings, columns and states cannot be recognised any more, and so parts of the plan vanish. `rollbook fix` restores
    /// every byte.
    ///
    /// ## Example
    /// ```markdown
    /// La regresiÃ³n de la importaciÃ³n estÃ¡ cerrada.
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// La regresión de la importación está cerrada.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static GARBLED_ENCODING = "files/garbled-encoding", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for garbled in garbled(cx.site) {
        let Some(first) = garbled.runs.first() else { continue };
        let source = &cx.site.sources[garbled.file];
        let (broken, right) = word(source, first);
        let (broken, right) = (quoted(&broken), quoted(&right));
        let message = match garbled.extent {
            Extent::Text => say!(
                lang,
                en: "this page was read in a wrong encoding and saved again: {broken} was {right}",
                es: "esta página se leyó con una codificación equivocada y se volvió a guardar: {broken} era {right}",
                pt: "esta página foi lida com a codificação errada e salva de novo: {broken} era {right}"
            ),
            Extent::Line => say!(
                lang,
                en: "this line was read in a wrong encoding and saved again: {broken} was {right}",
                es: "esta línea se leyó con una codificación equivocada y se volvió a guardar: {broken} era {right}",
                pt: "esta linha foi lida com a codificação errada e salva de novo: {broken} era {right}"
            ),
        };
        let edit = |run: &Spanned<String>| Edit { file: garbled.file, span: run.span, text: run.value.clone() };
        let fix = Fix { safety: Safety::Safe, edits: garbled.runs.iter().map(edit).collect() };
        cx.report(garbled.file, first.span, message).fix(fix).help(say!(
            lang,
            en: "`rollbook fix` restores it; then save the file as UTF-8",
            es: "`rollbook fix` lo restaura; después guarde el archivo como UTF-8",
            pt: "`rollbook fix` restaura o texto; depois salve o arquivo como UTF-8"
        ));
    }
}

/// The word around a broken run, as it is and as it was.
fn word(source: &SourceFile, run: &Spanned<String>) -> (String, String) {
    let (before, behind) = (&source.text[..run.span.start as usize], &source.text[run.span.end as usize..]);
    let start = before.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let end = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
    let around = |middle: &str| format!("{}{middle}{}", &before[start..], &behind[..end]);
    (around(source.slice(run.span)), around(&run.value))
}
