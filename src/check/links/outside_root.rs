//! `links/outside-root`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::Target;
use crate::say;

rule! {
    /// ## What it does
    /// Finds links and images whose path leads out of the repository.
    ///
    /// ## Why it matters
    /// Such a path works on one computer only, and nobody else has the file. It may also tell more of that computer than its
    /// owner wants.
    ///
    /// ## Example
    /// ```markdown
    /// See the [figures](../../finance/figures.xlsx).
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// See the [figures](https://example.com/finance/figures.xlsx).
    /// ```
    ///
    /// ## Options
    /// None.
    pub static OUTSIDE_ROOT = "links/outside-root", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, link, _) in cx.links().filter(|(_, _, resolved)| resolved.target == Target::OutsideRoot) {
        let destination = quoted(&link.destination);
        let message = say!(
            lang,
            en: "{destination} leads out of the repository",
            es: "{destination} sale del repositorio",
            pt: "{destination} leva para fora do repositório"
        );
        cx.report(file, link.destination_span, message).help(say!(
            lang,
            en: "copy the file into the repository, or link to its address on the web",
            es: "copie el archivo en el repositorio, o enlace su dirección en la web",
            pt: "copie o arquivo para o repositório, ou use o endereço dele na web"
        ));
    }
}
