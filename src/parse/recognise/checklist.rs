//! Checklist items from tables and task lists.

use crate::model::{Checklist, ChecklistItem, ItemOrigin, RowMark, ShapeFault, Status, StatusReading, TableMark};
use crate::parse::blocks::{Cell, Entry, List, Row, Table, has_last_border};
use crate::parse::owner::read_owner;
use crate::parse::recognise::columns::{self, Columns};
use crate::parse::recognise::rows::is_blank;
use crate::parse::recognise::{Page, ids};
use crate::parse::status::read_status;
use crate::parse::vocabulary::{Field, Vocabulary};
use crate::source::{Span, Spanned};
use crate::words::{Slugger, fold};

const FIELDS: [Field; 12] = [
    Field::Id,
    Field::Item,
    Field::Owner,
    Field::Status,
    Field::Due,
    Field::Evidence,
    Field::Phase,
    Field::BlockedBy,
    Field::Approver,
    Field::Reason,
    Field::Remarks,
    Field::Required,
];

/// Reads a table whose rows are items.
pub fn from_table(page: &Page<'_>, table: &Table, ids: &mut Slugger) -> (Checklist, TableMark) {
    let mut columns = Columns::read(&table.header, &FIELDS, page.words);
    columns.default_to_first(Field::Item, &table.header);
    let mut list = Checklist { file: page.file, span: table.span, items: Vec::new(), faults: Vec::new() };
    for (field, name) in [(Field::Owner, "owner"), (Field::Status, "status")] {
        if !columns.has(field) {
            let resembles = columns::resembling(&table.header, field, page.words);
            list.faults.push(ShapeFault::MissingColumn { field: name, header: table.header.span, resembles });
        }
    }
    list.faults.extend(unknown_columns(&table.header, &columns, page.words));
    let mut rows = Vec::new();
    for row in table.rows.iter().filter(|row| !is_blank(row)) {
        list.faults.extend(shape_fault(page, row, &table.header, &columns));
        let item = item(page, row, &columns, table.header.cells.len(), ids);
        rows.push(RowMark {
            start: row.span.start,
            id: item.id.clone(),
            status: Some(item.status.value.known().map_or("unknown", Status::key)),
            owner: item.owner.value.name().map(str::to_owned),
        });
        list.items.push(item);
    }
    if list.items.is_empty() {
        list.faults.push(ShapeFault::Empty { declared: table.header.span });
    }
    let mark = TableMark { span: table.span, class: "checklist", status_column: columns.index(Field::Status), rows };
    (list, mark)
}

/// Headers that the author meant to name a field. Owner and status have a fault of their own.
fn unknown_columns(header: &Row, columns: &Columns, words: &Vocabulary) -> Vec<ShapeFault> {
    const OPTIONAL: [Field; 7] =
        [Field::Due, Field::Evidence, Field::Phase, Field::BlockedBy, Field::Approver, Field::Reason, Field::Required];
    let meant = |cell: &Cell| {
        let absent = OPTIONAL.into_iter().filter(|field| !columns.has(*field));
        absent.filter_map(|field| words.resembling(&cell.text, field)).next()
    };
    let resembles_required = |cell: &Cell| {
        [Field::Item, Field::Owner, Field::Status]
            .into_iter()
            .any(|field| words.resembling(&cell.text, field).is_some())
    };
    header
        .cells
        .iter()
        .filter(|cell| !resembles_required(cell))
        .filter_map(|cell| {
            let header = Spanned::new(cell.text.clone(), cell.span);
            Some(ShapeFault::UnknownColumn { header, meant: meant(cell)? })
        })
        .collect()
}

/// Cells too many, unless they are empty, and cells too few.
fn shape_fault(page: &Page<'_>, row: &Row, header: &Row, columns: &Columns) -> Option<ShapeFault> {
    let (cells, headers) = (row.cells.len(), header.cells.len());
    let extra = row.cells.get(headers..).unwrap_or_default().iter().find(|cell| !cell.text.is_empty());
    if let Some(extra) = extra {
        let pipes_in_code = row.pipes_in_code.clone();
        return Some(ShapeFault::ExtraCells { extra: extra.span, cells, headers, pipes_in_code });
    }
    let realigned = realigned(page, row, columns, headers);
    let completion = completion(page, row, headers, realigned.as_ref());
    let absent = match realigned {
        Some(realigned) => vec![&header.cells[realigned.absent]],
        None => header.cells.get(cells..).unwrap_or_default().iter().collect(),
    };
    let missing: Vec<String> = absent.into_iter().map(|cell| cell.text.clone()).collect();
    (!missing.is_empty()).then(|| ShapeFault::ShortRow { end: Span::at(row.span.end as usize), missing, completion })
}

/// The empty cells that a row lacks, at the place where they belong. A line that only follows a table is no row to be completed.
fn completion(page: &Page<'_>, row: &Row, headers: usize, realigned: Option<&Realigned>) -> Option<Spanned<String>> {
    let written = page.text[row.span.range()].trim_end();
    let lacking = headers.checked_sub(row.cells.len())?;
    if row.cells.len() < 2 && !written.trim_start().starts_with('|') {
        return None;
    }
    if let Some(realigned) = realigned {
        let gap = Span::at(realigned.gap as usize);
        return Some(Spanned::new(" | ".to_owned(), gap));
    }
    let border = if has_last_border(written) { "" } else { " |" };
    let end = Span::at(row.span.start as usize + written.len());
    Some(Spanned::new(format!("{border}{}", "  |".repeat(lacking)), end))
}

fn item(page: &Page<'_>, row: &Row, columns: &Columns, headers: usize, ids: &mut Slugger) -> ChecklistItem {
    let cell = |field| columns.cell(row, field).cloned().unwrap_or_else(|| missing_cell(row));
    let text = cell(Field::Item);
    let (mut owner, mut status) = (cell(Field::Owner), cell(Field::Status));
    if let Some(realigned) = realigned(page, row, columns, headers) {
        (owner, status) = (realigned.owner, realigned.status);
    }
    let (text, id, written_id) = text_and_id(page, &text, columns.text(row, Field::Id), ids);
    ChecklistItem {
        file: page.file,
        id,
        written_id,
        span: row.span,
        text,
        owner: Spanned::new(read_owner(&owner.text, page.words), owner.span),
        status: Spanned::new(read_status(&status.text, page.words), status.span),
        status_text: status.text,
        phase: columns.text(row, Field::Phase),
        due: columns.text(row, Field::Due),
        evidence: columns.text(row, Field::Evidence),
        blocked_by: columns.text(row, Field::BlockedBy),
        approver: columns.text(row, Field::Approver),
        reason: columns.text(row, Field::Reason).or_else(|| columns.text(row, Field::Remarks)),
        required: true,
        origin: ItemOrigin::Table,
        aligned: row.cells.get(headers..).unwrap_or_default().iter().all(|cell| cell.text.is_empty()),
    }
}

/// The place behind a row that has no such cell.
fn missing_cell(row: &Row) -> Cell {
    Cell { span: Span::at(row.span.end as usize), text: String::new() }
}

/// Owner and status of a row whose last cells have moved one column to the left.
struct Realigned {
    owner: Cell,
    status: Cell,
    /// The column whose cell was deleted.
    absent: usize,
    /// Where its cell would begin.
    gap: u32,
}

/// From a row that lacks one cell, the first of owner and status may have been deleted together with its pipe; the second then
/// stands under the first one's header. What it says tells which of the two is missing.
fn realigned(page: &Page<'_>, row: &Row, columns: &Columns, headers: usize) -> Option<Realigned> {
    let (owner, status) = (columns.index(Field::Owner)?, columns.index(Field::Status)?);
    let absent = owner.min(status);
    let shifted = row.cells.len() + 1 == headers && owner.abs_diff(status) == 1;
    let moved = row.cells.get(absent).filter(|_| shifted)?.clone();
    let gap_at = moved.span.start;
    let gap = Cell { span: Span::at(gap_at as usize), text: String::new() };
    // "QA Lead ⏳" is both in one cell, and the status is the one without a cell.
    let only_a_status =
        read_owner(&moved.text, page.words).name().is_none() || page.words.status(&fold(&moved.text)).is_some();
    match read_status(&moved.text, page.words) {
        StatusReading::Known(_) | StatusReading::Conflicting { .. } if absent == owner && only_a_status => {
            Some(Realigned { owner: gap, status: moved, absent, gap: gap_at })
        }
        StatusReading::Unknown { nearest: None } if absent == status => {
            Some(Realigned { owner: moved, status: gap, absent, gap: gap_at })
        }
        _ => None,
    }
}

/// The text without a trailing `{#id}`, the id, written or made from the text, and the written one with its place.
fn text_and_id(
    page: &Page<'_>,
    cell: &Cell,
    id: Option<Spanned<String>>,
    slugs: &mut Slugger,
) -> (Spanned<String>, String, Option<Spanned<String>>) {
    let ids::Named { text, id, written } =
        ids::named(page.text, Spanned::new(cell.text.clone(), cell.span), id, "item");
    (text, slugs.unique(id), written)
}

/// Reads a task list whose tasks are items. The owner is `@name`, or follows `Owner:` in the task's text or in a note below it.
pub fn from_list(page: &Page<'_>, list: &List, ids: &mut Slugger) -> Checklist {
    let items = list
        .entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            let below = list.entries[index + 1..].iter().take_while(|below| below.depth > entry.depth);
            let is_task = entry.task.is_some() || is_task_without_box(entry, below.clone());
            is_task.then(|| task_item(page, entry, below.take_while(|note| !looks_like_task(note)), ids))
        })
        .collect();
    Checklist { file: page.file, span: list.span, items, faults: Vec::new() }
}

/// An entry that stands among tasks, but has no box that Markdown knows: `[] QA`, `[ok] QA`, `QA`. It counts, with a status
/// that is missing, since what is not counted cannot keep the gate shut. A heading over nested tasks and a note are none.
fn is_task_without_box<'a>(entry: &Entry, mut below: impl Iterator<Item = &'a Entry>) -> bool {
    let says_something = !entry.text.text.trim().is_empty();
    looks_like_task(entry) || (says_something && entry.depth == 0 && !below.any(looks_like_task))
}

/// Whether an entry has a box, or something in its place.
fn looks_like_task(entry: &Entry) -> bool {
    entry.task.is_some() || broken_box(&entry.text.text).is_some()
}

/// `[]`, `[✓]` or `[ok]` at the beginning of a text, where a box should stand.
fn broken_box(text: &str) -> Option<&str> {
    let inside = text.trim_start().strip_prefix('[')?;
    let end = inside.find(']').filter(|end| inside[..*end].chars().count() <= 2)?;
    Some(&text.trim_start()[..end + 2])
}

fn task_item<'a>(
    page: &Page<'_>,
    entry: &Entry,
    notes: impl Iterator<Item = &'a Entry>,
    ids: &mut Slugger,
) -> ChecklistItem {
    let mut text = entry.text.clone();
    let broken = broken_box(&text.text).filter(|_| entry.task.is_none()).map(str::to_owned);
    if let Some(broken) = &broken {
        text.text = text.text.trim_start()[broken.len()..].trim_start().to_owned();
    }
    let mut parts = Parts::of(page, &text);
    for note in notes {
        let note = Parts::of(page, &note.text);
        parts.labelled.extend(note.labelled);
        parts.handle = parts.handle.or(note.handle);
    }
    let end = Span::at(entry.text.span.end as usize);
    let owner = parts.take(Field::Owner).or(parts.handle.take()).unwrap_or(Spanned::new(String::new(), end));
    let written = parts.take(Field::Status);
    let beginning = Span::at(entry.text.span.start as usize);
    let marker = match (&entry.task, &broken) {
        (Some((marker, _)), _) => *marker,
        (None, Some(broken)) => find_in(page.text, entry.text.span, broken),
        (None, None) => beginning,
    };
    let status = match (&written, entry.task) {
        (Some(written), _) => written.clone().map(|text| read_status(&text, page.words)),
        (None, Some((_, true))) => Spanned::new(StatusReading::Known(Status::Done), marker),
        (None, Some((_, false))) => Spanned::new(StatusReading::Known(Status::Pending), marker),
        (None, None) => Spanned::new(StatusReading::Missing, marker),
    };
    let id = parts.take(Field::Id);
    let (text, id, written_id) = text_and_id(page, &Cell { span: parts.text_span, text: parts.text.clone() }, id, ids);
    ChecklistItem {
        file: page.file,
        id,
        written_id,
        span: Span::new(entry.span.start as usize, entry.text.span.end.max(marker.end) as usize),
        text,
        owner: owner.map(|text| read_owner(&text, page.words)),
        status,
        status_text: written.map_or_else(|| page.text[marker.range()].to_owned(), |written| written.value),
        phase: parts.take(Field::Phase),
        due: parts.take(Field::Due),
        evidence: parts.take(Field::Evidence),
        blocked_by: parts.take(Field::BlockedBy),
        approver: parts.take(Field::Approver),
        reason: parts.take(Field::Reason),
        required: true,
        origin: ItemOrigin::TaskList,
        aligned: true,
    }
}

/// The parts of a task's text: `QA completado — Responsable: QA Lead — Vence: 2025-10-20`.
struct Parts {
    text: String,
    text_span: Span,
    labelled: Vec<(Field, Spanned<String>)>,
    handle: Option<Spanned<String>>,
}

impl Parts {
    fn of(page: &Page<'_>, cell: &Cell) -> Self {
        let place = |part: &str| find_in(page.text, cell.span, part);
        let mut parts = Self { text: String::new(), text_span: cell.span, labelled: Vec::new(), handle: None };
        for part in segments(&cell.text) {
            match labelled(page, part) {
                // An empty value belongs behind its label's colon.
                Some((field, "")) => {
                    let behind = Span::at(place(part).end as usize);
                    parts.labelled.push((field, Spanned::new(String::new(), behind)));
                }
                Some((field, value)) => parts.labelled.push((field, Spanned::new(value.to_owned(), place(value)))),
                None if is_handle(part) => {}
                None if parts.text.is_empty() => part.clone_into(&mut parts.text),
                None => parts.text = format!("{} — {part}", parts.text),
            }
        }
        let mut words = cell.text.split_whitespace().map(|word| word.trim_matches(['(', ')', '.', ',', ';']));
        parts.handle = words.find(|word| is_handle(word)).map(|it| Spanned::new(it.to_owned(), place(it)));
        parts
    }

    fn take(&mut self, field: Field) -> Option<Spanned<String>> {
        let at = self.labelled.iter().position(|(it, _)| *it == field)?;
        Some(self.labelled.remove(at).1)
    }
}

/// `@ana`: a person, and nothing else.
fn is_handle(word: &str) -> bool {
    word.len() > 1 && word.starts_with('@') && !word.contains(char::is_whitespace)
}

/// Cuts at dashes, middle dots, semicolons and parentheses.
fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '(', ')'])
        .flat_map(|part| part.split(" — "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" · "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// `Owner: QA Lead` -> the field and the value.
fn labelled<'a>(page: &Page<'_>, part: &'a str) -> Option<(Field, &'a str)> {
    let (label, value) = part.split_once(':')?;
    let field =
        FIELDS.into_iter().filter(|field| *field != Field::Item).find(|field| page.words.names(label, *field))?;
    Some((field, value.trim()))
}

/// Where `part` stands inside `span`; the whole span if marks break it up.
fn find_in(text: &str, span: Span, part: &str) -> Span {
    match text[span.range()].find(part).filter(|_| !part.is_empty()) {
        Some(at) => Span::new(at, at + part.len()).shifted(span.start as usize),
        None => span,
    }
}
