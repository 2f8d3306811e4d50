//! The `Range` header of a request (RFC 9110, section 14): one range of bytes, as players and download tools ask.

use std::ops::Range;

/// What part of a body is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: no range, several, or one that makes no sense, which a server may read over.
    Whole,
    /// These bytes, which exist and are at least one.
    Bytes(Range<usize>),
    /// Bytes that do not exist.
    Outside,
}

impl Part {
    /// Reads the value of a `Range` header against a body of `length` bytes.
    pub(super) fn read(header: &str, length: usize) -> Self {
        Self::read_one(header, length).unwrap_or(Self::Whole)
    }

    fn read_one(header: &str, length: usize) -> Option<Self> {
        let (unit, range) = header.split_once('=')?;
        let (first, last) = range.trim().split_once('-')?;
        if !unit.trim().eq_ignore_ascii_case("bytes") {
            return None;
        }
        let (start, end) = match (first, last) {
            ("", last) => (length.saturating_sub(number(last)?), length),
            (first, "") => (number(first)?, length),
            (first, last) if number(first)? <= number(last)? => (number(first)?, number(last)?.saturating_add(1)),
            _ => return None,
        };
        Some(if start < length { Self::Bytes(start..end.min(length)) } else { Self::Outside })
    }
}

/// A run of digits; one too long for a number is more than any body holds.
fn number(digits: &str) -> Option<usize> {
    let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    valid.then(|| digits.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[track_caller]
    fn check(header: &str, part: Part) {
        assert_eq!(Part::read(header, 10), part, "{header}");
    }

    #[test]
    fn one_range_is_read() {
        check("bytes=0-0", Part::Bytes(0..1));
        check("bytes=2-5", Part::Bytes(2..6));
        check("Bytes = 2-", Part::Bytes(2..10));
        check("bytes=8-99999999999999999999999", Part::Bytes(8..10));
        check("bytes=-3", Part::Bytes(7..10));
        check("bytes=-30", Part::Bytes(0..10));
    }

    #[test]
    fn bytes_behind_the_end_do_not_exist() {
        check("bytes=10-", Part::Outside);
        check("bytes=99999999999999999999999-", Part::Outside);
        check("bytes=-0", Part::Outside);
        assert_eq!(Part::read("bytes=0-", 0), Part::Outside);
    }

    #[test]
    fn the_rest_is_read_over() {
        for header in ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "bytes=+1-2", "lines=0-1"] {
            check(header, Part::Whole);
        }
    }
}
