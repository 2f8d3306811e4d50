//! `paths/duplicate-output`

use crate::check::Context;
use crate::check::rule::rule;
use crate::lang::Lang;
use crate::model::{Claim, Clash, PageId, Site};
use crate::say;
use crate::source::{FileId, Span};

rule! {
    /// ## What it does
    /// Finds two pages, a page and an alias, or a page and a copied file that would be written to one path.
    ///
    /// ## Why it matters
    /// One would overwrite the other, and every link to the loser would open the wrong page. So `build` stops as well.
    ///
    /// ## Example
    /// ```markdown content/plan.md
    /// The plan.
    /// ```
    /// ```markdown content/plan-2025.md
    /// ---
    /// slug: plan
    /// ---
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/plan.md
    /// The plan.
    /// ```
    /// ```markdown content/plan-2025.md
    /// ---
    /// slug: plan-2025
    /// ---
    /// ```
    ///
    /// ## Options
    /// None.
    pub static DUPLICATE_OUTPUT = "paths/duplicate-output", Error, check, blocks_build;
}

fn check(cx: &mut Context<'_>) {
    let (lang, site) = (cx.lang, cx.site);
    for clash in &site.clashes {
        let (owner, intruder) = sides(site, clash);
        let (had, wanted) = (place(site, owner), place(site, intruder));
        let Some((file, span)) = wanted.or(had) else { continue };
        let finding = cx.report(file, span, message(lang, clash)).help(help(lang, intruder));
        if let (Some((file, span)), Some(_)) = (had, wanted) {
            finding.label(file, span, has_it(lang));
        }
    }
}

/// Who has the path and who wants it too. A page that asks for another name than its file's is the one that wants.
fn sides<'a>(site: &Site, clash: &'a Clash) -> (&'a Claim, &'a Claim) {
    let has_slug = |claim: &Claim| match claim {
        Claim::Page(page) => site.document(*page).front_matter.slug.is_some(),
        _ => false,
    };
    match (&clash.first, &clash.second) {
        (first, second @ Claim::Page(_)) if has_slug(first) && !has_slug(second) => (second, first),
        (first, second) => (first, second),
    }
}

fn message(lang: Lang, clash: &Clash) -> String {
    let out = clash.out.as_str();
    if clash.first == Claim::Generated || clash.second == Claim::Generated {
        say!(
            lang,
            en: "`{out}` is the path of a page that is generated for the section",
            es: "`{out}` es la ruta de una página que se genera para la sección",
            pt: "`{out}` é o caminho de uma página gerada para a seção"
        )
    } else {
        say!(
            lang,
            en: "`{out}` would be written twice",
            es: "`{out}` se escribiría dos veces",
            pt: "`{out}` seria escrito duas vezes"
        )
    }
}

fn has_it(lang: Lang) -> String {
    say!(lang, en: "this one has the path", es: "este ya tiene la ruta", pt: "este já tem o caminho")
}

fn help(lang: Lang, claim: &Claim) -> String {
    match claim {
        Claim::Alias(..) => say!(
            lang,
            en: "remove this alias: the path belongs to somebody else",
            es: "quite este alias: la ruta ya tiene dueño",
            pt: "remova este alias: o caminho já tem dono"
        ),
        Claim::Page(_) => say!(
            lang,
            en: "rename one of the two files, or give one of them another `slug`",
            es: "cambie el nombre de uno de los dos archivos, o dé a uno de ellos otro `slug`",
            pt: "renomeie um dos dois arquivos, ou dê a um deles outro `slug`"
        ),
        Claim::Asset(_) | Claim::Generated => say!(
            lang,
            en: "rename one of the two files",
            es: "cambie el nombre de uno de los dos archivos",
            pt: "renomeie um dos dois arquivos"
        ),
    }
}

/// Where a claim is made; nowhere for what Rollbook generates.
fn place(site: &Site, claim: &Claim) -> Option<(FileId, Span)> {
    match claim {
        Claim::Page(page) => Some((site.document(*page).file, page_place(site, *page))),
        Claim::Alias(page, alias) => {
            let document = site.document(*page);
            document.front_matter.aliases.get(*alias).map(|alias| (document.file, alias.span))
        }
        Claim::Asset(asset) => site.assets[*asset].stub.map(|file| (file, Span::default())),
        Claim::Generated => None,
    }
}

/// The slug, the title, or the beginning of the file.
fn page_place(site: &Site, page: PageId) -> Span {
    let front_matter = &site.document(page).front_matter;
    let written = front_matter.slug.as_ref().or(front_matter.title.as_ref()).map(|text| text.span);
    written.unwrap_or_else(|| {
        let text = &site.source(page).text;
        Span::new(0, text.find('\n').unwrap_or(text.len()))
    })
}
