//! What is not true: one pass of every rule over the site. Nothing stops at the first finding.
//!
//! A rule is a declaration whose doc comment is the page that users read, a function over the model, and a row in [`RULES`].

mod anchors;
mod assets;
mod checklist;
mod communications;
mod files;
mod frontmatter;
mod gaps;
mod links;
mod metrics;
mod options;
mod paths;
mod phases;
mod plan;
mod risks;
mod rollback;
mod rule;
mod settings;
mod wording;

pub use options::Options;
pub use rule::{Context, Rule};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::model::{Past, Site};

/// Every rule, by id.
pub static RULES: &[&Rule] = &[
    &anchors::missing_anchor::MISSING_ANCHOR,
    &assets::missing_file::MISSING_FILE,
    &checklist::column_shift::COLUMN_SHIFT,
    &checklist::detached_row::DETACHED_ROW,
    &checklist::empty_list::EMPTY_LIST,
    &checklist::garbled_status::GARBLED_STATUS,
    &checklist::missing_column::MISSING_COLUMN,
    &checklist::missing_owner::MISSING_OWNER,
    &checklist::missing_status::MISSING_STATUS,
    &checklist::short_row::SHORT_ROW,
    &checklist::unknown_status::UNKNOWN_STATUS,
    &communications::missing_audience::MISSING_AUDIENCE,
    &communications::missing_channel::MISSING_CHANNEL,
    &communications::missing_date::MISSING_DATE,
    &communications::missing_owner::MISSING_OWNER,
    &files::invalid_utf8::INVALID_UTF8,
    &files::outside_root::OUTSIDE_ROOT,
    &frontmatter::duplicate_key::DUPLICATE_KEY,
    &frontmatter::syntax::SYNTAX,
    &frontmatter::unclosed::UNCLOSED,
    &frontmatter::unknown_field::UNKNOWN_FIELD,
    &frontmatter::wrong_type::WRONG_TYPE,
    &links::broken_file::BROKEN_FILE,
    &links::outside_root::OUTSIDE_ROOT,
    &links::unsafe_scheme::UNSAFE_SCHEME,
    &metrics::missing_owner::MISSING_OWNER,
    &metrics::missing_source::MISSING_SOURCE,
    &metrics::missing_threshold::MISSING_THRESHOLD,
    &metrics::unlinked_criteria::UNLINKED_CRITERIA,
    &paths::duplicate_output::DUPLICATE_OUTPUT,
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
];

/// The rule with this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
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
}

/// Runs every rule. Findings come by file, place and rule.
#[must_use]
pub fn check(site: &Site, request: &Request<'_>) -> Vec<Diagnostic> {
    run(site, request, |_| true)
}

/// Runs only the rules whose findings mean that a page could not be rendered as it was meant. They know neither clock nor past.
#[must_use]
pub fn check_before_build(site: &Site, lang: Lang) -> Vec<Diagnostic> {
    let request = Request { lang, now: NaiveDate::default(), past: &Past::default() };
    run(site, &request, |rule| rule.blocks_build)
}

fn run(site: &Site, request: &Request<'_>, wanted: impl Fn(&Rule) -> bool + Sync) -> Vec<Diagnostic> {
    let findings = |rule: &&'static Rule| {
        let mut context = Context::new(site, request, rule);
        (rule.check)(&mut context);
        context.findings()
    };
    let mut all: Vec<Diagnostic> = RULES.par_iter().filter(|rule| wanted(rule)).flat_map_iter(findings).collect();
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}
