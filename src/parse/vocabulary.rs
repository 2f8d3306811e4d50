//! The words by which Rollbook recognises parts of a plan in documents that exist already.
//!
//! The words are data, one file a language under `vocabulary/`; all languages are read together, since real documents mix them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::model::Status;
use crate::words::{fold, nearest};
use crate::yaml::{self, Entry, Node, Value};

const LANGUAGES: [(&str, &str); 3] = [
    ("es.yaml", include_str!("vocabulary/es.yaml")),
    ("en.yaml", include_str!("vocabulary/en.yaml")),
    ("pt.yaml", include_str!("vocabulary/pt.yaml")),
];
const SIGNS: &str = include_str!("vocabulary/signs.yaml");

/// A header shorter than this is near to too many words to be taken for a mistyped one.
const SHORTEST_RESEMBLING: usize = 5;

/// What a heading says of the text below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// Registry of flags.
    Flags,
    /// Changes of flags.
    Events,
    /// The go-live checklist.
    Checklist,
    /// A part of a plan whose entities are not read from tables and lists.
    Other(&'static str),
}

/// What a column or a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the fields of the entities")]
pub enum Field {
    Flag,
    Description,
    Default,
    Remarks,
    Phase,
    Item,
    Owner,
    Status,
    Due,
    Evidence,
    BlockedBy,
    Approver,
    Reason,
    Id,
    Required,
    Date,
    Scope,
    From,
    To,
    Author,
    Meaning,
    Version,
}

impl Field {
    const KEYS: [(&'static str, Self); 22] = [
        ("flag", Self::Flag),
        ("description", Self::Description),
        ("default", Self::Default),
        ("remarks", Self::Remarks),
        ("phase", Self::Phase),
        ("item", Self::Item),
        ("owner", Self::Owner),
        ("status", Self::Status),
        ("due", Self::Due),
        ("evidence", Self::Evidence),
        ("blocked_by", Self::BlockedBy),
        ("approver", Self::Approver),
        ("reason", Self::Reason),
        ("id", Self::Id),
        ("required", Self::Required),
        ("date", Self::Date),
        ("scope", Self::Scope),
        ("from", Self::From),
        ("to", Self::To),
        ("author", Self::Author),
        ("meaning", Self::Meaning),
        ("version", Self::Version),
    ];
}

/// All words, folded.
#[derive(Debug, Default)]
pub struct Vocabulary {
    headings: HashMap<String, SectionKind>,
    columns: HashMap<String, HashSet<Field>>,
    /// Column headers as written in the data, in the order of the data.
    spelled: Vec<(Field, String)>,
    statuses: HashMap<String, Status>,
    /// Status phrases as written in the data, by their folded form.
    spelled_statuses: HashMap<String, String>,
    signs: HashMap<char, Status>,
    neutral: HashSet<char>,
    negations: HashSet<String>,
    placeholders: HashSet<String>,
    truth: HashMap<String, bool>,
}

static DEFAULT: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::default();
    for (name, text) in LANGUAGES {
        vocabulary.add(name, text);
    }
    vocabulary.add_signs(&tree("signs.yaml", SIGNS));
    vocabulary
});

impl Vocabulary {
    /// The built-in words of every language.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &DEFAULT
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

    /// On or off, if a folded text says either.
    #[must_use]
    pub fn truth(&self, folded: &str) -> Option<bool> {
        self.truth.get(folded).copied()
    }

    fn add(&mut self, name: &str, text: &str) {
        let tree = tree(name, text);
        for (key, phrase) in phrases(tree.get("headings")) {
            self.headings.insert(fold(phrase), section_kind(key));
        }
        for (key, phrase) in phrases(tree.get("columns")) {
            self.columns.entry(fold(phrase)).or_default().insert(field(key));
            self.spelled.push((field(key), phrase.to_owned()));
        }
        for (key, phrase) in phrases(tree.get("status")) {
            self.statuses.insert(fold(phrase), status(key));
            self.spelled_statuses.entry(fold(phrase)).or_insert_with(|| phrase.to_owned());
        }
        self.negations.extend(list(tree.get("negations")).map(fold));
        self.placeholders.extend(list(tree.get("placeholders")).map(fold));
        self.truth.extend(list(tree.get("on")).map(|word| (fold(word), true)));
        self.truth.extend(list(tree.get("off")).map(|word| (fold(word), false)));
    }

    fn add_signs(&mut self, tree: &Node) {
        for (key, sign) in phrases(tree.get("status")) {
            self.signs.extend(sign.chars().next().map(|sign| (sign, status(key))));
        }
        for sign in list(tree.get("neutral")) {
            self.signs.extend(sign.chars().next().map(|sign| (sign, Status::Pending)));
            self.neutral.extend(sign.chars().next());
        }
    }
}

/// What stands before the last `word` that other words follow. In folded text one space parts two words.
fn before_last<'a>(folded: &'a str, word: &str) -> Option<&'a str> {
    let spaces = || folded.rmatch_indices(' ').map(|(at, _)| at);
    let found = spaces().skip(1).zip(spaces()).find(|(before, behind)| &folded[before + 1..*behind] == word)?;
    Some(&folded[..found.0])
}

/// The data files are part of the program: one that does not parse is a bug, and the unit test below reads them all.
fn tree(name: &str, text: &str) -> Node {
    yaml::parse(text, 0).unwrap_or_else(|error| panic!("vocabulary `{name}` is not YAML: {}", error.message))
}

fn phrases(node: Option<&Node>) -> impl Iterator<Item = (&str, &str)> {
    let entries: &[Entry] = node.and_then(Node::as_mapping).unwrap_or_default();
    entries.iter().flat_map(|entry| list(Some(&entry.node)).map(|phrase| (entry.key.value.as_str(), phrase)))
}

fn list(node: Option<&Node>) -> impl Iterator<Item = &str> {
    let items = match node.map(|node| &node.value) {
        Some(Value::Sequence(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(|item| match &item.value {
        Value::String(text) => Some(text.as_str()),
        _ => None,
    })
}

fn section_kind(key: &str) -> SectionKind {
    const OTHER: [&str; 8] =
        ["phases", "metrics", "rollback", "communications", "risks", "report", "decision", "stop_criteria"];
    match key {
        "flags" => SectionKind::Flags,
        "events" => SectionKind::Events,
        "checklist" => SectionKind::Checklist,
        _ => SectionKind::Other(
            OTHER.into_iter().find(|other| *other == key).unwrap_or_else(|| panic!("no section `{key}`")),
        ),
    }
}

fn field(key: &str) -> Field {
    let found = Field::KEYS.iter().find(|(name, _)| *name == key);
    found.unwrap_or_else(|| panic!("no column `{key}`")).1
}

fn status(key: &str) -> Status {
    Status::from_key(key).unwrap_or_else(|| panic!("no status `{key}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_the_seed_are_known() {
        let words = Vocabulary::builtin();
        assert_eq!(words.section("1. Feature Flags y Configuración"), Some(SectionKind::Flags));
        assert_eq!(words.section("6. Checklist de Go-Live"), Some(SectionKind::Checklist));
        assert_eq!(words.section("8. Cierre de Fase 4"), Some(SectionKind::Other("report")));
        assert_eq!(words.section("4. Procedimiento de Rollback"), Some(SectionKind::Other("rollback")));
        assert_eq!(words.section("Fase 4 · Plan de Rollout y Go-Live Retail"), None);
        assert_eq!(words.section("Flags for the build command"), None);
        assert_eq!(words.section("Introducción"), None);
    }

    #[test]
    fn the_same_word_is_never_done_and_not_done() {
        for text in [LANGUAGES[0].1, LANGUAGES[1].1, LANGUAGES[2].1] {
            let tree = tree("", text);
            for (key, phrase) in phrases(tree.get("status")) {
                assert_eq!(
                    Vocabulary::builtin().status(&fold(phrase)),
                    Some(status(key)),
                    "`{phrase}` means two things"
                );
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
