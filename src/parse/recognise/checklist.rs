//! Checklist items from tables and task lists.

use crate::model::{Checklist, ChecklistItem, ItemOrigin, RowMark, ShapeFault, Status, StatusReading, TableMark};
use crate::parse::blocks::{Cell, Entry, List, Row, Table};
use crate::parse::owner::read_owner;
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::status::read_status;
use crate::parse::vocabulary::Field;
use crate::source::{Span, Spanned};
use crate::words::{Slugger, slug};

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
    columns.default_to_first(Field::Item);
    let mut list = Checklist { file: page.file, span: table.span, items: Vec::new(), faults: Vec::new() };
    for (field, name) in [(Field::Owner, "owner"), (Field::Status, "status")] {
        if !columns.has(field) {
            list.faults.push(ShapeFault::MissingColumn { field: name, header: table.header.span });
        }
    }
    let mut rows = Vec::new();
    for row in table.rows.iter().filter(|row| !is_blank(row)) {
        list.faults.extend(shape_fault(row, &table.header));
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

/// A row without a word: nothing but white space and dashes.
pub fn is_blank(row: &Row) -> bool {
    row.cells.iter().all(|cell| cell.text.chars().all(|c| matches!(c, '-' | ':' | ' ')))
}

/// Cells too many, unless they are empty, and cells too few.
fn shape_fault(row: &Row, header: &Row) -> Option<ShapeFault> {
    let (cells, headers) = (row.cells.len(), header.cells.len());
    let extra = row.cells.get(headers..).unwrap_or_default().iter().find(|cell| !cell.text.is_empty());
    if let Some(extra) = extra {
        let pipe_in_code = row.pipe_in_code;
        return Some(ShapeFault::ExtraCells { extra: extra.span, cells, headers, pipe_in_code });
    }
    let missing =
        header.cells.get(cells..).unwrap_or_default().iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
    (!missing.is_empty()).then(|| ShapeFault::ShortRow { end: Span::at(row.span.end as usize), missing })
}

fn item(page: &Page<'_>, row: &Row, columns: &Columns, headers: usize, ids: &mut Slugger) -> ChecklistItem {
    let cell = |field| columns.cell(row, field).cloned().unwrap_or_else(|| missing_cell(row));
    let text = cell(Field::Item);
    let (mut owner, mut status) = (cell(Field::Owner), cell(Field::Status));
    if let Some((shifted_owner, shifted_status)) = realigned(page, row, columns, headers) {
        (owner, status) = (shifted_owner, shifted_status);
    }
    let (text, id) = text_and_id(&text, columns.text(row, Field::Id), ids);
    ChecklistItem {
        file: page.file,
        id,
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

/// In a row from which one cell was deleted together with its pipe, the status stands under the owner's header. If the row
/// lacks just that much, the owner is missing, not the status.
fn realigned(page: &Page<'_>, row: &Row, columns: &Columns, headers: usize) -> Option<(Cell, Cell)> {
    let (owner, status) = (columns.index(Field::Owner)?, columns.index(Field::Status)?);
    let shifted = row.cells.len() + 1 == headers && status == owner + 1;
    let cell = row.cells.get(owner).filter(|_| shifted)?;
    read_status(&cell.text, page.words).known()?;
    Some((Cell { span: Span::at(cell.span.start as usize), text: String::new() }, cell.clone()))
}

/// The text without a trailing `{#id}`, and the id: written, or made from the text.
fn text_and_id(cell: &Cell, id: Option<Spanned<String>>, ids: &mut Slugger) -> (Spanned<String>, String) {
    let (text, trailing) = match cell.text.strip_suffix('}').and_then(|text| text.rsplit_once("{#")) {
        Some((text, id)) => (text.trim_end(), Some(id.to_owned())),
        None => (cell.text.as_str(), None),
    };
    let base = id.map(|id| id.value).or(trailing).unwrap_or_else(|| slug(text));
    let base = if base.is_empty() { "item".to_owned() } else { base };
    (Spanned::new(text.to_owned(), cell.span), ids.unique(base))
}

/// Reads a task list whose tasks are items. The owner is `@name`, or follows `Owner:` in the task's text or in a note below it.
pub fn from_list(page: &Page<'_>, list: &List, ids: &mut Slugger) -> Checklist {
    let items = list
        .entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            let notes =
                list.entries[index + 1..].iter().take_while(|note| note.depth > entry.depth && note.task.is_none());
            entry.task.map(|task| task_item(page, entry, task, notes, ids))
        })
        .collect();
    Checklist { file: page.file, span: list.span, items, faults: Vec::new() }
}

fn task_item<'a>(
    page: &Page<'_>,
    entry: &Entry,
    (marker, ticked): (Span, bool),
    notes: impl Iterator<Item = &'a Entry>,
    ids: &mut Slugger,
) -> ChecklistItem {
    let mut parts = Parts::of(page, &entry.text);
    for note in notes {
        let note = Parts::of(page, &note.text);
        parts.labelled.extend(note.labelled);
        parts.handle = parts.handle.or(note.handle);
    }
    let end = Span::at(entry.text.span.end as usize);
    let owner = parts.take(Field::Owner).or(parts.handle.take()).unwrap_or(Spanned::new(String::new(), end));
    let written = parts.take(Field::Status);
    let ticked = if ticked { Status::Done } else { Status::Pending };
    let status = match &written {
        Some(written) => written.clone().map(|text| read_status(&text, page.words)),
        None => Spanned::new(StatusReading::Known(ticked), marker),
    };
    let id = parts.take(Field::Id);
    let (text, id) = text_and_id(&Cell { span: parts.text_span, text: parts.text.clone() }, id, ids);
    ChecklistItem {
        file: page.file,
        id,
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
                Some((field, value)) => parts.labelled.push((field, Spanned::new(value.to_owned(), place(value)))),
                None if parts.text.is_empty() => part.clone_into(&mut parts.text),
                None => parts.text = format!("{} — {part}", parts.text),
            }
        }
        let handle = cell.text.split_whitespace().find(|word| word.len() > 1 && word.starts_with('@'));
        parts.handle = handle
            .map(|handle| handle.trim_end_matches(['.', ',', ')']))
            .map(|it| Spanned::new(it.to_owned(), place(it)));
        parts
    }

    fn take(&mut self, field: Field) -> Option<Spanned<String>> {
        let at = self.labelled.iter().position(|(it, _)| *it == field)?;
        Some(self.labelled.remove(at).1)
    }
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
