//! `frontmatter/implicit-type`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::diagnostic::{Fix, Safety};
use crate::model::Fault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds texts in front matter without quotes that YAML takes for something else: `no` and `on` (true or false to many
    /// readers), `12:30` (750), `0123` (83, or 123), `1.10` (1.1).
    ///
    /// ## Why it matters
    /// The page says one thing here and another on the forge or in the next tool; a version `1.10` becomes `1.1`, an id
    /// `0123` loses its zero.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// title: Release notes
    /// tags: [1.10]
    /// ---
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// title: Release notes
    /// tags: ["1.10"]
    /// ---
    /// ```
    ///
    /// ## Options
    /// None. `true` and `false` mean the same to all and stay as they are.
    pub static IMPLICIT_TYPE = "frontmatter/implicit-type", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::ImplicitType { written, span } = fault else { continue };
        let name = quoted(written);
        let message = say!(
            lang,
            en: "{name} without quotes is not the same to every reader of YAML",
            es: "{name} sin comillas no significa lo mismo para todos los lectores de YAML",
            pt: "{name} sem aspas não significa o mesmo para todos os leitores de YAML"
        );
        let fix = Fix::replace(Safety::Safe, file, *span, format!("\"{written}\""));
        cx.report(file, *span, message).fix(fix).help(say!(
            lang,
            en: "put quotes around it: `\"{written}\"`",
            es: "póngalo entre comillas: `\"{written}\"`",
            pt: "ponha-o entre aspas: `\"{written}\"`"
        ));
    }
}
