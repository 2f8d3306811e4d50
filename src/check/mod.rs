//! What is not true: one pass of every rule over the site. Nothing stops at the first finding.
//!
//! A rule is a declaration whose doc comment is the page that users read, a function over the model, and a row in [`RULES`].

mod anchors;
mod assets;
mod baseline;
mod checklist;
mod communications;
mod files;
mod fixes;
mod flags;
mod frontmatter;
mod gaps;
mod history;
mod links;
mod metrics;
mod options;
mod owners;
mod paths;
mod phases;
mod plan;
mod policy;
mod risks;
mod rollback;
mod rule;
mod settings;
mod waiver;
mod wording;

pub use options::Options;
pub use policy::{BUILT_IN as PROFILES, nearest_profile};
pub use rule::{Context, Rule};
pub use wording::status as status_word;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::lang::Lang;
use crate::model::{Changes, Past, Site};
use policy::{Ledger, Policy, Topics};

/// Every rule, by id.
pub static RULES: &[&Rule] = &[
    &anchors::duplicate_anchor::DUPLICATE_ANCHOR,
    &anchors::missing_anchor::MISSING_ANCHOR,
    &assets::missing_alt::MISSING_ALT,
    &assets::missing_file::MISSING_FILE,
    &baseline::invalid::INVALID,
    &baseline::stale::STALE,
    &checklist::blocked_without_reason::BLOCKED_WITHOUT_REASON,
    &checklist::column_shift::COLUMN_SHIFT,
    &checklist::detached_row::DETACHED_ROW,
    &checklist::due_after_phase::DUE_AFTER_PHASE,
    &checklist::duplicate_id::DUPLICATE_ID,
    &checklist::duplicate_item::DUPLICATE_ITEM,
    &checklist::empty_list::EMPTY_LIST,
    &checklist::garbled_status::GARBLED_STATUS,
    &checklist::invalid_date::INVALID_DATE,
    &checklist::missing_column::MISSING_COLUMN,
    &checklist::missing_due_date::MISSING_DUE_DATE,
    &checklist::missing_evidence::MISSING_EVIDENCE,
    &checklist::missing_owner::MISSING_OWNER,
    &checklist::missing_status::MISSING_STATUS,
    &checklist::mixed_status::MIXED_STATUS,
    &checklist::not_applicable_without_reason::NOT_APPLICABLE_WITHOUT_REASON,
    &checklist::overdue::OVERDUE,
    &checklist::short_row::SHORT_ROW,
    &checklist::unknown_column::UNKNOWN_COLUMN,
    &checklist::unknown_status::UNKNOWN_STATUS,
    &communications::missing_audience::MISSING_AUDIENCE,
    &communications::missing_channel::MISSING_CHANNEL,
    &communications::missing_date::MISSING_DATE,
    &communications::missing_owner::MISSING_OWNER,
    &files::garbled_encoding::GARBLED_ENCODING,
    &files::invalid_utf8::INVALID_UTF8,
    &files::outside_root::OUTSIDE_ROOT,
    &flags::broken_chain::BROKEN_CHAIN,
    &flags::edited_event::EDITED_EVENT,
    &flags::expired::EXPIRED,
    &flags::future_event::FUTURE_EVENT,
    &flags::missing_default::MISSING_DEFAULT,
    &flags::missing_description::MISSING_DESCRIPTION,
    &flags::missing_expiry::MISSING_EXPIRY,
    &flags::missing_history::MISSING_HISTORY,
    &flags::missing_owner::MISSING_OWNER,
    &flags::missing_reason::MISSING_REASON,
    &flags::out_of_order::OUT_OF_ORDER,
    &flags::unknown_flag::UNKNOWN_FLAG,
    &flags::unreferenced_flag::UNREFERENCED_FLAG,
    &frontmatter::conflicting_fact::CONFLICTING_FACT,
    &frontmatter::duplicate_key::DUPLICATE_KEY,
    &frontmatter::implicit_type::IMPLICIT_TYPE,
    &frontmatter::invalid_value::INVALID_VALUE,
    &frontmatter::missing_field::MISSING_FIELD,
    &frontmatter::stale_review::STALE_REVIEW,
    &frontmatter::syntax::SYNTAX,
    &frontmatter::unclosed::UNCLOSED,
    &frontmatter::unknown_field::UNKNOWN_FIELD,
    &frontmatter::wrong_type::WRONG_TYPE,
    &history::edited_revision::EDITED_REVISION,
    &history::fork::FORK,
    &history::gap::GAP,
    &history::item_vanished::ITEM_VANISHED,
    &history::orphan_folder::ORPHAN_FOLDER,
    &history::status_regression::STATUS_REGRESSION,
    &history::unrecorded_change::UNRECORDED_CHANGE,
    &links::broken_file::BROKEN_FILE,
    &links::case_mismatch::CASE_MISMATCH,
    &links::orphan_page::ORPHAN_PAGE,
    &links::outside_root::OUTSIDE_ROOT,
    &links::undefined_reference::UNDEFINED_REFERENCE,
    &links::unsafe_scheme::UNSAFE_SCHEME,
    &metrics::missing_owner::MISSING_OWNER,
    &metrics::missing_source::MISSING_SOURCE,
    &metrics::missing_threshold::MISSING_THRESHOLD,
    &metrics::unlinked_criteria::UNLINKED_CRITERIA,
    &owners::unresolved_role::UNRESOLVED_ROLE,
    &paths::duplicate_output::DUPLICATE_OUTPUT,
    &paths::missing_reference::MISSING_REFERENCE,
    &phases::ambiguous_metric::AMBIGUOUS_METRIC,
    &phases::missing_dates::MISSING_DATES,
    &phases::missing_exit_criteria::MISSING_EXIT_CRITERIA,
    &phases::out_of_order::OUT_OF_ORDER,
    &phases::premature::PREMATURE,
    &phases::unknown_phase::UNKNOWN_PHASE,
    &phases::vague_criteria::VAGUE_CRITERIA,
    &plan::inconsistent_status::INCONSISTENT_STATUS,
    &plan::missing_section::MISSING_SECTION,
    &plan::placeholder::PLACEHOLDER,
    &plan::unknown_directive::UNKNOWN_DIRECTIVE,
    &plan::unread_checklist::UNREAD_CHECKLIST,
    &risks::missing_mitigation::MISSING_MITIGATION,
    &risks::missing_owner::MISSING_OWNER,
    &risks::score_mismatch::SCORE_MISMATCH,
    &risks::unknown_level::UNKNOWN_LEVEL,
    &rollback::flag_without_off_step::FLAG_WITHOUT_OFF_STEP,
    &rollback::missing_owner::MISSING_OWNER,
    &rollback::missing_plan::MISSING_PLAN,
    &rollback::missing_trigger::MISSING_TRIGGER,
    &rollback::pending_step::PENDING_STEP,
    &settings::invalid::INVALID,
    &waiver::expired::EXPIRED,
    &waiver::invalid::INVALID,
    &waiver::missing_reason::MISSING_REASON,
    &waiver::too_long::TOO_LONG,
    &waiver::unauthorised::UNAUTHORISED,
    &waiver::unknown_target::UNKNOWN_TARGET,
    &waiver::unused::UNUSED,
];

/// The rule with this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Whether findings of a rule can be let pass: not those about the settings, the waivers and the baseline themselves.
#[must_use]
pub fn may_stay(rule: &str) -> bool {
    !policy::NEVER_SET_ASIDE.contains(&policy::group_of(rule))
}

/// What a check is asked besides the site.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Language of messages.
    pub lang: Lang,
    /// The day that counts as today, for rules that need one.
    pub now: NaiveDate,
    /// What the history says.
    pub past: &'a Past,
    /// Whether the plan has to be as the last revision keeps it.
    pub require_revision: bool,
    /// The profile to take instead of the one that the settings name.
    pub profile: Option<&'a str>,
    /// What a branch changed, to hear of nothing else.
    pub changes: Option<&'a Changes>,
}

impl<'a> Request<'a> {
    /// A check of everything.
    #[must_use]
    pub const fn new(lang: Lang, now: NaiveDate, past: &'a Past) -> Self {
        Self { lang, now, past, require_revision: false, profile: None, changes: None }
    }
}

/// Runs every rule, and sets aside what somebody decided to live with. Findings come by file, place and rule.
#[must_use]
pub fn check(site: &Site, request: &Request<'_>) -> Outcome {
    let policy = Policy::resolve(&site.config, request.profile);
    let mut found = run(site, request, &policy, None, |rule| !rule.last && policy.runs(rule));
    Topics::around(site, &found).complete(site, &mut found);
    let mut ledger = Ledger::new(site, request.now, found);
    let mut findings = std::mem::take(&mut ledger.kept);
    findings.extend(run(site, request, &policy, Some(&ledger), |rule| rule.last && policy.runs(rule)));
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut outcome = Outcome {
        findings,
        set_aside: ledger.set_aside,
        elsewhere: 0,
        now: request.now,
        profile: policy.profile.map(str::to_owned),
        deny_warnings: policy.deny_warnings,
    };
    if let Some(changes) = request.changes {
        policy::only_touched(site, changes, &mut outcome);
    }
    outcome
}

/// Runs only the rules whose findings mean that a page could not be rendered as it was meant. They know neither clock nor past,
/// and no settings and no waiver make them silent.
#[must_use]
pub fn check_before_build(site: &Site, lang: Lang) -> Vec<Diagnostic> {
    let past = Past::default();
    let request = Request::new(lang, NaiveDate::default(), &past);
    let policy = Policy::of_build(&site.config);
    run(site, &request, &policy, None, |rule| rule.blocks_build)
}

fn run<'a>(
    site: &'a Site,
    request: &Request<'a>,
    policy: &'a Policy<'a>,
    ledger: Option<&'a Ledger>,
    wanted: impl Fn(&Rule) -> bool + Sync,
) -> Vec<Diagnostic> {
    let findings = |rule: &&'static Rule| {
        let mut context = Context::new(site, request, policy, ledger, rule);
        (rule.check)(&mut context);
        context.findings()
    };
    let mut all: Vec<Diagnostic> = RULES.par_iter().filter(|rule| wanted(rule)).flat_map_iter(findings).collect();
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}
