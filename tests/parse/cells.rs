//! Status and owner cells as people write them: `status-cells.md` and `owner-cells.md` say how each has to be read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rollbook::model::{ChecklistItem, Owner, StatusReading};
use rollbook::parse::vocabulary::Vocabulary;

use crate::support::blocks::sections;
use crate::support::site::TestSite;

const STATUSES: &str = include_str!("status-cells.md");
const OWNERS: &str = include_str!("owner-cells.md");

/// The cells below each heading.
fn cells(document: &'static str) -> Vec<(String, Vec<String>)> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    sections(document).into_iter().map(|section| (section.heading, lines(&section.blocks[0].text))).collect()
}

/// Rows of one table, in which `row` puts a cell, as they are read.
fn read(cells: &[String], row: impl Fn(&str) -> String) -> Vec<ChecklistItem> {
    let rows: String = cells.iter().map(|cell| format!("| x {}\n", row(cell))).collect();
    let page = format!("---\nkind: checklist\n---\n\n| Ítem | Responsable | Estado |\n|---|---|---|\n{rows}");
    let items: Vec<_> = TestSite::with_page("content/plan.md", &page).load().plan.items().cloned().collect();
    assert_eq!(items.len(), cells.len(), "a row for each cell");
    items
}

fn status(item: &ChecklistItem) -> String {
    match &item.status.value {
        StatusReading::Known(status) => status.key().to_owned(),
        StatusReading::Conflicting { status, .. } => format!("conflicting {}", status.key()),
        StatusReading::Missing => "missing".to_owned(),
        StatusReading::Unknown { .. } => "unknown".to_owned(),
        StatusReading::Garbled { .. } => "garbled".to_owned(),
    }
}

fn owner(item: &ChecklistItem) -> String {
    let is_named = matches!(item.owner.value, Owner::Named(_));
    if is_named { "named" } else { "missing" }.to_owned()
}

/// Fails with every cell that is read otherwise than its heading says.
fn check(document: &'static str, row: fn(&str) -> String, reading: fn(&ChecklistItem) -> String) {
    let mut wrong = String::new();
    for (expected, cells) in cells(document) {
        for (cell, item) in cells.iter().zip(read(&cells, row)) {
            let read = reading(&item);
            if read != expected {
                let _ = writeln!(wrong, "{cell:?} is {expected}, and was read as {read}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn statuses_are_read_as_they_are_meant() {
    check(STATUSES, |cell| format!("| QA | {cell} |"), status);
}

#[test]
fn owners_are_told_from_placeholders() {
    check(OWNERS, |cell| format!("| {cell} | ⏳ |"), owner);
}

#[test]
fn no_cell_stands_twice() {
    for document in [STATUSES, OWNERS] {
        let mut seen = BTreeSet::new();
        let all = cells(document).into_iter().flat_map(|(_, cells)| cells);
        let again: Vec<String> = all.filter(|cell| !seen.insert(cell.clone())).collect();
        assert!(again.is_empty(), "{again:?}");
    }
}

/// Whatever is put behind a state that is closed by words of doubt, it stays open.
#[test]
fn every_closed_word_is_opened_by_every_doubt() {
    let words = Vocabulary::builtin();
    let closed = words.statuses().filter(|(_, status)| status.is_closed()).map(|(phrase, _)| phrase.to_owned());
    let closed: Vec<String> = closed.collect::<BTreeSet<_>>().into_iter().collect();
    let doubts = [
        "(pendiente)",
        "— falta QA",
        "?",
        "(not deployed)",
        "80%",
        "exceto X",
        "; to be verified",
        "(⏳)",
        "by Friday",
        "(pdte. firma)",
        "salvo calzado",
        "en staging",
        "2/3",
        "(1)",
        "por fases",
        "🤷",
    ];
    for doubt in doubts {
        let cells: Vec<String> = closed.iter().map(|phrase| format!("✅ {phrase} {doubt}")).collect();
        for (cell, item) in cells.iter().zip(read(&cells, |cell| format!("| QA | {cell} |"))) {
            assert!(item.is_open(), "{cell:?} was read as {:?}", item.status.value);
        }
    }
}
