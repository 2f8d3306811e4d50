//! What each rule says, in all languages side by side: `messages.md` is for whoever translates, and for whoever changes a message to
//! see what it reads like.

use std::fmt::Write as _;
use std::path::Path;

use rollbook::check::{RULES, Rule};
use rollbook::lang::Lang;

use super::catalogue::site_of;

const HEAD: &str = "\
# What the rules say

The finding of each rule's example, in every language, with its help: read a block as a whole, and mend what does not say the same, or
would not be said so. The words stand beside the rule in `src/check/`; `UPDATE_EXPECT=1 cargo test the_sheet` writes this file anew.
";

#[test]
fn the_sheet_of_messages_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/messages.md");
    let blocks: String = RULES.iter().copied().map(block).collect();
    let sheet = format!("{HEAD}{blocks}");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &sheet).expect("the sheet can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == sheet,
        "`tests/check/messages.md` is not what the rules say; UPDATE_EXPECT=1 writes it, read the diff"
    );
}

/// A rule with its message and help in each language.
fn block(rule: &Rule) -> String {
    let site = site_of(rule, "Example");
    let mut block = format!("\n## {}\n\n", rule.id);
    for lang in Lang::ALL {
        let (_, findings) = site.check_in(Some(lang), Some(rule));
        let finding = findings.iter().find(|finding| finding.rule == rule.id).expect("the example gives the finding");
        let _ = writeln!(block, "- {}: {}", lang.code(), finding.message);
        if let Some(help) = &finding.help {
            let _ = writeln!(block, "  - {help}");
        }
        for label in finding.labels.iter().filter(|label| !label.message.is_empty()) {
            let _ = writeln!(block, "  - [{}]", label.message);
        }
    }
    block
}
