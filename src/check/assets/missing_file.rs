//! `assets/missing-file`

use crate::check::Context;
use crate::check::fixes;
use crate::check::links::other_case;
use crate::check::rule::rule;
use crate::check::wording::{add_it, did_you_mean, quoted};
use crate::diagnostic::Safety;
use crate::lang::Lang;
use crate::model::{LinkKind, Target};
use crate::say;

rule! {
    /// ## What it does
    /// Finds images that do not exist, that are not part of the site, or that are not images but pages.
    ///
    /// ## Why it matters
    /// The reader sees a broken frame where the manual shows which button to press.
    ///
    /// ## Example
    /// ```markdown
    /// ![The import form](import-from.png)
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ![The import form](https://example.com/import-form.png)
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_FILE = "assets/missing-file", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let images = cx.links().filter(|(_, link, _)| link.kind == LinkKind::Image);
    for (file, link, resolved) in images.filter(|(_, link, it)| other_case(&link.destination, &it.target).is_none()) {
        let content = &cx.site.config.content;
        if let Some((message, help)) = problem(lang, content, &link.destination, &resolved.target) {
            let right = nearest_file(&resolved.target);
            let fix = right.and_then(|right| fixes::path(cx.site, file, link, right, Safety::Unsafe));
            cx.report(file, link.destination_span, message).help(help).fix(fix);
        }
    }
}

/// The file that was probably meant. A page is no image.
fn nearest_file(target: &Target) -> Option<&str> {
    match target {
        Target::Broken { nearest } => nearest.as_deref().filter(|nearest| !nearest.ends_with(".md")),
        _ => None,
    }
}

fn problem(lang: Lang, content: &str, destination: &str, target: &Target) -> Option<(String, Option<String>)> {
    let destination = quoted(destination);
    match target {
        Target::Broken { .. } => {
            let message = say!(
                lang,
                en: "image {destination}: there is no such file",
                es: "imagen {destination}: no existe ese archivo",
                pt: "imagem {destination}: esse arquivo não existe"
            );
            Some((
                message,
                Some(nearest_file(target).map_or_else(|| add_it(lang), |nearest| did_you_mean(lang, nearest))),
            ))
        }
        Target::OutsideSite(path) => {
            let path = quoted(path);
            let message = say!(
                lang,
                en: "image {destination}: {path} is in the repository, but not part of the site",
                es: "imagen {destination}: {path} está en el repositorio, pero no forma parte del sitio",
                pt: "imagem {destination}: {path} está no repositório, mas não faz parte do site"
            );
            let help = say!(
                lang,
                en: "move the file below `{content}/` or `static/`",
                es: "mueva el archivo a `{content}/` o a `static/`",
                pt: "mova o arquivo para `{content}/` ou para `static/`"
            );
            Some((message, Some(help)))
        }
        Target::Page(_) | Target::Section(_) => {
            let message = say!(
                lang,
                en: "image {destination}: that is a page, not an image",
                es: "imagen {destination}: eso es una página, no una imagen",
                pt: "imagem {destination}: isso é uma página, não uma imagem"
            );
            let help = say!(
                lang,
                en: "remove the `!` to make it a link",
                es: "quite el `!` para que sea un enlace",
                pt: "remova o `!` para que seja um link"
            );
            Some((message, Some(help)))
        }
        Target::External | Target::Unsafe | Target::Asset(_) | Target::OutsideRoot => None,
    }
}
