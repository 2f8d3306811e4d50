//! Whatever stands in the files of a site, a check ends, and every place that a finding names, or that a fix would change, lies in its
//! file and on character boundaries. What a page is read as has properties of its own (`tests/parse/`); so have fixes (`tests/fix/`)
//! and the order of files (`policy/order.rs`).

use proptest::prelude::*;
use rollbook::diagnostic::Diagnostic;
use rollbook::lang::Lang;
use rollbook::model::Site;
use rollbook::source::{FileId, Span};

use crate::support::binary::seed;
use crate::support::site::TestSite;

/// Pieces that mean something in some file of a site.
const PIECES: [&str; 40] = [
    "---\n",
    "kind: checklist\n",
    "kind: plan\n",
    "lang: es\n",
    "rules:\n",
    "  checklist/missing-owner: ",
    "off\n",
    "vocabulary: {status: {done: [x]}}\n",
    "people: {QA: [a]}\n",
    "- rule: checklist/missing-owner\n",
    "  item: qa\n",
    "  reason: ",
    "  expires: 2025-10-31\n",
    "  approved_by: B\n",
    "<!-- rollbook: allow checklist/* -- ",
    "-->",
    "\n",
    "\r\n",
    "\t",
    "    ",
    "# Checklist\n",
    "## Fases\n",
    "## Riesgos\n",
    "| Ítem | Responsable | Estado | Vence | Fase |\n",
    "|---|---|---|---|---|\n",
    "| QA | TBD | ⏳ | 31/02/2025 | Piloto |\n",
    "| Fase | Ventana | Criterios de avance |\n",
    "|---|---|---|\n",
    "| Piloto | 2025-10-20 | 0 P1 en 7 días |\n",
    "- [ ] A — Responsable: ",
    "- [x] B @ana\n",
    "[x](nada.md#y)",
    "![](caja.png)",
    "`scripts/x.ts`",
    "`ENABLE_X`",
    "|",
    "ñ",
    "🛠\u{fe0f}",
    "‚è≥",
    "\u{feff}",
];

fn places(finding: &Diagnostic) -> Vec<(FileId, Span)> {
    let labels = finding.labels.iter().map(|label| (label.file, label.span));
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| (edit.file, edit.span));
    labels.chain(edits).chain([(finding.file, finding.span)]).collect()
}

fn holds(site: &Site, findings: &[Diagnostic]) -> Result<(), TestCaseError> {
    for finding in findings {
        for (file, span) in places(finding) {
            let text = &site.sources[file].text;
            prop_assert!(text.get(span.range()).is_some(), "{}: {span:?} is no place of {text:?}", finding.rule);
        }
    }
    Ok(())
}

/// Checks a site with this page, these settings and these waivers in every language.
fn check(page: &[u8], settings: &[u8], waivers: &[u8]) -> Result<(), TestCaseError> {
    let test = TestSite::new();
    test.write("content/plan.md", page);
    test.write("content/seed.md", seed());
    test.write("rollbook.yaml", settings);
    test.write("rollbook-waivers.yaml", waivers);
    test.write("rollbook-baseline.yaml", waivers);
    for lang in Lang::ALL {
        let (site, findings) = test.check_in(Some(lang), None);
        holds(&site, &findings)?;
    }
    Ok(())
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = || proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..24);
    prop_oneof![
        3 => pieces().prop_map(|pieces| pieces.concat().into_bytes()),
        1 => proptest::collection::vec(any::<u8>(), 0..200),
        1 => (pieces(), any::<u8>(), any::<prop::sample::Index>()).prop_map(|(pieces, byte, at)| {
            let mut bytes = pieces.concat().into_bytes();
            bytes.insert(at.index(bytes.len() + 1), byte);
            bytes
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_files_are_checked_and_every_place_is_one(page in bytes(), settings in bytes(), waivers in bytes()) {
        check(&page, &settings, &waivers)?;
    }

    /// The seed with something thrown into it.
    #[test]
    fn a_damaged_seed_is_checked(at in any::<prop::sample::Index>(), junk in bytes()) {
        let mut page = seed().as_bytes().to_vec();
        let at = at.index(page.len());
        page.splice(at..at, junk);
        check(&page, b"lang: es\n", b"")?;
    }
}
