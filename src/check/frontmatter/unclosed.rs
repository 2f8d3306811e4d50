//! `frontmatter/unclosed`

use crate::check::Context;
use crate::check::rule::rule;
use crate::model::Fault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds front matter that was opened with `---` and never closed.
    ///
    /// ## Why it matters
    /// Title, kind and owner become part of the text, and readers see them as a paragraph. So `build` stops as well.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// title: Rollout plan
    ///
    /// The plan.
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// title: Rollout plan
    /// ---
    ///
    /// The plan.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNCLOSED = "frontmatter/unclosed", Error, check, blocks_build;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::Unclosed { span } = fault else { continue };
        let message = say!(
            lang,
            en: "the front matter that begins here is never closed",
            es: "el front matter que empieza aquí no se cierra nunca",
            pt: "o front matter que começa aqui nunca é fechado"
        );
        cx.report(file, *span, message).help(say!(
            lang,
            en: "write a line with `---` below the last key",
            es: "escriba una línea con `---` debajo de la última clave",
            pt: "escreva uma linha com `---` abaixo da última chave"
        ));
    }
}
