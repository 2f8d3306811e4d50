//! What the settings say of rules, profiles and paths that makes no sense to the catalogue.

use crate::check::policy::profile::nearest_profile;
use crate::check::policy::{PROTECTED, group_of};
use crate::check::{RULES, Rule, rule};
use crate::config::{Config, RuleSetting, SEVERITY};
use crate::fields::{FieldFault, judge_values};
use crate::source::{Span, Spanned};
use crate::words::nearest;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyFault {
    /// There is no such rule or group.
    UnknownRule {
        /// As written.
        written: Spanned<String>,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// A rule that cannot be changed.
    Protected {
        /// As written.
        written: Spanned<String>,
    },
    /// Options where they have no meaning.
    Misplaced {
        /// The first of them.
        option: Spanned<String>,
        /// Where that is.
        place: Misplaced,
    },
    /// A key or value among a rule's options.
    Option(FieldFault),
    /// There is no such profile.
    UnknownProfile {
        /// As written.
        written: Spanned<String>,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// Something said for some paths, without paths.
    NoPaths {
        /// Where.
        span: Span,
    },
}

/// Where options of rules have no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// Under a group of rules.
    Group,
    /// Under `overrides:`.
    Override,
}

/// Everything of that kind, in the order of the keys.
pub(super) fn faults(config: &Config) -> Vec<PolicyFault> {
    let mut faults = Vec::new();
    let profiles = config.profiles.iter().flat_map(|profile| &profile.rules);
    for setting in config.rules.iter().chain(profiles) {
        judge(setting, false, &mut faults);
    }
    for layer in &config.overrides {
        if layer.paths.is_empty() {
            faults.push(PolicyFault::NoPaths { span: layer.span });
        }
        layer.rules.iter().for_each(|setting| judge(setting, true, &mut faults));
    }
    if let Some(written) = &config.profile
        && let Err(nearest) = nearest_profile(config, &written.value)
    {
        let nearest = nearest.map(str::to_owned);
        faults.push(PolicyFault::UnknownProfile { written: written.clone(), nearest });
    }
    faults
}

fn judge(setting: &RuleSetting, in_override: bool, faults: &mut Vec<PolicyFault>) {
    let written = &setting.rule;
    if !is_known(&written.value) {
        faults.push(PolicyFault::UnknownRule { written: written.clone(), nearest: nearest_rule(&written.value) });
        return;
    }
    if group_of(&written.value) == PROTECTED {
        faults.push(PolicyFault::Protected { written: written.clone() });
        return;
    }
    let Some(option) = setting.options.first() else { return };
    match rule(&written.value) {
        Some(rule) if !in_override => judge_options(setting, rule, faults),
        _ => {
            let place = if in_override { Misplaced::Override } else { Misplaced::Group };
            faults.push(PolicyFault::Misplaced { option: option.key.clone(), place });
        }
    }
}

fn judge_options(setting: &RuleSetting, rule: &Rule, faults: &mut Vec<PolicyFault>) {
    let known: Vec<&'static str> = rule.options.iter().map(|spec| spec.name).chain([SEVERITY]).collect();
    for key in setting.options.iter().map(|option| &option.key).filter(|key| !known.contains(&key.value.as_str())) {
        let nearest = nearest(&key.value, known.iter().copied());
        let fault = FieldFault::UnknownField { key: key.value.clone(), span: key.span, nearest };
        faults.push(PolicyFault::Option(fault));
    }
    faults.extend(judge_values(&setting.options, rule.options).into_iter().map(PolicyFault::Option));
}

/// Whether there is a rule or a group of this name.
#[must_use]
pub fn is_known(name: &str) -> bool {
    match name.strip_suffix("/*") {
        Some(group) => RULES.iter().any(|rule| group_of(rule.id) == group),
        None => rule(name).is_some(),
    }
}

/// What was probably meant: the rule whose group was left out, or the nearest name.
#[must_use]
pub fn nearest_rule(name: &str) -> Option<String> {
    let without_group = |rule: &&&Rule| rule.id.split('/').nth(1) == Some(name);
    if let Some(rule) = RULES.iter().find(without_group) {
        return Some(rule.id.to_owned());
    }
    if let Some(group) = name.strip_suffix("/*") {
        return nearest(group, RULES.iter().map(|rule| group_of(rule.id))).map(|group| format!("{group}/*"));
    }
    nearest(name, RULES.iter().map(|rule| rule.id)).map(str::to_owned)
}
