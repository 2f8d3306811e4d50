//! How much of one file is still in another: what tells a file that moved and was edited from one that is new.

use crate::sorted;

/// From this share of common bytes on, a file under a new path is taken for the one that is gone. It is git's own, so that the
/// forge and a revision tell the same story.
pub(super) const SAME: f64 = 0.5;

/// The lines of a file, sorted, for comparison with many others.
pub(super) struct Lines<'a> {
    sorted: Vec<&'a [u8]>,
    bytes: usize,
}

impl<'a> Lines<'a> {
    /// Takes a file to pieces.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let mut sorted: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
        sorted.sort_unstable();
        Self { sorted, bytes: bytes.len() }
    }

    /// The share of the larger file that stands in lines which both have, from 0 to 1; 0 for empty files.
    pub(super) fn similarity(&self, other: &Self) -> f64 {
        let larger = self.bytes.max(other.bytes);
        if larger == 0 || self.bytes.min(other.bytes) * 2 < larger {
            return 0.0;
        }
        let common: usize = sorted::common(&self.sorted, &other.sorted).map(|line| line.len()).sum();
        common as f64 / larger as f64
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, SAME};

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        let similarity = Lines::of(a.as_bytes()).similarity(&Lines::of(b.as_bytes()));
        assert_eq!(similarity >= SAME, expected, "{similarity}: {a:?} {b:?}");
    }

    #[test]
    fn a_file_with_a_few_new_lines_is_the_same_file() {
        check("one\ntwo\nthree\n", "zero\none\ntwo\n", true);
        check("one\ntwo\nthree\n", "three\ntwo\none\n", true);
        check("one\ntwo\n", "1\n2\n", false);
        check("x\n", &"x\n".repeat(9), false);
        check("", "", false);
    }
}
