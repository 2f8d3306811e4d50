//! The words by which Rollbook recognises parts of a plan in documents that exist already.
//!
//! The words are data, one file a language under `vocabulary/`; all languages are read together, since real documents mix them.
//! A site adds its own in the same shape.

mod kinds;
mod load;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::fields::FieldFault;
use crate::model::{RiskLevel, Status};
use crate::words::{fold, nearest};
use crate::yaml::{self, Entry};

pub use kinds::{CriterionWord, Field, SectionKind};

const FILES: [(&str, &str); 4] = [
    ("es.yaml", include_str!("vocabulary/es.yaml")),
    ("en.yaml", include_str!("vocabulary/en.yaml")),
    ("pt.yaml", include_str!("vocabulary/pt.yaml")),
    ("signs.yaml", include_str!("vocabulary/signs.yaml")),
];

/// A header shorter than this is near to too many words to be taken for a mistyped one.
const SHORTEST_RESEMBLING: usize = 5;

/// All words, folded.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    headings: HashMap<String, SectionKind>,
    columns: HashMap<String, HashSet<Field>>,
    /// Column headers as written in the data, in the order of the data.
    spelled: Vec<(Field, String)>,
    statuses: HashMap<String, Status>,
    /// Status phrases as written in the data, by their folded form.
    spelled_statuses: HashMap<String, String>,
    signs: HashMap<char, Status>,
    colours: HashSet<char>,
    cheers: HashSet<char>,
    /// Signs by the names that chats and forges turn into them.
    shortcodes: HashMap<String, String>,
    neutral: HashSet<char>,
    negations: HashSet<String>,
    doubts: HashSet<String>,
    openers: HashSet<String>,
    times: HashSet<String>,
    doers: HashSet<String>,
    places: HashSet<String>,
    clean: HashSet<String>,
    leads: HashSet<String>,
    achieved: HashSet<String>,
    affirmations: HashSet<String>,
    placeholders: HashSet<String>,
    nobody: HashSet<String>,
    small_words: HashSet<String>,
    detection: HashSet<String>,
    truth: HashMap<String, bool>,
    levels: HashMap<String, RiskLevel>,
    /// Phrases that name a way to tell somebody, with the key of the way.
    channels: HashMap<String, String>,
    criteria: HashMap<String, Vec<CriterionWord>>,
    /// Words in the longest phrase of `criteria`.
    longest_criterion_phrase: usize,
    everywhere: HashSet<String>,
    never: HashSet<String>,
}

static DEFAULT: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    let mut faults = Vec::new();
    for (name, text) in FILES {
        vocabulary.add(&data(name, text), &mut faults);
    }
    assert!(faults.is_empty(), "the files of words are not in order: {faults:?}");
    vocabulary
});

impl Vocabulary {
    /// The built-in words of every language.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &DEFAULT
    }

    /// The built-in words and those that a site adds under `vocabulary:` in its settings, in the shape of the data files. A
    /// phrase that has a meaning already takes the site's; what is in no order becomes faults and is left out.
    #[must_use]
    pub fn with(entries: &[Entry]) -> (Self, Vec<FieldFault>) {
        let mut faults = Vec::new();
        let mut vocabulary = Self::builtin().clone();
        vocabulary.add(entries, &mut faults);
        (vocabulary, faults)
    }

    /// What a heading announces: the whole heading is a known phrase, or begins with one and goes on with `de`, `of`, `y`, `:` or the like.
    #[must_use]
    pub fn section(&self, heading: &str) -> Option<SectionKind> {
        let folded = fold(heading);
        if let Some(kind) = self.headings.get(&folded) {
            return Some(*kind);
        }
        let cut = ["de", "del", "of", "da", "do", "y", "and", "e"];
        cut.iter()
            .filter_map(|word| before_last(&folded, word))
            .find_map(|beginning| self.headings.get(beginning))
            .copied()
    }

    /// Whether a column header names `field`.
    #[must_use]
    pub fn names(&self, header: &str, field: Field) -> bool {
        self.columns.get(&fold(header)).is_some_and(|fields| fields.contains(&field))
    }

    /// The header for `field` that `header` was probably meant to be. None if it names a field as it stands.
    #[must_use]
    pub fn resembling(&self, header: &str, field: Field) -> Option<String> {
        let folded = fold(header);
        if folded.chars().count() < SHORTEST_RESEMBLING || self.columns.contains_key(&folded) {
            return None;
        }
        let words: Vec<(String, &str)> = self
            .spelled
            .iter()
            .filter(|(of, _)| *of == field)
            .map(|(_, spelled)| (fold(spelled), spelled.as_str()))
            .filter(|(known, _)| known.chars().count() >= SHORTEST_RESEMBLING)
            .collect();
        let near = nearest(&folded, words.iter().map(|(known, _)| known.as_str()))?;
        let spelled = words.iter().find(|(known, _)| known == near)?.1;
        let mut letters = spelled.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect())
    }

    /// The status that a folded phrase means.
    #[must_use]
    pub fn status(&self, folded: &str) -> Option<Status> {
        self.statuses.get(folded).copied()
    }

    /// A folded status phrase as people write it: `concluído`.
    #[must_use]
    pub fn spelled_status<'a>(&'a self, folded: &'a str) -> &'a str {
        self.spelled_statuses.get(folded).map_or(folded, String::as_str)
    }

    /// Every folded status phrase with its status.
    pub fn statuses(&self) -> impl Iterator<Item = (&str, Status)> {
        self.statuses.iter().map(|(phrase, status)| (phrase.as_str(), *status))
    }

    /// The status that a sign means; a neutral box means pending.
    #[must_use]
    pub fn sign(&self, sign: char) -> Option<Status> {
        self.signs.get(&sign).copied()
    }

    /// Whether a sign gives way to a word beside it.
    #[must_use]
    pub fn is_neutral(&self, sign: char) -> bool {
        self.neutral.contains(&sign)
    }

    /// Whether a folded word turns a status into its opposite or casts doubt on it.
    #[must_use]
    pub fn is_negation(&self, word: &str) -> bool {
        self.negations.contains(word)
    }

    /// Whether a folded text stands where an owner should stand.
    #[must_use]
    pub fn is_placeholder(&self, folded: &str) -> bool {
        self.placeholders.contains(folded)
    }

    /// Whether an owner's cell that begins with this folded word names nobody, whatever follows: "alguien de QA", "falta asignar".
    #[must_use]
    pub fn begins_nobody(&self, word: &str) -> bool {
        self.nobody.contains(word)
    }

    /// On or off, if a folded text says either.
    #[must_use]
    pub fn truth(&self, folded: &str) -> Option<bool> {
        self.truth.get(folded).copied()
    }

    /// Whether a folded scope means everybody.
    #[must_use]
    pub fn is_everywhere(&self, folded: &str) -> bool {
        self.everywhere.contains(folded)
    }

    /// Whether a folded word means that something is never removed.
    #[must_use]
    pub fn is_never(&self, folded: &str) -> bool {
        self.never.contains(folded)
    }

    /// Whether a folded word behind "done" makes one doubt: "needs", "staging", "solo".
    #[must_use]
    pub fn is_doubt(&self, word: &str) -> bool {
        self.doubts.contains(word)
    }

    /// Whether a folded word at the beginning of a remark says that something is still to come: "to validate", "por subir".
    #[must_use]
    pub fn is_opener(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    /// Whether a folded word names a time rather than somebody: "Done by Friday", "hecho por fases".
    #[must_use]
    pub fn is_time(&self, word: &str) -> bool {
        self.times.contains(word)
    }

    /// Whether a folded word names those who approve and do things, though it has no capital: "legal", "comité".
    #[must_use]
    pub fn is_doer(&self, word: &str) -> bool {
        self.doers.contains(word)
    }

    /// Whether a folded word names a place where things are over: "producción", "comité".
    #[must_use]
    pub fn is_final_place(&self, word: &str) -> bool {
        self.places.contains(word)
    }

    /// Whether a folded phrase behind a state says that nothing is left: "sin pendientes".
    #[must_use]
    pub fn is_clean(&self, phrase: &str) -> bool {
        self.clean.contains(phrase)
    }

    /// Whether a folded word before a state adds nothing to it: "ya", "está".
    #[must_use]
    pub fn is_lead(&self, word: &str) -> bool {
        self.leads.contains(word)
    }

    /// Whether a sign says nothing of how far something is.
    #[must_use]
    pub fn is_cheer(&self, sign: char) -> bool {
        self.cheers.contains(&sign)
    }

    /// The sign that chats and forges make of a name between colons: `white_check_mark`.
    #[must_use]
    pub fn shortcode(&self, name: &str) -> Option<&str> {
        self.shortcodes.get(name).map(String::as_str)
    }

    /// Whether a folded word says that something came to its end, though it is too weak to be a status: "publicado".
    #[must_use]
    pub fn is_achieved(&self, word: &str) -> bool {
        self.achieved.contains(word) || self.status(word) == Some(Status::Done)
    }

    /// Whether a folded text says yes: enough beside a sign, too little alone.
    #[must_use]
    pub fn is_affirmation(&self, folded: &str) -> bool {
        self.affirmations.contains(folded)
    }

    /// Whether a sign is a colour, which says how well things go rather than how far they are.
    #[must_use]
    pub fn is_colour(&self, sign: char) -> bool {
        self.colours.contains(&sign)
    }

    /// Whether a folded word carries no meaning of its own: "de", "the".
    #[must_use]
    pub fn is_small(&self, word: &str) -> bool {
        self.small_words.contains(word)
    }

    /// Whether a folded text names what sets a rollback off: "detección", "trigger".
    #[must_use]
    pub fn is_detection(&self, folded: &str) -> bool {
        self.detection.contains(folded)
    }

    /// How grave, by a folded word or a sign.
    #[must_use]
    pub fn level(&self, word: &str) -> Option<RiskLevel> {
        self.levels.get(word).copied()
    }

    /// The key of the way to tell somebody that a folded phrase names.
    #[must_use]
    pub fn channel(&self, folded: &str) -> Option<&str> {
        self.channels.get(folded).map(String::as_str)
    }

    /// What a folded phrase means in a criterion.
    #[must_use]
    pub fn criterion(&self, folded: &str) -> &[CriterionWord] {
        self.criteria.get(folded).map_or(&[], Vec::as_slice)
    }

    /// How many words the longest phrase of criteria has.
    #[must_use]
    pub const fn longest_criterion_phrase(&self) -> usize {
        self.longest_criterion_phrase
    }

    /// These words with what a document says of its own signs and words: `| 🔶 | en revisión |`. A sign without a meaning that can
    /// be read means nothing any more.
    #[must_use]
    pub fn with_legend(&self, legend: &[(LegendKey, Option<Status>)]) -> Self {
        let mut words = self.clone();
        for (key, status) in legend {
            match (key, status) {
                (LegendKey::Sign(sign), Some(status)) => {
                    words.neutral.remove(sign);
                    words.colours.remove(sign);
                    words.signs.insert(*sign, *status);
                }
                (LegendKey::Word(word), Some(status)) => {
                    words.statuses.insert(word.clone(), *status);
                }
                (LegendKey::Sign(sign), None) => {
                    words.signs.remove(sign);
                }
                (LegendKey::Word(word), None) => {
                    words.statuses.remove(word);
                }
            }
        }
        words
    }
}

/// What a legend explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegendKey {
    /// A sign.
    Sign(char),
    /// A folded word.
    Word(String),
}

/// What stands before the last `word` that other words follow. In folded text one space parts two words.
fn before_last<'a>(folded: &'a str, word: &str) -> Option<&'a str> {
    let spaces = || folded.rmatch_indices(' ').map(|(at, _)| at);
    let found = spaces().skip(1).zip(spaces()).find(|(before, behind)| &folded[before + 1..*behind] == word)?;
    Some(&folded[..found.0])
}

/// The data files are part of the program: one that does not parse is a bug, and the first use reads them all.
fn data(name: &str, text: &str) -> Vec<Entry> {
    let tree = yaml::parse(text, 0).unwrap_or_else(|error| panic!("`{name}` is not YAML: {}", error.message));
    tree.as_mapping().unwrap_or_else(|| panic!("`{name}` is no mapping")).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_the_seed_are_known() {
        let words = Vocabulary::builtin();
        assert_eq!(words.section("1. Feature Flags y Configuración"), Some(SectionKind::Flags));
        assert_eq!(words.section("6. Checklist de Go-Live"), Some(SectionKind::Checklist));
        assert_eq!(words.section("8. Cierre de Fase 4"), Some(SectionKind::Report));
        assert_eq!(words.section("4. Procedimiento de Rollback"), Some(SectionKind::Rollback));
        assert_eq!(words.section("Fase 4 · Plan de Rollout y Go-Live Retail"), None);
        assert_eq!(words.section("Flags for the build command"), None);
        assert_eq!(words.section("Introducción"), None);
    }

    #[test]
    fn the_same_word_is_never_done_and_not_done() {
        for (name, text) in FILES {
            let mut alone = Vocabulary::default();
            alone.add(&data(name, text), &mut Vec::new());
            for (phrase, status) in alone.statuses() {
                assert_eq!(Vocabulary::builtin().status(phrase), Some(status), "`{phrase}` means two things");
            }
        }
    }

    #[test]
    fn a_header_can_name_two_fields_and_the_section_decides() {
        let words = Vocabulary::builtin();
        assert!(words.names("**Responsable**", Field::Owner) && words.names("Responsable", Field::Author));
        assert!(words.names("Ítem", Field::Item) && !words.names("Ítem", Field::Owner));
    }

    #[test]
    fn a_mistyped_header_resembles_the_right_one() {
        let words = Vocabulary::builtin();
        let resembling = |header, field| words.resembling(header, field);
        assert_eq!(resembling("**Resposable**", Field::Owner).as_deref(), Some("Responsable"));
        assert_eq!(resembling("Resposável", Field::Owner).as_deref(), Some("Responsável"));
        assert_eq!(resembling("Ownr", Field::Owner), None);
        assert_eq!(resembling("Estdo", Field::Status).as_deref(), Some("Estado"));
        assert_eq!(resembling("Stage", Field::Status), None);
        assert_eq!(resembling("Responsable", Field::Owner), None);
    }
}
