//! What counts as a word. `static/theme/search.js` does the same with what is typed and with what it shows; both have to change
//! together, and `tests/browser/search.test.mjs` looks for every word of a hard site.
//!
//! A *token* is a run of letters, digits, marks and `_`. It is folded: case and accents go, compatibility forms become plain ones. A
//! token in parts, `ENABLE_VERTICAL_PROFILES` or `maxRetries`, is found whole and by its parts. Scripts without spaces between
//! words are cut into pairs of characters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut: nobody types them, and a line of Base64 is no word.
const LONGEST: usize = 40;

/// The tokens of a text, as written.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text }
}

/// Iterator over the tokens of a text.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            let start = find(self.rest, true)?;
            let run = &self.rest[start..];
            let (run, rest) = run.split_at(find(run, false).unwrap_or(run.len()));
            self.rest = rest;
            let token = run.trim_matches('_');
            if !token.is_empty() {
                return Some(token);
            }
        }
    }
}

/// Which ASCII characters are part of a token. Every byte of every text is looked up here.
const IS_WORD: [bool; 128] = {
    let mut table = [false; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

/// Where the first character stands that is part of a token, or is not.
fn find(text: &str, inside: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() {
            if IS_WORD[usize::from(byte)] == inside {
                return Some(at);
            }
            at += 1;
        } else {
            let c = text[at..].chars().next()?;
            if (c.is_alphanumeric() || is_combining_mark(c)) == inside {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
    None
}

/// A word under which a token is found, with the piece of the token that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Folded.
    pub folded: String,
    /// As written; empty for a pair of characters, which has no stem.
    pub written: &'a str,
}

/// The words under which a token is found: itself first, and its parts.
pub fn words(token: &str) -> Vec<Word<'_>> {
    if token.chars().any(is_unspaced) {
        return runs(token)
            .into_iter()
            .flat_map(|run| if run.starts_with(is_unspaced) { pairs(run) } else { words(run) })
            .collect();
    }
    let parts = parts(token);
    let whole = (parts.len() > 1).then_some(token);
    whole
        .into_iter()
        .chain(parts)
        .map(|written| Word { folded: fold(written), written })
        .filter(|word| !word.folded.is_empty())
        .collect()
}

/// Folds case and accents; what looks the same in print becomes the same.
pub fn fold(token: &str) -> String {
    if token.is_ascii() {
        return token.chars().take(LONGEST).map(|c| c.to_ascii_lowercase()).collect();
    }
    let stays = |c: &char| !('\u{300}'..='\u{36f}').contains(c);
    let folded = token.nfkd().filter(stays).flat_map(char::to_lowercase).filter(stays);
    folded.map(|c| if c == 'ς' { 'σ' } else { c }).take(LONGEST).collect()
}

/// Parts between `_`, and where a capital follows a small letter or a digit.
fn parts(token: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut before) = (0, '_');
    for (at, c) in token.char_indices() {
        if c == '_' || (c.is_uppercase() && (before.is_lowercase() || before.is_numeric())) {
            parts.push(&token[start..at]);
            start = if c == '_' { at + 1 } else { at };
        }
        before = c;
    }
    parts.push(&token[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Cuts where a script with spaces meets one without.
fn runs(token: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in token.char_indices() {
        let unspaced = is_unspaced(c);
        if before.is_some_and(|before| before != unspaced) {
            runs.push(&token[start..at]);
            start = at;
        }
        before = Some(unspaced);
    }
    runs.push(&token[start..]);
    runs
}

/// Each two neighbours; a single character stands for itself.
fn pairs(run: &str) -> Vec<Word<'static>> {
    let folded: Vec<char> = fold_whole(run).collect();
    let word = |chars: &[char]| Word { folded: chars.iter().collect(), written: "" };
    if folded.len() < 2 { vec![word(&folded)] } else { folded.windows(2).map(word).collect() }
}

fn fold_whole(run: &str) -> impl Iterator<Item = char> {
    run.nfkd().flat_map(char::to_lowercase)
}

/// Whether a script writes no spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{fold, tokens, words};

    fn found(token: &str) -> Vec<String> {
        words(token).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn a_token_is_a_run_of_letters_digits_and_underscores() {
        let all = |text: &'static str| tokens(text).collect::<Vec<_>>();
        assert_eq!(all("¿Cómo se importa el CSV/XLSX?"), ["Cómo", "se", "importa", "el", "CSV", "XLSX"]);
        assert_eq!(all("`ENABLE_X`, __init__ y v2.5 — 10%"), ["ENABLE_X", "init", "y", "v2", "5", "10"]);
        assert_eq!(all("don't ___ e\u{301}"), ["don", "t", "e\u{301}"]);
        assert_eq!(all(""), [""; 0]);
    }

    #[test]
    fn case_and_accents_fold() {
        assert_eq!(fold("SECCIÓN"), "seccion");
        assert_eq!(fold("ﬁn２０"), "fin20");
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
        assert_eq!(fold("İ"), "i");
        assert_eq!(fold(&"x".repeat(100)).len(), 40);
    }

    #[test]
    fn a_token_in_parts_is_found_whole_and_by_its_parts() {
        assert_eq!(found("ENABLE_VERTICAL_PROFILES"), ["enable_vertical_profiles", "enable", "vertical", "profiles"]);
        assert_eq!(found("maxRetries"), ["maxretries", "max", "retries"]);
        assert_eq!(found("Sección"), ["seccion"]);
        assert_eq!(found("CSV"), ["csv"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(found("東京都"), ["東京", "京都"]);
        assert_eq!(found("字"), ["字"]);
        assert_eq!(found("v2版本"), ["v2", "版本"]);
    }
}
