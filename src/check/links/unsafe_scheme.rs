//! `links/unsafe-scheme`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::Target;
use crate::say;

rule! {
    /// ## What it does
    /// Finds links and images that begin with `javascript:`, `vbscript:`, `data:` or `file:`, also in disguise.
    ///
    /// ## Why it matters
    /// Such a link can run a stranger's program in the reader's browser. It is never written into the site.
    ///
    /// ## Example
    /// ```markdown
    /// [Open the dashboard](javascript:open())
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// [Open the dashboard](https://dashboard.example.com/)
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNSAFE_SCHEME = "links/unsafe-scheme", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, link, _) in cx.links().filter(|(_, _, resolved)| resolved.target == Target::Unsafe) {
        let destination = quoted(&link.destination);
        let message = say!(
            lang,
            en: "{destination} could run a program in the reader's browser, so it is left out of the site",
            es: "{destination} podría ejecutar un programa en el navegador de quien lee, así que queda fuera del sitio",
            pt: "{destination} poderia executar um programa no navegador de quem lê, por isso fica fora do site"
        );
        cx.report(file, link.destination_span, message).help(say!(
            lang,
            en: "link to an address that begins with `https:`, or to a file of the site",
            es: "enlace una dirección que empiece con `https:`, o un archivo del sitio",
            pt: "use um endereço que comece com `https:`, ou um arquivo do site"
        ));
    }
}
