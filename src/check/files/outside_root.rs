//! `files/outside-root`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::lang::Lang;
use crate::model::RefusedReason;
use crate::say;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds files that were not read: symbolic links that lead out of the repository, nowhere or in a circle, and names that
    /// are not UTF-8.
    ///
    /// ## Why it matters
    /// A link out of the repository could publish any file of the computer that builds the site; a page that is silently left
    /// out is missed by nobody. So `build` stops as well.
    ///
    /// ## Example
    /// ```symlink content/finance
    /// ../..
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/finance.md
    /// The figures that the plan needs, copied into the repository.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static OUTSIDE_ROOT = "files/outside-root", Error, check, blocks_build;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for refused in &cx.site.refused {
        let path = &cx.site.sources[refused.file].path;
        let (message, help) = words(lang, &refused.reason, &quoted(path));
        cx.report(refused.file, Span::default(), message).help(help);
    }
}

fn words(lang: Lang, reason: &RefusedReason, path: &str) -> (String, String) {
    match reason {
        RefusedReason::OutsideRoot => (
            say!(
                lang,
                en: "{path} is a symbolic link that leads out of the repository, so it was not read",
                es: "{path} es un enlace simbólico que sale del repositorio, así que no se leyó",
                pt: "{path} é um link simbólico que leva para fora do repositório, por isso não foi lido"
            ),
            say!(
                lang,
                en: "copy into the repository what the site needs",
                es: "copie en el repositorio lo que el sitio necesita",
                pt: "copie para o repositório aquilo de que o site precisa"
            ),
        ),
        RefusedReason::BrokenLink => (
            say!(
                lang,
                en: "{path} is a symbolic link that leads nowhere or in a circle, so it was not read",
                es: "{path} es un enlace simbólico que no lleva a ninguna parte o da vueltas, así que no se leyó",
                pt: "{path} é um link simbólico que não leva a lugar nenhum ou anda em círculo, por isso não foi lido"
            ),
            say!(
                lang,
                en: "remove it, or let it lead to a file that exists",
                es: "elimínelo, o haga que lleve a un archivo que exista",
                pt: "remova-o, ou faça-o levar a um arquivo que exista"
            ),
        ),
        RefusedReason::NameNotUtf8 => (
            say!(
                lang,
                en: "the name of {path} is not UTF-8, so it was not read",
                es: "el nombre de {path} no está en UTF-8, así que no se leyó",
                pt: "o nome de {path} não está em UTF-8, por isso não foi lido"
            ),
            say!(
                lang,
                en: "rename the file; letters without accents are safe everywhere",
                es: "cambie el nombre del archivo; las letras sin acentos sirven en todas partes",
                pt: "renomeie o arquivo; letras sem acentos funcionam em qualquer lugar"
            ),
        ),
    }
}
