//! The nouns: plain data that the stages hand to each other. Nothing here reads a disk or knows Markdown.

mod checklist;
mod document;
mod flag;
mod front_matter;
mod output;
mod plan;
mod revision;
mod site;

pub use checklist::{Checklist, ChecklistItem, ItemOrigin, Owner, ShapeFault, Status, StatusReading};
pub use document::{Document, Fault, Heading, Link, LinkKind, Mention, RowMark, TableMark};
pub use flag::{Flag, FlagEvent};
pub use front_matter::{FrontMatter, Kind};
pub use output::{Content, OutPath};
pub use plan::{Plan, Progress};
pub use revision::{Change, FileRecord, Rename, Revision, Summary};
pub use site::{
    Asset, Child, Claim, Clash, Page, PageId, Refused, RefusedReason, ResolvedLink, Section, SectionId, Site, Target,
};
