//! A criterion: one condition of a phase, read as far as it can be measured.

use crate::source::Spanned;

/// One condition, with what could be read of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// The condition as written; the span holds inline Markdown, or is a YAML scalar.
    pub text: Spanned<String>,
    /// What it asks for.
    pub reading: CriterionReading,
    /// What it speaks of: its folded words without small ones and without those that say that something has come to an end.
    pub subjects: Vec<String>,
    /// Whether it says that something has come to an end: "publicados".
    pub says_end: bool,
}

/// What a criterion asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum CriterionReading {
    /// A metric against a bound: "NPS ≥ 8", "0 incidentes críticos en 7 días".
    Comparison(Comparison),
    /// An item of a checklist that has to be done: "Manuales publicados". Only in the plan of the whole site; on its own page it
    /// is a judgement still.
    Item {
        /// Index of the checklist in [`Plan::checklists`](crate::model::Plan::checklists).
        checklist: usize,
        /// Index of the item in it.
        item: usize,
    },
    /// A statement about flags: "Flags `true` por default".
    Flag {
        /// Keys that it names; empty where it speaks of all.
        keys: Vec<String>,
        /// The value that they must have, as written.
        value: String,
    },
    /// What only a person can say: "feedback positivo". A signature closes it.
    Judgement,
}

/// A metric against a bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is measured, as written: `NPS`, `incidentes críticos`.
    pub subject: String,
    /// How it is compared.
    pub operator: Operator,
    /// The bound.
    pub quantity: Quantity,
    /// Over what time.
    pub window: Option<Window>,
    /// Whether the operator was not written: "IA con 90% prompts exitosos".
    pub assumed: bool,
}

impl Comparison {
    /// Whether the bound lacks the scale that would make it clear: the Net Promoter Score runs from -100 to 100, and yet many ask
    /// for an "NPS ≥ 8" out of ten.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        let scored = |word: &str| matches!(word.to_lowercase().as_str(), "nps" | "csat" | "ces");
        let is_score = self.subject.split(|c: char| !c.is_alphanumeric()).any(scored);
        is_score && self.quantity.unit.is_none() && (0.0..=10.0).contains(&self.quantity.number)
    }
}

/// How a value is compared with a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `≥`
    AtLeast,
    /// `≤`
    AtMost,
    /// `>`
    Above,
    /// `<`
    Below,
    /// `=`
    Equal,
}

impl Operator {
    /// The sign in reports and JSON.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::Below => "<",
            Self::Equal => "=",
        }
    }
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number, `k` and `M` multiplied in.
    pub number: f64,
    /// `%`, `pp`, `ms`, `s`, `min`, `h`, `d`, `/10`, `/5`, a currency sign; none for a bare number.
    pub unit: Option<String>,
}

/// A span of time: "en 7 días", "3 semanas seguidas".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many.
    pub count: u32,
    /// `h`, `d`, `week`, `month`.
    pub unit: String,
    /// Whether the units have to follow each other without a gap.
    pub consecutive: bool,
}
