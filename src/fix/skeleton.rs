//! What a page reads as, line by line, so that two readings can be compared.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::model::{Checklist, ChecklistItem, Document, ItemOrigin, Site};
use crate::source::{FileId, LineIndex, Span};

/// Everything that reading found on a page.
#[derive(Debug)]
pub struct Skeleton {
    /// Headings, links and code.
    markdown: Vec<Bone>,
    /// Parts of the plan.
    plan: Vec<Bone>,
    /// Lines of headings and links. Whether code could name something depends on its letters.
    shape: Vec<usize>,
}

/// One of these, with the lines on which it depends.
#[derive(Debug)]
struct Bone {
    lines: RangeInclusive<usize>,
    /// The line of the headers, for a row.
    header: Option<usize>,
    what: String,
}

impl Skeleton {
    /// Takes the skeleton of a page.
    pub fn of(site: &Site, file: FileId) -> Self {
        let document = site.page_of(file).map(|page| site.document(page));
        let index = site.sources[file].lines();
        let markdown = document.map_or_else(Vec::new, |document| markdown(document, index));
        let plan = document.map_or_else(Vec::new, |document| plan(document, index));
        let line = |span: Span| index.line_of(span.start as usize);
        let shape = document.map_or_else(Vec::new, |document| {
            let headings = document.headings.iter().map(|heading| line(heading.span));
            headings.chain(document.links.iter().map(|link| line(link.span))).collect()
        });
        Self { markdown, plan, shape }
    }

    /// Whether headings and links are as many on the same lines, whatever they say.
    pub fn has_shape_of(&self, other: &Self) -> bool {
        self.shape == other.shape
    }

    /// Whether both are the same but for what depends on these lines.
    pub fn equals_outside(&self, other: &Self, lines: &BTreeSet<usize>) -> bool {
        let outside = |bones: &[Bone]| -> Vec<String> {
            let untouched = bones.iter().filter(|bone| {
                let by_header = bone.header.is_some_and(|header| lines.contains(&header));
                !by_header && lines.range(bone.lines.clone()).next().is_none()
            });
            untouched.map(|bone| format!("{} {}", bone.lines.start(), bone.what)).collect()
        };
        outside(&self.markdown) == outside(&other.markdown) && outside(&self.plan) == outside(&other.plan)
    }
}

fn bone(index: &LineIndex, span: Span, what: String) -> Bone {
    let last = span.end.max(span.start + 1) as usize - 1;
    Bone { lines: index.line_of(span.start as usize)..=index.line_of(last), header: None, what }
}

fn markdown(document: &Document, index: &LineIndex) -> Vec<Bone> {
    let headings =
        document.headings.iter().map(|it| bone(index, it.span, format!("{} {} {}", it.level, it.text, it.id)));
    let links = document.links.iter().map(|it| bone(index, it.span, format!("{:?} {}", it.kind, it.destination)));
    let mentions = document.mentions.iter().map(|it| bone(index, it.span, it.text.clone()));
    headings.chain(links).chain(mentions).collect()
}

fn plan(document: &Document, index: &LineIndex) -> Vec<Bone> {
    let plan = &document.plan;
    let mut bones = vec![bone(index, Span::default(), format!("{:?}", document.kind))];
    bones.extend(plan.checklists.iter().map(|list| bone(index, list.span, list.items.len().to_string())));
    bones.extend(plan.checklists.iter().flat_map(|list| items(list, index)));
    let mut add = |span: Span, what: String| bones.push(bone(index, span, what));
    plan.flags.iter().for_each(|it| add(it.span, format!("{} {:?}", it.key.value, it.default_on)));
    plan.events.iter().for_each(|it| add(it.span, it.flag.value.clone()));
    plan.phases.iter().for_each(|it| add(it.span, format!("{} {} {}", it.name.value, it.entry.len(), it.exit.len())));
    plan.metrics.iter().for_each(|it| add(it.span, it.name.value.clone()));
    plan.rollbacks.iter().for_each(|it| add(it.span, it.steps.len().to_string()));
    plan.communications.iter().for_each(|it| add(it.span, it.text.value.clone()));
    plan.risks.iter().for_each(|it| add(it.span, it.name.value.clone()));
    plan.decisions.iter().for_each(|it| add(it.span, "decision".to_owned()));
    bones
}

/// The items of a list. In a table they depend on the first line too, which holds the headers.
fn items<'a>(list: &'a Checklist, index: &'a LineIndex) -> impl Iterator<Item = Bone> + 'a {
    let what = |item: &ChecklistItem| {
        format!("{} {} {:?} {:?}", item.id, item.text.value, item.owner.value.name(), item.status.value.known())
    };
    let header = index.line_of(list.span.start as usize);
    list.items.iter().map(move |item| {
        let header = (item.origin == ItemOrigin::Table).then_some(header);
        Bone { header, ..bone(index, item.span, what(item)) }
    })
}
