//! `frontmatter/invalid-value`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::diagnostic::Severity;
use crate::model::{Document, Interval};
use crate::say;

rule! {
    /// ## What it does
    /// Finds values in front matter that have the right type and still cannot be used: a `review_every` that is no length of
    /// time, an alias that names no page below the site, and, as a warning, `updated` or `reviewed` before `date`.
    ///
    /// ## Why it matters
    /// Such a value is left out without a word: the review never falls due, the old address leads nowhere.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// title: Rollback
    /// reviewed: 2025-10-01
    /// review_every: quarterly
    /// ---
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// title: Rollback
    /// reviewed: 2025-10-01
    /// review_every: 3m
    /// ---
    /// ```
    ///
    /// ## Options
    /// None.
    pub static INVALID_VALUE = "frontmatter/invalid-value", Error, check;
}

fn check(cx: &mut Context<'_>) {
    for document in &cx.site.documents {
        review_every(cx, document);
        aliases(cx, document);
        dates(cx, document);
    }
}

fn review_every(cx: &mut Context<'_>, document: &Document) {
    let lang = cx.lang;
    let Some(every) = &document.front_matter.review_every else { return };
    if Interval::parse(&every.value).is_some() {
        return;
    }
    let written = quoted(&every.value);
    let message = say!(
        lang,
        en: "`review_every` cannot be {written}: it takes a length of time",
        es: "`review_every` no puede ser {written}: espera un lapso de tiempo",
        pt: "`review_every` não pode ser {written}: espera um intervalo de tempo"
    );
    cx.report(document.file, every.span, message).help(say!(
        lang,
        en: "write a number with `d`, `w`, `m` or `y` for days, weeks, months or years: `90d`, `3m`, `1y`",
        es: "escriba un número con `d`, `w`, `m` o `y` para días, semanas, meses o años: `90d`, `3m`, `1y`",
        pt: "escreva um número com `d`, `w`, `m` ou `y` para dias, semanas, meses ou anos: `90d`, `3m`, `1y`"
    ));
}

fn aliases(cx: &mut Context<'_>, document: &Document) {
    let lang = cx.lang;
    let leads_nowhere = |alias: &str| {
        let path = alias.trim().trim_start_matches('/');
        path.is_empty() || path.contains(['\\', '#', '?', ':']) || path.split('/').any(|part| part == "..")
    };
    for alias in document.front_matter.aliases.iter().filter(|alias| leads_nowhere(&alias.value)) {
        let written = quoted(&alias.value);
        let message = say!(
            lang,
            en: "the alias {written} names no page of the site",
            es: "el alias {written} no nombra una página del sitio",
            pt: "o alias {written} não indica uma página do site"
        );
        cx.report(document.file, alias.span, message).help(say!(
            lang,
            en: "write the old path from the top of the site, for example `/plans/retail`",
            es: "escriba la ruta anterior desde la raíz del sitio, por ejemplo `/planes/retail`",
            pt: "escreva o caminho antigo a partir da raiz do site, por exemplo `/planos/retail`"
        ));
    }
}

fn dates(cx: &mut Context<'_>, document: &Document) {
    let lang = cx.lang;
    let front = &document.front_matter;
    let Some(date) = &front.date else { return };
    for (field, later) in [("updated", &front.updated), ("reviewed", &front.reviewed)] {
        let Some(later) = later.as_ref().filter(|later| later.value < date.value) else { continue };
        let message = say!(
            lang,
            en: "`{field}` lies before `date`",
            es: "`{field}` es anterior a `date`",
            pt: "`{field}` é anterior a `date`"
        );
        let help = say!(
            lang,
            en: "one of the two dates is wrong",
            es: "una de las dos fechas no es correcta",
            pt: "uma das duas datas não está certa"
        );
        let label = say!(lang, en: "the page was written here", es: "la página se escribió aquí", pt: "a página foi escrita aqui");
        let finding = cx.report(document.file, later.span, message).severity(Severity::Warning).help(help);
        finding.label(document.file, date.span, label);
    }
}
