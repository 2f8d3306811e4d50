//! Only what a branch touched: findings on its lines and items, and those elsewhere that come of what it took away: files, and
//! places of pages.

use std::ops::RangeInclusive;

use crate::check::policy::{PROTECTED, Topics, group_of};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::{Changes, ResolvedLink, Site, Target};
use crate::source::{FileId, Span};

/// Leaves out of an outcome what stands where nothing was changed, and counts it.
pub fn only_touched(site: &Site, changes: &Changes, outcome: &mut Outcome) {
    let all: Vec<Diagnostic> =
        outcome.findings.iter().chain(outcome.set_aside.iter().map(|it| &it.finding)).cloned().collect();
    let branch = Branch { site, changes, topics: Topics::around(site, &all) };
    let before = outcome.findings.len();
    outcome.findings.retain(|finding| branch.touched(finding));
    outcome.set_aside.retain(|it| branch.touched(&it.finding));
    outcome.elsewhere = before - outcome.findings.len();
}

struct Branch<'a> {
    site: &'a Site,
    changes: &'a Changes,
    topics: Topics<'a>,
}

impl Branch<'_> {
    fn touched(&self, finding: &Diagnostic) -> bool {
        // Where the settings are not valid, nothing else can be trusted, whoever broke them.
        group_of(finding.rule) == PROTECTED
            || self.touches(finding.file, finding.span)
            || finding.labels.iter().any(|label| self.touches(label.file, label.span))
            || self.touches_topic(finding)
            || self.lost_its_target(finding)
    }

    fn touches(&self, file: FileId, span: Span) -> bool {
        let source = &self.site.sources[file];
        let whole_counts = self.site.page_of(file).is_none();
        match self.changes.of(&source.path) {
            None => false,
            // Of settings, waivers and files that are only copied, nobody reads single lines.
            Some(_) if whole_counts => true,
            Some(_) => self.changes.touch(&source.path, &self.lines(file, span)),
        }
    }

    /// A row belongs together, also where it takes several lines.
    fn touches_topic(&self, finding: &Diagnostic) -> bool {
        let topic = self.topics.at(self.site, finding.file, finding.span.start);
        topic.is_some_and(|topic| self.touches(finding.file, topic.span))
    }

    /// Whether it is about a link or a path to what the branch took away.
    fn lost_its_target(&self, finding: &Diagnostic) -> bool {
        let Some(page) = self.site.page_of(finding.file) else { return false };
        let links = self.site.document(page).links.iter().zip(&self.site.page(page).links);
        let here = links.filter(|(link, _)| link.span.start <= finding.span.start && finding.span.end <= link.span.end);
        let mut paths =
            self.site.missing_paths.iter().filter(|(named_on, path)| *named_on == page && path.span == finding.span);
        here.map(|(_, resolved)| resolved).any(|link| self.lost_place(link) || self.lost_file(link))
            || paths.any(|(_, path)| self.was_deleted(&path.value))
    }

    fn lost_file(&self, link: &ResolvedLink) -> bool {
        link.wanted.as_deref().is_some_and(|wanted| self.was_deleted(wanted))
    }

    /// Whether the heading or item is gone that a link leads to, though its page is still there.
    fn lost_place(&self, link: &ResolvedLink) -> bool {
        let (Target::Page(page), Some(fragment)) = (&link.target, &link.fragment) else { return false };
        let lost = self.changes.lost_anchors.get(&self.site.source(*page).path);
        lost.is_some_and(|lost| lost.contains(fragment))
    }

    /// Pages are linked to with and without their extension, and folders by their own page.
    fn was_deleted(&self, wanted: &str) -> bool {
        let wanted = wanted.trim_end_matches('/').trim_end_matches(".html");
        let spellings = [wanted.to_owned(), format!("{wanted}.md"), format!("{wanted}/_index.md")];
        spellings.iter().any(|path| self.changes.deleted.contains(path))
    }

    fn lines(&self, file: FileId, span: Span) -> RangeInclusive<usize> {
        let source = &self.site.sources[file];
        let first = source.position(span.start as usize).line;
        // A span over whole lines ends where the next line begins.
        let last = (span.end as usize).saturating_sub(1).max(span.start as usize);
        first..=source.position(last).line
    }
}
