//! Reading one owner cell: a name, or nothing that a person could answer to.

use crate::model::Owner;
use crate::parse::vocabulary::Vocabulary;
use crate::words::fold;

/// Reads the plain text of an owner cell or value. Placeholders (`TBD`, `por definir`, `<nombre>`, `____`, `@tbd`) are missing owners,
/// and so are states, which slipped in from the next column.
#[must_use]
pub fn read_owner(text: &str, words: &Vocabulary) -> Owner {
    let text = text.trim();
    let folded = fold(text);
    let in_brackets = |open, close| text.starts_with(open) && text.ends_with(close);
    let missing = !text.contains(char::is_alphabetic)
        || words.is_placeholder(&folded)
        || words.status(&folded).is_some()
        || begins_with_placeholder(text, &folded)
        || in_brackets('<', '>')
        || in_brackets('[', ']')
        || in_brackets('{', '}')
        || text.starts_with('$')
        || folded.chars().all(|c| c == 'x')
        || text.ends_with('?')
        || text.ends_with("___");
    if missing { Owner::Missing(text.to_owned()) } else { Owner::Named(text.to_owned()) }
}

/// "TODO: preguntar", "TBD (QA)", "Pendiente de RRHH". "Todo el equipo" is somebody.
fn begins_with_placeholder(text: &str, folded: &str) -> bool {
    let first = folded.split([' ', '/']).next().unwrap_or_default();
    let written = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let shouted = written.starts_with("TODO") || written.chars().nth(4) == Some(':');
    let todo = first == "todo" && (shouted || folded == "todo");
    todo || matches!(first, "tbd" | "tba" | "tbc" | "pendiente" | "pending" | "pendente")
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
