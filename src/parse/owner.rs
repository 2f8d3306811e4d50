//! Reading one owner cell: a name, or nothing that a person could answer to.

use crate::model::Owner;
use crate::parse::vocabulary::Vocabulary;
use crate::words::fold;

/// Reads the plain text of an owner cell or value. Placeholders (`TBD`, `por definir`, `<nombre>`, `____`, `@tbd`) are missing owners.
#[must_use]
pub fn read_owner(text: &str, words: &Vocabulary) -> Owner {
    let text = text.trim();
    let folded = fold(text);
    let first_word = folded.split(' ').next().unwrap_or_default();
    let in_brackets = |open, close| text.starts_with(open) && text.ends_with(close);
    let missing = folded.chars().all(|c| !c.is_alphanumeric())
        || words.is_placeholder(&folded)
        || matches!(first_word, "todo" | "tbd" | "pendiente" | "pending" | "pendente")
        || in_brackets('<', '>')
        || in_brackets('[', ']')
        || text.ends_with('?')
        || text.ends_with("___");
    if missing { Owner::Missing(text.to_owned()) } else { Owner::Named(text.to_owned()) }
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
        ] {
            assert!(matches!(read_owner(text, Vocabulary::builtin()), Owner::Missing(_)), "{text:?}");
        }
    }

    #[test]
    fn roles_and_handles_are_owners() {
        for text in ["QA Lead", "Ingeniería", "Producto/CS", "@maria", "A + B", "Todólogo"] {
            assert_eq!(read_owner(text, Vocabulary::builtin()), Owner::Named(text.to_owned()));
        }
    }
}
