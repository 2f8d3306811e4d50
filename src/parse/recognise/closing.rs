//! Decisions and the closing report.

use crate::model::{Decision, Report, TableMark};
use crate::parse::blocks::{List, Table};
use crate::parse::inline::{labelled, text_at};
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::recognise::ids::text_and_id;
use crate::parse::recognise::outline::{Labelled, branches};
use crate::parse::recognise::rows::{read_rows, with_ids};
use crate::parse::vocabulary::Field;
use crate::source::Spanned;
use crate::words::{Slugger, parse_date, slug};

const FIELDS: [Field; 6] = [Field::Id, Field::Verdict, Field::Approver, Field::Date, Field::Reason, Field::Subject];

/// Reads a table with a row a decision.
pub fn decisions_from_table(page: &Page<'_>, table: &Table, ids: &mut Slugger) -> (Vec<Decision>, TableMark) {
    let mut columns = Columns::read(&table.header, &FIELDS, page.words);
    columns.default_to_first(Field::Subject, &table.header);
    let read = read_rows(table, "decisions", ids, |row| {
        let cell = |field| columns.text(row, field);
        let subject = cell(Field::Subject).or_else(|| cell(Field::Verdict))?;
        let (subject, id) = text_and_id(page.text, subject, cell(Field::Id), "decision");
        let decision = Decision {
            file: page.file,
            span: row.span,
            id: String::new(),
            subject,
            verdict: cell(Field::Verdict),
            approver: cell(Field::Approver),
            date: cell(Field::Date).and_then(|date| Some(Spanned::new(parse_date(&date.value)?, date.span))),
            reason: cell(Field::Reason),
            in_front_matter: false,
        };
        Some((id, decision))
    });
    with_ids(read, |decision, id| decision.id = id)
}

/// Reads a list whose entries name the fields of one decision: `- **Decisión**: Go`. Its subject is the heading above.
pub fn decision_from_list(
    page: &Page<'_>,
    list: &List,
    heading: &Spanned<String>,
    ids: &mut Slugger,
) -> Option<Decision> {
    let mut decision = Decision {
        file: page.file,
        span: list.span,
        id: String::new(),
        subject: heading.clone(),
        verdict: None,
        approver: None,
        date: None,
        reason: None,
        in_front_matter: false,
    };
    for branch in branches(&list.entries) {
        let found = labelled(page.text, branch.entry.inline, &FIELDS, page.words);
        let Some((field, value)) = found.filter(|(_, value)| !value.value.is_empty()) else { continue };
        match field {
            Field::Verdict => decision.verdict = Some(value),
            Field::Approver => decision.approver = Some(value),
            Field::Date => decision.date = parse_date(&value.value).map(|date| Spanned::new(date, value.span)),
            Field::Reason => decision.reason = Some(value),
            Field::Subject => decision.subject = value,
            _ => {}
        }
    }
    let says_something = decision.verdict.is_some() || decision.approver.is_some();
    says_something.then(|| Decision { id: ids.unique(slug(&decision.subject.value)), ..decision })
}

/// Adds a list to a closing report: its entries are the parts, or, where some hold others, those below them.
pub fn add_parts(page: &Page<'_>, report: &mut Report, list: &List) {
    let outer = branches(&list.entries);
    let inner: Vec<_> = outer.iter().flat_map(|branch| branch.children()).collect();
    let parts = if inner.is_empty() { outer } else { inner };
    let texts = parts.into_iter().map(|part| match part.below {
        [] => text_at(page.text, part.entry.inline),
        _ => part.title(page),
    });
    report.parts.extend(texts.filter(|part| part.value.contains(char::is_alphanumeric)));
    report.span = report.span.to(list.span);
}

/// A list is a decision's only where its entries name fields of one.
pub fn names_decision(page: &Page<'_>, list: &List) -> bool {
    branches(&list.entries).into_iter().any(|branch| {
        let read = Labelled::read(page, branch, &[]);
        labelled(page.text, read.text.span, &[Field::Verdict, Field::Approver], page.words).is_some()
    })
}
