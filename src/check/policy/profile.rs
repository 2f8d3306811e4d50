//! The profiles that every site has: one for a plan that is being written, one for the gate, one that shows everything.

use crate::check::Rule;
use crate::check::policy::{Level, group_of};
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::words::nearest;

/// Their names.
pub const BUILT_IN: [&str; 3] = ["audit", "draft", "golive"];

/// The groups that speak of the plan rather than of pages and files.
const PLAN: [&str; 11] = [
    "checklist",
    "communications",
    "decisions",
    "flags",
    "history",
    "metrics",
    "owners",
    "phases",
    "plan",
    "risks",
    "rollback",
];

/// Rules that miss something without saying so in their name.
const MISSING: [&str; 6] = [
    "checklist/blocked-without-reason",
    "checklist/empty-list",
    "checklist/not-applicable-without-reason",
    "plan/placeholder",
    "rollback/flag-without-off-step",
    "rollback/pending-step",
];

/// One of them, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BuiltIn {
    /// Each rule as it is declared.
    None,
    /// A plan being written: what is missing is a warning, what is broken stays an error.
    Draft,
    /// The gate: every rule runs, and what is only probably wrong with the plan is wrong.
    GoLive,
    /// Everything, also what the settings switch off.
    Audit,
}

impl BuiltIn {
    pub(super) fn named(name: Option<&str>) -> Self {
        match name {
            Some("draft") => Self::Draft,
            Some("golive") => Self::GoLive,
            Some("audit") => Self::Audit,
            _ => Self::None,
        }
    }

    /// The level of a rule of which nothing else is said.
    pub(super) fn level(self, rule: &Rule) -> Level {
        let is_plan = PLAN.contains(&group_of(rule.id));
        match self {
            Self::None | Self::Draft if rule.opt_in => Level::Dormant,
            Self::Draft if is_plan && rule.severity == Severity::Error && misses(rule.id) => {
                Level::Set(Severity::Warning)
            }
            Self::GoLive if is_plan && rule.severity == Severity::Warning => Level::Set(Severity::Error),
            _ => Level::AsIs,
        }
    }

    /// Whether the site's settings can switch rules off.
    pub(super) const fn obeys_off(self) -> bool {
        !matches!(self, Self::Audit)
    }
}

fn misses(id: &str) -> bool {
    id.split('/').nth(1).is_some_and(|name| name.starts_with("missing-")) || MISSING.contains(&id)
}

/// Whether there is such a profile; if not, the nearest one.
///
/// # Errors
/// When there is none: with the nearest name, if one is near.
pub fn nearest_profile<'a>(config: &'a Config, name: &str) -> Result<(), Option<&'a str>> {
    let own = config.profiles.iter().map(|profile| profile.name.value.as_str());
    let known: Vec<&str> = BUILT_IN.into_iter().chain(own).collect();
    if known.contains(&name) { Ok(()) } else { Err(nearest(name, known)) }
}
