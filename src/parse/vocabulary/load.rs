//! Words from YAML: the built-in files and what a site adds to them, which has the same shape.

use std::collections::HashMap;

use crate::fields::{FieldFault, FieldType};
use crate::model::{RiskLevel, Status};
use crate::parse::vocabulary::{CriterionWord, Field, SectionKind, Vocabulary};
use crate::source::Span;
use crate::words::{fold, nearest};
use crate::yaml::{Entry, Node, Value};

/// What a file of words may hold: mappings from a key to a list of phrases, and plain lists.
const MAPPINGS: [&str; 8] = ["headings", "columns", "status", "signs", "levels", "channels", "criteria", "shortcodes"];
const LISTS: [&str; 21] = [
    "negations",
    "doubts",
    "openers",
    "times",
    "doers",
    "places",
    "clean",
    "leads",
    "achieved",
    "affirmations",
    "placeholders",
    "nobody",
    "small_words",
    "detection",
    "everywhere",
    "never",
    "colours",
    "cheers",
    "neutral",
    "on",
    "off",
];

impl Vocabulary {
    /// Adds the words of one mapping; what stands there already and is named again takes the new meaning.
    pub(super) fn add(&mut self, entries: &[Entry], faults: &mut Vec<FieldFault>) {
        let mut sections = Keys::new(MAPPINGS.into_iter().chain(LISTS), faults);
        for entry in entries {
            let Some(section) = sections.find(entry) else { continue };
            if !MAPPINGS.contains(&section) {
                phrases(section, &entry.node, sections.faults).for_each(|phrase| self.add_word(section, phrase));
            } else if let Some(keys) = mapping(section, &entry.node, sections.faults) {
                self.add_mapping(section, keys, sections.faults);
            }
        }
    }

    fn add_mapping(&mut self, section: &'static str, entries: &[Entry], faults: &mut Vec<FieldFault>) {
        let known: Vec<&'static str> = match section {
            "headings" => SectionKind::KEYS.iter().map(|(key, _)| *key).collect(),
            "columns" => Field::KEYS.iter().map(|(key, _)| *key).collect(),
            "status" | "signs" => Status::ALL.iter().map(|status| status.key()).collect(),
            "levels" => LEVELS.iter().map(|level| level.key()).collect(),
            "criteria" => CriterionWord::KEYS.iter().map(|(key, _)| *key).collect(),
            // A site may invent channels, and any sign may have a name.
            _ => Vec::new(),
        };
        let mut keys = Keys::new(known.iter().copied(), faults);
        for entry in entries {
            let key = if matches!(section, "channels" | "shortcodes") { "" } else { keys.find(entry).unwrap_or("?") };
            if key == "?" {
                continue;
            }
            let phrases: Vec<&str> = phrases(section, &entry.node, keys.faults).collect();
            phrases.into_iter().for_each(|phrase| self.add_phrase(section, key, &entry.key.value, phrase));
        }
    }

    /// Adds a phrase below `known`, a key of the section, or below `written`, one that a site invented.
    fn add_phrase(&mut self, section: &str, known: &str, written: &str, phrase: &str) {
        let folded = fold(phrase);
        let sign = phrase.chars().next().filter(|_| folded.is_empty());
        match (section, sign) {
            ("headings", None) => {
                self.headings.extend(by_key(&SectionKind::KEYS, known).map(|kind| (folded, kind)));
            }
            ("columns", None) => {
                if let Some(field) = by_key(&Field::KEYS, known) {
                    self.columns.entry(folded.clone()).or_default().insert(field);
                    self.spelled.push((field, phrase.to_owned()));
                }
            }
            ("status" | "signs", Some(sign)) => {
                self.signs.extend(Status::from_key(known).map(|status| (sign, status)));
            }
            ("status", None) => {
                if let Some(status) = Status::from_key(known) {
                    self.statuses.insert(folded.clone(), status);
                    self.spelled_statuses.entry(folded).or_insert_with(|| phrase.to_owned());
                }
            }
            ("levels", sign) => {
                let level = LEVELS.into_iter().find(|level| level.key() == known);
                self.levels.extend(level.map(|level| (sign.map_or(folded, String::from), level)));
            }
            ("channels", None) => {
                self.channels.insert(folded, written.to_owned());
            }
            ("shortcodes", None) => {
                self.shortcodes.insert(phrase.to_owned(), written.to_owned());
            }
            ("criteria", None) => self.add_criterion_word(folded, known),
            _ => {}
        }
    }

    fn add_criterion_word(&mut self, folded: String, key: &str) {
        let meanings = CriterionWord::KEYS.iter().find(|(known, _)| *known == key).map_or(&[][..], |(_, it)| *it);
        self.longest_criterion_phrase = self.longest_criterion_phrase.max(folded.split(' ').count());
        self.criteria.entry(folded).or_default().extend(meanings);
    }

    fn add_word(&mut self, section: &str, phrase: &str) {
        let folded = fold(phrase);
        let set = match section {
            "negations" => &mut self.negations,
            "doubts" => &mut self.doubts,
            "openers" => &mut self.openers,
            "times" => &mut self.times,
            "doers" => &mut self.doers,
            "places" => &mut self.places,
            "clean" => &mut self.clean,
            "leads" => &mut self.leads,
            "achieved" => &mut self.achieved,
            "affirmations" => &mut self.affirmations,
            "placeholders" => &mut self.placeholders,
            "nobody" => &mut self.nobody,
            "small_words" => &mut self.small_words,
            "detection" => &mut self.detection,
            "everywhere" => &mut self.everywhere,
            "never" => &mut self.never,
            "colours" => return self.colours.extend(phrase.chars().next()),
            "cheers" => return self.cheers.extend(phrase.chars().next()),
            "neutral" => {
                self.signs.extend(phrase.chars().next().map(|sign| (sign, Status::Pending)));
                return self.neutral.extend(phrase.chars().next());
            }
            truth => {
                self.truth.insert(folded, truth == "on");
                return;
            }
        };
        set.insert(folded);
    }
}

pub(super) const LEVELS: [RiskLevel; 4] = [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High, RiskLevel::Critical];

fn by_key<T: Copy>(keys: &[(&str, T)], key: &str) -> Option<T> {
    keys.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
}

/// The keys that a mapping may have; others and repeated ones become faults.
struct Keys<'a> {
    known: Vec<&'static str>,
    seen: HashMap<String, Span>,
    faults: &'a mut Vec<FieldFault>,
}

impl<'a> Keys<'a> {
    fn new(known: impl IntoIterator<Item = &'static str>, faults: &'a mut Vec<FieldFault>) -> Self {
        Self { known: known.into_iter().collect(), seen: HashMap::new(), faults }
    }

    fn find(&mut self, entry: &Entry) -> Option<&'static str> {
        let (key, span) = (entry.key.value.clone(), entry.key.span);
        let known = self.known.iter().copied().find(|known| *known == key);
        match self.seen.get(&key) {
            Some(first) => {
                self.faults.push(FieldFault::DuplicateKey { key, first: *first, again: span });
                None
            }
            None => {
                self.seen.insert(key.clone(), span);
                if known.is_none() {
                    let nearest = nearest(&key, self.known.iter().copied());
                    self.faults.push(FieldFault::UnknownField { key, span, nearest });
                }
                known
            }
        }
    }
}

fn mapping<'a>(field: &'static str, node: &'a Node, faults: &mut Vec<FieldFault>) -> Option<&'a [Entry]> {
    if node.as_mapping().is_none() && node.value != Value::Null {
        faults.push(wrong_type(field, FieldType::Map, node));
    }
    node.as_mapping()
}

/// The texts of a list; a single text counts as a list of one.
fn phrases<'a>(field: &'static str, node: &'a Node, faults: &mut Vec<FieldFault>) -> impl Iterator<Item = &'a str> {
    let items = match &node.value {
        Value::Sequence(items) => items.as_slice(),
        Value::Null => &[],
        _ => std::slice::from_ref(node),
    };
    let is_phrase = |item: &&Node| matches!(&item.value, Value::String(text) if !text.trim().is_empty());
    let wrong = items.iter().filter(|item| !is_phrase(item));
    faults.extend(wrong.map(|item| wrong_type(field, FieldType::TextList, item)));
    items.iter().filter_map(|item| match &item.value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim()),
        _ => None,
    })
}

fn wrong_type(field: &'static str, expected: FieldType, node: &Node) -> FieldFault {
    FieldFault::WrongType { field, expected, found: node.type_name(), written: node.as_text(), span: node.span }
}
