//! How far a plan says that it is, in a line at its top: "> **Estado**: 🛠️ En progreso (Fase 4)".

use crate::model::{Kind, Part, StatusReading};
use crate::parse::recognise::Page;
use crate::parse::status::read_status;
use crate::parse::vocabulary::Field;
use crate::source::{Span, Spanned};

/// So many lines may stand before the one that says it.
const LINES: usize = 40;

/// Reads the first line before the first part of the plan that gives its status.
#[must_use]
pub fn status_of(page: &Page<'_>, kind: Kind, parts: &[Part]) -> Option<Spanned<StatusReading>> {
    if !kind.is_part_of_a_plan() {
        return None;
    }
    let end = parts.iter().map(|part| part.heading.start as usize).find(|start| *start > page.body);
    let top = &page.text[page.body..end.unwrap_or(page.text.len())];
    let mut at = page.body;
    for line in top.split_inclusive('\n').take(LINES) {
        if let Some(value) = value(page, line) {
            let start = at + (value.as_ptr() as usize - line.as_ptr() as usize);
            let span = Span::new(start, start + value.len());
            return Some(Spanned::new(read_status(value, page.words), span));
        }
        at += line.len();
    }
    None
}

/// What stands behind `Estado:` in a line of a paragraph, a quote or a list, or beside it in a table of two columns.
fn value<'a>(page: &Page<'_>, line: &'a str) -> Option<&'a str> {
    const MARKS: [char; 8] = [' ', '\t', '>', '-', '*', '_', '|', '+'];
    let line = line.trim_start_matches(MARKS).trim_end();
    let (label, value) = line.split_once(':').or_else(|| line.strip_suffix('|')?.split_once('|'))?;
    let value = value.trim_matches(|c: char| MARKS.contains(&c) || c == '\\');
    let is_status = page.words.names(label, Field::Status) && !value.is_empty() && !value.contains('|');
    is_status.then_some(value)
}

#[cfg(test)]
mod tests {
    use std::cell::OnceCell;

    use super::*;
    use crate::model::Status;
    use crate::parse::vocabulary::Vocabulary;
    use crate::source::FileId;

    fn read(text: &str) -> Option<(String, Option<Status>)> {
        let words = Vocabulary::builtin();
        let page = Page { file: FileId(0), text, body: 0, words, lang: None, guessed: OnceCell::new() };
        let status = status_of(&page, Kind::Plan, &[])?;
        Some((text[status.span.range()].to_owned(), status.value.known()))
    }

    #[test]
    fn the_line_is_found_however_it_is_written() {
        for line in [
            "# Plan\n\n> **Objetivo**: algo\n>\n> **Estado**: 🛠️ En progreso (Fase 4)\n",
            "**Status:** 🛠️ En progreso (Fase 4)  \n",
            "- Situação: 🛠️ En progreso (Fase 4)",
            "| **Estado** | 🛠️ En progreso (Fase 4) |",
        ] {
            let expected = ("🛠️ En progreso (Fase 4)".to_owned(), Some(Status::InProgress));
            assert_eq!(read(line), Some(expected), "{line}");
        }
        assert_eq!(read("| Ítem | Responsable | Estado |\n"), None);
        assert_eq!(read("Estado:\n"), None);
        assert_eq!(read("El estado del arte: bueno\n"), None);
    }
}
