//! From a source file to a document. Parsing never fails: what cannot be read is a fault with a place, and the rest is kept.
//!
//! The steps: front matter; one pass over the Markdown for what every page needs; and, only where the page can hold parts of
//! a plan, a second pass that reads tables and task lists and recognises what they mean.

mod blocks;
mod criteria;
mod front_matter;
mod inline;
mod owner;
mod placeholders;
mod recognise;
mod scan;
mod status;
mod suppression;
pub mod vocabulary;
mod waivers;

pub use waivers::waivers;

use std::cell::OnceCell;

use crate::model::{Document, Fault, FrontMatter, Kind};
use crate::source::{FileId, SourceFile, Span, Spanned};
use crate::words::{Mojibake, mojibake};
pub use front_matter::SPECS as FRONT_MATTER;
use recognise::Page;
pub use recognise::{ENTITIES, EntityFields, STEP};
use vocabulary::Vocabulary;

/// Parses one page. `inherited` is the kind that a section above gives to pages that do not name one.
#[must_use]
pub fn parse(file: FileId, source: &SourceFile, inherited: Option<Kind>, words: &Vocabulary) -> Document {
    let text = &*source.text;
    let mut faults = Vec::new();
    if let Some(byte) = source.invalid_utf8 {
        let width = text[byte..].chars().next().map_or(0, char::len_utf8);
        faults.push(Fault::InvalidUtf8 { byte, span: Span::new(byte, byte + width) });
    }
    faults.extend(mojibake(text).into_iter().map(garbled));
    let (front_matter, body) = front_matter::read(text, &mut faults);
    let mut scan = scan::scan(text, body);
    let lang = front_matter.lang.as_ref().map(|lang| lang.value);
    let page = Page { file, text, body, words, lang, guessed: OnceCell::new() };
    faults.append(&mut scan.faults);
    for suppression in &mut scan.suppressions {
        suppression.reason.take_if(|reason| !waivers::says_something(&reason.value, words));
    }
    let found = recognise::recognise(&page, &front_matter, inherited, &mut scan, &mut faults);
    let parts = recognise::parts_of(text, &scan.headings, words);
    Document {
        file,
        swallowed: scan.open_fence.and_then(|fence| recognise::swallowed(text, fence, words)),
        status: recognise::status_of(&page, found.kind, &parts),
        placeholders: placeholders::find(text, body, found.kind),
        parts,
        kind: found.kind,
        body,
        headings: scan.headings,
        html_ids: scan.html_ids,
        links: scan.links,
        mentions: scan.mentions,
        bare_names: scan.bare_names,
        plan: found.plan,
        tables: found.tables,
        suppressions: scan.suppressions,
        lead: scan.lead,
        front_matter,
        faults,
    }
}

fn garbled(mojibake: Mojibake) -> Fault {
    let runs = mojibake.runs.into_iter().map(|(range, repaired)| Spanned::new(repaired, range.into())).collect();
    Fault::Garbled { extent: mojibake.extent, runs }
}

/// The defaults that a section's own page gives to the pages below it, without parsing the rest of that page.
#[must_use]
pub fn cascade(source: &SourceFile) -> Option<FrontMatter> {
    let (front_matter, _) = front_matter::read(&source.text, &mut Vec::new());
    front_matter.cascade.map(|cascade| *cascade)
}
