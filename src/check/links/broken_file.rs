//! `links/broken-file`

use crate::check::Context;
use crate::check::fixes;
use crate::check::links::other_case;
use crate::check::rule::rule;
use crate::check::wording::{add_it, did_you_mean, quoted};
use crate::diagnostic::Safety;
use crate::model::{LinkKind, PageId, Target};
use crate::say;

rule! {
    /// ## What it does
    /// Finds links to files that do not exist, to drafts, and to files of the repository that are not part of the site.
    ///
    /// ## Why it matters
    /// A reader who follows the rollback link at night must not land on a 404.
    ///
    /// ## Example
    /// ```markdown
    /// See the [rollback](rolback.md).
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// See the rollback below.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static BROKEN_FILE = "links/broken-file", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let site = cx.site;
    for (index, page) in site.pages.iter().enumerate() {
        let document = site.document(PageId(index));
        for (link, resolved) in document.links.iter().zip(&page.links) {
            if link.kind == LinkKind::Link
                && other_case(&link.destination, &resolved.target).is_none()
                && let Some((message, help)) = problem(cx, PageId(index), &link.destination, &resolved.target)
            {
                let fix = nearest(&resolved.target)
                    .and_then(|right| fixes::path(site, document.file, link, right, Safety::Unsafe));
                cx.report(document.file, link.destination_span, message).help(help).fix(fix);
            }
        }
    }
}

fn nearest(target: &Target) -> Option<&str> {
    match target {
        Target::Broken { nearest } => nearest.as_deref(),
        _ => None,
    }
}

fn problem(cx: &Context<'_>, from: PageId, destination: &str, target: &Target) -> Option<(String, Option<String>)> {
    let lang = cx.lang;
    let destination = quoted(destination);
    match target {
        Target::Broken { nearest } => {
            let message = say!(
                lang,
                en: "link to {destination}: there is no such file",
                es: "enlace a {destination}: no existe ese archivo",
                pt: "link para {destination}: esse arquivo não existe"
            );
            Some((message, Some(nearest.as_ref().map_or_else(|| add_it(lang), |nearest| did_you_mean(lang, nearest)))))
        }
        Target::OutsideSite(path) => {
            let (content, path) = (&cx.site.config.content, quoted(path));
            let message = say!(
                lang,
                en: "link to {destination}: {path} is in the repository, but not part of the site",
                es: "enlace a {destination}: {path} está en el repositorio, pero no forma parte del sitio",
                pt: "link para {destination}: {path} está no repositório, mas não faz parte do site"
            );
            let help = say!(
                lang,
                en: "move the file below `{content}/`, or link to its address on the forge",
                es: "mueva el archivo a `{content}/` o enlace su dirección en el repositorio en línea",
                pt: "mova o arquivo para `{content}/` ou use o endereço dele no repositório on-line"
            );
            Some((message, Some(help)))
        }
        Target::Page(page) if cx.site.page(*page).draft && !cx.site.page(from).draft => {
            let message = say!(
                lang,
                en: "link to {destination}, which is a draft and will not be published",
                es: "enlace a {destination}, que es un borrador y no se publicará",
                pt: "link para {destination}, que é um rascunho e não será publicado"
            );
            let help = say!(
                lang,
                en: "publish it by removing `draft: true` there, or remove the link",
                es: "publíquelo quitando `draft: true` allí, o quite el enlace",
                pt: "publique-o removendo `draft: true` ali, ou remova o link"
            );
            Some((message, Some(help)))
        }
        _ => None,
    }
}
