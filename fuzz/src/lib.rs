//! What must hold for any text: a page made of it is parsed, assembled and checked without a panic, and every finding points into
//! it on character boundaries. The targets say where in a page the fuzzer's bytes stand.

use chrono::NaiveDate;
use rollbook::assemble::{Cascades, Parts, assemble};
use rollbook::check::{Request, check};
use rollbook::config::Config;
use rollbook::diagnostic::Diagnostic;
use rollbook::lang::Lang;
use rollbook::model::{Past, Site};
use rollbook::parse::parse;
use rollbook::parse::vocabulary::Vocabulary;
use rollbook::source::{FileId, SourceFile, Sources, Span};

/// Holds a page against everything that must be true of it.
///
/// # Panics
/// When something is not.
pub fn hold(page: Vec<u8>) {
    let site = site(page);
    let (now, past) = (NaiveDate::default(), Past::default());
    for lang in Lang::ALL {
        for finding in check(&site, &Request::new(lang, now, &past)).findings {
            let places = places(&finding);
            for (file, span) in places {
                assert!(site.sources[file].text.get(span.range()).is_some(), "{}: {span:?} is no place", finding.rule);
            }
        }
    }
}

fn places(finding: &Diagnostic) -> Vec<(FileId, Span)> {
    let labels = finding.labels.iter().map(|label| (label.file, label.span));
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| (edit.file, edit.span));
    labels.chain(edits).chain([(finding.file, finding.span)]).collect()
}

fn site(page: Vec<u8>) -> Site {
    let source = SourceFile::from_bytes("content/page.md", page);
    let document = parse(FileId(0), &source, None, Vocabulary::builtin());
    assemble(Parts {
        config: Config::default(),
        sources: Sources(vec![source]),
        settings: None,
        waivers: None,
        documents: vec![document],
        cascades: Cascades::new(std::iter::empty()),
        assets: Vec::new(),
        statics: Vec::new(),
        refused: Vec::new(),
        drafts: true,
    })
}
