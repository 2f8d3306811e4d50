//! `frontmatter/conflicting-fact`

use std::collections::HashMap;

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::model::{ChecklistItem, ItemOrigin};
use crate::say;
use crate::source::{FileId, Spanned};
use crate::words::fold;

rule! {
    /// ## What it does
    /// Finds facts that stand in front matter and in the text with different values: the owner, the status or the date of a
    /// checklist item (same page, same id or same words), the default or the owner of a flag.
    ///
    /// ## Why it matters
    /// Front matter wins, but readers look at the table. One of the two is not true, and nobody knows which.
    ///
    /// ## Example
    /// ```markdown
    /// ---
    /// kind: checklist
    /// checklist:
    ///   - item: Seeds ready
    ///     owner: DevOps
    ///     status: done
    /// ---
    ///
    /// | Item | Owner | Status |
    /// |------|-------|--------|
    /// | Seeds ready | DevOps | ⏳ |
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// ---
    /// kind: checklist
    /// checklist:
    ///   - item: Seeds ready
    ///     owner: DevOps
    ///     status: pending
    /// ---
    ///
    /// | Item | Owner | Status |
    /// |------|-------|--------|
    /// | Seeds ready | DevOps | ⏳ |
    /// ```
    ///
    /// ## Options
    /// None.
    pub static CONFLICTING_FACT = "frontmatter/conflicting-fact", Error, check;
}

fn check(cx: &mut Context<'_>) {
    items(cx);
    flags(cx);
}

/// A value in the text that front matter gives otherwise.
struct Conflict<'a> {
    /// What both are about.
    subject: &'a str,
    /// The fact: `owner`, `status`.
    fact: &'static str,
    in_text: (FileId, Spanned<&'a str>),
    in_front_matter: (FileId, Spanned<&'a str>),
}

fn items(cx: &mut Context<'_>) {
    let site = cx.site;
    let is_front = |item: &&ChecklistItem| item.origin == ItemOrigin::FrontMatter;
    // By file, and by the id or the words that make two of them one.
    let mut in_text: HashMap<(FileId, String), Vec<&ChecklistItem>> = HashMap::new();
    for item in site.plan.items().filter(|item| !is_front(item)) {
        names(item).into_iter().for_each(|name| in_text.entry((item.file, name)).or_default().push(item));
    }
    for front in site.plan.items().filter(is_front) {
        let mut same: Vec<&ChecklistItem> =
            names(front).into_iter().filter_map(|name| in_text.get(&(front.file, name))).flatten().copied().collect();
        same.dedup_by_key(|item| item.span);
        for item in same.into_iter().filter(|item| is_same(item, front)) {
            let conflict = |fact, in_text, in_front| Conflict {
                subject: &item.text.value,
                fact,
                in_text: (item.file, in_text),
                in_front_matter: (front.file, in_front),
            };
            if let (Some(a), Some(b)) = (item.owner.value.name(), front.owner.value.name())
                && fold(a) != fold(b)
            {
                report(cx, conflict("owner", Spanned::new(a, item.owner.span), Spanned::new(b, front.owner.span)));
            }
            if let (Some(a), Some(b)) = (item.status.value.known(), front.status.value.known())
                && a != b
            {
                let in_text = Spanned::new(item.status_text.as_str(), item.status.span);
                let in_front = Spanned::new(front.status_text.as_str(), front.status.span);
                report(cx, conflict("status", in_text, in_front));
            }
            if let (Some(a), Some(b)) = (&item.due, &front.due)
                && fold(&a.value) != fold(&b.value)
            {
                report(cx, conflict("due", Spanned::new(&a.value, a.span), Spanned::new(&b.value, b.span)));
            }
        }
    }
}

/// What an item can be known by: its written id, and its words.
fn names(item: &ChecklistItem) -> Vec<String> {
    let id = item.written_id.as_ref().map(|id| format!("#{}", id.value));
    id.into_iter().chain([fold(&item.text.value)]).collect()
}

fn is_same(a: &ChecklistItem, b: &ChecklistItem) -> bool {
    match (&a.written_id, &b.written_id) {
        (Some(a), Some(b)) => a.value == b.value,
        _ => !fold(&a.text.value).is_empty() && fold(&a.text.value) == fold(&b.text.value),
    }
}

fn flags(cx: &mut Context<'_>) {
    let site = cx.site;
    for front in site.plan.flags.iter().filter(|flag| flag.in_front_matter) {
        for flag in site.plan.flags.iter().filter(|it| !it.in_front_matter && it.key.value == front.key.value) {
            let pairs = [("default", &flag.default, &front.default), ("owner", &flag.owner, &front.owner)];
            for (fact, in_text, in_front) in pairs {
                let (Some(a), Some(b)) = (in_text, in_front) else { continue };
                let both_read = fact == "default" && flag.default_on.is_some() && front.default_on.is_some();
                let differ =
                    if both_read { flag.default_on != front.default_on } else { fold(&a.value) != fold(&b.value) };
                if differ {
                    report(
                        cx,
                        Conflict {
                            subject: &flag.key.value,
                            fact,
                            in_text: (flag.file, Spanned::new(&a.value, a.span)),
                            in_front_matter: (front.file, Spanned::new(&b.value, b.span)),
                        },
                    );
                }
            }
        }
    }
}

fn report(cx: &mut Context<'_>, conflict: Conflict<'_>) {
    let lang = cx.lang;
    let Conflict { subject, fact, in_text: (file, here), in_front_matter: (other, there) } = conflict;
    let (name, here_value, there_value) = (quoted(subject), quoted(here.value), quoted(there.value));
    let message = say!(
        lang,
        en: "{name}: `{fact}` is {here_value} here and {there_value} in the front matter",
        es: "{name}: `{fact}` es {here_value} aquí y {there_value} en el front matter",
        pt: "{name}: `{fact}` é {here_value} aqui e {there_value} no front matter"
    );
    let finding = cx.report(file, here.span, message).about(subject).help(say!(
        lang,
        en: "keep it in one place, or write the same in both",
        es: "déjelo en un solo lugar, o escriba lo mismo en ambos",
        pt: "deixe-o em um só lugar, ou escreva o mesmo nos dois"
    ));
    let label = say!(lang, en: "the other value", es: "el otro valor", pt: "o outro valor");
    finding.label(other, there.span, label);
}
