//! `frontmatter/syntax`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::{type_name, yaml_problem};
use crate::model::Fault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds front matter that is not YAML, or is YAML but no list of keys with values.
    ///
    /// ## Why it matters
    /// Nothing of such front matter can be read: the page loses its title, its kind, its owner and its draft mark. So `build`
    /// stops as well.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// title: Rollout: phase 4
    /// ---
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// title: "Rollout: phase 4"
    /// ---
    /// ```
    ///
    /// ## Options
    /// None.
    pub static SYNTAX = "frontmatter/syntax", Error, check, blocks_build;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        match fault {
            Fault::YamlSyntax { message, span } => {
                let message = yaml_problem(lang, message);
                let message = say!(
                    lang,
                    en: "the front matter is not YAML: {message}",
                    es: "el front matter no es YAML: {message}",
                    pt: "o front matter não é YAML: {message}"
                );
                cx.report(file, *span, message).help(say!(
                    lang,
                    en: "write `key: value`, and put quotes around a text that holds `: ` or `#`, or begins with a sign",
                    es: "escriba `clave: valor`, y ponga entre comillas un texto que contenga `: ` o `#`, o que empiece con un signo",
                    pt: "escreva `chave: valor`, e ponha entre aspas um texto que contenha `: ` ou `#`, ou que comece com um sinal"
                ));
            }
            Fault::NotAMapping { found, span } => {
                let found = type_name(lang, *found);
                let message = say!(
                    lang,
                    en: "the front matter must be keys with values, and is {found}",
                    es: "el front matter debe tener claves con valores, y es {found}",
                    pt: "o front matter deve ter chaves com valores, e é {found}"
                );
                cx.report(file, *span, message).help(say!(
                    lang,
                    en: "write one `key: value` a line, for example `title: Rollout plan`",
                    es: "escriba una `clave: valor` por línea, por ejemplo `title: Plan de rollout`",
                    pt: "escreva uma `chave: valor` por linha, por exemplo `title: Plano de rollout`"
                ));
            }
            _ => {}
        }
    }
}
