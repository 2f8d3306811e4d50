//! Folding: what stays of a heading, a column header or a status word when it is compared with the vocabulary.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds case, accents, emoji, emphasis and code marks, variation selectors, leading numbers and runs of white space.
/// `_` stays, since flags and `NOT_STARTED` need it; other punctuation becomes a space, but `/`, `+`, `%` and `'` stay.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return folded(text.chars(), text.len());
    }
    let stays = |c: &char| !is_combining_mark(*c) && *c != '\u{fe0e}' && *c != '\u{fe0f}';
    folded(text.nfd().filter(stays), text.len())
}

fn folded(text: impl Iterator<Item = char>, capacity: usize) -> String {
    let mut folded = String::with_capacity(capacity);
    for c in text {
        if c.is_alphanumeric() || matches!(c, '_' | '/' | '+' | '%' | '\'') {
            folded.extend(c.to_lowercase());
        } else if c == '’' {
            folded.push('\'');
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    without_leading_number(folded.trim()).to_owned()
}

/// `1 feature flags` -> `feature flags`; a text that is only a number stays.
fn without_leading_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if rest.is_empty() || text.len() == rest.len() { text } else { rest }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn headings_and_cells_fold_to_words() {
        assert_eq!(fold("## 1. Feature Flags y Configuración"), "feature flags y configuracion");
        assert_eq!(fold("§2 · **Fases** del `Despliegue`"), "fases del despliegue");
        assert_eq!(fold("🛠️ En progreso"), "en progreso");
        assert_eq!(fold("NOT_STARTED"), "not_started");
        assert_eq!(fold("Evidencia / referencia"), "evidencia / referencia");
        assert_eq!(fold("N/A"), "n/a");
        assert_eq!(fold("⏳"), "");
        assert_eq!(fold("42"), "42");
        assert_eq!(fold("won’t do"), "won't do");
    }
}
