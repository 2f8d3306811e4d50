//! `paths/missing-reference`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::diagnostic::Severity;
use crate::model::{Kind, PageId, Rollback, Site};
use crate::say;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds paths of the repository that a page of the plan names in code, and that do not exist: files with folder and
    /// extension (`scripts/rollback.sh`), and folders with a slash at their end (`docs/flags/old/`). Patterns, addresses and
    /// routes (`/analytics/*`) are none. In a rollback procedure it is an error.
    ///
    /// ## Why it matters
    /// At three in the morning nobody wants to learn that the script was never written.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// Before the pilot, run `scripts/load-seeds.sh`.
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: phases
    /// ---
    ///
    /// Before the pilot, load the seeds by hand.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_REFERENCE = "paths/missing-reference", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let (lang, site) = (cx.lang, cx.site);
    for (page, path) in site.missing_paths.iter().filter(|(page, _)| site.is_published(*page)) {
        let file = site.document(*page).file;
        let in_rollback = is_in_rollback(site, *page, path.span);
        let name = quoted(&path.value);
        let message = if in_rollback {
            say!(
                lang,
                en: "the rollback needs {name}, and the repository has no such file",
                es: "el rollback necesita {name}, y el repositorio no lo tiene",
                pt: "o rollback precisa de {name}, e o repositório não o tem"
            )
        } else {
            say!(
                lang,
                en: "the repository has no {name}",
                es: "el repositorio no tiene {name}",
                pt: "o repositório não tem {name}"
            )
        };
        let severity = if in_rollback { Severity::Error } else { Severity::Warning };
        let owner = site.page(*page).owner.as_deref();
        let finding = cx.report(file, path.span, message).severity(severity).about(path.value.clone()).owner(owner);
        finding.help(say!(
            lang,
            en: "add the file, or write the path as it is from the top of the repository",
            es: "agregue el archivo, o escriba la ruta como es desde la raíz del repositorio",
            pt: "acrescente o arquivo, ou escreva o caminho como é a partir da raiz do repositório"
        ));
    }
}

fn is_in_rollback(site: &Site, page: PageId, place: Span) -> bool {
    let file = site.document(page).file;
    let holds = |rollback: &Rollback| rollback.file == file && rollback.span.contains(place.start);
    site.page(page).kind == Kind::Rollback || site.plan.rollbacks.iter().any(holds)
}
