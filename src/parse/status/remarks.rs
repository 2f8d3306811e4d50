//! What a status cell says besides its status: names, days and places are harmless, everything that could open it again is not.

use crate::model::Status;
use crate::parse::inline::{Word, words as words_of};
use crate::parse::status::asides::without_full_percentage;
use crate::parse::vocabulary::{CriterionWord, Vocabulary};
use crate::words::{fold, is_month};

/// Signs that doubt.
const DOUBTS: [char; 18] = ['?', '¿', '<', '>', '%', '~', '≈', '*', '…', '⁉', '‼', '±', '½', '†', '‡', '¹', '²', '³'];

/// What quotes or plays down what it stands around or behind.
const MARKS: [&str; 10] = ["..", "\"", "“", "”", "«", "»", ":(", " :/", ";)", "+/-"];

/// Whether a sign beside a closed state doubts it. A slash offers a choice, but for the one of "N/A".
pub fn has_doubtful_sign(text: &str, is_na: bool, words: &Vocabulary) -> bool {
    doubts(text, words) || text.starts_with('(') || text.contains('/') && !is_na
}

/// Whether a text has a sign that doubts, or one of which nobody knows what it says: 🤷, ☒.
fn doubts(text: &str, words: &Vocabulary) -> bool {
    let is_foreign = |c: char| is_pictograph(c) && words.sign(c).is_none() && !words.is_cheer(c);
    text.contains(DOUBTS) || MARKS.iter().any(|mark| text.contains(mark)) || text.contains(is_foreign)
}

/// Arrows, symbols and emoji, but not what only changes the look of the sign before it.
fn is_pictograph(c: char) -> bool {
    let changes_the_look = matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}');
    c >= '\u{2190}'
        && !c.is_alphanumeric()
        && !matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
        && !changes_the_look
}

/// Whether the words behind "done" in its own clause say only who, when, or the same again: "Aprobado por Legal", "Completado el
/// 3 de octubre", "Hecho y validado". `skip` words of the clause are the status.
pub fn tail_is_harmless(clause: &str, skip: usize, words: &Vocabulary) -> bool {
    let all = words_of(clause);
    let mut tail = all.get(skip..).unwrap_or_default();
    while let [first, rest @ ..] = tail {
        let before = clause[..first.span.start as usize].chars().next_back();
        match first.folded.as_str() {
            "y" | "e" | "and" if rest.first().is_some_and(|next| words.is_achieved(&next.folded)) => tail = rest,
            "por" | "by" | "pelo" | "pela" => return names_a_doer(clause, rest, words),
            "en" | "in" | "em" | "to" | "a" if names_a_place(rest, words) => return true,
            "el" | "on" | "em" | "al" | "a" | "at" => return says_when(&first.folded, rest, words),
            _ if rest.is_empty() && words.is_affirmation(&first.folded) && !words.is_doubt(&first.folded) => {
                return true;
            }
            _ if matches!(before, Some('#' | '@')) => tail = rest,
            // "Pronto" is "ready" in Portuguese and "soon" in Spanish.
            _ if words.is_achieved(&first.folded) && !words.is_doubt(&first.folded) => tail = rest,
            _ => return is_day(tail, words),
        }
    }
    true
}

/// "producción", "la reunión".
fn names_a_place(tail: &[Word], words: &Vocabulary) -> bool {
    let all = tail.iter().all(|word| words.is_final_place(&word.folded) || words.is_small(&word.folded));
    all && tail.last().is_some_and(|word| words.is_final_place(&word.folded))
}

/// Whether words behind "by" name somebody, "the CAB", "Ana", "QA on 12 Oct", rather than a time: "Friday", "fases".
fn names_a_doer(clause: &str, tail: &[Word], words: &Vocabulary) -> bool {
    let articles = tail.iter().take_while(|word| words.is_small(&word.folded)).count();
    let tail = &tail[articles..];
    let end = tail.iter().position(|word| matches!(word.folded.as_str(), "el" | "on" | "em")).unwrap_or(tail.len());
    let (names, when) = tail.split_at(end);
    let is_name = |word: &Word| {
        let is_handle = clause[..word.span.start as usize].ends_with('@');
        is_handle || clause[word.span.range()].starts_with(char::is_uppercase) || words.is_doer(&word.folded)
    };
    let is_time = |word: &Word| words.is_time(&word.folded) || is_month(&word.folded) || is_number(word);
    names.first().is_some_and(is_name)
        && names.iter().all(|word| is_harmless(&word.folded, words) && !is_time(word))
        && when.split_first().is_none_or(|(first, rest)| says_when(&first.folded, rest, words))
}

/// Whether words behind "on", "el" or the like name a day: "3 de octubre". Of a number alone only "el 3" and "on 3" are one: "al 50"
/// and "em 3 semanas" are not. Nothing stands there where the date was in digits.
fn says_when(particle: &str, tail: &[Word], words: &Vocabulary) -> bool {
    match tail {
        [] => true,
        [day] => is_number(day) && matches!(particle, "el" | "on"),
        _ => is_day(tail, words),
    }
}

/// "3 de octubre de 2025", "Oct 12".
fn is_day(tail: &[Word], words: &Vocabulary) -> bool {
    let is_part = |word: &Word| is_number(word) || is_month(&word.folded) || words.is_small(&word.folded);
    let is_first = |word: &Word| is_number(word) || is_month(&word.folded);
    tail.first().is_some_and(is_first)
        && tail.len() <= 5
        && tail.iter().all(is_part)
        && tail.iter().any(is_number)
        && tail.iter().any(|word| is_month(&word.folded))
}

fn is_number(word: &Word) -> bool {
    word.folded.starts_with(|c: char| c.is_ascii_digit())
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
    if doubts(&rest, words) || open_sign || counts_a_part(&rest) || is_footnote(&rest) {
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

/// "(1)", whose text stands elsewhere, and "(", which is half of a face.
fn is_footnote(rest: &str) -> bool {
    let half = rest.contains('(') && !rest.contains(')');
    !rest.contains(char::is_alphabetic) && (half || rest.contains(|c: char| c.is_ascii_digit()))
}

/// A remark that begins with "to", "por" or "para" speaks of what is still to come: "(por subir)", "— to validate".
fn opens_again(rest: &str, words: &Vocabulary) -> bool {
    rest.split(['(', ')', ';', ',', '—', '–', '.', ':', '→', '[']).any(|piece| {
        let all = words_of(piece);
        let doer = |word: &Word| matches!(word.folded.as_str(), "por" | "by") && names_a_doer(piece, &all[1..], words);
        all.first().is_some_and(|word| words.is_opener(&word.folded) && !doer(word))
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
        let first = parts.next().unwrap_or_default();
        let second = parts.next();
        let (says_where, several) = (words.is_small(first) && second == Some("qa"), second.is_some());
        !status.is_closed() && several && !says_where && padded.contains(&format!(" {phrase} "))
    })
}
