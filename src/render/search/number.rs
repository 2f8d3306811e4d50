//! Numbers as text: the index travels inside JavaScript strings, where a byte may only be a printable character.
//!
//! A digit is one of 93 printable ASCII characters, all but `"` and `\`, which a string would have to escape. Most numbers of an index
//! are small, and so the first digit also says how many follow:
//!
//! | first digit | digits behind it | numbers |
//! |---|---|---|
//! | 0–63 | 0 | 0–63 |
//! | 64–89 | 1 | 64–2,481 |
//! | 90 | 2 | 2,482–11,130 |
//! | 91 | 3 | 11,131–815,487 |
//! | 92 | 5 | up to 2³² − 1 |
//!
//! `static/theme/search.js` reads them.

/// How many digits there are.
const DIGITS: u64 = 93;
/// How many first digits have one more behind them.
const PAIRS: u64 = 26;
/// First numbers of each row of the table.
const STARTS: [u64; 5] = [
    0,
    64,
    64 + PAIRS * DIGITS,
    64 + PAIRS * DIGITS + DIGITS.pow(2),
    64 + PAIRS * DIGITS + DIGITS.pow(2) + DIGITS.pow(3),
];

/// Appends a number.
pub fn push(out: &mut String, number: u32) {
    let number = u64::from(number);
    let row = STARTS.iter().rposition(|start| *start <= number).unwrap_or_default();
    let rest = number - STARTS[row];
    match row {
        0 => push_digits(out, &[rest]),
        1 => push_digits(out, &[64 + rest / DIGITS, rest % DIGITS]),
        2 => push_digits(out, &[90, rest / DIGITS, rest % DIGITS]),
        3 => push_digits(out, &[91, rest / DIGITS.pow(2), rest / DIGITS % DIGITS, rest % DIGITS]),
        _ => {
            let digit = |place: u32| rest / DIGITS.pow(place) % DIGITS;
            push_digits(out, &[92, digit(4), digit(3), digit(2), digit(1), digit(0)]);
        }
    }
}

fn push_digits(out: &mut String, digits: &[u64]) {
    out.extend(digits.iter().map(|digit| char_of(*digit as u8)));
}

/// The character of a digit: printable ASCII in its order, without `"` and `\`.
const fn char_of(digit: u8) -> char {
    let skipped = (digit >= b'"' - b' ') as u8 + (digit >= b'\\' - b' ' - 1) as u8;
    (b' ' + digit + skipped) as char
}

#[cfg(test)]
pub(super) mod reader {
    //! Reads what the parent writes, as the browser does.

    use super::{DIGITS, PAIRS, STARTS};

    /// Reads numbers and texts one behind the other.
    #[derive(Clone, Debug)]
    pub struct Reader<'a>(pub &'a str);

    impl Reader<'_> {
        pub fn number(&mut self) -> u32 {
            let first = self.digit();
            let number = match first {
                0..64 => first,
                64..90 => STARTS[1] + (first - 64) * DIGITS + self.digit(),
                90 => STARTS[2] + self.digits(2),
                91 => STARTS[3] + self.digits(3),
                _ => STARTS[4] + self.digits(5),
            };
            assert!(first < 64 + PAIRS + 3);
            u32::try_from(number).unwrap()
        }

        /// Takes a text of so many UTF-16 units.
        pub fn text(&mut self, units: usize) -> String {
            let mut left = units;
            let text: String = self
                .0
                .chars()
                .take_while(|c| {
                    left.checked_sub(c.len_utf16()).is_some_and(|rest| {
                        left = rest;
                        true
                    })
                })
                .collect();
            self.0 = &self.0[text.len()..];
            text
        }

        fn digits(&mut self, count: usize) -> u64 {
            (0..count).fold(0, |number, _| number * DIGITS + self.digit())
        }

        fn digit(&mut self) -> u64 {
            let code = self.0.as_bytes()[0];
            self.0 = &self.0[1..];
            u64::from(code - b' ') - u64::from(code > b'"') - u64::from(code > b'\\')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::push;
    use super::reader::Reader;

    #[track_caller]
    fn check(number: u32, digits: usize) {
        let mut text = String::new();
        push(&mut text, number);
        assert_eq!(text.len(), digits, "{number}: {text:?}");
        assert!(text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\'), "{text:?}");
        assert_eq!(Reader(&text).number(), number, "{text:?}");
    }

    #[test]
    fn numbers_are_as_long_as_the_table_says() {
        for (number, digits) in [
            (0, 1),
            (63, 1),
            (64, 2),
            (2481, 2),
            (2482, 3),
            (11_130, 3),
            (11_131, 4),
            (815_487, 4),
            (815_488, 6),
            (u32::MAX, 6),
        ] {
            check(number, digits);
        }
    }

    proptest::proptest! {
        #[test]
        fn every_number_comes_back(number: u32) {
            let mut text = String::new();
            push(&mut text, number);
            proptest::prop_assert_eq!(Reader(&text).number(), number);
        }
    }
}
