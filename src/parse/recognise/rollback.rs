//! The way back from ordered lists with sub-steps and from tables.

use crate::model::{Rollback, RollbackStep, TableMark};
use crate::parse::blocks::{Cell, List, Row, Table};
use crate::parse::inline::{at_colon, labelled, text_at};
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::recognise::ids::text_and_id;
use crate::parse::recognise::outline::{Branch, Labelled, branches};
use crate::parse::recognise::rows::{read_rows, with_ids};
use crate::parse::vocabulary::Field;
use crate::source::{Span, Spanned};
use crate::words::{Slugger, fold};

/// What a step may name.
const FIELDS: [Field; 3] = [Field::Id, Field::Owner, Field::Trigger];
const COLUMNS: [Field; 5] = [Field::Id, Field::Step, Field::Actions, Field::Trigger, Field::Owner];

/// Reads a table with a row a step.
pub fn from_table(page: &Page<'_>, table: &Table, ids: &mut Slugger) -> (Rollback, TableMark) {
    let mut columns = Columns::read(&table.header, &COLUMNS, page.words);
    columns.default_to_first(Field::Step, &table.header);
    let read = read_rows(table, "rollback", ids, |row| {
        let (text, substep) = step_cells(&columns, row)?;
        let (text, id) = text_and_id(page.text, text, columns.text(row, Field::Id), "step");
        let owner = columns.text(row, Field::Owner);
        let substeps = substep.into_iter().collect();
        Some((id, RollbackStep { span: row.span, id: String::new(), text, owner, substeps, in_front_matter: false }))
    });
    let (steps, mark) = with_ids(read, |step, id| step.id = id);
    let trigger = table.rows.iter().find_map(|row| columns.text(row, Field::Trigger));
    let trigger = trigger.or_else(|| trigger_of_steps(page, &steps));
    (Rollback { file: page.file, span: table.span, trigger, owner: None, steps }, mark)
}

/// A step and what is done in it. A step that is only a number has its text in the other column.
fn step_cells(columns: &Columns, row: &Row) -> Option<(Spanned<String>, Option<Spanned<String>>)> {
    let (step, action) = (columns.text(row, Field::Step), columns.text(row, Field::Actions));
    let is_number = |step: &Spanned<String>| !step.value.contains(char::is_alphabetic);
    match (step, action) {
        (Some(step), Some(action)) if is_number(&step) => Some((action, None)),
        (Some(step), action) => Some((step, action)),
        (None, action) => Some((action?, None)),
    }
}

/// Reads a list with an entry a step and sub-steps below.
pub fn from_list(page: &Page<'_>, list: &List, ids: &mut Slugger) -> Rollback {
    let mut rollback = Rollback { file: page.file, span: list.span, trigger: None, owner: None, steps: Vec::new() };
    for branch in branches(&list.entries) {
        // "Disparador: …" in place of a step.
        match label(page, branch.entry.inline) {
            Some((Field::Owner, value)) => rollback.owner = Some(value),
            Some((Field::Trigger, value)) if !is_detection_step(page, branch) => rollback.trigger = Some(value),
            _ => rollback.steps.extend(step(page, branch, ids)),
        }
    }
    rollback.trigger = rollback.trigger.or_else(|| trigger_of_steps(page, &rollback.steps));
    rollback
}

/// Owner or trigger of a procedure: `**Disparador**: errores > 5 %`, as a paragraph or an entry.
pub fn label(page: &Page<'_>, span: Span) -> Option<(Field, Spanned<String>)> {
    let found = labelled(page.text, span, &[Field::Trigger, Field::Owner], page.words);
    found.filter(|(_, value)| !value.value.is_empty())
}

/// "1. **Detección**: …" is a step of its own, and says what sets the rest off.
fn is_detection_step(page: &Page<'_>, branch: Branch<'_>) -> bool {
    let label = at_colon(page.text, branch.entry.inline).map(|(label, _)| label);
    label.is_some_and(|label| page.words.is_detection(&fold(&label.value))) && branch.entry.lead.is_some()
}

fn step(page: &Page<'_>, branch: Branch<'_>, ids: &mut Slugger) -> Option<RollbackStep> {
    let mut read = Labelled::read(page, branch, &FIELDS);
    let written_id = read.take(Field::Id);
    let text = match branch.below {
        [] => read.text.clone(),
        _ => read.text.clone().map(|text| text.trim_end_matches([':', ' ']).to_owned()),
    };
    let (text, id) = text_and_id(page.text, text, written_id, "step");
    if !text.value.contains(char::is_alphanumeric) {
        return None;
    }
    let substeps = read.notes.iter().map(|note| text_at(page.text, note.entry.inline)).collect();
    let owner = read.take(Field::Owner);
    Some(RollbackStep { span: branch.span(page), id: ids.unique(id), text, owner, substeps, in_front_matter: false })
}

/// What a step about detection says behind its colon, or in its sub-steps.
fn trigger_of_steps(page: &Page<'_>, steps: &[RollbackStep]) -> Option<Spanned<String>> {
    steps.iter().find_map(|step| {
        let (label, value) = match at_colon(page.text, step.text.span) {
            Some((label, value)) => (label.value, Some(value).filter(|value| !value.value.is_empty())),
            None => (step.text.value.clone(), None),
        };
        let below = || step.substeps.iter().map(|substep| substep.span).reduce(Span::to);
        let value = value.or_else(|| below().map(|span| text_at(page.text, span)));
        value.filter(|_| page.words.is_detection(&fold(&label)))
    })
}

/// Adds what paragraphs of the section say of a procedure: its trigger and its owner.
pub fn add_labels(page: &Page<'_>, rollback: &mut Rollback, paragraphs: &[&Cell]) {
    for paragraph in paragraphs {
        match label(page, paragraph.span) {
            Some((Field::Trigger, value)) => rollback.trigger = rollback.trigger.take().or(Some(value)),
            Some((_, value)) => rollback.owner = rollback.owner.take().or(Some(value)),
            None => {}
        }
    }
}
