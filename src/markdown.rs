//! Which Markdown Rollbook reads: one set of options for parsing and for rendering, so that both see the same page.

use pulldown_cmark::Options;

/// The Markdown that Rollbook reads: CommonMark, GFM, and what documentation needs besides.
#[must_use]
pub fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
}
