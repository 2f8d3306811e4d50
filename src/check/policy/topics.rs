//! What a finding is about, where its rule did not say: the item, flag or phase in whose row it stands.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::model::{Plan, Site};
use crate::source::{FileId, Span, Spanned};

/// So many things may begin between a thing and a place inside it, since things nest: a step in a phase.
const NESTING: usize = 64;

/// The things that a page speaks of, each with its place.
#[derive(Debug, Default)]
pub struct Topics<'a> {
    by_file: HashMap<FileId, Vec<Topic<'a>>>,
}

/// One thing of the plan.
#[derive(Clone, Copy, Debug)]
pub struct Topic<'a> {
    /// Its row, entry or section.
    pub span: Span,
    /// Its id, or a flag's key.
    pub id: &'a str,
    /// Who answers for it.
    pub owner: Option<&'a str>,
}

impl<'a> Topics<'a> {
    /// The things in the files that these findings point into.
    #[must_use]
    pub fn around(site: &'a Site, findings: &[Diagnostic]) -> Self {
        let mut by_file = HashMap::new();
        for file in findings.iter().map(|finding| finding.file) {
            if let Some(page) = site.page_of(file) {
                by_file.entry(file).or_insert_with(|| {
                    let mut topics: Vec<Topic<'_>> = topics(&site.document(page).plan).collect();
                    topics.sort_by_key(|topic| topic.span);
                    topics
                });
            }
        }
        Self { by_file }
    }

    /// The innermost thing in which a place lies.
    #[must_use]
    pub fn at(&self, site: &Site, file: FileId, offset: u32) -> Option<Topic<'a>> {
        let topics = self.by_file.get(&file)?;
        let behind = topics.partition_point(|topic| topic.span.start <= offset);
        let holds = |topic: &&Topic<'_>| topic.span.contains(offset) || ends_at(site, file, topic.span, offset);
        topics[..behind].iter().rev().take(NESTING).find(holds).copied()
    }

    /// Says of each finding what it is about and whose that is, where its rule did not.
    pub fn complete(&self, site: &Site, findings: &mut [Diagnostic]) {
        for finding in findings {
            let Some(topic) = self.at(site, finding.file, finding.span.start) else { continue };
            let subject = finding.subject.get_or_insert_with(|| topic.id.to_owned());
            if subject == topic.id && finding.owner.is_none() {
                finding.owner = topic.owner.map(str::to_owned);
            }
        }
    }
}

/// Whether a place is the end of a row, where a cell is missing. A row whose span holds its line break ends on the next line.
fn ends_at(site: &Site, file: FileId, span: Span, offset: u32) -> bool {
    span.end == offset && !site.sources[file].text[..offset as usize].ends_with('\n')
}

/// Everything in a plan that has a name.
pub fn topics(plan: &Plan) -> impl Iterator<Item = Topic<'_>> {
    let items = plan.items().map(|it| Topic { span: it.span, id: &it.id, owner: it.owner.value.name() });
    let flags = plan.flags.iter().map(|it| topic(it.span, &it.key.value, it.owner.as_ref()));
    let events = plan.events.iter().map(|it| topic(it.span, &it.flag.value, None));
    let phases = plan.phases.iter().map(|it| topic(it.span, &it.id, it.owner.as_ref()));
    let metrics = plan.metrics.iter().map(|it| topic(it.span, &it.id, it.owner.as_ref()));
    let steps = plan.rollbacks.iter().flat_map(|rollback| {
        rollback.steps.iter().map(|it| topic(it.span, &it.id, it.owner.as_ref().or(rollback.owner.as_ref())))
    });
    let communications = plan.communications.iter().map(|it| topic(it.span, &it.id, it.owner.as_ref()));
    let risks = plan.risks.iter().map(|it| topic(it.span, &it.id, it.owner.as_ref()));
    let decisions = plan.decisions.iter().map(|it| topic(it.span, &it.id, None));
    let gates = items.chain(flags).chain(events).chain(phases).chain(metrics);
    gates.chain(steps).chain(communications).chain(risks).chain(decisions)
}

fn topic<'a>(span: Span, id: &'a str, owner: Option<&'a Spanned<String>>) -> Topic<'a> {
    Topic { span, id, owner: owner.map(|owner| owner.value.as_str()) }
}
