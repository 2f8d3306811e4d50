//! `assets/missing-alt`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::Fault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds images without words for those who cannot see them.
    ///
    /// ## Why it matters
    /// A screen reader says nothing, and neither does the page when the image does not load.
    ///
    /// ## Example
    /// ```markdown
    /// ![](https://example.com/import-form.png)
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ![The import form with the button “Load file”](https://example.com/import-form.png)
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_ALT = "assets/missing-alt", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::MissingAlt { destination, span } = fault else { continue };
        let name = quoted(destination);
        let message = say!(
            lang,
            en: "image {name} has no alternative text for those who do not see it",
            es: "la imagen {name} no tiene texto alternativo para quien no la ve",
            pt: "a imagem {name} não tem texto alternativo para quem não a vê"
        );
        cx.report(file, *span, message).help(say!(
            lang,
            en: "say between the brackets what the image shows: `![the import form](…)`",
            es: "diga entre los corchetes qué muestra la imagen: `![el formulario de importación](…)`",
            pt: "diga entre os colchetes o que a imagem mostra: `![o formulário de importação](…)`"
        ));
    }
}
