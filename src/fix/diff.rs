//! What changed, as people and `patch` read it.

use similar::TextDiff;

/// The change of one file as a unified diff. Signs that could command a terminal are replaced.
#[must_use]
pub fn unified_diff(path: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let text = diff.unified_diff().context_radius(2).header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t' | '\r') { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::unified_diff;

    #[test]
    fn lines_that_changed_stand_with_those_around() {
        let diff = unified_diff("a.md", "1\n2\n3\n4\r\n5\n6", "1\n2\n3\nx\u{1b}[31m\r\n5\n6");
        assert_eq!(
            diff,
            "--- a/a.md\n+++ b/a.md\n@@ -2,5 +2,5 @@\n 2\n 3\n-4\r\n+x\u{fffd}[31m\r\n 5\n 6\n\\ No newline at end of file\n"
        );
    }
}
