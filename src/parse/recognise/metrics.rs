//! Metrics from tables and from lists, with or without groups.

use crate::model::{Comparison, Metric, TableMark};
use crate::parse::blocks::{List, Table};
use crate::parse::criteria::{comparison, threshold};
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::recognise::ids::text_and_id;
use crate::parse::recognise::outline::{Branch, Labelled, branches};
use crate::parse::recognise::rows::{read_rows, with_ids};
use crate::parse::vocabulary::Field;
use crate::source::Spanned;
use crate::words::Slugger;

const FIELDS: [Field; 6] = [Field::Id, Field::Metric, Field::Group, Field::Source, Field::Threshold, Field::Owner];

/// Reads a table with a row a metric. `group` is what the heading above it says.
pub fn from_table(
    page: &Page<'_>,
    table: &Table,
    group: Option<&Spanned<String>>,
    ids: &mut Slugger,
) -> (Vec<Metric>, TableMark) {
    let mut columns = Columns::read(&table.header, &FIELDS, page.words);
    columns.default_to_first(Field::Metric, &table.header);
    let mut above = group.cloned();
    let read = read_rows(table, "metrics", ids, |row| {
        above = columns.text(row, Field::Group).or(above.take());
        let name = columns.text(row, Field::Metric)?;
        let (name, id) = text_and_id(page.text, name, columns.text(row, Field::Id), "metric");
        let threshold = columns.text(row, Field::Threshold);
        let metric = Metric {
            file: page.file,
            span: row.span,
            id: String::new(),
            group: above.clone(),
            target: target(page, &name, threshold.as_ref()),
            threshold,
            name,
            source: columns.text(row, Field::Source),
            owner: columns.text(row, Field::Owner),
            in_front_matter: false,
        };
        Some((id, metric))
    });
    with_ids(read, |metric, id| metric.id = id)
}

/// Reads a list: entries with others below them are groups, all others are metrics.
pub fn from_list(page: &Page<'_>, list: &List, group: Option<&Spanned<String>>, ids: &mut Slugger) -> Vec<Metric> {
    let mut metrics = Vec::new();
    for branch in branches(&list.entries) {
        if branch.is_group(page, &FIELDS) {
            let title = branch.title(page);
            let group = Some(&title).filter(|title| !title.value.is_empty()).or(group);
            metrics.extend(branch.children().into_iter().filter_map(|child| metric(page, child, group, ids)));
        } else {
            metrics.extend(metric(page, branch, group, ids));
        }
    }
    metrics
}

fn metric(page: &Page<'_>, branch: Branch<'_>, group: Option<&Spanned<String>>, ids: &mut Slugger) -> Option<Metric> {
    let mut read = Labelled::read(page, branch, &FIELDS);
    let written_id = read.take(Field::Id);
    let (name, id) = text_and_id(page.text, read.text.clone(), written_id, "metric");
    if !name.value.contains(char::is_alphanumeric) {
        return None;
    }
    // "NPS ≥ 8" holds its own threshold.
    let own = comparison(&name.value, page.lang(), page.words).filter(|it| !it.assumed && !it.subject.is_empty());
    let threshold = read.take(Field::Threshold).or_else(|| own.map(|_| name.clone()));
    Some(Metric {
        file: page.file,
        span: branch.span(page),
        id: ids.unique(id),
        group: group.cloned(),
        target: target(page, &name, threshold.as_ref()),
        threshold,
        source: read.take(Field::Source),
        owner: read.take(Field::Owner),
        name,
        in_front_matter: false,
    })
}

/// The threshold as read.
pub fn target(page: &Page<'_>, name: &Spanned<String>, written: Option<&Spanned<String>>) -> Option<Comparison> {
    threshold(&written?.value, &name.value, page.lang(), page.words)
}
