//! Which places of pages a branch took away while links still lead there: `check --changed` tells of them wherever the links stand.

use std::collections::BTreeSet;
use std::path::Path;

use crate::changes;
use crate::model::{Changes, PageId, Site, Target};
use crate::parse::parse;
use crate::parse::vocabulary::Vocabulary;
use crate::source::{FileId, SourceFile};

/// Notes them in `changes`. Only pages are looked up that the branch changed and that a link misses a place of: most often none.
///
/// # Errors
/// When git cannot be run.
pub fn note(site: &Site, root: &Path, changes: &mut Changes) -> anyhow::Result<()> {
    for page in missed(site) {
        let path = &site.source(page).path;
        if changes.of(path).is_none() {
            continue;
        }
        if let Some(bytes) = changes::before(root, changes, path)? {
            let was = SourceFile::from_bytes(path, bytes);
            let before = parse(FileId(0), &was, Some(site.page(page).kind), Vocabulary::builtin()).anchors();
            let now = &site.anchors[page.0];
            let lost = before.into_iter().filter(|anchor| now.binary_search(anchor).is_err()).collect();
            changes.lost_anchors.insert(path.clone(), lost);
        }
    }
    Ok(())
}

/// The pages of which a link names a place that is not there.
fn missed(site: &Site) -> BTreeSet<PageId> {
    let links = site.pages.iter().flat_map(|page| &page.links);
    let pages = links.filter_map(|link| match (&link.target, &link.fragment) {
        (Target::Page(page), Some(fragment)) => site.anchors[page.0].binary_search(fragment).is_err().then_some(*page),
        _ => None,
    });
    pages.collect()
}
