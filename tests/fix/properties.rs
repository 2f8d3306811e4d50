//! What must hold for every fix on any text: it is done once, it brings nothing new, and it changes nothing beside its place.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use proptest::prelude::*;
use rollbook::diagnostic::{Diagnostic, Severity};
use rollbook::discover::discover;
use rollbook::fix::{Mended, Wanted};

use crate::support::binary::seed;
use crate::support::site::{NOW, TestSite, findings};

const PAGE: &str = "content/plan.md";

/// What falls into a page by accident.
const PIECES: [&str; 24] = [
    "|",
    " | ",
    "`",
    "`a | b`",
    "\n",
    "\n\n",
    "  ",
    "⏳",
    "✅",
    "‚è≥",
    "?",
    "{#x}",
    "[a](Plan.md)",
    "[b](#fases)",
    "---\n",
    "no",
    "\u{a0}",
    "\r",
    "Pendeinte",
    "Resposable",
    "| a |\n",
    "`a|b`",
    "ó",
    "Ã³",
];

fn misread(text: &str, encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

fn mend(site: &TestSite, with_unsafe: bool) -> Mended {
    let wanted = Wanted { with_unsafe, rules: &[], paths: &[] };
    let on_disk = discover(&site.root()).expect("the site can be read");
    rollbook::mend(&site.root(), &on_disk, &wanted, NOW).expect("the settings are valid")
}

fn weight(findings: &[Diagnostic]) -> (usize, usize) {
    (findings.iter().filter(|it| it.severity == Severity::Error).count(), findings.len())
}

/// Mends a page, and looks whether it may be so.
fn check(text: &str, with_unsafe: bool) -> Result<(), TestCaseError> {
    let site = TestSite::with_page(PAGE, text);
    let before = findings(&site.load());
    let mended = mend(&site, with_unsafe);
    let Some(after) = mended.texts.get(PAGE) else { return Ok(()) };
    prop_assert_eq!(text.matches('\n').count(), after.matches('\n').count(), "lines come or go");
    site.write(PAGE, after.as_bytes());
    let again = mend(&site, with_unsafe);
    prop_assert!(again.texts.is_empty(), "{text:?}\n{after:?}\n{again:?}");
    let restores = mended.applied.contains_key("files/garbled-encoding")
        || mended.applied.contains_key("checklist/garbled-status");
    let found = findings(&site.load());
    prop_assert!(restores || weight(&found) < weight(&before), "{text:?}\n{after:?}\n{before:?}\n{found:?}");
    Ok(())
}

/// The lines of a text that a mended one has no more.
fn changed_lines(before: &str, after: &str) -> Vec<usize> {
    before.split('\n').zip(after.split('\n')).enumerate().filter(|(_, (a, b))| a != b).map(|(line, _)| line).collect()
}

#[test]
fn the_whole_seed_comes_back_from_a_wrong_encoding() {
    for encoding in [MACINTOSH, WINDOWS_1252] {
        for clean in
            [seed().to_owned(), format!("\u{feff}{}", seed().replace('\n', "\r\n")), seed().trim_end().to_owned()]
        {
            let site = TestSite::with_page(PAGE, &misread(&clean, encoding));
            assert_eq!(mend(&site, false).texts.get(PAGE).map(|text| &**text), Some(clean.as_str()));
            let twice = TestSite::with_page(PAGE, &misread(&misread(&clean, encoding), encoding));
            assert_eq!(mend(&twice, false).texts.get(PAGE).map(|text| &**text), Some(clean.as_str()));
        }
    }
}

#[test]
fn a_right_text_stays() {
    let site = TestSite::seed();
    assert!(mend(&site, true).texts.is_empty());
}

#[test]
fn marks_and_line_ends_stay() {
    let page = "---\nkind: checklist\n---\n\n| Ítem | Responsable | Estado | Fase |\n|---|---|---|---|\n| QA | QA Lead | ⏳ |\n| Seeds | DevOps | ⏳ | GA |";
    let fixed = page.replacen("⏳ |\n", "⏳ |  |\n", 1);
    for form in [str::to_owned, |text: &str| text.replace('\n', "\r\n"), |text: &str| format!("\u{feff}{text}\n")] {
        let site = TestSite::with_page(PAGE, &form(page));
        assert_eq!(mend(&site, false).texts.get(PAGE).map(|text| &**text), Some(form(&fixed).as_str()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    /// The seed with cuts and accidents anywhere.
    #[test]
    fn a_damaged_seed_is_mended_once_and_gets_no_finding(
        accidents in proptest::collection::vec((0..7_000_usize, 0..12_usize, proptest::sample::select(&PIECES[..])), 1..6),
        with_unsafe in any::<bool>(),
    ) {
        let mut text = seed().to_owned();
        for (at, length, piece) in accidents {
            let start = text.floor_char_boundary(at.min(text.len()));
            let end = text.floor_char_boundary((start + length).min(text.len()));
            text.replace_range(start..end, piece);
        }
        check(&text, with_unsafe)?;
    }

    /// Only lines of the checklist with accidents: the rest of the page stays byte by byte.
    #[test]
    fn only_broken_rows_change(cut in 0..400_usize, piece in proptest::sample::select(&PIECES[..])) {
        let start = seed().find("| QA Cycles").expect("the seed has a checklist");
        let at = seed().floor_char_boundary(start + cut);
        let text = format!("{}{piece}{}", &seed()[..at], &seed()[at..]);
        check(&text, false)?;
        let site = TestSite::with_page(PAGE, &text);
        if let Some(after) = mend(&site, false).texts.get(PAGE) {
            let first = text[..start].matches('\n').count();
            prop_assert!(changed_lines(&text, after).iter().all(|line| *line >= first && *line <= first + 10));
        }
    }

    /// Single lines in a wrong encoding: each comes back as it was, or stays as it is; no other line changes.
    #[test]
    fn broken_lines_come_back_and_right_ones_stay(lines in proptest::collection::btree_set(0..130_usize, 1..4), mac in any::<bool>()) {
        let encoding = if mac { MACINTOSH } else { WINDOWS_1252 };
        let broken: Vec<String> = seed()
            .split('\n')
            .enumerate()
            .map(|(index, line)| if lines.contains(&index) { misread(line, encoding) } else { line.to_owned() })
            .collect();
        let text = broken.join("\n");
        let site = TestSite::with_page(PAGE, &text);
        let after = mend(&site, false).texts.get(PAGE).map_or(text.clone(), |text| text.to_string());
        for ((before, after), clean) in text.split('\n').zip(after.split('\n')).zip(seed().split('\n')) {
            prop_assert!(after == clean || after == before, "{before} -> {after}");
        }
    }

    /// No text makes it fail.
    #[test]
    fn any_pieces_are_mended(pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40)) {
        check(&format!("---\nkind: checklist\n---\n\n| Ítem | Responsable | Estado |\n|---|---|---|\n{}", pieces.concat()), true)?;
    }
}
