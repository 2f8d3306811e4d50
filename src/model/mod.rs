//! The nouns: plain data that the stages hand to each other. Nothing here reads a disk or knows Markdown.

mod baseline;
mod changes;
mod checklist;
mod communication;
mod criterion;
mod decision;
mod document;
mod flag;
mod front_matter;
mod history_fault;
mod metric;
mod output;
mod past;
mod phase;
mod plan;
mod revision;
mod risk;
mod rollback;
mod site;
mod waiver;

pub use baseline::{BASELINE, Baseline, BaselineEntry};
pub use changes::{Changes, Touched};
pub use checklist::{Checklist, ChecklistItem, ItemOrigin, Owner, ShapeFault, Status, StatusReading};
pub use communication::Communication;
pub use criterion::{Comparison, Criterion, CriterionReading, Operator, Quantity, Window};
pub use decision::{Decision, Report};
pub use document::{
    Document, Fault, Heading, Link, LinkKind, Mention, Part, Placeholder, RowMark, Swallowed, TableMark,
};
pub use flag::{Blank, Expiry, Flag, FlagEvent};
pub use front_matter::{FrontMatter, Interval, Kind};
pub use history_fault::{HISTORY_FOLDER, HistoryFault, Unreadable};
pub use metric::Metric;
pub use output::{Content, OutPath};
pub use past::{Past, PlacedFault, Previous};
pub use phase::Phase;
pub use plan::{Plan, Progress};
pub use revision::{Change, FileRecord, Rename, Revision, Summary};
pub use risk::{LevelReading, Risk, RiskLevel};
pub use rollback::{Rollback, RollbackStep};
pub use site::{
    Asset, Child, Claim, Clash, Page, PageId, Refused, RefusedReason, ResolvedLink, Section, SectionId, Site, Target,
};
pub use waiver::{RuleName, Suppression, WAIVERS, Waiver, Waivers};
