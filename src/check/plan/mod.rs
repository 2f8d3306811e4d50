//! Rules about the plan as a whole.

pub mod inconsistent_status;
pub mod missing_section;
pub mod placeholder;
pub mod unknown_directive;
pub mod unread_checklist;

use std::collections::BTreeSet;

use crate::model::{Document, Kind, PageId, Site};
use crate::source::{FileId, Span};

/// The parts that a plan should have, in the order of messages.
pub const PARTS: [&str; 6] = ["flags", "phases", "rollback", "communications", "checklist", "risks"];

/// With so many parts, one that is absent is missed: a page that calls itself a plan needs fewer to be taken at its word than a
/// site of separate pages. With less than that it is a beginning.
const PARTS_OF_A_PLAN: usize = 3;
const PARTS_OF_A_SITE: usize = 4;

/// The documents that can hold parts of the plan and are published.
fn documents(site: &Site) -> impl Iterator<Item = (PageId, &Document)> {
    let pages = site.documents.iter().enumerate().map(|(index, document)| (PageId(index), document));
    pages.filter(|(page, _)| site.is_published(*page) && site.page(*page).kind.is_part_of_a_plan())
}

/// The parts that the site has: something of them was recognised, or a heading announces them and text stands below it.
pub fn present(site: &Site) -> BTreeSet<&'static str> {
    let plan = &site.plan;
    let recognised = [
        ("flags", !plan.flags.is_empty()),
        ("phases", !plan.phases.is_empty()),
        ("rollback", plan.rollbacks.iter().any(|rollback| !rollback.steps.is_empty())),
        ("communications", !plan.communications.is_empty()),
        ("checklist", !plan.checklists.is_empty()),
        ("risks", !plan.risks.is_empty()),
    ];
    let announced = documents(site).flat_map(|(_, document)| &document.parts).filter(|part| !part.is_empty);
    let announced = announced.filter_map(|part| PARTS.into_iter().find(|known| *known == part.key));
    recognised.into_iter().filter(|(_, is_there)| *is_there).map(|(part, _)| part).chain(announced).collect()
}

/// Whether so much of a plan is there that the rest of it is missed.
pub fn is_whole_plan(site: &Site, present: &BTreeSet<&'static str>) -> bool {
    let has_plan = documents(site).any(|(page, _)| site.page(page).kind == Kind::Plan);
    present.len() >= if has_plan { PARTS_OF_A_PLAN } else { PARTS_OF_A_SITE }
}

/// The first heading that announces `key` and has nothing below it.
pub fn empty_part(site: &Site, key: &str) -> Option<(FileId, Span)> {
    documents(site).find_map(|(_, document)| {
        let part = document.parts.iter().find(|part| part.key == key && part.is_empty)?;
        let heading = site.sources[document.file].slice(part.heading).trim_end();
        Some((document.file, Span::new(0, heading.len()).shifted(part.heading.start as usize)))
    })
}
