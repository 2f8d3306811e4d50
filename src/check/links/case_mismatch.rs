//! `links/case-mismatch`

use crate::check::Context;
use crate::check::fixes;
use crate::check::links::other_case;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::diagnostic::Safety;
use crate::say;

rule! {
    /// ## What it does
    /// Finds links and images whose path differs from the file only in capital and small letters: `Rollback.md` for
    /// `rollback.md`.
    ///
    /// ## Why it matters
    /// On a computer that does not tell them apart the link works; on the web server it leads nowhere.
    ///
    /// ## Example
    /// ```markdown content/example.md
    /// See the [rollback](Rollback.md).
    /// ```
    ///
    /// ```markdown content/rollback.md
    /// The steps.
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/example.md
    /// See the [rollback](rollback.md).
    /// ```
    ///
    /// ```markdown content/rollback.md
    /// The steps.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static CASE_MISMATCH = "links/case-mismatch", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, link, resolved) in cx.links() {
        let Some(right) = other_case(&link.destination, &resolved.target) else { continue };
        let (written, name) = (quoted(&link.destination), quoted(right));
        let message = say!(
            lang,
            en: "{written}: the file is called {name}, and capitals count",
            es: "{written}: el archivo se llama {name}, y las mayúsculas cuentan",
            pt: "{written}: o arquivo se chama {name}, e as maiúsculas contam"
        );
        let fix = fixes::path(cx.site, file, link, right, Safety::Safe);
        cx.report(file, link.destination_span, message).help(did_you_mean(lang, right)).fix(fix);
    }
}
