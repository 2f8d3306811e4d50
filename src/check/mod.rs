//! What is not true: one pass of every rule over the site. Nothing stops at the first finding.
//!
//! A rule is a declaration whose doc comment is the page that users read, a function over the model, and a row in [`RULES`].

mod anchors;
mod assets;
mod checklist;
mod files;
mod frontmatter;
mod links;
mod paths;
mod rule;
mod settings;
mod wording;

pub use rule::{Context, Rule};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::model::Site;

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
    &paths::duplicate_output::DUPLICATE_OUTPUT,
    &settings::invalid::INVALID,
];

/// The rule with this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Runs every rule. Messages are in `lang`; findings come by file, place and rule.
#[must_use]
pub fn check(site: &Site, lang: Lang) -> Vec<Diagnostic> {
    run(site, lang, |_| true)
}

/// Runs only the rules whose findings mean that a page could not be rendered as it was meant.
#[must_use]
pub fn check_before_build(site: &Site, lang: Lang) -> Vec<Diagnostic> {
    run(site, lang, |rule| rule.blocks_build)
}

fn run(site: &Site, lang: Lang, wanted: impl Fn(&Rule) -> bool + Sync) -> Vec<Diagnostic> {
    let findings = |rule: &&'static Rule| {
        let mut context = Context::new(site, lang, rule);
        (rule.check)(&mut context);
        context.findings()
    };
    let mut all: Vec<Diagnostic> = RULES.par_iter().filter(|rule| wanted(rule)).flat_map_iter(findings).collect();
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}
