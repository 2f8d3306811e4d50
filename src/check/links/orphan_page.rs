//! `links/orphan-page`

use std::collections::BTreeSet;

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{Child, Kind, PageId, SectionId, Site, Target};
use crate::say;
use crate::source::Span;

rule! {
    /// ## What it does
    /// Finds parts of a plan (pages of kind `checklist`, `rollback`, `phases` and so on) that the plan does not lead to,
    /// while it leads to others: no chain of links begins at a page of kind `plan` and ends there. The navigation shows every
    /// page, so that none is out of reach; but it does not say what belongs to the plan. A link to a section counts for all
    /// its pages.
    ///
    /// ## Why it matters
    /// Whoever follows the plan step by step at night passes by the page that nobody linked.
    ///
    /// ## Example
    /// ```markdown content/plan.md
    /// ---
    /// kind: plan
    /// ---
    ///
    /// All that has to be ready is in the [checklist](checklist.md).
    /// ```
    ///
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// - [ ] Seeds ready — Owner: DevOps
    /// ```
    ///
    /// ```markdown content/report.md
    /// ---
    /// kind: report
    /// ---
    ///
    /// What we learned.
    /// ```
    ///
    /// ## Use instead
    /// ```markdown content/plan.md
    /// ---
    /// kind: plan
    /// ---
    ///
    /// All that has to be ready is in the [checklist](checklist.md); at the end stands the [report](report.md).
    /// ```
    ///
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// - [ ] Seeds ready — Owner: DevOps
    /// ```
    ///
    /// ```markdown content/report.md
    /// ---
    /// kind: report
    /// ---
    ///
    /// What we learned.
    /// ```
    ///
    /// ## Options
    /// None.
    pub static ORPHAN_PAGE = "links/orphan-page", Warning, check;
}

fn check(cx: &mut Context<'_>) {
    let (lang, site) = (cx.lang, cx.site);
    let is_part = |page: PageId| site.page(page).kind.is_part_of_a_plan() && site.is_published(page);
    let plans: Vec<PageId> = (0..site.pages.len())
        .map(PageId)
        .filter(|page| is_part(*page) && site.page(*page).kind == Kind::Plan)
        .collect();
    let reached = reached(site, &plans);
    // A plan that links nothing is no table of contents, and says nothing of what it leaves out.
    let leads = reached.iter().any(|page| is_part(*page) && !plans.contains(page));
    for page in (0..site.pages.len()).map(PageId).filter(|page| leads && is_part(*page) && !reached.contains(page)) {
        let title = quoted(&site.page(page).title);
        let message = say!(
            lang,
            en: "no link leads from the plan to {title}",
            es: "ningún enlace lleva del plan a {title}",
            pt: "nenhum link leva do plano a {title}"
        );
        let plan = &site.source(plans[0]).path;
        let help = say!(
            lang,
            en: "link it from `{plan}`, or from a page that is linked there",
            es: "enlácela desde `{plan}`, o desde una página enlazada allí",
            pt: "ponha um link em `{plan}`, ou em uma página ligada a partir dali"
        );
        let document = site.document(page);
        let place = document.front_matter.kind.as_ref().map_or(Span::at(document.body), |kind| kind.span);
        cx.report(document.file, place, message).help(help).owner(site.page(page).owner.as_deref());
    }
}

/// Every page that links lead to, from these pages on.
fn reached(site: &Site, from: &[PageId]) -> BTreeSet<PageId> {
    let mut reached: BTreeSet<PageId> = from.iter().copied().collect();
    let mut open = from.to_vec();
    while let Some(page) = open.pop() {
        for link in &site.page(page).links {
            let found = match link.target {
                Target::Page(page) => Vec::from([page]).into_iter().chain(listed_by(site, page)).collect(),
                Target::Section(section) => listed(site, section),
                _ => Vec::new(),
            };
            open.extend(found.into_iter().filter(|page| reached.insert(*page)));
        }
    }
    reached
}

/// The pages that a section's own page lists. The home page lists the whole site, which says nothing.
fn listed_by(site: &Site, page: PageId) -> Vec<PageId> {
    let section = site.page(page).section;
    let is_index = site.section(section).index == Some(page) && section != SectionId(0);
    if is_index { listed(site, section) } else { Vec::new() }
}

fn listed(site: &Site, section: SectionId) -> Vec<PageId> {
    let page = |child: &Child| match child {
        Child::Page(page) => Some(*page),
        Child::Section(section) => site.section(*section).index,
    };
    site.section(section).children.iter().filter_map(page).collect()
}
