//! A criterion as a row of words, numbers and signs of comparison.

use std::ops::Range;

use crate::lang::Lang;
use crate::model::Operator;
use crate::parse::criteria::number::read_number;
use crate::words::fold;

/// One piece of a criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands in the text.
    pub range: Range<usize>,
}

/// What a piece of a criterion is.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// `≥`, `<`.
    Operator(Operator),
    /// A number.
    Number(Number),
    /// A word, folded.
    Word(String),
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// Any other sign, and the place where something was taken out.
    Break,
}

/// A number as written, its unit where that is joined to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its value, `k` and `M` multiplied in.
    pub value: f64,
    /// `%`, `pp`, `ms`, `/10`, a currency.
    pub unit: Option<String>,
    /// Whether a plus follows: `300+`.
    pub plus: bool,
}

const SIGNS: [(&str, Operator); 11] = [
    (">=", Operator::AtLeast),
    ("=>", Operator::AtLeast),
    ("≥", Operator::AtLeast),
    ("⩾", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("=<", Operator::AtMost),
    ("≤", Operator::AtMost),
    ("⩽", Operator::AtMost),
    (">", Operator::Above),
    ("<", Operator::Below),
    ("=", Operator::Equal),
];
const CURRENCIES: [&str; 5] = ["US$", "R$", "$", "€", "£"];
const JOINED_UNITS: [&str; 8] = ["ms", "min", "pp", "hs", "s", "h", "d", "x"];
const SCALES: [&str; 3] = ["/100", "/10", "/5"];

/// Cuts a criterion into its pieces.
#[must_use]
pub fn tokens(text: &str, lang: Option<Lang>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (kind, length) = token(&text[at..], c, lang);
        if let Some(kind) = kind {
            tokens.push(Token { kind, range: at..at + length });
        }
        at += length;
    }
    tokens
}

/// The piece at the beginning of `rest`, if it is one, and how long it is.
fn token(rest: &str, first: char, lang: Option<Lang>) -> (Option<TokenKind>, usize) {
    if first.is_whitespace() || matches!(first, '"' | '“' | '”' | '«' | '»' | '\'' | '*' | '_') {
        return (None, first.len_utf8());
    }
    if let Some((sign, operator)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return (Some(TokenKind::Operator(*operator)), sign.len());
    }
    if let Some((number, length)) = number(rest, lang) {
        return (Some(TokenKind::Number(number)), length);
    }
    match first {
        '(' => (Some(TokenKind::Open), 1),
        ')' => (Some(TokenKind::Close), 1),
        _ if first.is_alphanumeric() => {
            let length = word_length(rest);
            (Some(TokenKind::Word(folded(&rest[..length]))), length)
        }
        _ => (Some(TokenKind::Break), first.len_utf8()),
    }
}

/// Folding drops a leading number, which belongs to words such as `24/7`.
fn folded(word: &str) -> String {
    match word.chars().next() {
        Some(first) if first.is_numeric() => word.to_lowercase(),
        _ => fold(word),
    }
}

/// A word goes on over `-`, `/`, `_`, `.`, `:` and apostrophes where a letter or digit follows: `P1/P0`, `in-app`, `1:1`.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '-' | '/' | '_' | '.' | ':' | '\'' | '’' | '–');
        let goes_on = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let is_mark = ('\u{300}'..='\u{36f}').contains(&c);
        if !(c.is_alphanumeric() || is_mark || joins && goes_on) {
            return at;
        }
    }
    text.len()
}

/// The number at the beginning of a text. `1:1`, `2-3`, `24/7` and `2nd` are words.
fn number(text: &str, lang: Option<Lang>) -> Option<(Number, usize)> {
    let currency = CURRENCIES.into_iter().find(|currency| text.starts_with(currency));
    let start = currency.map_or(0, |currency| {
        let behind = &text[currency.len()..];
        currency.len() + (behind.len() - behind.trim_start_matches([' ', '\u{a0}']).len())
    });
    let digits = digits_length(&text[start..])?;
    let mut value = read_number(&text[start..start + digits], lang)?;
    let mut at = start + digits;
    if let Some(factor) = thousands(&text[at..]) {
        value *= factor;
        at += 1;
    }
    let mut number = Number { value, unit: currency.map(str::to_owned), plus: false };
    at += plus(&text[at..], &mut number);
    if let Some((unit, length)) = unit(&text[at..]) {
        number.unit = Some(unit);
        at += length;
    }
    at += plus(&text[at..], &mut number);
    let next = text[at..].chars().next();
    let after = text[at..].chars().nth(1);
    let joined = next.is_some_and(char::is_alphanumeric)
        || matches!(next, Some(':' | '-' | '–' | '/' | '.' | ',')) && after.is_some_and(char::is_alphanumeric);
    (!joined).then_some((number, at))
}

/// Digits with separators between them.
fn digits_length(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let digit_follows = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        let separates = at > 0 && matches!(c, '.' | ',' | '\'' | '\u{202f}') && digit_follows;
        if !(c.is_ascii_digit() || separates) {
            break;
        }
        end = at + c.len_utf8();
    }
    (end > 0).then_some(end)
}

/// `10k`, `1,5M`.
fn thousands(text: &str) -> Option<f64> {
    let mut chars = text.chars();
    let factor = match chars.next()? {
        'k' | 'K' => 1e3,
        'M' => 1e6,
        _ => return None,
    };
    (!chars.next().is_some_and(char::is_alphanumeric)).then_some(factor)
}

fn plus(text: &str, number: &mut Number) -> usize {
    let found = text.starts_with('+');
    number.plus |= found;
    usize::from(found)
}

fn unit(text: &str) -> Option<(String, usize)> {
    let blank = text.len() - text.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    let behind = &text[blank..];
    if let Some(sign) = ["%", "€"].into_iter().find(|sign| behind.starts_with(sign)) {
        return Some((sign.to_owned(), blank + sign.len()));
    }
    let ends = |length: usize| !behind[length..].starts_with(|c: char| c.is_alphanumeric());
    if let Some(scale) = SCALES.into_iter().find(|scale| behind.starts_with(scale) && ends(scale.len())) {
        return Some((scale.to_owned(), blank + scale.len()));
    }
    let joined = JOINED_UNITS.into_iter().find(|unit| text.starts_with(unit) && ends(unit.len()))?;
    Some((if joined == "hs" { "h" } else { joined }.to_owned(), joined.len()))
}
