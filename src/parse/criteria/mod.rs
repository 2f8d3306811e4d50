//! What a criterion asks for: a metric against a bound, a state of flags, or a judgement that only a person can give.
//!
//! The grammar, with the words of all languages at once:
//!
//! ```text
//! criterion := [subject] op quantity [subject] [window]
//!            | zero subject [window]                  "0 incidentes críticos en 7 días", "sin P1/P0"
//!            | quantity "+" subject                   "300+ active users"
//!            | subject with percent subject           the operator is assumed, and the reading says so
//! ```
//!
//! References to items of a checklist are found where all pages are known, in `assemble`.

mod comparison;
mod lexer;
mod number;

pub use comparison::{comparison, threshold};

use crate::lang::Lang;
use crate::model::{Criterion, CriterionReading};
use crate::parse::inline::{plain, split, text_at};
use crate::parse::vocabulary::{Field, Vocabulary};
use crate::source::{Span, Spanned};
use crate::words::fold;

/// Reads the criteria in the Markdown under `span`: parts between semicolons, line breaks, and commas that are not inside
/// numbers.
#[must_use]
pub fn read_criteria(text: &str, span: Span, lang: Option<Lang>, words: &Vocabulary) -> Vec<Criterion> {
    let parts = split(text, span, separator);
    parts.into_iter().map(|part| read_criterion(text, part, lang, words)).collect()
}

/// Reads one criterion: the Markdown under `span`, or a scalar of YAML.
#[must_use]
pub fn read_criterion(text: &str, span: Span, lang: Option<Lang>, words: &Vocabulary) -> Criterion {
    let written = text_at(text, span);
    let reading = flag_statement(&text[written.span.range()], words)
        .or_else(|| comparison(&written.value, lang, words).map(CriterionReading::Comparison))
        .unwrap_or(CriterionReading::Judgement);
    let folded = fold(&written.value);
    let meaning = folded.split([' ', '/']).filter(|word| !word.is_empty() && !words.is_small(word));
    let (ends, subjects): (Vec<&str>, Vec<&str>) = meaning.partition(|word| words.is_achieved(word));
    let subjects = subjects.into_iter().map(str::to_owned).collect();
    Criterion { text: written, reading, subjects, says_end: !ends.is_empty() }
}

/// Reads the criteria in a scalar of YAML, which all have the scalar's place.
#[must_use]
pub fn read_scalar(scalar: &Spanned<String>, lang: Option<Lang>, words: &Vocabulary) -> Vec<Criterion> {
    let whole = Span::new(0, scalar.value.len());
    let mut criteria = read_criteria(&scalar.value, whole, lang, words);
    criteria.iter_mut().for_each(|criterion| criterion.text.span = scalar.span);
    criteria
}

fn separator(before: &str, rest: &str) -> Option<usize> {
    let tag = ["<br>", "<br/>", "<br />", "<BR>"].iter().find(|tag| rest.starts_with(*tag));
    if let Some(tag) = tag {
        return Some(tag.len());
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match rest.chars().next()? {
        ';' | '\n' => Some(1),
        ',' if !(digit(before.chars().next_back()) && digit(rest.chars().nth(1))) => Some(1),
        _ => None,
    }
}

/// "Flags `true` por default", "`ENABLE_X` activado": which keys, and the value that they must have.
fn flag_statement(markdown: &str, words: &Vocabulary) -> Option<CriterionReading> {
    let code: Vec<&str> = markdown.split('`').skip(1).step_by(2).collect();
    let keys: Vec<String> = code.iter().filter(|code| looks_like_a_key(code)).map(|key| (*key).to_owned()).collect();
    let text = plain(markdown);
    let mut plain_words = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    let speaks_of_flags =
        |word: &str| words.names(word, Field::Flag) || words.names(word.trim_end_matches(['s', 'S']), Field::Flag);
    if keys.is_empty() && !plain_words.clone().any(speaks_of_flags) {
        return None;
    }
    let is_value = |word: &&str| {
        let folded = fold(word);
        words.truth(&folded).is_some()
            && word.chars().count() > 1
            && folded != "no"
            && folded != "nao"
            && folded != "si"
    };
    let value = plain_words.find(is_value)?.to_owned();
    Some(CriterionReading::Flag { keys, value })
}

/// `ENABLE_X`, `checkout.new-flow`: one word with a separator or all capitals.
#[must_use]
pub fn looks_like_a_key(code: &str) -> bool {
    let word = code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let separated = code.contains(['_', '-', '.']) || code.chars().all(|c| c.is_ascii_uppercase());
    word && separated && code.starts_with(|c: char| c.is_ascii_alphabetic())
}
