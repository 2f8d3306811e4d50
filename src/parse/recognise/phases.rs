//! Phases from tables, from lists, and from a section with a heading a phase.

use std::ops::Range;

use crate::model::{Criterion, Heading, Phase, TableMark};
use crate::parse::blocks::{Block, Body, List, Row, Table};
use crate::parse::criteria::{read_criteria, read_criterion};
use crate::parse::inline::{labelled, text_at};
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::recognise::ids::text_and_id;
use crate::parse::recognise::outline::{Branch, Labelled, branches};
use crate::parse::recognise::rows::{read_rows, with_ids};
use crate::parse::recognise::sections::{is_called_a_phase, section_span};
use crate::parse::status::read_status;
use crate::parse::vocabulary::Field;
use crate::source::{Span, Spanned};
use crate::words::{Slugger, parse_date};

/// What a phase has, the strongest first.
pub const FIELDS: [Field; 11] = [
    Field::Id,
    Field::Phase,
    Field::EntryCriteria,
    Field::ExitCriteria,
    Field::Audience,
    Field::Actions,
    Field::Start,
    Field::End,
    Field::Window,
    Field::Owner,
    Field::Status,
];

/// Reads a table with a row a phase. A row without a name goes on with the criteria of the one above.
pub fn from_table(page: &Page<'_>, table: &Table, ids: &mut Slugger) -> (Vec<Phase>, TableMark) {
    let columns = columns(page, table);
    let (phases, mark) = read_rows(table, "phases", ids, |row| {
        let name = columns.text(row, Field::Phase)?;
        let (name, id) = text_and_id(page.text, name, columns.text(row, Field::Id), "phase");
        let mut phase = empty(page, row.span, name);
        for field in FIELDS {
            if let Some(value) = columns.text(row, field) {
                phase.set(page, field, value);
            }
        }
        phase.exit_span = columns.cell(row, Field::ExitCriteria).map_or(Span::at(row.span.end as usize), |it| it.span);
        Some((id, phase))
    });
    let (mut phases, mark) = with_ids((phases, mark), |phase, id| phase.id = id);
    for row in table.rows.iter().filter(|row| columns.text(row, Field::Phase).is_none()) {
        if let Some(above) = phases.iter_mut().rev().find(|phase| phase.span.end <= row.span.start) {
            above.exit.extend(criteria(page, &columns, row, Field::ExitCriteria));
            above.entry.extend(criteria(page, &columns, row, Field::EntryCriteria));
        }
    }
    (phases, mark)
}

/// The columns of a table of phases. "Etapa" is a number in some documents: the name then stands in another column.
fn columns(page: &Page<'_>, table: &Table) -> Columns {
    let mut columns = Columns::read(&table.header, &FIELDS, page.words);
    columns.default_to_first(Field::Phase, &table.header);
    let is_number = |row: &Row| columns.cell(row, Field::Phase).is_some_and(|cell| cell.text.parse::<u32>().is_ok());
    let named_too = (0..table.header.cells.len()).find(|index| {
        let other = columns.index(Field::Phase) != Some(*index);
        other && page.words.names(&table.header.cells[*index].text, Field::Phase)
    });
    if !table.rows.is_empty() && table.rows.iter().all(is_number) {
        let other = named_too.or_else(|| columns.free());
        other.into_iter().for_each(|index| columns.set(Field::Phase, index));
    }
    columns
}

fn criteria(page: &Page<'_>, columns: &Columns, row: &Row, field: Field) -> Vec<Criterion> {
    let cell = columns.text(row, field);
    cell.map_or_else(Vec::new, |cell| read_criteria(page.text, cell.span, page.lang(), page.words))
}

/// Reads a list with an entry a phase, its fields named below it.
pub fn from_list(page: &Page<'_>, list: &List, ids: &mut Slugger) -> Vec<Phase> {
    let phases = branches(&list.entries).into_iter().filter(|branch| !branch.entry.text.text.trim().is_empty());
    phases
        .map(|branch| {
            let mut read = Labelled::read(page, branch, &FIELDS);
            let written_id = read.take(Field::Id);
            let title = read.text.map(|text| text.trim_end_matches([':', ' ']).to_owned());
            let (name, id) = text_and_id(page.text, title, written_id, "phase");
            let mut phase = Phase { id: ids.unique(id), ..empty(page, branch.span(page), name) };
            for (field, value, below) in read.fields {
                phase.set_all(page, field, value, &below);
            }
            phase
        })
        .collect()
}

/// Whether the entries of a list are phases: each is called one, or one of them names a field of a phase.
pub fn are_phases(page: &Page<'_>, list: &List) -> bool {
    let outer = branches(&list.entries);
    let names_a_field = |branch: &Branch<'_>| {
        branch.children().iter().any(|child| labelled(page.text, child.entry.inline, &FIELDS, page.words).is_some())
    };
    outer.iter().all(|branch| is_called_a_phase(page, &branch.entry.text.text)) || outer.iter().any(names_a_field)
}

/// Reads the headings `inside` a section, each of which is a phase if it is called one or names a field of one.
pub fn from_headings(page: &Page<'_>, headings: &[Heading], inside: Range<usize>, body: &Body) -> Vec<Phase> {
    let Some(level) = headings[inside.clone()].iter().map(|heading| heading.level).min() else { return Vec::new() };
    let own = inside.filter(|index| headings[*index].level == level);
    own.filter_map(|index| from_heading(page, headings, index, body)).collect()
}

fn from_heading(page: &Page<'_>, headings: &[Heading], index: usize, body: &Body) -> Option<Phase> {
    let heading = &headings[index];
    let section = section_span(headings, index, page.text.len());
    let name = heading_text(page, heading);
    let mut phase = Phase { id: heading.id.clone(), ..empty(page, heading.span, name) };
    let found = phase.read_section(page, headings, section, body);
    (found || is_called_a_phase(page, &heading.text)).then_some(phase)
}

/// The text of a heading with its place, without `##` and an id behind it.
pub fn heading_text(page: &Page<'_>, heading: &Heading) -> Spanned<String> {
    let written = page.text[heading.span.range()].lines().next().unwrap_or_default();
    let start = written.len() - written.trim_start_matches(['#', ' ', '\t']).len();
    let end = written.rfind("{#").filter(|at| *at > start).unwrap_or(written.len());
    let end = start + written[start..end].trim_end_matches(['#', ' ', '\t', '\r']).len();
    Spanned::new(heading.text.clone(), Span::new(start, end).shifted(heading.span.start as usize))
}

fn empty(page: &Page<'_>, span: Span, name: Spanned<String>) -> Phase {
    Phase {
        file: page.file,
        span,
        id: String::new(),
        exit_span: Span::at(span.end as usize),
        name,
        status: None,
        window: None,
        start: None,
        end: None,
        audience: None,
        actions: None,
        owner: None,
        entry: Vec::new(),
        exit: Vec::new(),
        in_front_matter: false,
    }
}

impl Phase {
    /// Reads labels of paragraphs and entries in a section; tells whether there were any. A label alone, or a heading that names
    /// a field, announces the list below it.
    fn read_section(&mut self, page: &Page<'_>, headings: &[Heading], section: Span, body: &Body) -> bool {
        let label = |span: Span| labelled(page.text, span, &FIELDS, page.words);
        let inner = headings.iter().filter(|it| it.span.start > section.start && section.contains(it.span.start));
        let mut announced: Vec<(u32, Field)> = inner
            .filter_map(|it| {
                Some((it.span.start, FIELDS.into_iter().find(|field| page.words.names(&it.text, *field))?))
            })
            .collect();
        let mut found = false;
        for paragraph in body.paragraphs.iter().filter(|paragraph| section.contains(paragraph.span.start)) {
            for line in lines(page.text, paragraph.span) {
                match label(line) {
                    Some((field, value)) if value.value.is_empty() => announced.push((line.start, field)),
                    Some((field, value)) => {
                        self.set(page, field, value);
                        found = true;
                    }
                    None => {}
                }
            }
        }
        for block in body.blocks.iter().filter(|block| section.contains(block.span().start)) {
            let Block::List(list) = block else { continue };
            let nearest = announced.iter().filter(|(at, _)| *at < list.span.start).max_by_key(|(at, _)| *at);
            for branch in branches(&list.entries) {
                match (label(branch.entry.inline), nearest) {
                    (Some((field, value)), _) => self.set_all(page, field, value, &branch.children()),
                    (None, Some((_, field))) => {
                        self.set_all(page, *field, Spanned::new(String::new(), branch.entry.inline), &[branch]);
                    }
                    (None, None) => continue,
                }
                found = true;
            }
        }
        found
    }

    /// Sets a field to what stands behind its label and in the entries below it.
    fn set_all(&mut self, page: &Page<'_>, field: Field, value: Spanned<String>, below: &[Branch<'_>]) {
        let entries = below.iter().map(|branch| branch.entry.inline);
        match field {
            Field::EntryCriteria | Field::ExitCriteria => {
                let place = value.span;
                if !value.value.is_empty() {
                    self.set(page, field, value);
                }
                let more = entries.map(|entry| read_criterion(page.text, entry, page.lang(), page.words));
                match field {
                    Field::EntryCriteria => self.entry.extend(more),
                    _ => {
                        self.exit.extend(more);
                        self.exit_span = place;
                    }
                }
            }
            _ if !value.value.is_empty() => self.set(page, field, value),
            _ => {
                if let Some(all) = entries.reduce(Span::to) {
                    self.set(page, field, text_at(page.text, all));
                }
            }
        }
    }

    fn set(&mut self, page: &Page<'_>, field: Field, value: Spanned<String>) {
        let read = |span| read_criteria(page.text, span, page.lang(), page.words);
        match field {
            Field::EntryCriteria => self.entry.extend(read(value.span)),
            Field::ExitCriteria => {
                self.exit_span = value.span;
                self.exit.extend(read(value.span));
            }
            Field::Audience => self.audience = Some(value),
            Field::Actions => self.actions = Some(value),
            Field::Start => self.start = dates(page.text, value.span).next().or(self.start.take()),
            Field::End => self.end = dates(page.text, value.span).next().or(self.end.take()),
            Field::Window => {
                let mut dates = dates(page.text, value.span);
                self.start = self.start.take().or_else(|| dates.next());
                self.end = self.end.take().or_else(|| dates.next());
                self.window = Some(value);
            }
            Field::Owner => self.owner = Some(value),
            Field::Status => self.status = Some(value.map(|text| read_status(&text, page.words))),
            _ => {}
        }
    }
}

/// The lines under a span.
fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = span.start as usize;
    text[span.range()].split_inclusive('\n').map(move |line| {
        let start = at + (line.len() - line.trim_start_matches(['>', ' ', '\t']).len());
        at += line.len();
        Span::new(start, start.max(at - (line.len() - line.trim_end().len())))
    })
}

/// The dates under a span, in order.
fn dates(text: &str, span: Span) -> impl Iterator<Item = Spanned<chrono::NaiveDate>> {
    let inside = text[span.range()].to_owned();
    let starts: Vec<usize> = inside.char_indices().map(|(at, _)| at).collect();
    let mut next = 0;
    starts.into_iter().filter_map(move |at| {
        let date = inside.get(at..at + 10).filter(|_| at >= next).and_then(parse_date)?;
        next = at + 10;
        Some(Spanned::new(date, Span::new(at, at + 10).shifted(span.start as usize)))
    })
}
