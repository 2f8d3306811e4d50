//! What the tables and lists of a page mean: which of them are parts of a plan, and of which kind.
//!
//! The steps: what the page is for; the document's own legend; for each table or list, what the directive before it, the heading
//! above it or its own columns say (`roles`); the entities in it (a file a kind); sections whose headings, lists or prose are read
//! as a whole (`sections`); and the entities in front matter (`entries`).

mod checklist;
mod closing;
mod columns;
mod communications;
mod directives;
mod empty;
mod entries;
mod fields;
mod flags;
mod ids;
mod legend;
mod metrics;
mod outline;
mod part_headings;
mod phases;
mod plan_status;
mod risks;
mod roles;
mod rollback;
mod rows;
mod sections;
mod unread;

use std::cell::OnceCell;

use crate::fields::FieldFault;
use crate::lang::Lang;
use crate::model::{Fault, FrontMatter, Kind, Plan, TableMark};
use crate::parse::blocks::{self, Body, List, Table};
use crate::parse::scan::Scan;
use crate::parse::vocabulary::{SectionKind, Vocabulary};
use crate::source::{FileId, Spanned};
use crate::words::{Slugger, guess_language};

pub use fields::{ENTITIES, EntityFields, STEP};
use roles::{infer, parts};
use sections::Sections;

pub use part_headings::{parts_of, swallowed};
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
    /// The language that its front matter names.
    pub lang: Option<Lang>,
    /// The language told from its text, once somebody has asked.
    pub guessed: OnceCell<Option<Lang>>,
}

impl Page<'_> {
    /// The language that its numbers are written in.
    #[must_use]
    pub fn lang(&self) -> Option<Lang> {
        self.lang.or_else(|| *self.guessed.get_or_init(|| guess_language([self.text])))
    }
}

/// Recognises the parts of a plan in one page. `inherited` is the kind that a section above gives to its pages.
pub fn recognise(
    page: &Page<'_>,
    front_matter: &FrontMatter,
    inherited: Option<Kind>,
    scan: &mut Scan,
    faults: &mut Vec<Fault>,
) -> Found {
    faults.extend(directives::unknown(scan));
    let written = front_matter.kind.as_ref().map(|kind| kind.value).or(inherited);
    let parts = if written.is_none() { parts(&scan.headings, page.words) } else { Vec::new() };
    // With less than this, no table could make the page a plan.
    let suspicious = parts.contains(&SectionKind::Checklist) || parts.len() >= PARTS_OF_A_PLAN;
    let may_hold_parts = written.is_some_and(Kind::is_part_of_a_plan) || !scan.directives.is_empty() || suspicious;
    let body = if may_hold_parts { blocks::read(page.text, page.body) } else { Body::default() };
    let kind = written.unwrap_or_else(|| infer(&body.blocks, &parts, &scan.headings, page.words));
    let mut found = Found { kind, ..Found::default() };
    if kind == Kind::Page && written.is_none() && scan.directives.is_empty() && !faults.iter().any(hides_the_kind) {
        faults.extend(unread::checklist(page, may_hold_parts.then_some(&body)));
    }
    let legend = legend::read_legend(&body.blocks, page.words);
    if legend.is_empty() {
        page.read(&body, front_matter, scan, &mut found, faults);
    } else {
        let words = page.words.with_legend(&legend);
        let page = Page { words: &words, guessed: OnceCell::new(), ..*page };
        page.read(&body, front_matter, scan, &mut found, faults);
    }
    found
}

/// Whether something is told already that keeps a page from saying what it is.
const fn hides_the_kind(fault: &Fault) -> bool {
    match fault {
        Fault::YamlSyntax { .. } | Fault::NotAMapping { .. } | Fault::Unclosed { .. } => true,
        Fault::Field(FieldFault::WrongType { field, .. }) => matches!(field.as_bytes(), b"kind"),
        _ => false,
    }
}

impl Page<'_> {
    fn read(
        &self,
        body: &Body,
        front_matter: &FrontMatter,
        scan: &mut Scan,
        found: &mut Found,
        faults: &mut Vec<Fault>,
    ) {
        let roles = roles::roles(self, found.kind, &body.blocks, scan);
        let title = front_matter.title.clone();
        let sections = Sections { page: self, kind: found.kind, headings: &scan.headings, body, roles: &roles, title };
        for (block, role) in body.blocks.iter().zip(&roles) {
            if let Some(role) = role {
                sections.read_block(block, *role, &mut scan.slugger, found);
            }
        }
        sections.read_wholes(&scan.links, &mut scan.slugger, found);
        entries::read(self, &front_matter.entities, &mut scan.slugger, found, faults);
        empty::declare_empty(self, front_matter, scan, found);
        sort(&mut found.plan);
    }

    fn read_table(
        &self,
        table: &Table,
        kind: SectionKind,
        group: Option<&Spanned<String>>,
        ids: &mut Slugger,
        found: &mut Found,
    ) {
        let plan = &mut found.plan;
        let mark = match kind {
            SectionKind::Checklist => {
                let (list, mark) = checklist::from_table(self, table, ids);
                plan.checklists.push(list);
                mark
            }
            SectionKind::Flags => keep(&mut plan.flags, flags::from_table(self, table, ids)),
            SectionKind::Events => keep(&mut plan.events, flags::events_from_table(self, table, ids)),
            SectionKind::Phases => keep(&mut plan.phases, phases::from_table(self, table, ids)),
            SectionKind::Metrics => keep(&mut plan.metrics, metrics::from_table(self, table, group, ids)),
            SectionKind::Rollback => {
                let (rollback, mark) = rollback::from_table(self, table, ids);
                plan.rollbacks.push(rollback);
                mark
            }
            SectionKind::Communications => {
                keep(&mut plan.communications, communications::from_table(self, table, group, ids))
            }
            SectionKind::Risks => keep(&mut plan.risks, risks::from_table(self, table, ids)),
            SectionKind::Decision => keep(&mut plan.decisions, closing::decisions_from_table(self, table, ids)),
            SectionKind::Report | SectionKind::StopCriteria => return,
        };
        found.tables.push(mark);
    }

    fn read_list(
        &self,
        list: &List,
        kind: SectionKind,
        group: Option<&Spanned<String>>,
        ids: &mut Slugger,
        plan: &mut Plan,
    ) {
        match kind {
            SectionKind::Checklist => plan.checklists.push(checklist::from_list(self, list, ids)),
            SectionKind::Flags => plan.flags.extend(flags::from_list(self, list)),
            SectionKind::Phases => plan.phases.extend(phases::from_list(self, list, ids)),
            SectionKind::Metrics => plan.metrics.extend(metrics::from_list(self, list, group, ids)),
            SectionKind::Rollback => plan.rollbacks.push(rollback::from_list(self, list, ids)),
            SectionKind::Communications => {
                plan.communications.extend(communications::from_list(self, list, group, ids));
            }
            SectionKind::Risks => plan.risks.extend(risks::from_list(self, list, ids)),
            // Read by their sections, which give them a title.
            SectionKind::Events | SectionKind::Decision | SectionKind::Report | SectionKind::StopCriteria => {}
        }
    }
}

fn keep<T>(all: &mut Vec<T>, (found, mark): (Vec<T>, TableMark)) -> TableMark {
    all.extend(found);
    mark
}

/// Entities that stand in an order of their own are kept in the order of the file.
fn sort(plan: &mut Plan) {
    plan.phases.sort_by_key(|it| it.span.start);
    plan.metrics.sort_by_key(|it| it.span.start);
    plan.rollbacks.sort_by_key(|it| it.span.start);
    plan.communications.sort_by_key(|it| it.span.start);
    plan.risks.sort_by_key(|it| it.span.start);
    plan.decisions.sort_by_key(|it| it.span.start);
    plan.reports.sort_by_key(|it| it.span.start);
}
