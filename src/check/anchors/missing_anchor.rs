//! `anchors/missing-anchor`

use crate::check::Context;
use crate::check::fixes;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::diagnostic::Safety;
use crate::model::{LinkKind, PageId, Target};
use crate::say;
use crate::words::nearest;

/// A fragment shorter than this is part of too many anchors to tell which one was meant.
const SHORTEST_PART: usize = 4;

rule! {
    /// ## What it does
    /// Finds links to a place of a page that does not exist: no heading, no checklist item and no element has that id. Headings
    /// get the same ids as on GitHub.
    ///
    /// ## Why it matters
    /// The link opens the page at its top. Whoever looks for one step of the rollback has to search for it.
    ///
    /// ## Example
    /// ```markdown
    /// See the [data reversal](#data-reversl).
    ///
    /// ## Data reversal
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// See the [data reversal](#data-reversal).
    ///
    /// ## Data reversal
    /// ```
    ///
    /// ## Options
    /// None.
    pub static MISSING_ANCHOR = "anchors/missing-anchor", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let (lang, site) = (cx.lang, cx.site);
    for (file, link, resolved) in cx.links().filter(|(_, link, _)| link.kind == LinkKind::Link) {
        let (Target::Page(page), Some(fragment)) = (&resolved.target, &resolved.fragment) else { continue };
        let known = &site.anchors[page.0];
        if exists(known, fragment) {
            continue;
        }
        let anchor = quoted(&format!("#{fragment}"));
        let message = if site.document(*page).file == file {
            say!(
                lang,
                en: "this page has no place with the name {anchor}",
                es: "esta página no tiene ningún lugar con el nombre {anchor}",
                pt: "esta página não tem nenhum lugar com o nome {anchor}"
            )
        } else {
            let path = &site.source(PageId(page.0)).path;
            say!(
                lang,
                en: "`{path}` has no place with the name {anchor}",
                es: "`{path}` no tiene ningún lugar con el nombre {anchor}",
                pt: "`{path}` não tem nenhum lugar com o nome {anchor}"
            )
        };
        let meant = meant(known, fragment);
        let fix = meant.and_then(|meant| fixes::fragment(site, file, link, meant, Safety::Unsafe));
        let help = meant.map(|meant| did_you_mean(lang, &format!("#{meant}")));
        cx.report(file, link.destination_span, message).help(help).fix(fix);
    }
}

/// Whether a browser finds the place. `#top` and `#` are the top of any page, and a text fragment (`#:~:text=`) asks for words.
fn exists(known: &[String], fragment: &str) -> bool {
    let id = fragment.split(":~:").next().unwrap_or_default();
    id.is_empty() || id.eq_ignore_ascii_case("top") || known.binary_search_by(|it| it.as_str().cmp(plain(id))).is_ok()
}

/// The id without the prefix that GitHub puts before it in the pages that it shows.
fn plain(id: &str) -> &str {
    id.strip_prefix("user-content-").unwrap_or(id)
}

/// The anchor that was probably meant: the same in other letters, the nearest, or the only one that contains it.
fn meant<'a>(known: &'a [String], fragment: &str) -> Option<&'a str> {
    let wanted = plain(fragment).to_lowercase();
    let all = || known.iter().map(String::as_str);
    let same = all().find(|id| id.to_lowercase() == wanted);
    let only_one_that_contains = || {
        let mut found = all().filter(|id| wanted.chars().count() >= SHORTEST_PART && id.contains(&wanted));
        found.next().filter(|_| found.next().is_none())
    };
    same.or_else(|| nearest(&wanted, all())).or_else(only_one_that_contains)
}
