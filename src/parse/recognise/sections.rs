//! Sections as wholes: what one holds beside its tables and lists, and where they belong together.

use crate::model::{Checklist, Heading, Kind, Link, Report, Rollback, ShapeFault};
use crate::parse::blocks::{Block, Body, Cell, List};
use crate::parse::inline::text_at;
use crate::parse::recognise::phases::heading_text;
use crate::parse::recognise::roles::{Reason, Role, announced, section_of_kind};
use crate::parse::recognise::{Found, Page, closing, phases, rollback};
use crate::parse::vocabulary::{Field, SectionKind};
use crate::source::{Span, Spanned};
use crate::words::{Slugger, fold};

/// A page cut into its sections, with what its blocks were taken for.
pub struct Sections<'a> {
    pub page: &'a Page<'a>,
    pub kind: Kind,
    pub headings: &'a [Heading],
    pub body: &'a Body,
    pub roles: &'a [Option<Role>],
    /// The title in front matter.
    pub title: Option<Spanned<String>>,
}

/// A part of a page that holds entities of one kind: what stands below a heading, or a whole page of that kind.
#[derive(Clone, Copy, Debug)]
struct Section {
    kind: SectionKind,
    /// Index of its heading.
    heading: Option<usize>,
    span: Span,
}

/// From a heading to the next one that is not below it.
pub fn section_span(headings: &[Heading], index: usize, end: usize) -> Span {
    let level = headings[index].level;
    let next = headings[index + 1..].iter().find(|heading| heading.level <= level);
    Span::new(headings[index].span.start as usize, next.map_or(end, |heading| heading.span.start as usize))
}

impl Sections<'_> {
    /// Reads one table or list.
    pub fn read_block(&self, block: &Block, role: Role, ids: &mut Slugger, found: &mut Found) {
        let group = self.group_above(block.span().start);
        match block {
            Block::Table(table) => self.page.read_table(table, role.kind, group.as_ref(), ids, found),
            Block::List(list) if self.is_read_alone(list, role) => {
                self.page.read_list(list, role.kind, group.as_ref(), ids, &mut found.plan);
            }
            Block::DetachedRows(rows) if role.kind == SectionKind::Checklist => {
                let faults = vec![ShapeFault::DetachedRows { first: rows.first }];
                let (file, span) = (self.page.file, rows.span);
                found.plan.checklists.push(Checklist { file, span, items: Vec::new(), faults });
            }
            Block::List(_) | Block::DetachedRows(_) => {}
        }
    }

    /// Phases and steps may stand in several forms at once; there a list counts only where nothing better stands beside it.
    fn is_read_alone(&self, list: &List, role: Role) -> bool {
        if role.because == Reason::Directive {
            return true;
        }
        match role.kind {
            SectionKind::Phases => false,
            SectionKind::Rollback => {
                list.ordered
                    || !self.section_of(list.span.start, role.kind).is_some_and(|section| {
                        self.blocks(&section).any(|block| match block {
                            Block::Table(_) => true,
                            Block::List(other) => other.ordered,
                            Block::DetachedRows(_) => false,
                        })
                    })
            }
            _ => true,
        }
    }

    /// The heading of a group inside a section: the nearest one above, if it announces nothing itself.
    fn group_above(&self, at: u32) -> Option<Spanned<String>> {
        let nearest = self.headings.iter().rev().find(|heading| heading.span.start < at)?;
        let announces = self.page.words.section(&nearest.text).is_some();
        (!announces && nearest.level > 1).then(|| heading_text(self.page, nearest))
    }

    /// Every section that is announced, and the page itself where its kind announces one.
    fn all(&self) -> Vec<Section> {
        if !self.kind.is_part_of_a_plan() {
            return Vec::new();
        }
        let announced = announced(self.headings, self.page.words);
        let mut sections: Vec<Section> = announced
            .into_iter()
            .map(|(index, kind)| {
                let span = section_span(self.headings, index, self.page.text.len());
                Section { kind, heading: Some(index), span }
            })
            .collect();
        let whole = Span::new(self.page.body, self.page.text.len());
        let of_page = section_of_kind(self.kind).filter(|kind| !sections.iter().any(|section| section.kind == *kind));
        sections.extend(of_page.map(|kind| Section { kind, heading: None, span: whole }));
        sections
    }

    fn section_of(&self, at: u32, kind: SectionKind) -> Option<Section> {
        self.all().into_iter().rev().find(|section| section.kind == kind && section.span.contains(at))
    }

    /// The blocks of a section that were taken for what it announces.
    fn blocks(&self, section: &Section) -> impl Iterator<Item = &Block> {
        let inside =
            |block: &&Block, role: &Role| section.span.contains(block.span().start) && role.kind == section.kind;
        let found: Vec<&Block> = self
            .body
            .blocks
            .iter()
            .zip(self.roles)
            .filter_map(|(block, role)| Some((block, role.as_ref()?)))
            .filter(|(block, role)| inside(block, role))
            .map(|(block, _)| block)
            .collect();
        found.into_iter()
    }

    fn lists(&self, section: &Section) -> Vec<&List> {
        let blocks = self.blocks(section);
        blocks.filter_map(|block| if let Block::List(list) = block { Some(list) } else { None }).collect()
    }

    fn paragraphs(&self, section: &Section) -> Vec<&Cell> {
        self.body.paragraphs.iter().filter(|it| section.span.contains(it.span.start)).collect()
    }

    /// Reads what needs a section as a whole.
    pub fn read_wholes(&self, links: &[Link], ids: &mut Slugger, found: &mut Found) {
        self.read_forced(ids, found);
        let sections = self.all();
        for section in &sections {
            match section.kind {
                SectionKind::Phases => self.phases(section, ids, found),
                SectionKind::Rollback => self.rollback(section, links, found),
                SectionKind::Decision => self.decisions(section, ids, found),
                SectionKind::Report => self.report(section, found),
                _ => {}
            }
        }
        for section in sections.iter().filter(|section| section.kind == SectionKind::StopCriteria) {
            self.stop_criteria(section, found);
        }
    }

    /// Reports and decisions that a directive asks for, wherever they stand.
    fn read_forced(&self, ids: &mut Slugger, found: &mut Found) {
        for (block, role) in self.body.blocks.iter().zip(self.roles) {
            let Some(Role { kind, because: Reason::Directive }) = role else { continue };
            let Block::List(list) = block else { continue };
            let above = self.headings.iter().rev().find(|heading| heading.span.start < list.span.start);
            let title = above.map_or_else(|| self.page_title(), |heading| heading_text(self.page, heading));
            match kind {
                SectionKind::Report => {
                    let mut report = self.empty_report(list.span, title);
                    closing::add_parts(self.page, &mut report, list);
                    found.plan.reports.push(report);
                }
                SectionKind::Decision => {
                    found.plan.decisions.extend(closing::decision_from_list(self.page, list, &title, ids));
                }
                _ => {}
            }
        }
    }

    /// Where no table holds them: a heading a phase, or entries that are called one or name a field.
    fn phases(&self, section: &Section, ids: &mut Slugger, found: &mut Found) {
        if self.blocks(section).any(|block| matches!(block, Block::Table(_))) {
            return;
        }
        let inside = |heading: &Heading| section.span.contains(heading.span.start);
        let start = section.heading.map_or(0, |index| index + 1);
        // The title of a page of this kind is above its phases.
        let is_title = |heading: &Heading| section.heading.is_none() && heading.level == 1;
        let start = start + self.headings[start..].iter().take_while(|heading| is_title(heading)).count();
        let end = start + self.headings[start..].iter().take_while(|heading| inside(heading)).count();
        let mut phases = phases::from_headings(self.page, self.headings, start..end, self.body);
        if phases.is_empty() {
            let lists = self.lists(section).into_iter().filter(|list| phases::are_phases(self.page, list));
            phases = lists.flat_map(|list| phases::from_list(self.page, list, ids)).collect();
        }
        found.plan.phases.extend(phases);
    }

    /// What paragraphs add to the procedures of a section; a section of prose alone is a procedure without steps.
    fn rollback(&self, section: &Section, links: &[Link], found: &mut Found) {
        let paragraphs = self.paragraphs(section);
        let inside = |rollback: &&mut Rollback| section.span.contains(rollback.span.start);
        let mut procedures = found.plan.rollbacks.iter_mut().filter(inside).peekable();
        let leads_elsewhere = links.iter().any(|link| section.span.contains(link.span.start));
        if let Some(first) = procedures.peek_mut() {
            rollback::add_labels(self.page, first, &paragraphs);
        } else if let (Some(first), Some(last), false) = (paragraphs.first(), paragraphs.last(), leads_elsewhere)
            && section.heading.is_some()
        {
            let (file, span) = (self.page.file, first.span.to(last.span));
            let mut prose = Rollback { file, span, trigger: None, owner: None, steps: Vec::new() };
            rollback::add_labels(self.page, &mut prose, &paragraphs);
            found.plan.rollbacks.push(prose);
        }
    }

    fn decisions(&self, section: &Section, ids: &mut Slugger, found: &mut Found) {
        let title = self.title_of(section);
        for list in self.lists(section).into_iter().filter(|list| closing::names_decision(self.page, list)) {
            found.plan.decisions.extend(closing::decision_from_list(self.page, list, &title, ids));
        }
    }

    /// The lists of a section are the parts of its report; without lists its sub-headings are.
    fn report(&self, section: &Section, found: &mut Found) {
        let title = self.title_of(section);
        let mut report = self.empty_report(title.span, title);
        self.lists(section).into_iter().for_each(|list| closing::add_parts(self.page, &mut report, list));
        if report.parts.is_empty() {
            let below = |heading: &&Heading| {
                heading.span.start > section.span.start
                    && section.span.contains(heading.span.start)
                    && heading.level > 1
            };
            report.parts = self.headings.iter().filter(below).map(|it| heading_text(self.page, it)).collect();
        }
        if !report.parts.is_empty() || section.heading.is_some() {
            found.plan.reports.push(report);
        }
    }

    /// When to stop is what sets the way back off, where that says nothing itself.
    fn stop_criteria(&self, section: &Section, found: &mut Found) {
        let lists = self.lists(section).into_iter().map(|list| list.span);
        let place = lists.reduce(Span::to).or_else(|| self.paragraphs(section).first().map(|it| it.span));
        let Some(place) = place else { return };
        let wanting = found.plan.rollbacks.iter_mut().filter(|rollback| rollback.trigger.is_none());
        wanting.for_each(|rollback| rollback.trigger = Some(text_at(self.page.text, place)));
    }

    fn empty_report(&self, span: Span, title: Spanned<String>) -> Report {
        Report { file: self.page.file, span, title, parts: Vec::new(), in_front_matter: false }
    }

    fn title_of(&self, section: &Section) -> Spanned<String> {
        section.heading.map_or_else(|| self.page_title(), |index| heading_text(self.page, &self.headings[index]))
    }

    /// The title of the page as written, or its first heading.
    fn page_title(&self) -> Spanned<String> {
        let heading = || self.headings.first().map(|heading| heading_text(self.page, heading));
        let nowhere = Spanned::new(String::new(), Span::at(self.page.body));
        self.title.clone().or_else(heading).unwrap_or(nowhere)
    }
}

/// Whether a text begins with a word for a phase: "Fase 1".
pub fn is_called_a_phase(page: &Page<'_>, text: &str) -> bool {
    fold(text).split(' ').next().is_some_and(|word| page.words.names(word, Field::Phase))
}
