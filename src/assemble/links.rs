//! Where links lead. Destinations are written to source files, so that they work on the forge; here they find their pages.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::assemble::paths::{below, split};
use crate::model::{Link, OutPath, PageId, ResolvedLink, SectionId, Site, Target};
use crate::words::nearest;

/// Schemes that run code or smuggle a document in; never written out.
const UNSAFE_SCHEMES: [&str; 4] = ["javascript", "data", "vbscript", "file"];

/// Knows every place of a site by the names that an author may use for it.
pub struct Resolver<'a> {
    site: &'a Site,
    /// By path below the content folder.
    sources: HashMap<&'a str, Target>,
    /// By output path.
    outputs: HashMap<&'a str, Target>,
    /// The paths of `sources` in order, for suggestions; a site without broken links needs none.
    known: OnceLock<Vec<&'a str>>,
}

impl<'a> Resolver<'a> {
    /// Takes stock of a site.
    pub fn new(site: &'a Site) -> Self {
        let content = site.config.content.as_str();
        let mut resolver = Self { site, sources: HashMap::new(), outputs: HashMap::new(), known: OnceLock::new() };
        for (index, asset) in site.assets.iter().enumerate() {
            resolver.sources.insert(below(&asset.path, content), Target::Asset(index));
            resolver.outputs.insert(asset.out.as_str(), Target::Asset(index));
        }
        for (index, section) in site.sections.iter().enumerate() {
            let target = section.index.map_or(Target::Section(SectionId(index)), Target::Page);
            resolver.sources.insert(&section.folder, target.clone());
            resolver.outputs.insert(section.out.as_str(), target);
        }
        for (index, page) in site.pages.iter().enumerate() {
            let path = &site.sources[site.documents[index].file].path;
            resolver.sources.insert(below(path, content), Target::Page(PageId(index)));
            resolver.outputs.insert(page.out.as_str(), Target::Page(PageId(index)));
            for alias in &page.aliases {
                resolver.outputs.entry(alias.as_str()).or_insert(Target::Page(PageId(index)));
            }
        }
        resolver
    }

    /// Resolves the links of a page, in order.
    pub fn links_of(&self, page: PageId) -> Vec<ResolvedLink> {
        self.site.document(page).links.iter().map(|link| self.resolve(page, link)).collect()
    }

    fn resolve(&self, page: PageId, link: &Link) -> ResolvedLink {
        let (path, query, fragment) = cut(&link.destination);
        let target = match scheme(&link.destination) {
            Some(scheme) if UNSAFE_SCHEMES.contains(&scheme.as_str()) => Target::Unsafe,
            Some(_) => Target::External,
            None if link.destination.starts_with("//") => Target::External,
            None if path.is_empty() => Target::Page(page),
            None => match self.find(page, &decoded(path)) {
                Target::Broken { nearest } => {
                    Target::Broken { nearest: self.unescaped(page, &link.destination).or(nearest) }
                }
                found => found,
            },
        };
        let wanted = match &target {
            Target::OutsideSite(_) | Target::Broken { .. } => self.wanted(page, &decoded(path)),
            _ => None,
        };
        ResolvedLink { target, query: query.to_owned(), fragment: fragment.map(decoded), wanted }
    }

    /// The path below the root that a destination names, seen from a page; with a slash at its beginning from the content.
    fn wanted(&self, page: PageId, path: &str) -> Option<String> {
        let from = match path.strip_prefix('/') {
            Some(_) => self.site.config.content.as_str(),
            None => split(&self.site.source(page).path).0,
        };
        joined(from, path.trim_start_matches('/'))
    }

    /// Finds what a path means, seen from a page: first as a source file, then as an output path, then outside the site.
    fn find(&self, page: PageId, path: &str) -> Target {
        let source = &self.site.source(page).path;
        let folder = split(below(source, &self.site.config.content)).0;
        let Some(wanted) = joined(folder, path) else { return outside(split(source).0, path) };
        let as_written = wanted.trim_end_matches('/');
        // Nearly every link names its file, and needs no other spelling.
        if let Some(target) = self.sources.get(as_written) {
            return target.clone();
        }
        let with_extension = format!("{as_written}.md");
        let as_output = [format!("{as_written}.html"), as_written.to_owned()];
        self.sources
            .get(with_extension.as_str())
            .or_else(|| as_output.iter().find_map(|path| self.outputs.get(path.as_str())))
            .cloned()
            .unwrap_or_else(|| match path.strip_prefix('/') {
                // On the forge a leading slash means the top of the repository.
                Some(path) => outside("", path),
                None => Target::Broken { nearest: self.nearest(folder, as_written) },
            })
    }

    /// The right destination where `#` and `?` in a file's name were written as they are, which cuts the name short.
    fn unescaped(&self, page: PageId, destination: &str) -> Option<String> {
        let folder = split(below(&self.site.source(page).path, &self.site.config.content)).0;
        let without_fragment = destination.rsplit_once('#').map(|(path, _)| path);
        [Some(destination), without_fragment].into_iter().flatten().find_map(|written| {
            let named = joined(folder, &decoded(written)).filter(|_| written.contains(['#', '?']))?;
            self.sources.contains_key(named.as_str()).then(|| relative(folder, &named))
        })
    }

    /// The existing destination that looks most like `wanted`, written relative to `folder`.
    fn nearest(&self, folder: &str, wanted: &str) -> Option<String> {
        let (wanted_folder, name) = split(wanted);
        let known = self.known.get_or_init(|| {
            let mut known: Vec<&str> = self.sources.keys().copied().filter(|path| !path.is_empty()).collect();
            known.sort_unstable();
            known
        });
        // A file system that does not tell `A` from `a` hides this mistake from its author.
        let lower = wanted.to_lowercase();
        if let Some(found) = known.iter().find(|path| path.to_lowercase() == lower) {
            return Some(relative(folder, found));
        }
        let (siblings, others): (Vec<&str>, Vec<&str>) = known.iter().partition(|path| split(path).0 == wanted_folder);
        let same_name = || known.iter().copied().find(|path| split(path).1 == name);
        let found = nearest(wanted, siblings).or_else(same_name).or_else(|| nearest(wanted, others))?;
        Some(relative(folder, found))
    }
}

/// What a path means that leaves the content folder. Whether the file exists is asked later, since assembly reads no disk.
fn outside(folder: &str, path: &str) -> Target {
    joined(folder, path).map_or(Target::OutsideRoot, Target::OutsideSite)
}

/// Path, query with `?`, fragment without `#`.
fn cut(destination: &str) -> (&str, &str, Option<&str>) {
    let (rest, fragment) = match destination.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (destination, None),
    };
    let path = rest.find('?').map_or(rest, |at| &rest[..at]);
    (path, &rest[path.len()..], fragment)
}

/// The scheme in lower case. Browsers drop control characters and white space before they look at it, and so do we.
pub fn scheme(destination: &str) -> Option<String> {
    if !destination.contains(':') {
        return None;
    }
    let clean: String = destination.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = clean.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// Percent-decoded; what is not UTF-8 after decoding stays as written.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// `path` seen from `folder`, without `.` and `..`; a leading slash means the top. `None` where it leaves the top.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let from_top = path.starts_with('/');
    let mut parts: Vec<&str> =
        if from_top { Vec::new() } else { folder.split('/').filter(|part| !part.is_empty()).collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `to` as an author in `folder` would write it: readable, and escaped only where the text would mean something else.
fn relative(folder: &str, to: &str) -> String {
    let from = if folder.is_empty() { "x".to_owned() } else { format!("{folder}/x") };
    let link = OutPath::new(from).link_to(&OutPath::new(to));
    decoded(&link).replace('%', "%25").replace('#', "%23").replace('?', "%3F")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_cut_and_decoded() {
        assert_eq!(cut("a.md?x=1#y"), ("a.md", "?x=1", Some("y")));
        assert_eq!(cut("#y"), ("", "", Some("y")));
        assert_eq!(decoded("a%20b%C3%B1%zz%"), "a bñ%zz%");
        assert_eq!(decoded("%ff"), "%ff");
    }

    #[test]
    fn paths_are_joined_inside_the_top() {
        assert_eq!(joined("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(joined("a", "/c.md").as_deref(), Some("c.md"));
        assert_eq!(joined("a", "../../c.md"), None);
    }

    #[test]
    fn schemes_are_seen_through_disguise() {
        assert_eq!(scheme(" java\nscript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme("HTTPS://x").as_deref(), Some("https"));
        assert_eq!(scheme("a b.md"), None);
        assert_eq!(scheme("año:x.md"), None);
    }
}
