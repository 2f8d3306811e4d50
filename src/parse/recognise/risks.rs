//! Risks from tables and from lists: `**Risk** → mitigation`.

use crate::model::{LevelReading, Risk, RiskLevel, TableMark};
use crate::parse::blocks::{List, Table};
use crate::parse::inline::{dash, labelled, split, text_at, trimmed};
use crate::parse::recognise::Page;
use crate::parse::recognise::columns::Columns;
use crate::parse::recognise::ids::text_and_id;
use crate::parse::recognise::outline::{Branch, Labelled, branches};
use crate::parse::recognise::rows::{read_rows, with_ids};
use crate::parse::vocabulary::{Field, Vocabulary};
use crate::source::{Span, Spanned};
use crate::words::{Slugger, fold};

const FIELDS: [Field; 9] = [
    Field::Id,
    Field::Risk,
    Field::Probability,
    Field::Impact,
    Field::Score,
    Field::Mitigation,
    Field::Trigger,
    Field::Owner,
    Field::Status,
];

/// Reads a table with a row a risk.
pub fn from_table(page: &Page<'_>, table: &Table, ids: &mut Slugger) -> (Vec<Risk>, TableMark) {
    let mut columns = Columns::read(&table.header, &FIELDS, page.words);
    columns.default_to_first(Field::Risk, &table.header);
    let read = read_rows(table, "risks", ids, |row| {
        let cell = |field| columns.text(row, field);
        let level = |field| cell(field).map(|written| written.map(|text| read_level(text, page.words)));
        let (name, id) = text_and_id(page.text, cell(Field::Risk)?, cell(Field::Id), "risk");
        let risk = Risk {
            file: page.file,
            span: row.span,
            id: String::new(),
            name,
            probability: level(Field::Probability),
            impact: level(Field::Impact),
            score: cell(Field::Score),
            mitigation: cell(Field::Mitigation),
            trigger: cell(Field::Trigger),
            owner: cell(Field::Owner),
            status: cell(Field::Status),
            in_front_matter: false,
        };
        Some((id, risk))
    });
    with_ids(read, |risk, id| risk.id = id)
}

/// Reads a list with an entry a risk; the mitigation stands behind an arrow, a colon or a dash, or below.
pub fn from_list(page: &Page<'_>, list: &List, ids: &mut Slugger) -> Vec<Risk> {
    branches(&list.entries).into_iter().filter_map(|branch| risk(page, branch, ids)).collect()
}

fn risk(page: &Page<'_>, branch: Branch<'_>, ids: &mut Slugger) -> Option<Risk> {
    let (name, behind) = sides(page, branch);
    let mut read = Labelled::read(page, branch, &FIELDS);
    let written_id = read.take(Field::Id);
    let (name, id) = text_and_id(page.text, name, written_id, "risk");
    if !name.value.contains(char::is_alphanumeric) {
        return None;
    }
    let notes = read.notes.iter().map(|note| note.entry.inline).reduce(Span::to);
    let labelled = read.take(Field::Mitigation);
    let mut level = |field| read.take(field).map(|written| written.map(|text| read_level(text, page.words)));
    let (probability, impact) = (level(Field::Probability), level(Field::Impact));
    // What stands behind the name may be other fields only: "— Probabilidad: alta".
    let mitigation = labelled.or(behind).or_else(|| notes.map(|span| text_at(page.text, span)));
    Some(Risk {
        file: page.file,
        span: branch.span(page),
        id: ids.unique(id),
        name,
        probability,
        impact,
        score: read.take(Field::Score),
        mitigation,
        trigger: read.take(Field::Trigger),
        owner: read.take(Field::Owner),
        status: read.take(Field::Status),
        in_front_matter: false,
    })
}

/// The name of a risk, and what is said to be done about it in the same entry.
fn sides(page: &Page<'_>, branch: Branch<'_>) -> (Spanned<String>, Option<Spanned<String>>) {
    let inline = branch.entry.inline;
    let arrow = |_: &str, rest: &str| {
        let arrows = ["→", "⇒", "⟶", "➜", "➔", "->", "=>"];
        arrows.iter().find(|arrow| rest.starts_with(*arrow)).map(|arrow| arrow.len())
    };
    let colon = |_: &str, rest: &str| rest.starts_with(':').then_some(1);
    let hyphen = |_: &str, rest: &str| dash(rest).or(rest.starts_with(" - ").then_some(3));
    let is_label = |part: &Span| labelled(page.text, *part, &FIELDS, page.words).is_some();
    for parts in [split(page.text, inline, arrow), split(page.text, inline, hyphen), split(page.text, inline, colon)] {
        if let [name, others @ ..] = parts.as_slice()
            && !others.is_empty()
        {
            let name = text_at(page.text, trimmed_marks(page.text, *name));
            let behind = others.iter().copied().filter(|part| !is_label(part)).reduce(Span::to);
            return (name, behind.map(|span| text_at(page.text, span)));
        }
    }
    (branch.title(page), None)
}

/// `**Carga:**` cut at its colon leaves marks without a partner.
fn trimmed_marks(text: &str, span: Span) -> Span {
    let inside = &text[span.range()];
    if inside.matches("**").count() == 1 {
        let kept = inside.trim_start_matches('*');
        let start = span.start as usize + (inside.len() - kept.len());
        return trimmed(text, Span::new(start, start + kept.trim_end_matches('*').len()));
    }
    span
}

/// Reads how likely or how grave something is: words, colours, 1 to 5, percentages. Of two levels the higher counts.
#[must_use]
pub fn read_level(text: String, words: &Vocabulary) -> LevelReading {
    let sign = text.chars().filter_map(|c| words.level(c.encode_utf8(&mut [0; 4]))).max();
    let bare = text.split('(').next().unwrap_or_default();
    let folded = fold(bare);
    let whole = words.level(&folded).or_else(|| level_of_number(bare.trim()));
    let of_parts = || {
        let parts = folded.split([' ', '/']).filter(|part| !part.is_empty());
        let levels: Option<Vec<RiskLevel>> = parts.map(|part| words.level(part)).collect();
        levels?.into_iter().max()
    };
    let level = whole.or_else(of_parts).or(sign.filter(|_| folded.is_empty()));
    LevelReading { text, level }
}

/// `1` to `5`, and percentages.
fn level_of_number(text: &str) -> Option<RiskLevel> {
    if let Some(percent) = text.strip_suffix('%') {
        return match percent.trim().parse::<u32>().ok()? {
            0..30 => Some(RiskLevel::Low),
            30..60 => Some(RiskLevel::Medium),
            60..=100 => Some(RiskLevel::High),
            _ => None,
        };
    }
    match text.strip_suffix("/5").unwrap_or(text) {
        "1" | "2" => Some(RiskLevel::Low),
        "3" => Some(RiskLevel::Medium),
        "4" => Some(RiskLevel::High),
        "5" => Some(RiskLevel::Critical),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_from_words_signs_and_numbers() {
        let read = |text: &str| read_level(text.to_owned(), Vocabulary::builtin()).level;
        for (text, level) in [
            ("Alta", RiskLevel::High),
            ("🔴 Alto", RiskLevel::High),
            ("🟡", RiskLevel::Medium),
            ("Média", RiskLevel::Medium),
            ("medium-high", RiskLevel::High),
            ("Baja/Media", RiskLevel::Medium),
            ("Very high", RiskLevel::Critical),
            ("Crítico", RiskLevel::Critical),
            ("Low (seen once)", RiskLevel::Low),
            ("3", RiskLevel::Medium),
            ("5/5", RiskLevel::Critical),
            ("70%", RiskLevel::High),
        ] {
            assert_eq!(read(text), Some(level), "{text}");
        }
        for text in ["", "Alta?? no sé", "quizás", "9", "no alta"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
