//! Texts of pages on their way to a terminal or into a file of another program.

use std::borrow::Cow;

/// The text without what steers a terminal or has no place in XML: U+FFFD stands for it. Line breaks and tabs stay.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let odd = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(odd) { Cow::Owned(text.replace(odd, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// The text in one line: line breaks and tabs become spaces.
pub(super) fn one_line(text: &str) -> String {
    printable(text).replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_does_not_pass() {
        assert_eq!(
            printable("a\u{1b}[31m\u{9b}\u{0}\u{ffff}\r\nñ😀\t"),
            "a\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}\u{fffd}\nñ😀\t"
        );
        assert_eq!(one_line("a\nb\tc"), "a b c");
    }
}
