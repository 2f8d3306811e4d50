//! A path or a pattern of paths, as settings and waivers name files.

use globset::{GlobBuilder, GlobMatcher};

/// Longer patterns are refused: no path needs them, and they come from a stranger's branch.
const LONGEST: usize = 500;

/// A pattern of paths below the root: `content/plan.md`, `content/*.md`, `content/manuales/**`.
#[derive(Clone, Debug)]
pub struct PathPattern {
    written: String,
    matcher: GlobMatcher,
}

impl PathPattern {
    /// Reads a pattern. `*` stays inside one folder, `**` does not; a folder with a slash at its end stands for all that is
    /// below it. None for what can match no path below the root.
    #[must_use]
    pub fn new(written: &str) -> Option<Self> {
        let below = written.strip_prefix("./").unwrap_or(written);
        let leads_away = below.starts_with('/') || below.split('/').any(|part| matches!(part, "." | ".."));
        if below.is_empty() || below.len() > LONGEST || leads_away {
            return None;
        }
        let glob = if below.ends_with('/') { format!("{below}**") } else { below.to_owned() };
        let glob = GlobBuilder::new(&glob).literal_separator(true).build().ok()?;
        Some(Self { written: written.to_owned(), matcher: glob.compile_matcher() })
    }

    /// Whether the file with this path below the root is meant.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        self.matcher.is_match(path)
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl PartialEq for PathPattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

#[cfg(test)]
mod tests {
    use super::PathPattern;

    #[test]
    fn patterns_match_paths_below_the_root() {
        let matches = |pattern, path| PathPattern::new(pattern).unwrap().matches(path);
        assert!(matches("content/plan.md", "content/plan.md"));
        assert!(matches("./content/*.md", "content/plan.md"));
        assert!(!matches("content/*.md", "content/manuales/moda.md"));
        assert!(matches("content/**", "content/manuales/moda.md"));
        assert!(matches("content/manuales/", "content/manuales/a/b.md"));
        assert!(matches("**/{moda,calzado}.md", "content/manuales/moda.md"));
        assert!(!matches("content", "content/plan.md"));
    }

    #[test]
    fn what_can_match_nothing_is_no_pattern() {
        for written in ["", "/etc/passwd", "../x", "a/../b", "[", "{a", &"a".repeat(501)] {
            assert!(PathPattern::new(written).is_none(), "{written}");
        }
    }
}
