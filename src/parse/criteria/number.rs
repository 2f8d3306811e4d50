//! Numbers as people of different languages write them.

use crate::lang::Lang;

/// Reads `8`, `99,9`, `99.9`, `1.000`, `1,000.5`, `1'000`. Where three digits follow a lone separator, the language decides whether
/// it parts thousands; without a language it does.
#[must_use]
pub fn read_number(written: &str, lang: Option<Lang>) -> Option<f64> {
    let digits: String = written.chars().filter(|c| !matches!(c, '\'' | '’' | '\u{a0}' | '\u{202f}')).collect();
    let separators: Vec<(usize, char)> = digits.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let decimal = match separators.as_slice() {
        [] => None,
        [(at, c)] => (!parts_thousands(*c, digits.len() - at - 1, *at, lang)).then_some(*at),
        [.., (_, before), (at, last)] => (before != last).then_some(*at),
    };
    let normal: String = digits
        .char_indices()
        .filter_map(|(at, c)| match c {
            '.' | ',' => (Some(at) == decimal).then_some('.'),
            c => Some(c),
        })
        .collect();
    normal.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether a lone separator with so many digits behind it and before it parts thousands.
fn parts_thousands(separator: char, behind: usize, before: usize, lang: Option<Lang>) -> bool {
    let possible = behind == 3 && (1..=3).contains(&before);
    let decimal_sign = match lang {
        Some(Lang::En) => '.',
        Some(Lang::Es | Lang::Pt) => ',',
        None => '\0',
    };
    possible && separator != decimal_sign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_decides_only_where_the_number_does_not() {
        for (text, lang, number) in [
            ("8", None, 8.0),
            ("99,9", Some(Lang::En), 99.9),
            ("99.9", Some(Lang::Es), 99.9),
            ("1.000", Some(Lang::Es), 1000.0),
            ("1.000", Some(Lang::Pt), 1000.0),
            ("1.000", Some(Lang::En), 1.0),
            ("1,000", Some(Lang::En), 1000.0),
            ("1,000", Some(Lang::Es), 1.0),
            ("1.000", None, 1000.0),
            ("1.000,5", None, 1000.5),
            ("1,000.5", None, 1000.5),
            ("1.000.000", Some(Lang::En), 1_000_000.0),
            ("1'000", None, 1000.0),
            ("0.125", Some(Lang::En), 0.125),
            ("1234,567", None, 1234.567),
        ] {
            assert_eq!(read_number(text, lang), Some(number), "{text}");
        }
        assert_eq!(read_number("", None), None);
        assert_eq!(read_number(&"9".repeat(400), None), None);
    }
}
