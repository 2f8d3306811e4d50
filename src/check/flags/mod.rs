//! Rules about feature flags: the registry, the places that name a flag, and the record of changes.

pub mod broken_chain;
pub mod edited_event;
pub mod expired;
pub mod future_event;
pub mod missing_default;
pub mod missing_description;
pub mod missing_expiry;
pub mod missing_history;
pub mod missing_owner;
pub mod missing_reason;
pub mod out_of_order;
pub mod unknown_flag;
pub mod unreferenced_flag;

mod chains;

use crate::check::Context;
use crate::model::{Flag, FlagEvent};
use crate::source::{FileId, Span};

/// Entities that were written together: the rows of a table, the entries of a list, those of one page's front matter.
struct Group<'a, T> {
    /// File that holds them.
    file: FileId,
    /// The table's header, or the first of them.
    head: Span,
    /// The entities, in order.
    members: Vec<&'a T>,
}

/// The registries of flags.
fn registries<'a>(cx: &Context<'a>) -> Vec<Group<'a, Flag>> {
    group(cx, &cx.site.plan.flags, "flags", |flag| (flag.file, flag.span, flag.key.span))
}

/// The records of changes, each in the order in which it is written.
fn records<'a>(cx: &Context<'a>) -> Vec<Group<'a, FlagEvent>> {
    let mut records = Vec::new();
    for document in cx.published() {
        records.extend(group(cx, &document.plan.events, "events", |event| (event.file, event.span, event.flag.span)));
    }
    records
}

/// A table by its file and place; all that stands in no table of a file belongs together too.
type Table = (FileId, Option<Span>);

fn group<'a, T>(
    cx: &Context<'a>,
    all: &'a [T],
    class: &str,
    place: impl Fn(&T) -> (FileId, Span, Span),
) -> Vec<Group<'a, T>> {
    let mut groups: Vec<(Table, Group<'a, T>)> = Vec::new();
    for member in all {
        let (file, span, name) = place(member);
        let table = table(cx, file, span, class);
        let same = groups.iter_mut().find(|(place, _)| *place == (file, table));
        match same {
            Some((_, group)) => group.members.push(member),
            None => {
                let head = table.map_or(name, |table| first_line(cx, file, table));
                groups.push(((file, table), Group { file, head, members: vec![member] }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The table of that class in which a row stands.
fn table(cx: &Context<'_>, file: FileId, row: Span, class: &str) -> Option<Span> {
    let document = cx.site.document(cx.site.page_of(file)?);
    let mut tables = document.tables.iter().filter(|table| table.class == class).map(|table| table.span);
    tables.find(|table| table.contains(row.start))
}

fn first_line(cx: &Context<'_>, file: FileId, span: Span) -> Span {
    let line = cx.site.sources[file].slice(span).lines().next().unwrap_or_default().trim_end();
    Span::new(span.start as usize, span.start as usize + line.len())
}

/// A field that every flag of a registry should have.
struct Wanted<'w> {
    /// Its key.
    field: &'static str,
    /// Whether a flag has it.
    has: fn(&Flag) -> bool,
    /// What is said of a flag that lacks it; the key stands in backticks.
    of_flag: &'w dyn Fn(&str) -> String,
    /// What is said of a registry of so many flags that has no such field at all.
    of_registry: &'w dyn Fn(usize) -> String,
    /// What to write.
    help: String,
}

/// Reports each flag that lacks a field; where none of a registry has it, and nothing asks for it, the registry once.
fn report_missing(cx: &mut Context<'_>, wanted: &Wanted<'_>, tolerates: impl Fn(&Group<'_, Flag>) -> bool) {
    for registry in registries(cx) {
        let asked = |flag: &&Flag| (wanted.has)(flag) || flag.blank(wanted.field).is_some();
        let is_asked = registry.members.iter().any(asked);
        if !is_asked && tolerates(&registry) {
            continue;
        }
        if !is_asked && registry.members.len() > 1 {
            let message = (wanted.of_registry)(registry.members.len());
            let path = cx.site.sources[registry.file].path.clone();
            cx.report(registry.file, registry.head, message).help(wanted.help.clone()).about(path);
            continue;
        }
        for flag in registry.members.iter().filter(|flag| !(wanted.has)(flag)) {
            let place = flag.blank(wanted.field).unwrap_or(flag.key.span);
            let message = (wanted.of_flag)(&crate::check::wording::quoted(&flag.key.value));
            let owner = flag.owner.as_ref().map(|owner| owner.value.as_str());
            cx.report(flag.file, place, message).help(wanted.help.clone()).about(&*flag.key.value).owner(owner);
        }
    }
}

/// Who answers for a flag, where its registry says.
fn owner_of<'a>(cx: &Context<'a>, key: &str) -> Option<&'a str> {
    cx.site.plan.flag(key)?.owner.as_ref().map(|owner| owner.value.as_str())
}
