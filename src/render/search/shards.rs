//! Terms to shards: sorted words, cut into texts that are small enough to be loaded while somebody types.
//!
//! A shard is its terms one behind the other, each as numbers (`number.rs`) and letters:
//!
//! ```text
//! kept rest REST (stem)+ length POSTINGS
//! ```
//!
//! `kept` UTF-16 units of the word before stay, and the `rest` units of REST follow. A stem is a number `n × 4 + spelt × 2 + more`: the word
//! without its last `n` units or, if `spelt`, the `n` units that follow; `more` says that another stem stands behind it. POSTINGS are `length` units: for
//! each page the number `(step - 1) × 16 + level`, where `step` leads from the page before, first from page -1.
//!
//! Words that begin alike stay in one shard, so that a prefix or the family of a stem is one request in nearly all cases.

use std::ops::Range;

use super::number;
use super::terms::Term;

/// A shard is cut where it is about this long, in bytes.
const SIZE: usize = 12 << 10;
/// Words that share so many characters are cut apart only where the shard would be twice as long.
const FAMILY: usize = 4;
/// How many levels there are.
const LEVELS: u32 = 16;

/// A shard: its first word, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// The shortest text that sorts behind every word of the shard before, and not behind the first of this one.
    pub from: String,
    /// The terms.
    pub text: String,
}

/// Cuts sorted terms into shards.
pub fn shards(terms: &[Term]) -> Vec<Shard> {
    ranges(terms)
        .into_iter()
        .map(|range| Shard { from: first(terms, range.start), text: encode(&terms[range]) })
        .collect()
}

fn ranges(terms: &[Term]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, term) in terms.iter().enumerate() {
        let is_family = at > start && shared(&terms[at - 1].word, &term.word).chars().count() >= FAMILY;
        if at > start && (size > 2 * SIZE || (size > SIZE && !is_family)) {
            ranges.push(start..at);
            (start, size) = (at, 0);
        }
        size += estimate(term);
    }
    if start < terms.len() {
        ranges.push(start..terms.len());
    }
    ranges
}

/// About how many bytes a term will take.
fn estimate(term: &Term) -> usize {
    term.word.len() / 2 + 4 + term.postings.len() * 3 / 2
}

fn first(terms: &[Term], at: usize) -> String {
    let word = &terms[at].word;
    let Some(before) = at.checked_sub(1).map(|before| &terms[before].word) else { return String::new() };
    let kept = shared(before, word).len();
    let next = word[kept..].chars().next().map_or(0, char::len_utf8);
    word[..kept + next].to_owned()
}

/// What two words begin with alike.
fn shared<'a>(a: &str, b: &'a str) -> &'a str {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    &b[..same]
}

fn units(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

fn encode(terms: &[Term]) -> String {
    let mut out = String::new();
    let mut before = "";
    let mut postings = String::new();
    for term in terms {
        let kept = shared(before, &term.word);
        let rest = &term.word[kept.len()..];
        number::push(&mut out, units(kept));
        number::push(&mut out, units(rest));
        out.push_str(rest);
        push_stems(&mut out, term);
        postings.clear();
        push_postings(&mut postings, term);
        number::push(&mut out, postings.len() as u32);
        out.push_str(&postings);
        before = &term.word;
    }
    out
}

fn push_stems(out: &mut String, term: &Term) {
    for (at, stem) in term.stems.iter().enumerate() {
        let more = u32::from(at + 1 < term.stems.len());
        if let Some(end) = term.word.strip_prefix(stem.as_str()) {
            number::push(out, units(end) * 4 + more);
        } else {
            number::push(out, units(stem) * 4 + 2 + more);
            out.push_str(stem);
        }
    }
}

fn push_postings(out: &mut String, term: &Term) {
    let mut next = 0;
    for posting in &term.postings {
        number::push(out, (posting.page - next) * LEVELS + u32::from(posting.level));
        next = posting.page + 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::number::reader::Reader;
    use super::super::terms::Posting;
    use super::*;

    /// Reads a shard, as the browser does.
    fn decode(text: &str) -> Vec<Term> {
        let mut reader = Reader(text);
        let mut terms: Vec<Term> = Vec::new();
        while !reader.0.is_empty() {
            let kept = reader.number() as usize;
            let before = terms.last().map(|term| term.word.clone()).unwrap_or_default();
            let rest = reader.number() as usize;
            let word = Reader(&before).text(kept) + &reader.text(rest);
            let mut stems = Vec::new();
            loop {
                let code = reader.number();
                let count = code as usize / 4;
                stems.push(if code & 2 == 2 {
                    reader.text(count)
                } else {
                    Reader(&word).text(units(&word) as usize - count)
                });
                if code & 1 == 0 {
                    break;
                }
            }
            let length = reader.number() as usize;
            terms.push(Term { word, stems, postings: postings(&reader.text(length)) });
        }
        terms
    }

    fn postings(text: &str) -> Vec<Posting> {
        let mut reader = Reader(text);
        let mut next = 0;
        let mut postings = Vec::new();
        while !reader.0.is_empty() {
            let number = reader.number();
            next += number / LEVELS + 1;
            postings.push(Posting { page: next - 1, level: (number % LEVELS) as u8 });
        }
        postings
    }

    fn any_terms() -> impl Strategy<Value = Vec<Term>> {
        let levels = prop::collection::btree_map(0u32..200_000, 0u8..16, 1..40);
        let term = (prop::collection::vec("[a-c東𠮷]{0,6}", 1..3), levels);
        prop::collection::btree_map("[a-cñ東𠮷]{1,6}", term, 0..60).prop_map(|terms| {
            let terms = terms.into_iter().map(|(word, (stems, levels))| {
                let postings = levels.into_iter().map(|(page, level)| Posting { page, level }).collect();
                Term { word, stems, postings }
            });
            terms.collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(terms in any_terms()) {
            let read: Vec<Term> = shards(&terms).iter().flat_map(|shard| decode(&shard.text)).collect();
            prop_assert_eq!(read, terms);
        }

        #[test]
        fn every_word_lies_in_the_last_shard_that_does_not_begin_behind_it(terms in any_terms(), copies in 1usize..200) {
            let mut terms = terms;
            for term in &mut terms {
                let posting = term.postings[0];
                term.postings = (0..copies as u32).map(|page| Posting { page: page * 300, ..posting }).collect();
            }
            let shards = shards(&terms);
            for term in &terms {
                let at = shards.iter().rposition(|shard| shard.from <= term.word).unwrap();
                prop_assert!(decode(&shards[at].text).contains(term));
            }
        }
    }

    #[test]
    fn a_family_of_words_stays_together() {
        let term = |word: String| Term {
            stems: vec![word.clone()],
            word,
            postings: (0..500).map(|page| Posting { page: page * 9, level: 1 }).collect(),
        };
        let families = ["aaaa", "bbbb", "cccc", "dddd"];
        let terms: Vec<Term> =
            families.iter().flat_map(|family| (0..15).map(move |n| format!("{family}{n:02}"))).map(term).collect();
        let shards = shards(&terms);
        assert!(shards.len() > 1);
        for family in families {
            let holding =
                shards.iter().filter(|shard| decode(&shard.text).iter().any(|term| term.word.starts_with(family)));
            assert_eq!(holding.count(), 1, "{family}");
        }
    }
}
