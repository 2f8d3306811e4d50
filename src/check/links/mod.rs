//! Rules about links.

pub mod broken_file;
pub mod case_mismatch;
pub mod orphan_page;
pub mod outside_root;
pub mod undefined_reference;
pub mod unsafe_scheme;

use crate::model::Target;

/// The path that a broken link should have, where both differ only in capital and small letters.
pub fn other_case<'a>(destination: &str, target: &'a Target) -> Option<&'a str> {
    let Target::Broken { nearest: Some(nearest) } = target else { return None };
    let path = destination.find(['?', '#']).map_or(destination, |end| &destination[..end]);
    let plain = |path: &str| path.trim_start_matches("./").replace("%20", " ").to_lowercase();
    (plain(path) == plain(nearest)).then_some(nearest)
}
