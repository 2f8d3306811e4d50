//! What is not true: one pass of every rule over the site. Nothing stops at the first finding.
//!
//! A rule is a declaration whose doc comment is the page that users read, a function over the model, and a row in [`RULES`].

mod anchors;
mod assets;
mod checklist;
mod files;
mod fixes;
mod frontmatter;
mod links;
mod options;
mod paths;
mod rule;
mod settings;
mod wording;

pub use options::Options;
pub use rule::{Context, Rule};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::config::RuleSetting;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::model::{Past, Site};

/// Every rule, by id.
pub static RULES: &[&Rule] = &[
    &anchors::duplicate_anchor::DUPLICATE_ANCHOR,
    &anchors::missing_anchor::MISSING_ANCHOR,
    &assets::missing_alt::MISSING_ALT,
    &assets::missing_file::MISSING_FILE,
    &checklist::blocked_without_reason::BLOCKED_WITHOUT_REASON,
    &checklist::column_shift::COLUMN_SHIFT,
    &checklist::detached_row::DETACHED_ROW,
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
    &files::garbled_encoding::GARBLED_ENCODING,
    &files::invalid_utf8::INVALID_UTF8,
    &files::outside_root::OUTSIDE_ROOT,
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
    &links::broken_file::BROKEN_FILE,
    &links::case_mismatch::CASE_MISMATCH,
    &links::orphan_page::ORPHAN_PAGE,
    &links::outside_root::OUTSIDE_ROOT,
    &links::undefined_reference::UNDEFINED_REFERENCE,
    &links::unsafe_scheme::UNSAFE_SCHEME,
    &paths::duplicate_output::DUPLICATE_OUTPUT,
    &paths::missing_reference::MISSING_REFERENCE,
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

/// Whether a rule runs: one that has to be asked for runs where the settings give it a severity.
fn is_on(site: &Site, rule: &Rule) -> bool {
    let asked = |setting: &RuleSetting| setting.rule.value == rule.id && setting.severity.is_some();
    !rule.opt_in || site.config.rules.iter().any(asked)
}

fn run(site: &Site, request: &Request<'_>, wanted: impl Fn(&Rule) -> bool + Sync) -> Vec<Diagnostic> {
    let findings = |rule: &&'static Rule| {
        let mut context = Context::new(site, request, rule);
        (rule.check)(&mut context);
        context.findings()
    };
    let mut all: Vec<Diagnostic> =
        RULES.par_iter().filter(|rule| wanted(rule) && is_on(site, rule)).flat_map_iter(findings).collect();
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}
