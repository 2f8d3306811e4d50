//! Reading one owner cell: a name, or nothing that a person could answer to.

use crate::model::Owner;
use crate::parse::vocabulary::Vocabulary;
use crate::words::fold;

/// Reads the plain text of an owner cell or value. Placeholders (`TBD`, `por definir`, `<nombre>`, `____`, `@tbd`) are missing owners,
/// and so are states, which slipped in from the next column.
#[must_use]
pub fn read_owner(text: &str, words: &Vocabulary) -> Owner {
    let text = text.trim();
    let missing = !text.contains(char::is_alphabetic)
        || is_left_open(text)
        || is_another_answer(&fold(text), words)
        || begins_with_nobody(text, words)
        || ends_with_nobody(text, words);
    if missing { Owner::Missing(text.to_owned()) } else { Owner::Named(text.to_owned()) }
}

/// A place to write into: `<nombre>`, `[Nombre]`, `$OWNER`, `QA?`, `Nombre ____`.
fn is_left_open(text: &str) -> bool {
    let in_brackets = |open, close| text.starts_with(open) && text.ends_with(close);
    let is_mail = text.contains('@');
    (in_brackets('<', '>') && !is_mail)
        || in_brackets('[', ']')
        || in_brackets('{', '}')
        || in_brackets('%', '%')
        || text.starts_with('$')
        || text.ends_with('?')
        || text.ends_with("___")
}

/// A placeholder, a state, or a yes or no.
fn is_another_answer(folded: &str, words: &Vocabulary) -> bool {
    words.is_placeholder(folded)
        || words.status(folded).is_some()
        || words.is_affirmation(folded)
        || words.truth(folded).is_some()
        || folded.chars().all(|c| c == 'x')
}

/// "TODO: preguntar", "TBD (QA)", "Pendiente de RRHH", "por definir con RRHH". "Todo el equipo" and "Nombre de Dios SA" are somebody.
fn begins_with_nobody(text: &str, words: &Vocabulary) -> bool {
    let folded = fold(text);
    let first = folded.split([' ', '/']).next().unwrap_or_default();
    let written = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let shouted = written.starts_with("TODO") || written.chars().nth(4) == Some(':');
    let begins = |(at, _): (usize, &str)| {
        (folded[..at].contains(' ') || &folded[..at] == "n/a") && words.is_placeholder(&folded[..at])
    };
    (first == "todo" && shouted) || words.begins_nobody(first) || folded.match_indices(' ').any(begins)
}

/// "QA (TBD)", "Responsable por definir". Who stands first in a list answers for it, and so "PM, TBD" is somebody.
fn ends_with_nobody(text: &str, words: &Vocabulary) -> bool {
    let main = text.split('(').next().unwrap_or_default();
    let is_list = main.contains(['/', ',', '+', '&']);
    let folded = fold(main);
    let ends = |(at, _): (usize, &str)| {
        let end = &folded[at + 1..];
        (end.contains(' ') || matches!(end, "tbd" | "tba" | "tbc")) && words.is_placeholder(end)
    };
    let note = text[main.len()..].trim_start_matches('(').strip_suffix(')');
    let is_open_note = note.is_some_and(|note| words.is_placeholder(&fold(note)));
    is_open_note || !is_list && folded.match_indices(' ').any(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_missing_owners() {
        for text in [
            "",
            "-",
            "—",
            "TBD",
            "TODO: preguntar",
            "?",
            "N/A",
            "a definir",
            "Por definir",
            "por asignar",
            "sin asignar",
            "Pendiente de RRHH",
            "____",
            "<owner>",
            "[Nome]",
            "@tbd",
            "xxx",
            "Nombre",
            "name",
            "⏳",
            "sem responsável",
            "QA?",
            "QA ?",
            "...",
            "x",
            "XX",
            "TBC",
            "tbd/qa",
            "TBD (QA Lead)",
            "todo",
            "todo: QA",
            "No asignado",
            "no owner",
            "unassigned",
            "Not assigned",
            "sin dueño",
            "vacante",
            "Por confirmar",
            "a confirmar",
            "por designar",
            "quién?",
            "¿Quién?",
            "alguien",
            "someone",
            "s/d",
            "n/d",
            "Não definido",
            "não atribuído",
            "A atribuir",
            "alguém",
            "nome do responsável",
            "nombre del responsable",
            "{owner}",
            "{{ owner }}",
            "$OWNER",
            "<<nombre>>",
            "@owner",
            "Hecho",
            "✅ Done",
            "2025-10-20",
            "42",
        ] {
            assert!(matches!(read_owner(text, Vocabulary::builtin()), Owner::Missing(_)), "{text:?}");
        }
    }

    #[test]
    fn roles_and_handles_are_owners() {
        for text in [
            "QA Lead",
            "Ingeniería",
            "Producto/CS",
            "@maria",
            "A + B",
            "Todólogo",
            "Todo el equipo",
            "QA",
            "TI",
            "Equipo de datos (a confirmar con RRHH)",
            "PM, Tech Lead",
            "DevOps 🚀",
            "Tech Lead 2",
            "Xavi",
            "Open Source Office",
            "Líder Técnico",
            "Gerência de Produto",
        ] {
            assert_eq!(read_owner(text, Vocabulary::builtin()), Owner::Named(text.to_owned()));
        }
    }
}
