//! What a status cell says besides its status: dates, names and tickets are harmless, everything that could open it again is not.

use std::borrow::Cow;

use crate::model::Status;
use crate::parse::inline::{Word, words as words_of};
use crate::parse::vocabulary::{CriterionWord, Vocabulary};
use crate::words::fold;

/// Signs that doubt.
const DOUBTS: [char; 14] = ['?', '¿', '%', '~', '≈', '*', '…', '❓', '❔', '⁉', '🤔', '🤞', '±', '½'];

/// Whether a sign beside a closed state doubts it. A slash offers a choice, but for the one of "N/A".
pub fn has_doubtful_sign(text: &str, is_na: bool) -> bool {
    text.contains(DOUBTS) || text.contains("..") || text.contains('/') && !is_na
}

/// The text without dates: `2025-10-01`, `1/10/2025`, `01.10.25`, and the time behind them.
pub fn without_dates(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    let kept = text.split(' ').map(|word| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        if is_date(core) { word.replace(core, "") } else { word.to_owned() }
    });
    Cow::Owned(kept.collect::<Vec<_>>().join(" "))
}

fn is_date(word: &str) -> bool {
    let day = word.split(['T', 't']).next().unwrap_or_default();
    ['-', '/', '.'].into_iter().any(|separator| {
        let parts: Vec<&str> = day.split(separator).collect();
        let numbers = parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        numbers && matches!(lengths.as_slice(), [4, 1..=2, 1..=2] | [1..=2, 1..=2, 2 | 4])
    })
}

/// The text without "100%", which doubts nothing.
pub fn without_full_percentage(text: &str) -> Cow<'_, str> {
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    for written in ["100%", "100 %"] {
        if let Some(at) = text.find(written)
            && !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '<' | '~'))
            && ends(&text[at + written.len()..])
        {
            return Cow::Owned(format!("{} {}", &text[..at], &text[at + written.len()..]));
        }
    }
    Cow::Borrowed(text)
}

/// Whether the words behind "done" in its own clause say only who, when, or the same again: "Aprobado por Legal", "Completado el
/// 3 de octubre", "Hecho y validado". `skip` words of the clause are the status.
pub fn tail_is_harmless(clause: &str, skip: usize, words: &Vocabulary) -> bool {
    let all = words_of(clause);
    let mut tail = all.get(skip..).unwrap_or_default();
    while let [first, rest @ ..] = tail {
        let before = clause[..first.span.start as usize].chars().next_back();
        let names_somebody = |word: &Word| {
            let before = clause[..word.span.start as usize].chars().next_back();
            clause[word.span.range()].starts_with(char::is_uppercase) || before == Some('@')
        };
        let next_is_number = rest.first().is_none_or(|next| next.folded.starts_with(|c: char| c.is_ascii_digit()));
        match first.folded.as_str() {
            "y" | "e" | "and" if rest.first().is_some_and(|next| words.is_achieved(&next.folded)) => tail = rest,
            "por" | "by" | "pelo" | "pela" if rest.first().is_some_and(names_somebody) => {
                return rest.iter().all(|word| is_harmless(&word.folded, words));
            }
            "el" | "on" | "em" | "al" | "a" | "at" if next_is_number => return says_when(rest, words),
            _ if before == Some('#') || words.is_achieved(&first.folded) => tail = rest,
            _ => return false,
        }
    }
    true
}

/// A day: "3 de octubre". A number of days or weeks is still to come.
fn says_when(tail: &[Word], words: &Vocabulary) -> bool {
    let is_time = |word: &Word| words.criterion(&word.folded).iter().any(|it| matches!(it, CriterionWord::Time(_)));
    tail.len() <= 5 && tail.iter().all(|word| is_harmless(&word.folded, words) && !is_time(word))
}

fn is_harmless(word: &str, words: &Vocabulary) -> bool {
    let open = words.status(word).is_some_and(|status| !status.is_closed());
    !(open
        || words.is_negation(word)
        || words.is_doubt(word)
        || word.ends_with("n't")
        || words.truth(word) == Some(false))
}

/// Whether a remark behind a closed state leaves it closed.
pub fn rest_is_harmless(status: Status, rest: &str, words: &Vocabulary) -> bool {
    let rest = without_full_percentage(rest);
    let open_sign = rest.chars().filter_map(|c| words.sign(c)).any(|status| !status.is_closed());
    if rest.contains(DOUBTS) || rest.contains("..") || open_sign || counts_a_part(&rest) {
        return false;
    }
    let folded = fold(&rest);
    let mut all = folded.split([' ', '/']).filter(|word| !word.is_empty());
    // "N/A — no hay tenants de calzado" gives the reason.
    let gives_reason = |word: &str| {
        let none = words.criterion(word).iter().any(|it| matches!(it, CriterionWord::Without | CriterionWord::Zero));
        status == Status::NotApplicable && none
    };
    let mentions_status = || folded.split(' ').any(|word| words.is_achieved(word));
    let denies = all.clone().any(gives_reason) && mentions_status();
    !denies
        && all.all(|word| is_harmless(word, words) || gives_reason(word))
        && !words.is_doubt(&folded)
        && !opens_again(&rest, words)
        && !has_open_phrase(&folded, words)
}

/// "3/5", "3 de 5", "3 of 5": a part of the whole. A day and a month look alike, and so does what cannot be told.
fn counts_a_part(rest: &str) -> bool {
    let numbers = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).parse::<u32>().ok();
    let is_part = |a: Option<u32>, b: Option<u32>| matches!((a, b), (Some(a), Some(b)) if a < b);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let by_slash = words.iter().any(|word| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        core.split_once('/').is_some_and(|(a, b)| is_part(numbers(a), numbers(b)))
    });
    let by_words = words.windows(3).any(|three| {
        matches!(three[1].to_lowercase().as_str(), "de" | "of" | "/") && is_part(numbers(three[0]), numbers(three[2]))
    });
    by_slash || by_words
}

/// A remark that begins with "to", "por" or "para" speaks of what is still to come: "(por subir)", "— to validate".
fn opens_again(rest: &str, words: &Vocabulary) -> bool {
    rest.split(['(', ')', ';', ',', '—', '–', '.', ':', '→', '[']).any(|piece| {
        let all = words_of(piece);
        let next_is_name = all.get(1).is_some_and(|next| piece[next.span.range()].starts_with(char::is_uppercase));
        let names_a_doer = |word: &Word| matches!(word.folded.as_str(), "por" | "by");
        all.first().is_some_and(|word| words.is_opener(&word.folded) && !(names_a_doer(word) && next_is_name))
            || begins_with_open_phrase(&fold(piece), words)
    })
}

fn begins_with_open_phrase(folded: &str, words: &Vocabulary) -> bool {
    words.statuses().any(|(phrase, status)| {
        let rest = folded.strip_prefix(phrase);
        !status.is_closed() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// Whether a remark holds an open state of several words. "en QA" behind a verb says where, not how far.
fn has_open_phrase(folded: &str, words: &Vocabulary) -> bool {
    let padded = format!(" {folded} ");
    words.statuses().any(|(phrase, status)| {
        let mut parts = phrase.split(' ');
        let says_where = parts.next().is_some_and(|first| words.is_small(first));
        let several = parts.next().is_some();
        !status.is_closed() && several && !says_where && padded.contains(&format!(" {phrase} "))
    })
}
