//! What is taken out of a status cell before it is read, since it says nothing of how far an item is: dates, tickets, whole
//! counts, and phrases such as "sin pendientes".

use std::borrow::Cow;

use crate::parse::inline::words as words_of;
use crate::parse::vocabulary::Vocabulary;

/// Words of the longest phrase of `clean`.
const LONGEST_PHRASE: usize = 4;

/// What may stand before the number of a change or a ticket: `PR #12`, `ticket 4821`.
const NUMBERED: [&str; 5] = ["PR", "MR", "CR", "CHG", "RFC"];

/// The text without anything that says nothing, and with signs for their names between colons.
pub fn bare<'a>(text: &'a str, words: &Vocabulary) -> Cow<'a, str> {
    // Most cells are a sign or a word, and nothing has to be done.
    if !text.contains([' ', ':']) && !text.contains(|c: char| c.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    let text = with_signs(text, words);
    let text = without_dates(&text);
    let text = without_references(&text);
    let text = without_whole_counts(&text);
    Cow::Owned(without_clean_phrases(&text, words))
}

/// `:white_check_mark:` -> ✅
fn with_signs(text: &str, words: &Vocabulary) -> String {
    let pieces: Vec<&str> = text.split(':').collect();
    let mut signs = String::new();
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        signs += piece;
        // A name stands between two colons, and so another piece follows it.
        let sign = pieces.get(index + 2).and_then(|_| words.shortcode(pieces[index + 1]));
        match sign {
            Some(sign) => signs += sign,
            None if index + 1 < pieces.len() => signs.push(':'),
            None => {}
        }
        index += if sign.is_some() { 2 } else { 1 };
    }
    signs
}

/// The text without dates: `2025-10-01`, `1/10/2025`, `01.10.25`, and the time behind them.
fn without_dates(text: &str) -> Cow<'_, str> {
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

/// The text without tickets and changes: `RET-12`, `#123`, `PR #12`.
fn without_references(text: &str) -> String {
    let all: Vec<&str> = text.split(' ').collect();
    let mut kept = Vec::new();
    let mut index = 0;
    while let Some(word) = all.get(index) {
        let core = core(word);
        let next = all.get(index + 1).map_or("", |next| self::core(next));
        let numbers_next = NUMBERED.contains(&core) && is_number(next.trim_start_matches('#'));
        let replaced = if numbers_next { next } else { core };
        let is_reference = numbers_next || is_ticket(core);
        index += usize::from(numbers_next);
        let word = all[index];
        kept.push(if is_reference { word.replacen(replaced, "", 1) } else { word.to_owned() });
        index += 1;
    }
    kept.join(" ")
}

/// A word without the punctuation around it; `#` is part of a ticket.
fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '#')
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_ticket(word: &str) -> bool {
    let in_project = word.split_once('-').is_some_and(|(project, number)| {
        let is_key =
            project.len() > 1 && project.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        is_key && project.starts_with(|c: char| c.is_ascii_uppercase()) && is_number(number)
    });
    in_project || word.strip_prefix('#').is_some_and(is_number)
}

/// The text without counts of which nothing is missing, `5/5`, `7 de 7`, and without days that cannot be a part: `12/10`.
fn without_whole_counts(text: &str) -> String {
    let all: Vec<&str> = text.split(' ').collect();
    let whole = |a: &str, b: &str| is_number(a) && a == b && a.bytes().any(|byte| byte != b'0');
    let day = |a: &str, b: &str| {
        matches!((a.parse::<u32>(), b.parse::<u32>()), (Ok(13..=31), Ok(1..=12)) | (Ok(1..=12), Ok(1..=11))
        if a.parse::<u32>().ok() > b.parse().ok())
    };
    let mut kept: Vec<Cow<'_, str>> = Vec::new();
    let mut index = 0;
    while let Some(word) = all.get(index) {
        let three = all.get(index..index + 3).filter(|three| matches!(three[1], "de" | "of"));
        let counted = three.is_some_and(|three| whole(core(three[0]), core(three[2])));
        let by_slash = core(word).split_once('/').is_some_and(|(a, b)| whole(a, b) || day(a, b));
        if counted {
            let (first, last) = (all[index], all[index + 2]);
            kept.push(Cow::Owned(first.replacen(core(first), "", 1) + &last.replacen(core(last), "", 1)));
            index += 3;
        } else {
            kept.push(if by_slash { Cow::Owned(word.replacen(core(word), "", 1)) } else { Cow::Borrowed(word) });
            index += 1;
        }
    }
    kept.join(" ")
}

/// The text without "sin pendientes", "with no issues" and the like behind something else, where nothing follows that they
/// could speak of: "no issues pending approval" stays.
fn without_clean_phrases(text: &str, words: &Vocabulary) -> String {
    let all = words_of(text);
    let ends = |index: usize| {
        let from = all[index].span.end as usize;
        let to = all.get(index + 1).map_or(text.len(), |next| next.span.start as usize);
        index + 1 == all.len() || text[from..to].contains(['.', ',', ';', ':', ')', '—', '–'])
    };
    let phrase = |first: usize, last: usize| {
        all[first..=last].iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    };
    for first in 0..all.len() {
        let start = all[first].span.start as usize;
        let last = (first..all.len().min(first + LONGEST_PHRASE))
            .rev()
            .find(|last| ends(*last) && words.is_clean(&phrase(first, *last)));
        if let Some(last) = last.filter(|_| !text[..start].trim().is_empty()) {
            let rest = &text[all[last].span.end as usize..];
            let before = text[..start].trim_end().trim_end_matches([',', ';']);
            return without_clean_phrases(&format!("{before}{rest}"), words);
        }
    }
    text.to_owned()
}
