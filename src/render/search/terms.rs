//! From pages to terms: for each word the pages that hold it, and how much it says about each.
//!
//! What a word says about a page is one of 16 levels. A word of the title is above one of a heading, that above the name of an item, and
//! that above one of the text, whatever their numbers; within the text the level follows BM25, so that a long page that mentions a word
//! once stands below a short one that repeats it. `static/theme/search.js` gives each level its weight.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::entry::{Entry, Part, PartKind};
use super::stems::{Stems, stop_words};
use super::tokens::{tokens, words};
use crate::lang::Lang;

/// Levels of words in the text begin here.
const TEXT: u8 = 0;
/// Levels of names of items, and of tags.
const ITEM: u8 = 7;
/// Levels of words in headings.
const HEADING: u8 = 9;
/// Levels of words in titles; the last is that of a title of one word.
const TITLE: u8 = 12;

/// Repetition counts less and less; the usual constant of BM25.
const SATURATION: f64 = 1.2;
/// How much a long text weighs against its words; the usual constant of BM25.
const LENGTH: f64 = 0.75;
/// Fewer pages than this are not worth a batch.
const BATCH: usize = 128;
/// Batches for each thread: few, since each batch stems its words anew, and more than one, since pages differ in length.
const BATCHES: usize = 4;

/// A word of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Folded.
    pub word: String,
    /// Its stems, folded: one in most sites, since each language has its own.
    pub stems: Vec<String>,
    /// The pages that hold it, by number.
    pub postings: Vec<Posting>,
}

/// A page that holds a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Number of the page.
    pub page: u32,
    /// What the word says about it, from 0 to 15.
    pub level: u8,
}

/// Every word of the entries, sorted.
pub fn terms(entries: &[Entry]) -> Vec<Term> {
    let mean = entries.iter().map(Entry::len).sum::<usize>() as f64 / entries.len().max(1) as f64;
    let size = entries.len().div_ceil(BATCHES * rayon::current_num_threads()).max(BATCH);
    let batches: Vec<Batch> = entries
        .par_chunks(size)
        .enumerate()
        .map(|(index, entries)| {
            let mut batch = Batch::default();
            entries.iter().enumerate().for_each(|(at, entry)| batch.add((index * size + at) as u32, entry, mean));
            batch
        })
        .collect();
    join(batches)
}

/// Joins what the batches found. They come in the order of their pages, and so postings stay sorted.
fn join(batches: Vec<Batch>) -> Vec<Term> {
    let mut places: HashMap<String, usize, RandomState> = HashMap::default();
    let mut terms: Vec<Term> = Vec::new();
    for found in batches.into_iter().flat_map(|batch| batch.words) {
        let Found { word, stems, postings, .. } = found;
        if postings.is_empty() {
            continue;
        }
        let at = *places.entry(word).or_insert_with_key(|word| {
            terms.push(Term { word: word.clone(), stems: Vec::new(), postings: Vec::new() });
            terms.len() - 1
        });
        terms[at].stems.extend(stems);
        terms[at].postings.extend(postings);
    }
    terms.par_iter_mut().for_each(|term| {
        term.stems.sort_unstable();
        term.stems.dedup();
    });
    terms.par_sort_unstable_by(|a, b| a.word.cmp(&b.word));
    terms
}

/// What one page holds of a word, while the page is read.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    text: u32,
    /// The best level of a name, 0 for none.
    named: u8,
}

/// A word of a batch.
#[derive(Debug, Default)]
struct Found {
    word: String,
    stems: Vec<String>,
    postings: Vec<Posting>,
    counts: Counts,
}

/// The words of some pages. A token is folded and stemmed only where it is met first.
#[derive(Default)]
struct Batch {
    words: Vec<Found>,
    places: HashMap<String, u32, RandomState>,
    languages: [Option<Language>; Lang::ALL.len()],
    /// Words of the page at hand.
    touched: Vec<u32>,
}

/// The tokens of one language, as written, with the words that they stand for.
struct Language {
    stems: Stems,
    tokens: HashMap<String, Vec<u32>, RandomState>,
}

impl Batch {
    fn add(&mut self, page: u32, entry: &Entry, mean: f64) {
        let shortness_of_title = if entry.is_bare_list() { 0 } else { shortness(&entry.title, [1, 3, 6]) };
        self.read(&entry.title, entry.lang, Some(TITLE + shortness_of_title));
        self.read(entry.out.as_str().trim_end_matches(".html"), entry.lang, None);
        for tag in &entry.tags {
            self.read(tag, entry.lang, Some(ITEM));
        }
        for part in &entry.parts {
            self.read_part(part, entry.lang);
        }
        let long = entry.len() as f64 / mean.max(1.0);
        for id in std::mem::take(&mut self.touched) {
            let found = &mut self.words[id as usize];
            let counts = std::mem::take(&mut found.counts);
            let level = if counts.named > 0 { counts.named } else { text_level(counts.text, long) };
            found.postings.push(Posting { page, level });
        }
    }

    fn read_part(&mut self, part: &Part, lang: Lang) {
        let level = match part.kind {
            PartKind::Top => None,
            PartKind::Section => Some(HEADING + shortness(&part.title, [0, 2, 5])),
            PartKind::Item => Some(ITEM + shortness(&part.title, [0, 0, 4])),
        };
        self.read(&part.title, lang, level);
        self.read(&part.text, lang, None);
    }

    /// Counts the words of a text; `level` is what they say where the text is a name.
    fn read(&mut self, text: &str, lang: Lang, level: Option<u8>) {
        let index = Lang::ALL.iter().position(|it| *it == lang).unwrap_or_default();
        let mut language = self.languages[index]
            .take()
            .unwrap_or_else(|| Language { stems: Stems::new(lang), tokens: HashMap::default() });
        for token in tokens(text) {
            match language.tokens.get(token) {
                Some(ids) => self.count_all(ids, level),
                None => {
                    let ids = self.words_of(token, lang, &language.stems);
                    self.count_all(&ids, level);
                    language.tokens.insert(token.to_owned(), ids);
                }
            }
        }
        self.languages[index] = Some(language);
    }

    /// Counts the words of one token. A part of a name says less than the name: `import` is not what `ENABLE_IMPORT` is about.
    fn count_all(&mut self, ids: &[u32], level: Option<u8>) {
        let of_parts =
            level.map(|level| [TITLE, HEADING, ITEM].into_iter().find(|tier| *tier <= level).unwrap_or(level));
        for (at, id) in ids.iter().enumerate() {
            self.count(*id, if at == 0 { level } else { of_parts });
        }
    }

    fn count(&mut self, id: u32, level: Option<u8>) {
        let counts = &mut self.words[id as usize].counts;
        if counts.text == 0 && counts.named == 0 {
            self.touched.push(id);
        }
        match level {
            Some(level) => counts.named = counts.named.max(level),
            None => counts.text += 1,
        }
    }

    /// The words that a token stands for, which are new to the batch or known from another spelling.
    fn words_of(&mut self, token: &str, lang: Lang, stems: &Stems) -> Vec<u32> {
        let mut ids = Vec::new();
        for word in words(token) {
            if stop_words(lang).binary_search(&word.folded.as_str()).is_ok() {
                continue;
            }
            let stem =
                if word.written.contains(char::is_alphabetic) { stems.stem(word.written) } else { word.folded.clone() };
            let id = *self.places.entry(word.folded).or_insert_with_key(|folded| {
                self.words.push(Found { word: folded.clone(), ..Found::default() });
                self.words.len() as u32 - 1
            });
            let known = &mut self.words[id as usize].stems;
            if !known.contains(&stem) {
                known.push(stem);
            }
            ids.push(id);
        }
        ids
    }
}

/// How far a name is short: one step for each limit that it does not pass, in tokens.
fn shortness(name: &str, limits: [usize; 3]) -> u8 {
    let count = tokens(name).count();
    limits.iter().filter(|limit| count <= **limit).count() as u8
}

/// One of seven levels, by how often the word stands in the text. `long` is the page's length in mean lengths.
fn text_level(count: u32, long: f64) -> u8 {
    let count = f64::from(count);
    let score = count / (count + SATURATION * (1.0 - LENGTH + LENGTH * long));
    TEXT + (score * f64::from(ITEM - TEXT)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OutPath;

    fn entry(title: &str, parts: &[(PartKind, &str, &str)]) -> Entry {
        let mut entry = Entry::titled(OutPath::new("p.html"), title.to_owned(), Lang::Es);
        let part = |(kind, title, text): &(PartKind, &str, &str)| Part {
            kind: *kind,
            anchor: String::new(),
            title: (*title).to_owned(),
            text: (*text).to_owned(),
        };
        entry.parts = parts.iter().map(part).collect();
        entry
    }

    /// Pages that hold a word, the best first.
    fn ranked(terms: &[Term], word: &str) -> Vec<u32> {
        let mut postings =
            terms.iter().find(|term| term.word == word).map(|term| term.postings.clone()).unwrap_or_default();
        postings.sort_by_key(|posting| (std::cmp::Reverse(posting.level), posting.page));
        postings.iter().map(|posting| posting.page).collect()
    }

    #[test]
    fn titles_stand_above_headings_items_and_text() {
        let filler = "otras cosas ".repeat(20);
        let found = terms(&[
            entry("Una página", &[(PartKind::Top, "", &format!("caja caja caja caja {filler}"))]),
            entry("Otra", &[(PartKind::Item, "Abrir la caja del turno", "")]),
            entry("Otra más", &[(PartKind::Section, "Cierre de caja y arqueo del día", &filler)]),
            entry("Todo lo que hay que saber de la caja al empezar", &[(PartKind::Top, "", &filler)]),
            entry("Caja", &[]),
            entry("Larga", &[(PartKind::Top, "", &format!("caja {filler}{filler}"))]),
        ]);
        assert_eq!(ranked(&found, "caja"), [4, 3, 2, 1, 0, 5]);
    }

    #[test]
    fn stop_words_go_in_their_own_language_alone() {
        let mut english = entry("Del la", &[]);
        english.lang = Lang::En;
        let found = terms(&[entry("Fases del plan", &[]), english]);
        assert_eq!(ranked(&found, "del"), [1]);
        assert_eq!(ranked(&found, "la"), [1]);
        assert_eq!(ranked(&found, "plan"), [0]);
    }

    #[test]
    fn spellings_of_a_word_are_one_term_with_all_its_stems() {
        let found = terms(&[entry("Importación IMPORTACION importacion", &[])]);
        let spelt: Vec<&Term> = found.iter().filter(|term| term.word.starts_with("import")).collect();
        assert_eq!(spelt.len(), 1);
        assert_eq!(spelt[0].stems, ["import", "importacion"]);
    }

    #[test]
    fn pages_of_all_batches_come_in_order() {
        let entries: Vec<Entry> = (0..3 * BATCH).map(|_| entry("Igual", &[])).collect();
        let pages: Vec<u32> = terms(&entries)[0].postings.iter().map(|posting| posting.page).collect();
        assert_eq!(pages, (0..3 * BATCH as u32).collect::<Vec<_>>());
    }
}
