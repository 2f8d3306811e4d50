//! Which field each column of a table holds, and what that makes of the table.

use crate::model::Blank;
use crate::parse::blocks::{Cell, Row};
use crate::parse::owner::read_owner;
use crate::parse::vocabulary::{Field, SectionKind, Vocabulary};
use crate::source::{Span, Spanned};
use crate::words::fold;

/// The columns of one table: for each, the field that it holds.
#[derive(Debug)]
pub struct Columns(Vec<Option<Field>>);

impl Columns {
    /// Gives each field a column that names it: of several the one that names the fewest of these fields, then the first. An
    /// earlier field wins a column that names two.
    #[must_use]
    pub fn read(header: &Row, fields: &[Field], words: &Vocabulary) -> Self {
        let mut columns = vec![None; header.cells.len()];
        for field in fields {
            let free = |(index, cell): &(usize, &Cell)| columns[*index].is_none() && words.names(&cell.text, *field);
            let meanings = |cell: &Cell| fields.iter().filter(|field| words.names(&cell.text, **field)).count();
            let found = header.cells.iter().enumerate().filter(free).min_by_key(|(_, cell)| meanings(cell));
            if let Some((index, _)) = found {
                columns[index] = Some(*field);
            }
        }
        Self(columns)
    }

    /// Lets the first column without a field hold `field`, if none does. One that only numbers the rows waits for the others.
    pub fn default_to_first(&mut self, field: Field, header: &Row) {
        if self.has(field) {
            return;
        }
        let free = |index: &usize| self.0[*index].is_none();
        let columns = 0..self.0.len();
        let first = columns.filter(free).min_by_key(|index| is_numbering(&header.cells[*index].text));
        if let Some(index) = first {
            self.0[index] = Some(field);
        }
    }

    /// Gives `field` another column.
    pub fn set(&mut self, field: Field, index: usize) {
        self.0.iter_mut().filter(|column| **column == Some(field)).for_each(|column| *column = None);
        self.0[index] = Some(field);
    }

    /// The first column without a field.
    #[must_use]
    pub fn free(&self) -> Option<usize> {
        self.0.iter().position(Option::is_none)
    }

    /// The column that holds `field`.
    #[must_use]
    pub fn index(&self, field: Field) -> Option<usize> {
        self.0.iter().position(|column| *column == Some(field))
    }

    /// Whether a column holds `field`.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.index(field).is_some()
    }

    /// The cell of `row` that holds `field`, if the row is long enough.
    #[must_use]
    pub fn cell<'a>(&self, row: &'a Row, field: Field) -> Option<&'a Cell> {
        row.cells.get(self.index(field)?)
    }

    /// The text of that cell; where it says nothing, a blank instead.
    #[must_use]
    pub fn text_or_blank(
        &self,
        row: &Row,
        (field, name): (Field, &'static str),
        words: &Vocabulary,
        blanks: &mut Vec<Blank>,
    ) -> Option<Spanned<String>> {
        let column = self.index(field)?;
        let end = Span::at(row.span.end as usize);
        let (text, span) = row.cells.get(column).map_or(("", end), |cell| (cell.text.as_str(), cell.span));
        if is_blank(name, text, words) {
            blanks.push(Spanned::new(name, span));
            return None;
        }
        Some(Spanned::new(text.to_owned(), span))
    }

    /// The text of that cell, unless it is empty or only a dash.
    #[must_use]
    pub fn text(&self, row: &Row, field: Field) -> Option<Spanned<String>> {
        let cell = self.cell(row, field)?;
        let empty = matches!(cell.text.as_str(), "" | "-" | "–" | "—");
        (!empty).then(|| Spanned::new(cell.text.clone(), cell.span))
    }
}

/// `#`, `N.º`, `ID`: the header of a column that numbers the rows.
fn is_numbering(header: &str) -> bool {
    !header.trim().is_empty() && matches!(fold(header).as_str(), "" | "n" | "no" | "nº" | "n º" | "id")
}

/// Whether the value of a field says nothing: it is empty, a dash, `TBD`, `por definir`, `<name>`. Sentences may begin with any
/// word, and `none` is a value of a flag.
#[must_use]
pub fn is_blank(field: &str, text: &str, words: &Vocabulary) -> bool {
    let (text, folded) = (text.trim(), fold(text));
    match field {
        "owner" => read_owner(text, words).name().is_none(),
        "default" if matches!(folded.as_str(), "none" | "n/a" | "unknown") => false,
        _ => {
            text.chars().all(|c| c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '–' | '—' | '…'))
                || words.is_placeholder(&folded)
                || matches!(folded.as_str(), "todo" | "tbd")
                || ["TODO:", "TBD:"].iter().any(|mark| text.starts_with(mark))
                || (text.starts_with('<') && text.ends_with('>'))
        }
    }
}

/// Whether the table has both columns that make it a checklist by itself, and is no change log. A slip of the pen in one of
/// the two headers must not make the whole list vanish.
#[must_use]
pub fn is_complete_checklist(header: &Row, words: &Vocabulary) -> bool {
    let columns = Columns::read(header, &[Field::Owner, Field::Status, Field::Version], words);
    let meant = |field| columns.has(field) || resembling(header, field, words).is_some();
    let one_is_right = columns.has(Field::Owner) || columns.has(Field::Status);
    one_is_right && meant(Field::Owner) && meant(Field::Status) && !columns.has(Field::Version)
}

/// Whether the columns are item, owner and status, and those of no change log.
#[must_use]
pub fn is_plain_checklist(header: &Row, words: &Vocabulary) -> bool {
    let columns = Columns::read(header, &[Field::Item, Field::Owner, Field::Status, Field::Version], words);
    let has_all = [Field::Item, Field::Owner, Field::Status].into_iter().all(|field| columns.has(field));
    has_all && !columns.has(Field::Version)
}

/// Whether the table, under a checklist's heading, makes its page a plan: two of the three columns that every checklist has.
#[must_use]
pub fn is_checklist_by_heading(header: &Row, words: &Vocabulary) -> bool {
    let columns = Columns::read(header, &[Field::Item, Field::Owner, Field::Status, Field::Version], words);
    let count = [Field::Item, Field::Owner, Field::Status].into_iter().filter(|field| columns.has(*field)).count();
    count >= 2 && is_checklist(header, words)
}

/// The header that was probably meant to name `field`: the right word at the place of the wrong one.
#[must_use]
pub fn resembling(header: &Row, field: Field, words: &Vocabulary) -> Option<Spanned<String>> {
    header.cells.iter().find_map(|cell| Some(Spanned::new(words.resembling(&cell.text, field)?, cell.span)))
}

/// What a table is, given what the headings above it announce. Without an announcement the columns have to say it plainly.
#[must_use]
pub fn role_of_table(section: Option<SectionKind>, header: &Row, words: &Vocabulary) -> Option<SectionKind> {
    let names = |field| header.cells.iter().any(|cell| words.names(&cell.text, field));
    let is_event = names(Field::Flag) && names(Field::To) && (names(Field::From) || names(Field::Date));
    let is_log = names(Field::Version) || is_legend(header, words);
    let found = match section {
        Some(SectionKind::Checklist) => is_checklist(header, words),
        Some(SectionKind::Flags | SectionKind::Events) if is_event => return Some(SectionKind::Events),
        Some(SectionKind::Flags) => names(Field::Flag),
        Some(SectionKind::Events) => false,
        Some(kind) if !is_log && says(kind, &names) => true,
        // The heading of the checklist was lost: what stands there must not end up under the one above and vanish.
        Some(kind) if names(Field::Item) && is_complete_checklist(header, words) && !is_over(kind) => {
            return Some(SectionKind::Checklist);
        }
        Some(_) => false,
        None if is_complete_checklist(header, words) => return Some(SectionKind::Checklist),
        None if names(Field::Version) => false,
        None if names(Field::Risk) && (names(Field::Mitigation) || names(Field::Probability)) => {
            return Some(SectionKind::Risks);
        }
        None if names(Field::Phase) && names(Field::ExitCriteria) && names(Field::Audience) => {
            return Some(SectionKind::Phases);
        }
        None => false,
    };
    section.filter(|_| found)
}

/// Whether a part of a plan speaks of what comes after the rollout, or of when to stop it.
const fn is_over(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Report | SectionKind::StopCriteria)
}

/// Whether the columns of a table below a heading of some kind are those of its entities: one of them is enough, so that a
/// legend, a glossary or a list of files is told apart.
fn says(kind: SectionKind, names: &impl Fn(Field) -> bool) -> bool {
    let any = |fields: &[Field]| fields.iter().any(|field| names(*field));
    match kind {
        SectionKind::Phases => any(&[Field::Phase, Field::ExitCriteria, Field::EntryCriteria]),
        SectionKind::Metrics => any(&[Field::Metric, Field::Threshold]),
        SectionKind::Rollback => any(&[Field::Step, Field::Actions, Field::Trigger]),
        SectionKind::Communications => any(&[Field::Message, Field::Channel]),
        SectionKind::Risks => any(&[Field::Risk, Field::Mitigation, Field::Probability]),
        SectionKind::Decision => any(&[Field::Verdict, Field::Approver]),
        _ => false,
    }
}

/// Whether a table explains signs or words of the status column: `| Status | Significado |`.
#[must_use]
pub fn is_legend(header: &Row, words: &Vocabulary) -> bool {
    let columns = Columns::read(header, &[Field::Status, Field::Meaning], words);
    columns.has(Field::Status) && columns.has(Field::Meaning) && header.cells.len() == 2
}

/// Under a checklist heading one known column is enough, so that a missing one can be told; a legend and a change log are none.
fn is_checklist(header: &Row, words: &Vocabulary) -> bool {
    let columns = Columns::read(header, &[Field::Item, Field::Owner, Field::Status, Field::Version], words);
    let any = columns.has(Field::Item) || columns.has(Field::Owner) || columns.has(Field::Status);
    any && !is_legend(header, words) && !columns.has(Field::Version)
}
