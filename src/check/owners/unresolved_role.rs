//! `owners/unresolved-role`

use std::collections::HashMap;

use crate::check::Context;
use crate::check::rule::rule;
use crate::check::wording::{did_you_mean, quoted};
use crate::config::Config;
use crate::model::{Document, Owner, Plan};
use crate::say;
use crate::source::{FileId, Span, Spanned};
use crate::words::{fold, nearest};

rule! {
    /// ## What it does
    /// Finds owners that `people:` of the settings does not name: of checklist items, flags, phases, metrics, rollback procedures and steps,
    /// communications, risks and pages. Case and accents do not matter. In a cell that names several (`A + B`, `PM/Tech Lead`, `A, B`) each has
    /// to be known, but a name that is known as a whole wins: `Producto/CS`. Without `people:` nothing is found.
    ///
    /// ## Why it matters
    /// A name that nobody carries is as good as no name, and it looks much better.
    ///
    /// ## Example
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Laed | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook.yaml
    /// people:
    ///   QA Lead: {aliases: [QA]}
    ///   DevOps:
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// | Item                | Owner   | Status |
    /// |---------------------|---------|--------|
    /// | QA cycles completed | QA Lead | ⏳     |
    /// ```
    ///
    /// ```yaml rollbook.yaml
    /// people:
    ///   QA Lead: {aliases: [QA]}
    ///   DevOps:
    /// ```
    ///
    /// ## Options
    /// None.
    pub static UNRESOLVED_ROLE = "owners/unresolved-role", Warning, check;
}

/// What stands between the names of a cell; `/` last, since it also stands inside of names.
const BETWEEN: [&[char]; 2] = [&['+', ',', ';', '&'], &['/']];

fn check(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let known = Known::new(&cx.site.config);
    if known.names.is_empty() {
        return;
    }
    for (file, owner, subject) in cx.site.documents.iter().flat_map(owners) {
        let text = cx.site.sources[file].slice(owner.span);
        for part in known.unknown_parts(owner.value) {
            let name = quoted(part);
            let message = say!(
                lang,
                en: "{name} is nobody that `people:` in `rollbook.yaml` names",
                es: "{name} no está entre los roles de `people:` en `rollbook.yaml`",
                pt: "{name} não está entre os papéis de `people:` em `rollbook.yaml`"
            );
            let span = text.find(part).map_or(owner.span, |at| {
                let start = owner.span.start as usize + at;
                Span::new(start, start + part.len())
            });
            let help = known.nearest(part).map(|near| did_you_mean(lang, near));
            let help = help.unwrap_or_else(|| {
                say!(
                    lang,
                    en: "write a role that is named there, or name this one, too",
                    es: "escriba un rol que esté ahí, o agregue este también",
                    pt: "escreva um papel que esteja ali, ou acrescente este também"
                )
            });
            let finding = cx.report(file, span, message).help(help).owner(Some(part));
            if let Some(subject) = subject {
                finding.about(subject);
            }
        }
    }
}

/// An owner as written, and what it owns.
type Owned<'a> = (FileId, Spanned<&'a str>, Option<&'a str>);

/// Every owner that a page names.
fn owners(document: &Document) -> Vec<Owned<'_>> {
    let front_matter = [Some(&document.front_matter), document.front_matter.cascade.as_deref()];
    let of_page = front_matter.into_iter().flatten().filter_map(|fields| fields.owner.as_ref());
    let of_page = of_page.map(|owner| (document.file, spanned(owner), None));
    of_page.chain(owners_in(&document.plan)).collect()
}

fn owners_in(plan: &Plan) -> impl Iterator<Item = Owned<'_>> {
    let items = plan.items().filter_map(|it| match &it.owner.value {
        Owner::Named(name) => Some((it.file, Spanned::new(name.as_str(), it.owner.span), Some(it.id.as_str()))),
        Owner::Missing(_) => None,
    });
    let flags = plan.flags.iter().map(|it| (it.file, it.owner.as_ref(), it.key.value.as_str()));
    let phases = plan.phases.iter().map(|it| (it.file, it.owner.as_ref(), it.id.as_str()));
    let metrics = plan.metrics.iter().map(|it| (it.file, it.owner.as_ref(), it.id.as_str()));
    let communications = plan.communications.iter().map(|it| (it.file, it.owner.as_ref(), it.id.as_str()));
    let risks = plan.risks.iter().map(|it| (it.file, it.owner.as_ref(), it.id.as_str()));
    let rollbacks = plan.rollbacks.iter().map(|it| (it.file, it.owner.as_ref(), None));
    let steps = plan
        .rollbacks
        .iter()
        .flat_map(|rollback| rollback.steps.iter().map(|it| (rollback.file, it.owner.as_ref(), it.id.as_str())));
    let named = flags.chain(phases).chain(metrics).chain(communications).chain(risks).chain(steps);
    let optional = named.map(|(file, owner, id)| (file, owner, Some(id))).chain(rollbacks);
    items.chain(optional.filter_map(|(file, owner, id)| Some((file, spanned(owner?), id))))
}

fn spanned(owner: &Spanned<String>) -> Spanned<&str> {
    Spanned::new(owner.value.as_str(), owner.span)
}

/// The names that the settings know, by their folded form.
struct Known<'a> {
    names: HashMap<String, &'a str>,
}

impl<'a> Known<'a> {
    fn new(config: &'a Config) -> Self {
        let names = config.people.iter().flat_map(|person| person.names());
        Self { names: names.map(|name| (fold(name), name)).collect() }
    }

    /// The parts of a cell that are no known name, as written.
    fn unknown_parts<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.unknown_below(text, &BETWEEN)
    }

    fn unknown_below<'t>(&self, text: &'t str, between: &[&[char]]) -> Vec<&'t str> {
        let text = text.trim();
        // What has no letters is no name: `-`, `—`, a lone sign between two names.
        if !text.contains(char::is_alphanumeric) || self.names.contains_key(&fold(text)) {
            return Vec::new();
        }
        let Some((first, rest)) = between.split_first() else { return vec![text] };
        text.split(*first).flat_map(|part| self.unknown_below(part, rest)).collect()
    }

    fn nearest(&self, name: &str) -> Option<&'a str> {
        let mut folded: Vec<&str> = self.names.keys().map(String::as_str).collect();
        folded.sort_unstable();
        nearest(&fold(name), folded).and_then(|near| self.names.get(near).copied())
    }
}
