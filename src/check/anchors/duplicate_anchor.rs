//! `anchors/duplicate-anchor`

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::{quoted, stands_first};
use crate::model::Fault;
use crate::say;

rule! {
    /// ## What it does
    /// Finds ids that were written by hand, as `{#id}` behind a heading or as `id` in HTML, and that another place of the
    /// page has already.
    ///
    /// ## Why it matters
    /// A link to the id leads to the first of the two, whichever was meant.
    ///
    /// ## Example
    /// ```markdown
    /// ## Data reversal {#data}
    ///
    /// ## Data import {#data}
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ## Data reversal {#data-reversal}
    ///
    /// ## Data import {#data-import}
    /// ```
    ///
    /// ## Options
    /// None.
    pub static DUPLICATE_ANCHOR = "anchors/duplicate-anchor", Error, check;
}

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    for (file, fault) in cx.faults() {
        let Fault::DuplicateAnchor { id, first, again } = fault else { continue };
        let name = quoted(&format!("#{id}"));
        let message = say!(
            lang,
            en: "{name} is the name of two places of this page",
            es: "{name} es el nombre de dos lugares de esta página",
            pt: "{name} é o nome de dois lugares desta página"
        );
        let finding = cx.report(file, *again, message).label(file, *first, stands_first(lang));
        finding.help(say!(
            lang,
            en: "give one of them another id, and look at the links that lead there",
            es: "dé otro id a uno de ellos, y revise los enlaces que llevan allí",
            pt: "dê outro id a um deles, e confira os links que levam até lá"
        ));
    }
}
