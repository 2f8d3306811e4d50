//! Runs `tests/fix/<group>/<rule>.md`; README.md says how such a file is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use rollbook::check::{RULES, rule};
use rollbook::discover::discover;
use rollbook::fix::{Mended, Wanted};

use crate::support::blocks::{Section, sections};
use crate::support::site::{NOW, TestSite, findings};

/// Rules that can mend what they find.
const WITH_FIX: [&str; 15] = [
    "anchors/missing-anchor",
    "assets/missing-file",
    "checklist/column-shift",
    "checklist/duplicate-id",
    "checklist/garbled-status",
    "checklist/invalid-date",
    "checklist/missing-column",
    "checklist/short-row",
    "checklist/unknown-column",
    "checklist/unknown-status",
    "files/garbled-encoding",
    "frontmatter/implicit-type",
    "frontmatter/unknown-field",
    "links/broken-file",
    "links/case-mismatch",
];

#[test]
fn every_rule_that_mends_has_cases() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    for rule in RULES {
        let path = format!("src/check/{}.rs", rule.id.replace('-', "_"));
        let source = std::fs::read_to_string(top.join(path)).expect("a rule has a file");
        let mends = source.contains(".fix(") || source.contains("Safety::");
        let has_cases = top.join(format!("tests/fix/{}.md", rule.id)).is_file();
        assert_eq!(mends, has_cases, "{}: cases in tests/fix", rule.id);
    }
    for id in WITH_FIX {
        assert!(rule(id).is_some() && top.join(format!("tests/fix/{id}.md")).is_file(), "{id}");
    }
}

#[test]
fn every_case_is_mended_as_written() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fix");
    let mut wrong = String::new();
    for entry in walkdir::WalkDir::new(top).min_depth(2).sort_by_file_name() {
        let path = entry.expect("the case files can be listed").into_path();
        let text = std::fs::read_to_string(&path).expect("a case file is text");
        let updated = run(&text, &path, &mut wrong);
        if update && updated != text {
            std::fs::write(&path, updated).expect("the case file can be rewritten");
        }
    }
    assert!(update || wrong.is_empty(), "{wrong}\nUPDATE_EXPECT=1 rewrites the expectations; read the diff.");
}

fn run(text: &str, path: &Path, wrong: &mut String) -> String {
    let mut updated = text.to_owned();
    for section in sections(text).iter().rev() {
        let mut mended = mended(section);
        for block in section.blocks.iter().filter(|block| block.language == "fixed").rev() {
            let file = block.path.as_ref().expect("a block names its file");
            let actual = mended.remove(file.as_str()).unwrap_or_default();
            if actual != block.text {
                updated.replace_range(block.range.clone(), &actual);
                let _ = writeln!(
                    wrong,
                    "{}: {}\nexpected:\n{}mended:\n{actual}",
                    path.display(),
                    section.heading,
                    block.text
                );
            }
        }
        assert!(mended.is_empty(), "{}: {} changes {mended:?}", path.display(), section.heading);
    }
    updated
}

/// The changed files of a case.
fn mended(section: &Section) -> BTreeMap<String, String> {
    let site = TestSite::new();
    site.write("rollbook.yaml", b"lang: es\n");
    for block in section.blocks.iter().filter(|block| block.language != "fixed") {
        site.add(block, block.path.as_ref().expect("a block names its file"));
    }
    let wanted = Wanted { with_unsafe: section.heading.contains("(unsafe)"), rules: &[], paths: &[] };
    let before = findings(&site.load()).len();
    let first = mend(&site, &wanted);
    first.texts.iter().for_each(|(path, text)| site.write(path, text.as_bytes()));
    let again = mend(&site, &wanted);
    assert!(again.texts.is_empty(), "{}: the second time {again:?}", section.heading);
    let restores = first.applied.contains_key("files/garbled-encoding");
    assert!(restores || findings(&site.load()).len() <= before, "{}: new findings", section.heading);
    first.texts.into_iter().map(|(path, text)| (path, text.to_string())).collect()
}

fn mend(site: &TestSite, wanted: &Wanted<'_>) -> Mended {
    let on_disk = discover(&site.root()).expect("the site can be read");
    rollbook::mend(&site.root(), &on_disk, wanted, NOW).expect("the settings are valid")
}
