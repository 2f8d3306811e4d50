//! A metric against a bound: which words of a criterion are the operator, the bound, the span of time, and what is measured.

use crate::lang::Lang;
use crate::model::{Comparison, Operator, Quantity, Window};
use crate::parse::criteria::lexer::{Number, Token, TokenKind, tokens};
use crate::parse::vocabulary::{CriterionWord, Vocabulary};
use crate::source::Span;

/// Reads a comparison; `None` where the text holds none.
#[must_use]
pub fn comparison(text: &str, lang: Option<Lang>, words: &Vocabulary) -> Option<Comparison> {
    let mut reader = Reader { text, words, tokens: tokens(text, lang) };
    let window = reader.take_window();
    let all = reader.tokens.clone();
    reader.drop_parentheses();
    let mut found = reader.read();
    if found.is_none() {
        reader.tokens = all.into_iter().filter(|it| !matches!(it.kind, TokenKind::Open | TokenKind::Close)).collect();
        found = reader.read();
    }
    found.map(|found| Comparison { window, ..found })
}

/// Reads the target of a metric whose name is known: a number alone is enough, with an operator that is assumed.
#[must_use]
pub fn threshold(text: &str, metric: &str, lang: Option<Lang>, words: &Vocabulary) -> Option<Comparison> {
    let found = comparison(text, lang, words).or_else(|| {
        let reader = Reader { text, words, tokens: tokens(text, lang) };
        let [Token { kind: TokenKind::Number(_), .. }, ..] = reader.tokens.as_slice() else { return None };
        let (quantity, end) = reader.quantity(0)?;
        (end == reader.tokens.len()).then(|| reader.assumed(metric.to_owned(), quantity))
    })?;
    let subject = if found.subject.is_empty() { metric.to_owned() } else { found.subject };
    Some(Comparison { subject, ..found })
}

struct Reader<'a> {
    text: &'a str,
    words: &'a Vocabulary,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    /// The first form of the grammar that fits.
    fn read(&self) -> Option<Comparison> {
        self.compared()
            .or_else(|| self.or_more())
            .or_else(|| self.plus())
            .or_else(|| self.with_percent())
            .or_else(|| self.zero())
            .or_else(|| self.bare())
    }

    /// `[subject] op quantity [subject]`.
    fn compared(&self) -> Option<Comparison> {
        (0..self.tokens.len()).find_map(|at| {
            let (operator, behind) = self.operator(at)?;
            let (quantity, end) = self.quantity(self.over_small_words(behind))?;
            let (quantity, end) = self.scaled(quantity, end);
            Some(self.found(self.around(at, end), operator, quantity, false))
        })
    }

    /// `quantity or more`.
    fn or_more(&self) -> Option<Comparison> {
        (0..self.tokens.len()).find_map(|at| {
            let (quantity, behind) = self.quantity(at)?;
            let find = |(word, end): (CriterionWord, usize)| match word {
                CriterionWord::OrMore => Some((Operator::AtLeast, end)),
                CriterionWord::OrLess => Some((Operator::AtMost, end)),
                _ => None,
            };
            let (operator, end) = self.meanings(behind).into_iter().find_map(find)?;
            Some(self.found(self.around(at, end), operator, quantity, false))
        })
    }

    /// `quantity "+" subject`.
    fn plus(&self) -> Option<Comparison> {
        (0..self.tokens.len()).find_map(|at| {
            let is_plus = matches!(&self.tokens[at].kind, TokenKind::Number(Number { plus: true, .. }));
            let (quantity, end) = self.quantity(at).filter(|_| is_plus)?;
            Some(self.found(self.around(at, end), Operator::AtLeast, quantity, false))
        })
    }

    /// `subject with percent subject`: the operator is not written.
    fn with_percent(&self) -> Option<Comparison> {
        (0..self.tokens.len()).find_map(|at| {
            let (_, behind) = self.meanings(at).into_iter().find(|(word, _)| *word == CriterionWord::With)?;
            let (quantity, end) = self.quantity(self.over_small_words(behind)).filter(|(it, _)| is_percent(it))?;
            Some(self.assumed(self.qualified(at, end), quantity))
        })
    }

    /// `zero subject`. "Sin" and "no" count only before what can be counted.
    fn zero(&self) -> Option<Comparison> {
        (0..self.tokens.len()).find_map(|at| {
            let end = self.zero_word(at)?;
            let counted = self.subject(end, self.tokens.len());
            let unit = match &self.tokens[at].kind {
                TokenKind::Number(number) => number.unit.clone(),
                _ => None,
            };
            let quantity = Quantity { number: 0.0, unit };
            (!counted.is_empty()).then(|| self.found(self.qualified(at, end), Operator::Equal, quantity, false))
        })
    }

    /// The end of what means "none" at a place: `0`, "ningún", "sin" before something that can be counted.
    fn zero_word(&self, at: usize) -> Option<usize> {
        if let TokenKind::Number(number) = &self.tokens[at].kind {
            let is_zero = number.value == 0.0 && number.unit.as_deref().is_none_or(|unit| unit == "%");
            return is_zero.then_some(at + 1);
        }
        let find = |(word, end): (CriterionWord, usize)| match word {
            CriterionWord::Zero => Some(end),
            CriterionWord::Without => self.counts_something(end).then_some(end),
            _ => None,
        };
        self.meanings(at).into_iter().find_map(find)
    }

    /// Whether something that can be counted stands behind `at`, before the next sign.
    fn counts_something(&self, at: usize) -> bool {
        let words = self.tokens[at..].iter().map_while(|token| match &token.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        });
        words.into_iter().any(|word| self.is_counted(word))
    }

    fn is_counted(&self, word: &str) -> bool {
        let mut parts = word.split('/').filter(|part| !part.is_empty());
        parts.all(|part| self.words.criterion(part).contains(&CriterionWord::Counted) || is_severity(part))
    }

    /// A percentage, or a number at the beginning, with what it counts: the operator is not written.
    fn bare(&self) -> Option<Comparison> {
        (0..self.tokens.len()).find_map(|at| {
            let (quantity, end) = self.quantity(at)?;
            let subject = self.around(at, end);
            let says_enough = is_percent(&quantity) || at == 0 && quantity.unit.is_none();
            (says_enough && subject.contains(char::is_alphabetic)).then(|| self.assumed(subject, quantity))
        })
    }

    /// A comparison whose operator is assumed: at least, or, where less is better, at most.
    fn assumed(&self, subject: String, quantity: Quantity) -> Comparison {
        let folded = crate::words::fold(&subject);
        let less_is_better = folded.split(' ').any(|word| self.is_counted(word) && !word.is_empty());
        let operator = if less_is_better { Operator::AtMost } else { Operator::AtLeast };
        self.found(subject, operator, quantity, true)
    }

    fn found(&self, subject: String, operator: Operator, quantity: Quantity, assumed: bool) -> Comparison {
        Comparison { subject, operator, quantity, window: None, assumed }
    }

    /// The operator at a place, and where it ends.
    fn operator(&self, at: usize) -> Option<(Operator, usize)> {
        if let TokenKind::Operator(operator) = self.tokens[at].kind {
            return Some((operator, at + 1));
        }
        let find = |(word, end): (CriterionWord, usize)| {
            let operator = match word {
                CriterionWord::AtLeast => Operator::AtLeast,
                CriterionWord::AtMost => Operator::AtMost,
                CriterionWord::Above => Operator::Above,
                CriterionWord::Below => Operator::Below,
                CriterionWord::Equal => Operator::Equal,
                _ => return None,
            };
            Some((operator, end))
        };
        self.meanings(at).into_iter().find_map(find)
    }

    /// The number at a place with its unit, and where it ends.
    fn quantity(&self, at: usize) -> Option<(Quantity, usize)> {
        let TokenKind::Number(number) = &self.tokens.get(at)?.kind else { return None };
        let mut quantity = Quantity { number: number.value, unit: number.unit.clone() };
        let mut end = at + 1;
        if quantity.unit.is_none()
            && let Some((unit, behind)) = self.unit(end)
        {
            quantity.unit = Some(unit);
            end = behind;
        }
        Some((quantity, end))
    }

    fn unit(&self, at: usize) -> Option<(String, usize)> {
        let TokenKind::Word(word) = &self.tokens.get(at)?.kind else { return None };
        if matches!(word.as_str(), "pp" | "usd" | "eur" | "brl" | "mxn" | "ars" | "clp" | "cop" | "pen") {
            return Some((if word == "pp" { word.clone() } else { word.to_uppercase() }, at + 1));
        }
        let find = |(word, end): (CriterionWord, usize)| match word {
            CriterionWord::Unit(unit) => Some((unit.to_owned(), end)),
            CriterionWord::Time(unit) => Some((unit.to_owned(), end)),
            _ => None,
        };
        self.meanings(at).into_iter().find_map(find)
    }

    /// "8 de 10", "4.5 out of 5": a number with the end of its scale.
    fn scaled(&self, quantity: Quantity, end: usize) -> (Quantity, usize) {
        let small = self.over_small_words(end);
        let scale = self.tokens.get(small).map(|token| &token.kind);
        match scale {
            Some(TokenKind::Number(scale))
                if small == end + 1
                    && quantity.unit.is_none()
                    && scale.unit.is_none()
                    && quantity.number <= scale.value =>
            {
                match scale.value {
                    5.0 | 10.0 | 100.0 => (Quantity { unit: Some(format!("/{}", scale.value)), ..quantity }, small + 1),
                    _ => (quantity, end),
                }
            }
            _ => (quantity, end),
        }
    }

    fn over_small_words(&self, mut at: usize) -> usize {
        let is_small = |token: &Token| match &token.kind {
            TokenKind::Word(word) => self.words.is_small(word) || word == "than" || word == "do",
            _ => false,
        };
        while self.tokens.get(at).is_some_and(is_small) {
            at += 1;
        }
        at
    }

    /// What the words from `at` on mean, the longest phrase first, each with its end.
    fn meanings(&self, at: usize) -> Vec<(CriterionWord, usize)> {
        let mut meanings = Vec::new();
        let mut phrase = String::new();
        for (index, token) in self.tokens.iter().enumerate().skip(at).take(self.words.longest_criterion_phrase()) {
            let TokenKind::Word(word) = &token.kind else { break };
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(word);
            meanings.extend(self.words.criterion(&phrase).iter().map(|meaning| (*meaning, index + 1)));
        }
        meanings.reverse();
        meanings
    }

    /// Takes the span of time out: "en 7 días", "3 semanas seguidas", "(7 días)", "7 días sin …".
    fn take_window(&mut self) -> Option<Window> {
        let (window, from, to) = (0..self.tokens.len()).find_map(|at| self.window(at))?;
        let place = self.tokens[from].range.start..self.tokens[to - 1].range.end;
        self.tokens.splice(from..to, [Token { kind: TokenKind::Break, range: place }]);
        Some(window)
    }

    fn window(&self, at: usize) -> Option<(Window, usize, usize)> {
        let within = self.meanings(at).into_iter().find(|(word, _)| *word == CriterionWord::Within).map(|(_, end)| end);
        let start = within.unwrap_or(at);
        // "en la última semana" counts one.
        let one = within.filter(|end| *end > at + 1).map(|end| (1, end));
        let (count, behind) = self.count(start).or(one)?;
        let (unit, mut end) = match self.joined_time(start) {
            Some(unit) => (unit, behind),
            None => self.time(behind)?,
        };
        let consecutive = self.meanings(end).into_iter().find(|(word, _)| *word == CriterionWord::Consecutive);
        let before = at.checked_sub(1).map(|before| &self.tokens[before].kind);
        let in_parentheses =
            before == Some(&TokenKind::Open) && self.tokens.get(end).is_none_or(|it| it.kind == TokenKind::Close);
        let zero_follows = end < self.tokens.len() && self.zero_word(end).is_some();
        end = consecutive.map_or(end, |(_, end)| end);
        let is_window = within.is_some() || consecutive.is_some() || in_parentheses || zero_follows;
        is_window.then(|| (Window { count, unit: unit.to_owned(), consecutive: consecutive.is_some() }, at, end))
    }

    /// A whole number, in digits or as a word.
    fn count(&self, at: usize) -> Option<(u32, usize)> {
        if let TokenKind::Number(number) = &self.tokens.get(at)?.kind {
            let whole = number.value.fract() == 0.0 && (1.0..=10_000.0).contains(&number.value);
            return whole.then_some((number.value as u32, at + 1));
        }
        let find = |(word, end): (CriterionWord, usize)| match word {
            CriterionWord::Number(number) => Some((number, end)),
            _ => None,
        };
        self.meanings(at).into_iter().find_map(find)
    }

    /// `24h`, `7d`.
    fn joined_time(&self, at: usize) -> Option<&'static str> {
        match &self.tokens.get(at)?.kind {
            TokenKind::Number(Number { unit: Some(unit), .. }) => ["h", "d"].into_iter().find(|time| unit == time),
            _ => None,
        }
    }

    fn time(&self, at: usize) -> Option<(&'static str, usize)> {
        let find = |(word, end): (CriterionWord, usize)| match word {
            CriterionWord::Time(unit) => Some((unit, end)),
            _ => None,
        };
        self.meanings(at).into_iter().find_map(find)
    }

    fn drop_parentheses(&mut self) {
        let mut depth = 0_usize;
        self.tokens.retain_mut(|token| match token.kind {
            TokenKind::Open => {
                depth += 1;
                token.kind = TokenKind::Break;
                true
            }
            TokenKind::Close => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        });
    }

    /// What stands before and behind a bound.
    fn around(&self, at: usize, end: usize) -> String {
        let (before, behind) = (self.subject(0, at), self.subject(end, self.tokens.len()));
        [before, behind].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What stands behind a bound is measured; what stands before it says where: `P1/P0 (QA Cycle 1)`.
    fn qualified(&self, at: usize, end: usize) -> String {
        let (before, behind) = (self.subject(0, at), self.subject(end, self.tokens.len()));
        match (before.as_str(), behind.as_str()) {
            ("", _) => behind,
            (_, "") => before,
            _ => format!("{behind} ({before})"),
        }
    }

    /// The words of some tokens as written.
    fn subject(&self, from: usize, to: usize) -> String {
        let tokens = &self.tokens[from..to];
        let runs = tokens.split(|token| token.kind == TokenKind::Break);
        let written = runs.filter_map(|run| {
            let place = Span::new(run.first()?.range.start, run.last()?.range.end);
            Some(self.text[place.range()].trim())
        });
        written.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

fn is_percent(quantity: &Quantity) -> bool {
    quantity.unit.as_deref() == Some("%")
}

/// `p0`, `p1`, `sev1`, `s2`: how grave incidents are called.
fn is_severity(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = &word[..word.len() - digits.len()];
    matches!(letters, "p" | "s" | "sev") && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}
