//! What pages of revisions get.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Common;
use super::frame::LinkTo;
use crate::lang::Lang;
use crate::model::{Change, Revision, Status};
use crate::render::dates::Date;

#[derive(Serialize)]
pub(super) struct RevisionContext {
    number: u32,
    label: String,
    message: String,
    author: String,
    date: Date,
    phase: Option<String>,
    href: String,
    added: usize,
    changed: usize,
    removed: usize,
    renamed: usize,
    total: usize,
    hash: String,
    parent: Option<String>,
    summary: Option<SummaryContext>,
}

#[derive(Serialize)]
pub(super) struct SummaryContext {
    total: usize,
    done: usize,
    open: usize,
}

#[derive(Serialize)]
pub(super) struct FileContext {
    path: String,
    change: &'static str,
    from: Option<String>,
    bytes: u64,
    stored_in: String,
}

impl<'a> Common<'a> {
    pub(super) fn latest_revision(&self, lang: Lang) -> Option<RevisionContext> {
        self.renderer.revisions.len().checked_sub(1).map(|last| self.revision_context(last, lang))
    }

    pub(super) fn revision_context(&self, index: usize, lang: Lang) -> RevisionContext {
        let revision = &self.renderer.revisions[index];
        let changes = revision.changes(self.parent(index));
        let count = |wanted: fn(&Change) -> bool| changes.iter().filter(|(_, change)| wanted(change)).count();
        RevisionContext {
            number: revision.number,
            label: revision.label(),
            message: revision.message.clone(),
            author: revision.author.clone(),
            date: Date::new(revision.date.date_naive(), lang),
            phase: revision.phase.clone(),
            href: self.out.link_to(&self.renderer.views.revision_pages()[index]),
            added: count(|change| matches!(change, Change::Added)),
            changed: count(|change| matches!(change, Change::Changed)),
            removed: count(|change| matches!(change, Change::Removed)),
            renamed: count(|change| matches!(change, Change::Renamed { .. })),
            total: revision.files.len(),
            hash: revision.hash.clone(),
            parent: revision.parent.clone(),
            summary: summary(revision),
        }
    }

    pub(super) fn parent(&self, index: usize) -> Option<&'a Revision> {
        index.checked_sub(1).map(|parent| &self.renderer.revisions[parent])
    }

    pub(super) fn revision_link(&self, index: usize, lang: Lang) -> Option<LinkTo> {
        let revision = self.renderer.revisions.get(index)?;
        let title = self.strings(lang).fill("header.revision", "label", &revision.label());
        Some(LinkTo { title, href: self.out.link_to(&self.renderer.views.revision_pages()[index]) })
    }

    pub(super) fn files(&self, index: usize) -> Vec<FileContext> {
        let revision = &self.renderer.revisions[index];
        let records: BTreeMap<&str, _> = revision.files.iter().map(|file| (file.path.as_str(), file)).collect();
        let file = |(path, change): (&str, Change)| {
            let record = records.get(path);
            FileContext {
                path: path.to_owned(),
                bytes: record.map_or(0, |record| record.bytes),
                stored_in: record.map_or_else(String::new, |record| format!("{:04}", record.revision)),
                change: match change {
                    Change::Added => "added",
                    Change::Changed => "changed",
                    Change::Renamed { .. } => "renamed",
                    Change::Unchanged => "unchanged",
                    Change::Removed => "removed",
                },
                from: if let Change::Renamed { from } = change { Some(from) } else { None },
            }
        };
        revision.changes(self.parent(index)).into_iter().map(file).collect()
    }
}

fn summary(revision: &Revision) -> Option<SummaryContext> {
    let count = |status: &str| revision.summary.items.get(status).copied().unwrap_or_default();
    let total: usize = revision.summary.items.values().sum();
    let done = count(Status::Done.key());
    let open = total - done - count(Status::NotApplicable.key());
    (total > 0).then_some(SummaryContext { total, done, open })
}
