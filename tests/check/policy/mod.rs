//! What a team decides about findings: severities, profiles, waivers, suppressions, the baseline, and only what changed.

mod baseline;
mod changed;
mod exit;
mod hostile;
mod order;
mod set_aside;
mod severity;

use rollbook::check::{self, Request};
use rollbook::diagnostic::Outcome;
use rollbook::model::{Past, Site};

use crate::support::site::NOW;

/// A checklist page with these rows, whose columns are item, owner and status.
fn checklist(rows: &str) -> String {
    format!("---\nkind: checklist\n---\n\n| Ítem | Responsable | Estado |\n|---|---|---|\n{rows}")
}

/// One item without owner, one without status.
fn two_open() -> String {
    checklist("| Uno | TBD | ⏳ |\n| Dos | QA | |\n")
}

/// A check under a profile.
fn outcome(site: &Site, profile: Option<&str>) -> Outcome {
    check::check(site, &Request { profile, ..Request::new(site.config.lang, NOW, &Past::default()) })
}

/// Rules and severities of findings, by place.
fn weights(outcome: &Outcome) -> Vec<(&'static str, &'static str)> {
    outcome.findings.iter().map(|finding| (finding.rule, finding.severity.key())).collect()
}
