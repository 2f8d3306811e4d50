//! The waiver file: who let what pass, until when, and why. What is wrong with it is kept for the rules to tell.

use crate::config::PathPattern;
use crate::fields::{FieldFault, FieldSpec, FieldType, Fields};
use crate::list_file;
use crate::model::{Waiver, Waivers};
use crate::parse::owner::read_owner;
use crate::parse::vocabulary::Vocabulary;
use crate::source::{FileId, SourceFile, Span};
use crate::words::{fold, is_placeholder};
use crate::yaml::Entry;

const FILE_SPECS: &[FieldSpec; 1] = &[FieldSpec { name: "waivers", takes: FieldType::MapList }];

const SPECS: &[FieldSpec] = &[
    FieldSpec { name: "rule", takes: FieldType::Text },
    FieldSpec { name: "item", takes: FieldType::Text },
    FieldSpec { name: "path", takes: FieldType::PathPattern },
    FieldSpec { name: "reason", takes: FieldType::Text },
    FieldSpec { name: "requested", takes: FieldType::Date },
    FieldSpec { name: "requested_by", takes: FieldType::Text },
    FieldSpec { name: "approved_by", takes: FieldType::Text },
    FieldSpec { name: "expires", takes: FieldType::Date },
];

/// Reads the waivers of a site. Placeholders are told by the same `words` as in the owner cells of plans.
#[must_use]
pub fn waivers(file: FileId, source: &SourceFile, words: &Vocabulary) -> Waivers {
    let (entries, faults) = list_file::read(&source.text, FILE_SPECS, |entries, faults| waiver(entries, words, faults));
    Waivers { file, entries, faults }
}

fn waiver(entries: &[Entry], words: &Vocabulary, faults: &mut Vec<FieldFault>) -> Waiver {
    let faults_before = faults.len();
    let mut fields = Fields::new(entries, SPECS, faults);
    let first = entries.first().map_or_else(Span::default, |entry| entry.key.span);
    let owner = |text: String| read_owner(&text, words);
    let mut waiver = Waiver {
        span: first,
        rule: fields.text("rule"),
        item: fields.text("item"),
        paths: fields.texts_read("path", PathPattern::new),
        reason: fields.text("reason").filter(|reason| says_something(&reason.value, words)),
        reason_span: fields.node("reason").map_or(first, |node| node.span),
        requested: fields.date("requested"),
        requested_by: fields.text("requested_by").map(|text| text.map(owner)),
        approved_by: fields.text("approved_by").map(|text| text.map(owner)),
        expires: fields.date("expires"),
        sound: false,
    };
    waiver.sound = faults.len() == faults_before;
    waiver
}

/// Whether a reason is more than a placeholder.
pub(super) fn says_something(reason: &str, words: &Vocabulary) -> bool {
    let folded = fold(reason);
    folded.contains(char::is_alphabetic)
        && !is_placeholder(reason)
        && !words.is_placeholder(&folded)
        && !words.is_affirmation(&folded)
}
