//! `links/undefined-reference`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::model::Fault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds references to a link that is defined nowhere on the page: `[the plan][plan]` without a line `[plan]: …`. Words
    /// in brackets alone, as `[TODO]`, are no reference, and neither are footnotes.
    ///
    /// ## Why it matters
    /// The page shows the brackets, and the link that a reader needs is not there.
    ///
    /// ## Example
    /// ```markdown
    /// See [the rollback plan][rolback].
    ///
    /// [rollback]: https://example.com/rollback
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// See [the rollback plan][rollback].
    ///
    /// [rollback]: https://example.com/rollback
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNDEFINED_REFERENCE = "links/undefined-reference", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::UndefinedReference { label, nearest, span } = fault else { continue };
        let name = quoted(label);
        let message = say!(
            lang,
            en: "this page does not define the link {name}",
            es: "esta página no define el enlace {name}",
            pt: "esta página não define o link {name}"
        );
        let help = match nearest {
            Some(nearest) => did_you_mean(lang, nearest),
            None => say!(
                lang,
                en: "add a line `[{label}]: address` to the page, or write the address in parentheses behind the text",
                es: "agregue a la página una línea `[{label}]: dirección`, o escriba la dirección entre paréntesis tras el texto",
                pt: "acrescente à página uma linha `[{label}]: endereço`, ou escreva o endereço entre parênteses depois do texto"
            ),
        };
        cx.report(file, *span, message).help(help);
    }
}
