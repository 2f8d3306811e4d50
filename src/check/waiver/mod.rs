//! Waivers and suppressions: what a team lets pass has to be named, explained, signed by somebody else, and short. All these
//! rules run last, and nothing sets aside their findings.

pub mod expired;
pub mod invalid;
pub mod missing_reason;
pub mod too_long;
pub mod unauthorised;
pub mod unknown_target;
pub mod unused;

use crate::check::policy::all_topics;
use crate::check::rule::Finding;
use std::collections::BTreeSet;

use crate::check::{Context, may_stay, rule as rule_named};
use crate::config::PathPattern;
use crate::model::{Document, Suppression, Waiver};
use crate::source::{FileId, Span};

/// The waivers that could be read.
fn sound<'a>(cx: &Context<'a>) -> Vec<(FileId, &'a Waiver)> {
    let Some(waivers) = &cx.site.waivers else { return Vec::new() };
    waivers.entries.iter().filter(|waiver| waiver.sound).map(|waiver| (waivers.file, waiver)).collect()
}

/// Every suppression, with its index on its page.
fn suppressions<'a>(cx: &Context<'a>) -> Vec<(FileId, usize, &'a Suppression)> {
    let of_page = |document: &'a Document| {
        let suppressions = document.suppressions.iter().enumerate();
        suppressions.map(|(index, suppression)| (document.file, index, suppression))
    };
    cx.site.documents.iter().flat_map(of_page).collect()
}

/// Reports a finding about a waiver, with what it is about and who asked for it.
fn report<'c>(cx: &'c mut Context<'_>, file: FileId, waiver: &Waiver, span: Span, message: String) -> Finding<'c> {
    let subject = waiver.item.as_ref().or(waiver.rule.as_ref());
    let requester = waiver.requested_by.as_ref().and_then(|owner| owner.value.name());
    let finding = cx.report(file, span, message).owner(requester);
    match subject {
        Some(subject) => finding.about(&subject.value),
        None => finding,
    }
}

/// Whether everything exists that a waiver names.
fn has_target(cx: &Context<'_>, subjects: &BTreeSet<&str>, waiver: &Waiver) -> bool {
    waiver.rule.as_ref().is_some_and(|rule| rule_named(&rule.value).is_some() && may_stay(&rule.value))
        && (waiver.item.is_some() || !waiver.paths.is_empty())
        && waiver.item.as_ref().is_none_or(|item| subjects.contains(item.value.as_str()))
        && waiver.paths.iter().all(|path| is_path(cx, &path.value))
}

/// Ids of everything in the plan, and whatever else findings are about.
fn subjects<'a>(cx: &Context<'a>) -> BTreeSet<&'a str> {
    let plans = cx.site.documents.iter().flat_map(|document| all_topics(&document.plan)).map(|topic| topic.id);
    plans.chain(cx.ledger.iter().flat_map(|ledger| ledger.subjects.iter().map(String::as_str))).collect()
}

/// Whether a pattern means a file of the site.
fn is_path(cx: &Context<'_>, pattern: &PathPattern) -> bool {
    cx.site.sources.iter().any(|(_, file)| pattern.matches(&file.path))
}
