//! Runs `tests/check/<group>/<rule>.md`; README.md says how such a file is written.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rollbook::check;

use crate::support::blocks::{Block, Section, sections};
use crate::support::site::{TestSite, listed};

/// Every case file with its rule's id, by path.
pub fn files() -> Vec<(String, PathBuf)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check");
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&top).min_depth(2).sort_by_file_name() {
        let path = entry.expect("the case files can be listed").into_path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let id = path.strip_prefix(&top).expect("below the top").with_extension("");
            files.push((id.to_str().expect("case files have plain names").replace('\\', "/"), path));
        }
    }
    files
}

#[test]
fn every_case_gives_its_findings() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for (id, path) in files() {
        let text = std::fs::read_to_string(&path).expect("a case file is text");
        let updated = run(&text, &id, &path, &mut wrong);
        if update && updated != text {
            std::fs::write(&path, updated).expect("the case file can be rewritten");
        }
    }
    assert!(update || wrong.is_empty(), "{wrong}\nUPDATE_EXPECT=1 rewrites the expectations; read the diff.");
}

/// Runs the cases of one file, notes those that differ, and gives the text with the right expectations.
fn run(text: &str, id: &str, path: &Path, wrong: &mut String) -> String {
    let mut updated = text.to_owned();
    for section in sections(text).iter().rev() {
        let expected = expectation(section, path);
        let actual = findings_of(section, id);
        if actual != expected.text {
            updated.replace_range(expected.range.clone(), &actual);
            let (heading, expected) = (&section.heading, &expected.text);
            let _ = writeln!(wrong, "{}: {heading}\nexpected:\n{expected}found:\n{actual}", path.display());
        }
    }
    updated
}

fn expectation<'a>(section: &'a Section, path: &Path) -> &'a Block {
    let mut expectations = section.blocks.iter().filter(|block| block.language == "findings");
    let (first, second) = (expectations.next(), expectations.next());
    assert!(second.is_none(), "{}: two expectations under `{}`", path.display(), section.heading);
    first.unwrap_or_else(|| panic!("{}: no ```findings under `{}`", path.display(), section.heading))
}

fn findings_of(section: &Section, id: &str) -> String {
    let site = TestSite::new();
    site.write("rollbook.yaml", b"lang: es\n");
    let files: Vec<Block> = section.blocks.iter().filter(|block| block.language != "findings").cloned().collect();
    site.build(&files, |block| {
        let path = block.path.clone();
        (path.unwrap_or_else(|| panic!("a block without a path under `{}`", section.heading)), block.clone())
    });
    let (site, findings) = site.check_with(check::rule(id));
    listed(&site, &findings)
}
