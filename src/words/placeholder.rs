//! Words that keep a place for something still to be written: `TBD`, `TODO:`, `por definir`, "(pendiente)", lorem ipsum.
//!
//! All of them are ordinary words too, `todo` in Spanish most of all. So a running text is only said to hold one where the
//! word stands as a mark: in capitals, in parentheses, or alone between two stops.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::words::fold;

/// What a mark looks like, by which of its bytes a text is searched.
#[derive(Clone, Copy)]
enum Form {
    /// `TBD`: in capitals, a word of its own.
    Capitals,
    /// `TODO`: a Spanish word as well, and so with a colon, in brackets or alone.
    Todo,
    /// `lorem ipsum`.
    Filler,
    /// `por definir`: alone between two stops, or behind `queda` and the like.
    Undecided,
    /// What stands behind an opening parenthesis: "(crear)".
    Note,
}

const FORMS: [(Form, &[&str]); 5] = [
    (Form::Capitals, &["TBD", "FIXME", "XXX"]),
    (Form::Todo, &["TODO"]),
    (Form::Filler, &["orem ipsum"]),
    (
        Form::Undecided,
        &[
            "or definir",
            "or confirmar",
            "or completar",
            "or asignar",
            "a definir",
            "a confirmar",
            "o be defined",
            "o be decided",
            "o be determined",
            "o be confirmed",
            "o be completed",
        ],
    ),
    (
        Form::Note,
        &[
            "(pend",
            "(Pend",
            "(PEND",
            "(crear",
            "(Crear",
            "(criar",
            "(Criar",
            "(create",
            "(por ",
            "(Por ",
            "(a crear",
            "(a criar",
            "(a fazer",
            "(to ",
            "(falta",
            "(Falta",
            "(not yet",
            "(no existe",
            "(ainda",
            "(aún",
        ],
    ),
];

/// A note in parentheses, folded, that says: this is not there yet.
const NOTES: [&str; 38] = [
    "pendiente",
    "pendientes",
    "pendiente de crear",
    "pendiente de escribir",
    "pendiente de definir",
    "pendiente de desarrollo",
    "pendiente de desarrollar",
    "pendiente de probar",
    "pendiente de aprobar",
    "pendiente de aprobacion",
    "pendiente de revision",
    "crear",
    "por crear",
    "por hacer",
    "por escribir",
    "a crear",
    "falta",
    "falta crear",
    "falta escribir",
    "no existe aun",
    "aun no existe",
    "pendente",
    "pendentes",
    "pendente de criacao",
    "criar",
    "a criar",
    "a fazer",
    "por fazer",
    "ainda nao existe",
    "pending",
    "create",
    "to create",
    "to be created",
    "to be written",
    "to be done",
    "to do",
    "to write",
    "not yet written",
];

/// Words behind which `por definir` says that something is open: "queda por definir".
const REMAINS: [&str; 9] = ["queda", "quedan", "sigue", "siguen", "falta", "faltan", "fica", "ficam", "still"];

/// A whole value, folded, that says nothing.
const NOTHING: [&str; 31] = [
    "tbd",
    "tba",
    "tbc",
    "todo",
    "fixme",
    "xxx",
    "n/a",
    "pendiente",
    "pendente",
    "pending",
    "por definir",
    "a definir",
    "por confirmar",
    "a confirmar",
    "por asignar",
    "a asignar",
    "sin asignar",
    "sin definir",
    "sin definicion",
    "por completar",
    "ninguno",
    "ninguna",
    "nenhum",
    "nenhuma",
    "none",
    "to be defined",
    "to be decided",
    "to be determined",
    "to be confirmed",
    "sem definicao",
    "unassigned",
];

static SEARCH: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = FORMS.iter().flat_map(|(_, words)| *words);
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(words)
        .expect("a fixed list of short words can be searched for")
});

/// A mark in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands, parentheses included.
    pub range: Range<usize>,
    /// Whether it is a note about work to be done, "(pendiente)", rather than a hole in the text.
    pub is_note: bool,
}

/// Whether a whole value only keeps a place: it is empty, a dash, `TBD`, `<name>`, `____`.
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let folded = fold(value);
    let in_brackets = |open, close| value.starts_with(open) && value.ends_with(close);
    !value.contains(char::is_alphanumeric)
        || in_brackets('<', '>')
        || NOTHING.contains(&folded.as_str())
        || (folded.starts_with("todo ") && value.starts_with("TODO"))
        || folded.starts_with("tbd ")
}

/// Every mark in a text, in order.
#[must_use]
pub fn marks(text: &str) -> Vec<Mark> {
    let found = SEARCH.find_iter(text).filter_map(|found| {
        let (at, end) = (found.start(), found.end());
        match form(found.pattern().as_usize()) {
            Form::Capitals => is_marked_word(text, at, end).then_some(at..end),
            Form::Todo => (is_marked_word(text, at, end) && is_todo(text, at, end)).then_some(at..end),
            Form::Filler => begin(text, at).filter(|start| stands_alone(text, *start, end)).map(|start| start..end),
            Form::Undecided => undecided(text, at, end),
            Form::Note => note(text, at),
        }
        .map(|range| Mark { is_note: text[range.clone()].starts_with('('), range })
    });
    found.collect()
}

/// The form that the word with this number has.
fn form(mut word: usize) -> Form {
    for (form, words) in FORMS {
        match word.checked_sub(words.len()) {
            Some(rest) => word = rest,
            None => return form,
        }
    }
    Form::Note
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn behind(text: &str, end: usize) -> Option<char> {
    text[end..].chars().next()
}

/// Whether no letter, digit or part of a name touches the word.
fn stands_alone(text: &str, at: usize, end: usize) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '@' | '#' | '$' | '{' | '}' | '=');
    !before(text, at).is_some_and(joins) && !behind(text, end).is_some_and(|c| joins(c) && c != '-')
}

/// Whether the word stands alone and is not quoted: who quotes a mark explains it.
fn is_marked_word(text: &str, at: usize, end: usize) -> bool {
    let is_quote = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '«' | '‘' | '`');
    stands_alone(text, at, end) && !before(text, at).is_some_and(is_quote)
}

/// `TODO:`, `(TODO …`, `[TODO]`, or a line or cell that is nothing else.
fn is_todo(text: &str, at: usize, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(['*', '_']);
    let in_brackets = before(text, at).is_some_and(|c| matches!(c, '(' | '['));
    (begins_a_clause(text, at) && (rest.starts_with(':') || rest.starts_with('(')))
        || in_brackets
        || is_alone(text, at, end)
}

/// Where the word begins whose second letter stands at `at`: words are searched for without their first letter's case.
fn begin(text: &str, at: usize) -> Option<usize> {
    let first = before(text, at)?;
    matches!(first, 'l' | 'L' | 'p' | 'P' | 't' | 'T').then(|| at - first.len_utf8())
}

fn undecided(text: &str, at: usize, end: usize) -> Option<Range<usize>> {
    let start = if text[at..].starts_with("a ") { at } else { begin(text, at)? };
    if !stands_alone(text, start, end) {
        return None;
    }
    let word = text[..start].trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let remains = REMAINS.contains(&word.to_lowercase().as_str()) && !text[at..].starts_with("a ");
    (remains || is_alone(text, start, end)).then_some(start..end)
}

/// Whether the text from `at` begins a line, a cell, a parenthesis, or what stands behind a colon or a full stop.
fn begins_a_clause(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default().trim_end_matches([' ', '\t', '*', '_']);
    let marker = line.trim_start_matches([' ', '\t', '>', '-', '+', '*', '#']);
    let is_number = marker.strip_suffix(['.', ')']).is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()));
    marker.is_empty() || is_number || line.ends_with(['(', '[', ':', '|', '.', ';', '–', '—', '→', '='])
}

/// Whether the words stand between two stops: a cell, a parenthesis, what follows a colon.
fn is_alone(text: &str, at: usize, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([' ', '\t', '*', '_', '\r']);
    begins_a_clause(text, at) && (rest.is_empty() || rest.starts_with(['\n', ')', ']', '|', '.', ';', ',', '<']))
}

/// The whole note that opens at `at`, unless it explains a sign that stands before it: "⏳ (pendiente)".
fn note(text: &str, at: usize) -> Option<Range<usize>> {
    let end = at + text[at..].find([')', '\n'])?;
    if text.as_bytes()[end] != b')' || !NOTES.contains(&fold(&text[at + 1..end]).as_str()) {
        return None;
    }
    let is_sign = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !matches!(c, '”' | '»' | '’' | '…');
    let explains = text[..at].trim_end().chars().next_back().is_some_and(is_sign);
    (!explains).then_some(at..end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        marks(text).into_iter().map(|mark| &text[mark.range]).collect()
    }

    #[test]
    fn marks_are_found() {
        for (text, mark) in [
            ("Precio: TBD", "TBD"),
            ("- TODO: escribir esto", "TODO"),
            ("1. **TODO**: escribir", "TODO"),
            ("Sección (TODO)", "TODO"),
            ("TODO", "TODO"),
            ("Llamar al XXX para activar", "XXX"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("Fecha: por definir", "por definir"),
            ("| Fecha | Por definir |", "Por definir"),
            ("Queda por definir el proveedor", "por definir"),
            ("Fecha (a definir)", "a definir"),
            ("The date is still to be confirmed by PM", "to be confirmed"),
            ("en `docs/flags/history.md` (crear).", "(crear)"),
            ("script `x.ts` (pendiente) para", "(pendiente)"),
            ("o script (pendente)", "(pendente)"),
            ("the script (to be written)", "(to be written)"),
        ] {
            assert_eq!(found(text), [mark], "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_no_marks() {
        for text in [
            "Todo el equipo revisa todo",
            "ATENCIÓN A TODO EL EQUIPO",
            "Los ítems marcados TODO quedan fuera",
            "El valor \"TBD\" no cuenta",
            "Talla XXXL y SKU-XXX-1",
            "Conviene empezar por definir los flags",
            "Vamos a definir el alcance",
            "El signo ⏳ (pendiente) se ve en el checklist",
            "pedidos (pendientes de pago) y (crear cuenta nueva)",
            "los ítems pendientes",
            "this is to be defined by each team on its own",
            "",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_whole_value_may_say_nothing() {
        for text in ["", " ", "-", "—", "TBD", "Por definir", "<fuente>", "____", "n/a", "TODO: preguntar"] {
            assert!(is_placeholder(text), "{text:?}");
        }
        for text in ["≥ 95 %", "Looker", "Todo el equipo", "0", "No aplica al piloto"] {
            assert!(!is_placeholder(text), "{text:?}");
        }
    }
}
