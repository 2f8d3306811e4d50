//! What each table or list is taken for, and what a page is for that does not say so.

use crate::model::{Heading, Kind};
use crate::parse::blocks::{Block, List};
use crate::parse::recognise::outline::branches;
use crate::parse::recognise::{PARTS_OF_A_PLAN, Page, columns, directives, flags};
use crate::parse::scan::Scan;
use crate::parse::vocabulary::{SectionKind, Vocabulary};

/// What a table or a list is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// The kind of its entities.
    pub kind: SectionKind,
    /// Why it is taken for that.
    pub because: Reason,
}

/// Why a block is taken for what it is, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A directive says so.
    Directive,
    /// Its columns, or the heading above it.
    Place,
    /// Nothing but the kind of its page, which is weak for a list below a heading that speaks of something else.
    PageKind,
}

/// What a page is for that does not say so: a plan, if it has a checklist with owners and states under its heading, or
/// headings for several parts of a plan.
pub fn infer(blocks: &[Block], parts: &[SectionKind], headings: &[Heading], words: &Vocabulary) -> Kind {
    let has_checklist = blocks.iter().any(|block| match block {
        Block::Table(table) => {
            columns::is_checklist_by_heading(&table.header, words)
                && section_at(headings, table.span.start, words) == Some(SectionKind::Checklist)
        }
        Block::DetachedRows(rows) => section_at(headings, rows.span.start, words) == Some(SectionKind::Checklist),
        Block::List(_) => false,
    });
    if has_checklist || parts.len() >= PARTS_OF_A_PLAN { Kind::Plan } else { Kind::Page }
}

/// What each block is taken for.
pub fn roles(page: &Page<'_>, kind: Kind, blocks: &[Block], scan: &Scan) -> Vec<Option<Role>> {
    let mut before = 0;
    let mut roles: Vec<Option<Role>> = blocks
        .iter()
        .map(|block| {
            let span = block.span();
            let directive =
                scan.directives.iter().rev().find(|it| it.span.start >= before && it.span.end <= span.start);
            before = span.end;
            role(page, kind, block, directive.map(|it| it.value.as_str()), &scan.headings)
        })
        .collect();
    // Where better ones stand, lists that only the page's kind speaks for are text about them.
    let strongest = roles.iter().flatten().map(|role| role.because).min();
    roles
        .iter_mut()
        .for_each(|role| *role = role.filter(|it| Some(it.because) == strongest || it.because != Reason::PageKind));
    roles
}

fn role(page: &Page<'_>, kind: Kind, block: &Block, directive: Option<&str>, headings: &[Heading]) -> Option<Role> {
    match directive.and_then(directives::read) {
        Some(directives::Directive::Kind(kind)) => return Some(Role { kind, because: Reason::Directive }),
        Some(directives::Directive::Ignore) => return None,
        None => {}
    }
    if !kind.is_part_of_a_plan() {
        return None;
    }
    let announced = section_at(headings, block.span().start, page.words);
    let section = announced.or(section_of_kind(kind));
    let found = match block {
        Block::Table(table) => columns::role_of_table(section, &table.header, page.words),
        Block::DetachedRows(_) => section.filter(|kind| *kind == SectionKind::Checklist),
        Block::List(list) => section.filter(|kind| is_list_of(page, list, *kind)),
    };
    let below_a_heading = headings.iter().any(|it| it.level > 1 && it.span.start < block.span().start);
    let is_list = matches!(block, Block::List(_));
    let weak = announced.is_none() && is_list && below_a_heading && found != Some(SectionKind::Checklist);
    let because = if weak { Reason::PageKind } else { Reason::Place };
    found.map(|kind| Role { kind, because })
}

/// Whether a list below a heading of some kind, or on a page of that kind, holds its entities.
fn is_list_of(page: &Page<'_>, list: &List, kind: SectionKind) -> bool {
    match kind {
        SectionKind::Checklist => list.entries.iter().any(|entry| entry.task.is_some()),
        SectionKind::Flags => list.entries.iter().any(flags::is_flag_entry),
        SectionKind::Events => false,
        _ => !is_list_of_links(page, list),
    }
}

/// "See also": a list whose entries are links and nothing else.
fn is_list_of_links(page: &Page<'_>, list: &List) -> bool {
    branches(&list.entries).iter().all(|branch| {
        let written = page.text[branch.entry.inline.range()].trim_end_matches(['.', ' ']);
        written.starts_with('[') && written.ends_with(')')
    })
}

/// What the tables and lists of a page of some kind are without a heading that says more.
pub const fn section_of_kind(kind: Kind) -> Option<SectionKind> {
    match kind {
        Kind::Page | Kind::Manual | Kind::Plan => None,
        Kind::Checklist => Some(SectionKind::Checklist),
        Kind::Flags => Some(SectionKind::Flags),
        Kind::FlagEvent => Some(SectionKind::Events),
        Kind::Phases => Some(SectionKind::Phases),
        Kind::Metrics => Some(SectionKind::Metrics),
        Kind::Rollback => Some(SectionKind::Rollback),
        Kind::Communications => Some(SectionKind::Communications),
        Kind::Risks => Some(SectionKind::Risks),
        Kind::Decision => Some(SectionKind::Decision),
        Kind::Report => Some(SectionKind::Report),
    }
}

/// Headings that announce a part of a plan.
pub fn announced(headings: &[Heading], words: &Vocabulary) -> Vec<(usize, SectionKind)> {
    headings.iter().enumerate().filter_map(|(index, heading)| Some((index, words.section(&heading.text)?))).collect()
}

/// The parts of a plan that headings announce, each run of equal ones once.
pub fn parts(headings: &[Heading], words: &Vocabulary) -> Vec<SectionKind> {
    let mut parts: Vec<SectionKind> = announced(headings, words).into_iter().map(|(_, kind)| kind).collect();
    parts.dedup();
    parts
}

/// What the headings above a place announce; the nearest that announces anything decides.
pub fn section_at(headings: &[Heading], at: u32, words: &Vocabulary) -> Option<SectionKind> {
    let mut level = u8::MAX;
    headings
        .iter()
        .rev()
        .filter(|heading| heading.span.start < at)
        .filter(|heading| {
            let above = heading.level < level;
            level = level.min(heading.level);
            above
        })
        .find_map(|heading| words.section(&heading.text))
}
