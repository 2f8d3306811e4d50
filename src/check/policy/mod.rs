//! What the settings and the profile make of the catalogue: which rules run, with which weight where, and with which options.
//!
//! The layers, later ones over earlier ones: the rule's own severity; the built-in profile; `rules:`; what the site itself says of the
//! profile; `overrides:` for their paths. In one layer a rule that is named wins over its group, wherever it stands.

mod fault;
mod ledger;
mod profile;
mod standing;
mod topics;
mod touched;

pub use fault::{Misplaced, PolicyFault, is_known, nearest_rule};
pub use ledger::Ledger;
pub use profile::{BUILT_IN, nearest_profile};
pub use standing::{expiry_allowed, is_approved_by_requester, is_expired, is_too_long, lacks_signature, stands};
pub use topics::{Topics, topics as all_topics};
pub use touched::only_touched;

use crate::check::{RULES, Rule};
use crate::config::{Config, PathPattern, Profile, RuleSetting};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Spanned};
use crate::yaml::Entry;
use profile::BuiltIn;

/// The rules that nothing can weaken: what would be left of settings that say of themselves that they are fine?
pub const PROTECTED: &str = "settings";

/// Groups whose findings nothing sets aside.
pub const NEVER_SET_ASIDE: [&str; 3] = ["baseline", PROTECTED, "waiver"];

/// What is made of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It waits for a profile, or for settings that name it.
    Dormant,
    /// It is switched off.
    Off,
    /// Its findings weigh what it says.
    AsIs,
    /// All its findings weigh this.
    Set(Severity),
}

impl Level {
    const fn runs(self) -> bool {
        !matches!(self, Self::Dormant | Self::Off)
    }
}

/// What is made of all rules.
#[derive(Debug)]
pub struct Policy<'a> {
    /// The profile that was taken.
    pub profile: Option<&'a str>,
    /// Whether warnings fail the check, too.
    pub deny_warnings: bool,
    /// What the settings say that makes no sense.
    pub faults: Vec<PolicyFault>,
    built_in: BuiltIn,
    /// In the order of [`RULES`].
    rules: Vec<RulePolicy<'a>>,
    overrides: Vec<Layer<'a>>,
}

#[derive(Debug)]
struct RulePolicy<'a> {
    level: Level,
    options: Vec<&'a Entry>,
}

#[derive(Debug)]
struct Layer<'a> {
    paths: &'a [Spanned<PathPattern>],
    rules: &'a [RuleSetting],
}

impl<'a> Policy<'a> {
    /// Brings the layers together. `profile` stands before the one that the settings name.
    #[must_use]
    pub fn resolve(config: &'a Config, profile: Option<&'a str>) -> Self {
        let profile = profile.or(config.profile.as_ref().map(|profile| profile.value.as_str()));
        let built_in = BuiltIn::named(profile);
        let own: Option<&Profile> = config.profiles.iter().find(|own| Some(own.name.value.as_str()) == profile);
        let rule = |rule: &&'static Rule| RulePolicy { level: built_in.level(rule), options: Vec::new() };
        let overrides = config.overrides.iter().map(|it| Layer { paths: &it.paths, rules: &it.rules });
        let mut policy = Self {
            profile,
            deny_warnings: own.and_then(|own| own.deny_warnings).unwrap_or(false),
            faults: fault::faults(config),
            built_in,
            rules: RULES.iter().map(rule).collect(),
            overrides: overrides.collect(),
        };
        policy.lay(&config.rules, built_in.obeys_off());
        policy.lay(own.map_or(&[], |own| &own.rules), true);
        policy
    }

    /// What holds for a build: each rule as it is declared. No settings make a page safe to render.
    #[must_use]
    pub fn of_build(config: &'a Config) -> Self {
        let rule = |rule: &&'static Rule| RulePolicy { level: BuiltIn::None.level(rule), options: Vec::new() };
        Self {
            profile: None,
            deny_warnings: false,
            faults: fault::faults(config),
            built_in: BuiltIn::None,
            rules: RULES.iter().map(rule).collect(),
            overrides: Vec::new(),
        }
    }

    fn lay(&mut self, settings: &'a [RuleSetting], obeys_off: bool) {
        for (rule, policy) in RULES.iter().zip(&mut self.rules) {
            policy.level = settled(rule, policy.level, settings, obeys_off);
            for option in named(rule, settings).flat_map(|setting| &setting.options) {
                policy.options.retain(|earlier| earlier.key.value != option.key.value);
                policy.options.push(option);
            }
        }
    }

    /// Whether a rule can find anything anywhere.
    #[must_use]
    pub fn runs(&self, rule: &Rule) -> bool {
        let woken = |layer: &Layer<'_>| self.laid(rule, Level::Dormant, layer).runs();
        self.level(rule).runs() || self.overrides.iter().any(woken)
    }

    /// The options of a rule.
    #[must_use]
    pub fn options(&self, rule: &Rule) -> &[&'a Entry] {
        index(rule.id).map_or(&[], |index| &self.rules[index].options)
    }

    /// The finding with the weight that it has at its path; none where its rule is switched off there.
    #[must_use]
    pub fn weighed(&self, sources: &Sources, rule: &Rule, mut finding: Diagnostic) -> Option<Diagnostic> {
        let path = sources[finding.file].path.as_str();
        let here = self.overrides.iter().filter(|layer| layer.paths.iter().any(|pattern| pattern.value.matches(path)));
        match here.fold(self.level(rule), |level, layer| self.laid(rule, level, layer)) {
            Level::Dormant | Level::Off => return None,
            Level::AsIs => {}
            Level::Set(severity) => finding.severity = severity,
        }
        Some(finding)
    }

    fn level(&self, rule: &Rule) -> Level {
        index(rule.id).map_or(Level::AsIs, |index| self.rules[index].level)
    }

    fn laid(&self, rule: &Rule, level: Level, layer: &Layer<'_>) -> Level {
        settled(rule, level, layer.rules, self.built_in.obeys_off())
    }
}

/// The level of a rule after one layer.
fn settled(rule: &Rule, level: Level, settings: &[RuleSetting], obeys_off: bool) -> Level {
    if group_of(rule.id) == PROTECTED {
        return level;
    }
    let in_group = settings.iter().filter(|setting| setting.group() == Some(group_of(rule.id)));
    // A group speaks of the rules that run: a rule that waits to be asked for is not meant.
    let in_group = in_group.filter(|_| level != Level::Dormant);
    let severities = in_group.chain(named(rule, settings)).filter_map(|setting| setting.severity.as_ref());
    let severities = severities.map(|severity| severity.value).filter(|severity| obeys_off || severity.is_some());
    severities.last().map_or(level, |severity| severity.map_or(Level::Off, Level::Set))
}

fn named<'s>(rule: &Rule, settings: &'s [RuleSetting]) -> impl Iterator<Item = &'s RuleSetting> + use<'s> {
    let id = rule.id;
    settings.iter().filter(move |setting| setting.rule.value == id)
}

/// `checklist` of `checklist/missing-owner`.
#[must_use]
pub fn group_of(id: &str) -> &str {
    id.split('/').next().unwrap_or_default()
}

/// Whether `name`, a rule's id or `group/*`, speaks of the rule `id`.
#[must_use]
pub fn means(name: &str, id: &str) -> bool {
    name == id || name.strip_suffix("/*").is_some_and(|group| group == group_of(id))
}

fn index(id: &str) -> Option<usize> {
    RULES.binary_search_by_key(&id, |rule| rule.id).ok()
}
