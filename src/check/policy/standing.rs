//! Whether a waiver stands: it has to be understood, to give a reason, to be signed by somebody else, and to end soon.

use chrono::{Days, NaiveDate};

use crate::config::{Config, Person};
use crate::model::{Owner, Waiver};
use crate::source::Spanned;
use crate::words::fold;

/// Whether a waiver holds today, whatever it is about.
#[must_use]
pub fn stands(waiver: &Waiver, config: &Config, now: NaiveDate) -> bool {
    waiver.sound
        && waiver.reason.is_some()
        && !is_expired(waiver, now)
        && !is_too_long(waiver, config, now)
        && !lacks_signature(waiver)
        && !is_approved_by_requester(waiver, config)
}

/// Whether its last day is over.
#[must_use]
pub fn is_expired(waiver: &Waiver, now: NaiveDate) -> bool {
    waiver.expires.as_ref().is_some_and(|expires| expires.value < now)
}

/// Whether it has no last day, or one that is too far away.
#[must_use]
pub fn is_too_long(waiver: &Waiver, config: &Config, now: NaiveDate) -> bool {
    waiver.expires.as_ref().is_none_or(|expires| expires.value > expiry_allowed(waiver, config, now))
}

/// The latest last day that it may have: some days from when it was asked for, or from today. A day of asking that lies ahead
/// would buy time, and so it counts as today.
#[must_use]
pub fn expiry_allowed(waiver: &Waiver, config: &Config, now: NaiveDate) -> NaiveDate {
    let from = waiver.requested.as_ref().map_or(now, |requested| requested.value.min(now));
    let days = Days::new(config.waiver_days.unsigned_abs());
    from.checked_add_days(days).unwrap_or(NaiveDate::MAX)
}

/// Whether somebody who asked or somebody who approved is missing.
#[must_use]
pub fn lacks_signature(waiver: &Waiver) -> bool {
    [&waiver.requested_by, &waiver.approved_by].into_iter().any(|owner| owner.as_ref().and_then(name).is_none())
}

/// Whether who asked is who approved.
#[must_use]
pub fn is_approved_by_requester(waiver: &Waiver, config: &Config) -> bool {
    match (waiver.requested_by.as_ref().and_then(name), waiver.approved_by.as_ref().and_then(name)) {
        (Some(requester), Some(approver)) => is_same(config, requester, approver),
        _ => false,
    }
}

/// Whether who approved is among the owners of what it is about.
#[must_use]
pub fn is_approved_by_owner(waiver: &Waiver, config: &Config, owner: &str) -> bool {
    let Some(approver) = waiver.approved_by.as_ref().and_then(name) else { return false };
    is_same(config, approver, owner) || parts(owner).any(|part| is_same(config, approver, part))
}

/// The names in an owner cell that may hold several: `A + B`, `PM/Tech Lead`, `A, B`.
fn parts(owner: &str) -> impl Iterator<Item = &str> {
    owner.split(['+', ',', ';', '&', '/']).map(str::trim).filter(|part| !part.is_empty())
}

fn is_same(config: &Config, one: &str, other: &str) -> bool {
    let known = |person: &Person| person.is_called(one) && person.is_called(other);
    fold(one) == fold(other) || config.people.iter().any(known)
}

fn name(owner: &Spanned<Owner>) -> Option<&str> {
    owner.value.name()
}
