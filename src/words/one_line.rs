//! Texts of strangers, made harmless for a terminal.

/// A text on one line of a terminal: it may come from a stranger, and must not move the cursor.
#[must_use]
pub fn one_line(text: &str) -> String {
    let line: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(one_line(" a\u{1b}[2J  b\r\nc\t"), "a [2J b c");
    }
}
