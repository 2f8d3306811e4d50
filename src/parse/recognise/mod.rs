//! What the tables and lists of a page mean: which of them are checklists, flags or changes of flags.
//!
//! The steps: what the page is for; for each table or list, what the directive before it, the heading above it or its own
//! columns say; the entities in it; and the entities in front matter.

mod checklist;
mod columns;
mod entries;
mod flags;
mod part_headings;
mod plan_status;

use crate::model::{Checklist, Fault, FrontMatter, Heading, Kind, Plan, ShapeFault, TableMark};
use crate::parse::blocks::{self, Block};
use crate::parse::scan::Scan;
use crate::parse::vocabulary::{SectionKind, Vocabulary};
use crate::source::{FileId, Span, Spanned};
use crate::words::Slugger;

pub use part_headings::parts_of;
pub use plan_status::status_of;

/// This many different parts of a plan, each under its own heading, make a page a plan that nobody declared one.
const PARTS_OF_A_PLAN: usize = 3;

/// What recognition found in one page.
#[derive(Debug, Default)]
pub struct Found {
    /// What the page is for.
    pub kind: Kind,
    /// The parts of a plan.
    pub plan: Plan,
    /// Tables that became entities.
    pub tables: Vec<TableMark>,
}

/// What a page is read with.
#[derive(Debug)]
pub struct Page<'a> {
    /// Its file.
    pub file: FileId,
    /// The whole text of the file.
    pub text: &'a str,
    /// First byte of the body.
    pub body: usize,
    /// The words to recognise by.
    pub words: &'a Vocabulary,
}

/// Recognises the parts of a plan in one page. `inherited` is the kind that a section above gives to its pages.
pub fn recognise(
    page: &Page<'_>,
    front_matter: &FrontMatter,
    inherited: Option<Kind>,
    scan: &mut Scan,
    faults: &mut Vec<Fault>,
) -> Found {
    let words = page.words;
    let written = front_matter.kind.as_ref().map(|kind| kind.value).or(inherited);
    let parts = if written.is_none() { parts(&scan.headings, words) } else { Vec::new() };
    // With less than this, no table could make the page a plan.
    let suspicious = parts.contains(&SectionKind::Checklist) || parts.len() >= PARTS_OF_A_PLAN;
    let may_hold_parts = written.is_some_and(Kind::is_part_of_a_plan) || !scan.directives.is_empty() || suspicious;
    let blocks = if may_hold_parts { blocks::read(page.text, page.body) } else { Vec::new() };
    let kind = written.unwrap_or_else(|| infer(&blocks, &parts, &scan.headings, words));

    let mut found = Found { kind, ..Found::default() };
    let roles = roles(kind, &blocks, scan, words);
    for (block, role) in blocks.iter().zip(&roles) {
        page.read_block(block, *role, &mut scan.slugger, &mut found);
    }
    entries::read(page, &front_matter.entities, &mut scan.slugger, &mut found, faults);
    page.declare_empty(front_matter, scan, &mut found);
    found
}

/// What a table or a list is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Nothing,
    Checklist,
    Flags,
    Events,
}

impl Page<'_> {
    fn read_block(&self, block: &Block, role: Role, ids: &mut Slugger, found: &mut Found) {
        match (block, role) {
            (Block::Table(table), Role::Checklist) => {
                let (list, mark) = checklist::from_table(self, table, ids);
                found.plan.checklists.push(list);
                found.tables.push(mark);
            }
            (Block::List(list), Role::Checklist) => found.plan.checklists.push(checklist::from_list(self, list, ids)),
            (Block::Table(table), Role::Flags) => {
                let (flags, mark) = flags::from_table(self, table, ids);
                found.plan.flags.extend(flags);
                found.tables.push(mark);
            }
            (Block::List(list), Role::Flags) => found.plan.flags.extend(flags::from_list(self, list)),
            (Block::Table(table), Role::Events) => {
                let (events, mark) = flags::events_from_table(self, table, ids);
                found.plan.events.extend(events);
                found.tables.push(mark);
            }
            (Block::DetachedRows(rows), Role::Checklist) => {
                let faults = vec![ShapeFault::DetachedRows { first: rows.first }];
                found.plan.checklists.push(Checklist { file: self.file, span: rows.span, items: Vec::new(), faults });
            }
            (Block::List(_), Role::Events) | (Block::DetachedRows(_), _) | (_, Role::Nothing) => {}
        }
    }

    /// A checklist that is declared, by directive, kind or heading, and has no item is a gate that passes on nothing.
    fn declare_empty(&self, front_matter: &FrontMatter, scan: &Scan, found: &mut Found) {
        let lonely: Vec<Checklist> = directives_without_list(scan, found).map(|span| self.empty(span)).collect();
        found.plan.checklists.extend(lonely);
        if found.kind == Kind::Checklist && found.plan.checklists.is_empty() {
            let declared = front_matter.kind.as_ref().map_or(Span::default(), |kind| kind.span);
            found.plan.checklists.push(self.empty(declared));
        } else if found.kind.is_part_of_a_plan() {
            let missing = sections(&scan.headings, self.words)
                .into_iter()
                .filter(|(_, kind)| *kind == SectionKind::Checklist)
                .map(|(index, _)| (&scan.headings[index], section_span(&scan.headings, index, self.text.len())))
                .filter(|(_, section)| !found.plan.checklists.iter().any(|list| section.contains(list.span.start)))
                .filter(|(_, section)| !scan.links.iter().any(|link| section.contains(link.span.start)))
                .filter(|(_, section)| !ignores(scan).any(|ignored| section.contains(ignored.start)))
                .map(|(heading, _)| self.empty(heading.span))
                .collect::<Vec<_>>();
            found.plan.checklists.extend(missing);
        }
    }

    fn empty(&self, declared: Span) -> Checklist {
        let declared = trimmed(self.text, declared);
        Checklist { file: self.file, span: declared, items: Vec::new(), faults: vec![ShapeFault::Empty { declared }] }
    }
}

/// Directives that announce a checklist where none follows before the next directive.
fn directives_without_list<'a>(scan: &'a Scan, found: &'a Found) -> impl Iterator<Item = Span> + 'a {
    scan.directives.iter().enumerate().filter(|(_, directive)| directive.value == "checklist").filter_map(
        |(index, directive)| {
            let end = scan.directives.get(index + 1).map_or(u32::MAX, |next| next.span.start);
            let mut lists = found.plan.checklists.iter().map(|list| list.span.start);
            (!lists.any(|start| (directive.span.end..end).contains(&start))).then_some(directive.span)
        },
    )
}

/// Tables and lists that somebody took out of the plan on purpose.
fn ignores(scan: &Scan) -> impl Iterator<Item = Span> + '_ {
    scan.directives.iter().filter(|directive| directive.value == "ignore").map(|directive| directive.span)
}

fn trimmed(text: &str, span: Span) -> Span {
    let end = span.start as usize + text[span.range()].trim_end().len();
    Span::new(span.start as usize, end)
}

/// Headings that announce a part of a plan.
fn sections(headings: &[Heading], words: &Vocabulary) -> Vec<(usize, SectionKind)> {
    headings.iter().enumerate().filter_map(|(index, heading)| Some((index, words.section(&heading.text)?))).collect()
}

/// The parts of a plan that headings announce, each run of equal ones once.
fn parts(headings: &[Heading], words: &Vocabulary) -> Vec<SectionKind> {
    let mut parts: Vec<SectionKind> = sections(headings, words).into_iter().map(|(_, kind)| kind).collect();
    parts.dedup();
    parts
}

/// From a heading to the next one that is not below it.
fn section_span(headings: &[Heading], index: usize, end: usize) -> Span {
    let level = headings[index].level;
    let next = headings[index + 1..].iter().find(|heading| heading.level <= level);
    Span::new(headings[index].span.start as usize, next.map_or(end, |heading| heading.span.start as usize))
}

/// What the headings above a place announce; the nearest that announces anything decides.
fn section_at(headings: &[Heading], at: u32, words: &Vocabulary) -> Option<SectionKind> {
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

/// What a page is for that does not say so: a plan, if it has a checklist with owners and states under its heading, or
/// headings for several parts of a plan.
fn infer(blocks: &[Block], parts: &[SectionKind], headings: &[Heading], words: &Vocabulary) -> Kind {
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

fn roles(kind: Kind, blocks: &[Block], scan: &Scan, words: &Vocabulary) -> Vec<Role> {
    let mut before = 0;
    blocks
        .iter()
        .map(|block| {
            let span = block.span();
            let directive =
                scan.directives.iter().rev().find(|it| it.span.start >= before && it.span.end <= span.start);
            before = span.end;
            role(kind, block, directive, &scan.headings, words)
        })
        .collect()
}

fn role(
    kind: Kind,
    block: &Block,
    directive: Option<&Spanned<String>>,
    headings: &[Heading],
    words: &Vocabulary,
) -> Role {
    match directive.map(|directive| directive.value.as_str()) {
        Some("checklist") => return Role::Checklist,
        Some("flags") => return Role::Flags,
        Some("flag-event" | "events") => return Role::Events,
        Some("ignore") => return Role::Nothing,
        _ => {}
    }
    if !kind.is_part_of_a_plan() {
        return Role::Nothing;
    }
    let section = section_at(headings, block.span().start, words).or(match kind {
        Kind::Checklist => Some(SectionKind::Checklist),
        Kind::Flags => Some(SectionKind::Flags),
        Kind::FlagEvent => Some(SectionKind::Events),
        Kind::Plan => None,
        other => Some(SectionKind::Other(other.key())),
    });
    match block {
        Block::Table(table) => columns::role_of_table(section, &table.header, words),
        Block::DetachedRows(_) if section == Some(SectionKind::Checklist) => Role::Checklist,
        Block::DetachedRows(_) => Role::Nothing,
        Block::List(list) => match section {
            Some(SectionKind::Checklist) if list.entries.iter().any(|entry| entry.task.is_some()) => Role::Checklist,
            Some(SectionKind::Flags) if list.entries.iter().any(flags::is_flag_entry) => Role::Flags,
            _ => Role::Nothing,
        },
    }
}
