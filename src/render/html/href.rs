//! Where a link of a page leads in the built site.

use super::Html;
use crate::model::{LinkKind, ResolvedLink, Target};

impl<'a> Html<'a> {
    /// The link that begins at this byte of the source: its destination as written, and what it was resolved to.
    pub(super) fn link(&self, at: u32, kind: LinkKind) -> Option<(&'a str, &'a ResolvedLink)> {
        let links = &self.site.document(self.page).links;
        let first = links.partition_point(|link| link.span.start < at);
        let index = (first..links.len())
            .take_while(|index| links[*index].span.start == at)
            .find(|index| links[*index].kind == kind)?;
        Some((&links[index].destination, self.site.page(self.page).links.get(index)?))
    }

    /// The `href` of a link, or nothing where there is nowhere to lead to.
    pub(super) fn href(&self, destination: &str, link: &ResolvedLink) -> Option<String> {
        let mut href = match &link.target {
            Target::External => return Some(destination.to_owned()),
            Target::Page(page) if *page == self.page && link.fragment.is_some() && self.is_own_page() => String::new(),
            Target::Page(page) if self.site.is_published(*page) => self.out.link_to(&self.site.page(*page).out),
            Target::Section(section) => self.out.link_to(&self.site.section(*section).out),
            Target::Asset(asset) => self.out.link_to(&self.site.assets[*asset].out),
            Target::Page(_) | Target::Unsafe | Target::OutsideSite(_) | Target::OutsideRoot | Target::Broken { .. } => {
                return None;
            }
        };
        href.push_str(&link.query);
        if let Some(fragment) = &link.fragment {
            href.push('#');
            push_fragment(&mut href, fragment);
        }
        Some(href)
    }

    fn is_own_page(&self) -> bool {
        *self.out == self.site.page(self.page).out
    }
}

/// Leaves letters of any script, which browsers and validators accept, and encodes what would end the attribute or the URL.
pub(super) fn push_fragment(href: &mut String, fragment: &str) {
    let needs_encoding =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '`' | '%' | '#');
    let mut rest = fragment;
    while let Some((at, found)) = rest.char_indices().find(|(_, c)| needs_encoding(*c)) {
        href.push_str(&rest[..at]);
        rest = &rest[at + found.len_utf8()..];
        found.to_string().bytes().for_each(|byte| href.push_str(&format!("%{byte:02X}")));
    }
    href.push_str(rest);
}

/// Whether an external link opens another site; `mailto:` and `tel:` do not.
pub(super) fn leaves_the_site(href: &str) -> bool {
    let starts_with =
        |start: &str| href.get(..start.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(start));
    ["http:", "https:", "//"].into_iter().any(starts_with)
}
