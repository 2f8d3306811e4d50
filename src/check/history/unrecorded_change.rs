//! `history/unrecorded-change`

use crate::check::Context;
use crate::check::history::facts::{Fact, Noun, Value, facts};
use crate::check::history::pairs::{Identity, pair};
use crate::check::rule::rule;
use crate::check::wording::quoted;
use crate::diagnostic::Severity;
use crate::fields::{FieldSpec, FieldType};
use crate::lang::Lang;
use crate::model::{Document, Kind, Plan, Previous};
use crate::say;
use crate::source::{FileId, Sources, Span};

rule! {
    /// ## What it does
    /// Compares the plan with the last revision in `rollout-history/`: checklist items, flags and their changes, phases, metrics,
    /// rollback, communications, risks, decisions, reports, the waivers, and the text of pages that are part of the plan. A
    /// manual may change freely; so may white space, the width of a table's columns, and the sign for a status.
    ///
    /// Where nothing was ever kept, it says so once, as a note. With `rollbook check --require-revision` both are errors.
    ///
    /// ## Why it matters
    /// The revisions answer what was planned when, and who decided it. They only do so as long as each change of the plan is kept.
    ///
    /// ## Example
    /// The last revision kept the first form; today the page has the second:
    ///
    /// ```markdown @1 content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item             | Owner   | Status |
    /// |------------------|---------|--------|
    /// | QA cycles passed | QA Lead | ⏳     |
    /// ```
    /// ```markdown content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item             | Owner  | Status |
    /// |------------------|--------|--------|
    /// | QA cycles passed | DevOps | ⏳     |
    /// ```
    ///
    /// ## Use instead
    /// `rollbook snapshot -m "QA goes to DevOps"`, in the same change:
    ///
    /// ```markdown @1 content/checklist.md
    /// ---
    /// kind: checklist
    /// ---
    ///
    /// | Item             | Owner  | Status |
    /// |------------------|--------|--------|
    /// | QA cycles passed | DevOps | ⏳     |
    /// ```
    ///
    /// ## Options
    /// `text: false` compares only the items, flags, phases and so on, and no longer the text around them.
    pub static UNRECORDED_CHANGE = "history/unrecorded-change", Warning, check, options: OPTIONS;
}

const OPTIONS: &[FieldSpec] = &[FieldSpec { name: "text", takes: FieldType::Bool }];

/// Waivers say what was let pass, and so they are part of the plan.
const WAIVERS: &str = "rollbook-waivers.yaml";

/// So many changes are named.
const NAMED: usize = 3;

/// One thing that is not as the last revision has it.
struct Difference {
    noun: Noun,
    /// Where it stands today; nowhere if it is gone.
    place: Option<(FileId, Span)>,
    /// Path of its file, today's or that of the revision.
    path: String,
    words: String,
}

fn check(cx: &mut Context<'_>) {
    match &cx.past.previous {
        Some(previous) => report_changes(cx, previous),
        None if cx.past.examined && cx.past.revisions == 0 && cx.past.faults.is_empty() => report_none(cx),
        None => {}
    }
}

fn report_changes(cx: &mut Context<'_>, previous: &Previous) {
    let lang = cx.lang;
    let differences = differences(cx, previous);
    if differences.is_empty() {
        return;
    }
    let (file, span) = place(cx, &differences).unwrap_or((previous.manifest, Span::default()));
    let label = &previous.label;
    let named: Vec<&str> = differences.iter().take(NAMED).map(|difference| difference.words.as_str()).collect();
    let (named, more) = (named.join(", "), differences.len().saturating_sub(NAMED));
    let message = match more {
        0 => say!(
            lang,
            en: "the plan changed since revision {label}: {named}",
            es: "el plan cambió desde la revisión {label}: {named}",
            pt: "o plano mudou desde a revisão {label}: {named}"
        ),
        _ => say!(
            lang,
            en: "the plan changed since revision {label}: {named}, and {more} more",
            es: "el plan cambió desde la revisión {label}: {named} y {more} más",
            pt: "o plano mudou desde a revisão {label}: {named} e mais {more}"
        ),
    };
    let severity = cx.require_revision.then_some(Severity::Error);
    let finding = cx.report(file, span, message).help(keep_it(lang)).about(label.clone());
    if let Some(severity) = severity {
        finding.severity(severity);
    }
}

/// The first change that can be seen today; else the page from which something is gone.
fn place(cx: &Context<'_>, differences: &[Difference]) -> Option<(FileId, Span)> {
    let page = |difference: &Difference| {
        let mut pages = cx.published().map(|document| document.file);
        pages.find(|file| cx.site.sources[*file].path == difference.path).map(|file| (file, Span::default()))
    };
    differences.iter().find_map(|difference| difference.place).or_else(|| differences.iter().find_map(page))
}

fn keep_it(lang: Lang) -> String {
    say!(
        lang,
        en: "keep it with `rollbook snapshot -m \"why\"`, and commit the new folder with this change",
        es: "guárdelo con `rollbook snapshot -m \"por qué\"` y confirme la carpeta nueva junto con este cambio",
        pt: "guarde-o com `rollbook snapshot -m \"por quê\"` e confirme a pasta nova junto com esta mudança"
    )
}

/// With so many different parts a plan is large enough to be told that no revision of it is kept.
const ENOUGH_TO_KEEP: usize = 3;

/// A plan of which no revision was ever kept: a note on its first page.
fn report_none(cx: &mut Context<'_>) {
    let lang = cx.lang;
    let pages = || cx.site.documents.iter().filter(|document| document.kind.is_part_of_a_plan());
    let Some(page) = pages().find(|document| document.kind == Kind::Plan).or_else(|| pages().next()) else { return };
    // A checklist alone is kept by its repository well enough; nobody should be told at each check.
    if !cx.require_revision && kinds_of_entities(&cx.site.plan) < ENOUGH_TO_KEEP {
        return;
    }
    let severity = if cx.require_revision { Severity::Error } else { Severity::Info };
    let message = say!(
        lang,
        en: "no revision of the plan is kept yet",
        es: "todavía no se guarda ninguna revisión del plan",
        pt: "ainda não há nenhuma revisão do plano guardada"
    );
    let help = say!(
        lang,
        en: "keep the first with `rollbook snapshot -m \"why\"`, and commit `rollout-history/`",
        es: "guarde la primera con `rollbook snapshot -m \"por qué\"` y confirme `rollout-history/`",
        pt: "guarde a primeira com `rollbook snapshot -m \"por quê\"` e confirme `rollout-history/`"
    );
    cx.report(page.file, Span::default(), message).help(help).severity(severity);
}

/// How many of the parts of a plan there are.
fn kinds_of_entities(plan: &Plan) -> usize {
    let parts = [
        plan.checklists.is_empty(),
        plan.flags.is_empty(),
        plan.phases.is_empty(),
        plan.metrics.is_empty(),
        plan.rollbacks.is_empty(),
        plan.communications.is_empty(),
        plan.risks.is_empty(),
    ];
    parts.into_iter().filter(|is_empty| !is_empty).count()
}

fn differences(cx: &Context<'_>, previous: &Previous) -> Vec<Difference> {
    let (before, today) = (facts(&previous.plan, &previous.sources), facts(&cx.site.plan, &cx.site.sources));
    let of_noun = |noun| compare(cx.lang, noun, &of(&before, noun), &of(&today, noun));
    let mut differences: Vec<Difference> = Noun::ALL.into_iter().flat_map(of_noun).collect();
    if cx.options().bool("text") != Some(false) {
        let (before, today) = (pages(&previous.documents, &previous.sources), pages(cx.published(), &cx.site.sources));
        let named: Vec<String> = differences.iter().map(|difference| difference.path.clone()).collect();
        let texts = compare(cx.lang, Noun::Page, &before, &today);
        // A page whose entities are named already needs no second mention.
        differences.extend(texts.into_iter().filter(|difference| !named.contains(&difference.path)));
    }
    if let Some((path, _)) = previous.changes.iter().find(|(path, _)| path == WAIVERS) {
        differences.push(Difference { noun: Noun::Page, place: None, path: path.clone(), words: quoted(path) });
    }
    differences.sort_by_key(|difference| difference.noun);
    differences
}

fn of<'a>(facts: &[Fact<'a>], noun: Noun) -> Vec<Fact<'a>> {
    facts.iter().filter(|fact| fact.noun == noun).cloned().collect()
}

/// What became of the facts of one noun.
fn compare(lang: Lang, noun: Noun, before: &[Fact<'_>], today: &[Fact<'_>]) -> Vec<Difference> {
    let partners = pair(&identities(before), &identities(today));
    let mut differences = Vec::new();
    let mut is_new = vec![true; today.len()];
    for (fact, partner) in before.iter().zip(&partners) {
        match partner.map(|index| (index, &today[index])) {
            Some((index, now)) => {
                is_new[index] = false;
                differences.extend(changed(lang, fact, now));
            }
            None => differences.push(gone(lang, fact)),
        }
    }
    let new = today.iter().zip(is_new).filter(|(_, is_new)| *is_new).map(|(fact, _)| Difference {
        noun,
        place: Some((fact.file, fact.span)),
        path: fact.path.to_owned(),
        words: new(lang, fact),
    });
    differences.extend(new);
    differences
}

fn identities<'a>(facts: &'a [Fact<'_>]) -> Vec<Identity<'a>> {
    let identity = |fact: &'a Fact<'_>| match fact.noun {
        // A key is a name: near to it is another flag. A change that says something else is another change.
        Noun::Flag | Noun::Event => Identity { path: "", id: &fact.id, text: "" },
        // A page that moved is told by its text.
        Noun::Page => Identity { path: "", id: &fact.id, text: &fact.fields[0].meaning },
        _ => Identity { path: fact.path, id: &fact.id, text: &fact.name },
    };
    facts.iter().map(identity).collect()
}

fn changed(lang: Lang, before: &Fact<'_>, now: &Fact<'_>) -> Option<Difference> {
    let differs = |(a, b): &(&Value, &Value)| a.meaning != b.meaning;
    let changes: Vec<(&Value, &Value)> = before.fields.iter().zip(&now.fields).filter(differs).collect();
    if changes.is_empty() && before.fields.len() == now.fields.len() {
        return None;
    }
    let words = match changes.as_slice() {
        [(a, b)] if now.noun != Noun::Page && is_short(a) && is_short(b) => {
            format!("{} ({} → {})", subject(lang, now), shown(a), shown(b))
        }
        _ => subject(lang, now),
    };
    Some(Difference { noun: now.noun, place: Some((now.file, now.span)), path: now.path.to_owned(), words })
}

fn is_short(value: &Value) -> bool {
    value.written.chars().count() <= 24
}

fn shown(value: &Value) -> String {
    if value.written.trim().is_empty() { "–".to_owned() } else { quoted(&value.written) }
}

fn gone(lang: Lang, fact: &Fact<'_>) -> Difference {
    let subject = subject(lang, fact);
    let words = say!(lang, en: "{subject} gone", es: "baja: {subject}", pt: "remoção: {subject}");
    Difference { noun: fact.noun, place: None, path: fact.path.to_owned(), words }
}

fn new(lang: Lang, fact: &Fact<'_>) -> String {
    let subject = subject(lang, fact);
    say!(lang, en: "new {subject}", es: "alta: {subject}", pt: "inclusão: {subject}")
}

fn subject(lang: Lang, fact: &Fact<'_>) -> String {
    let word = fact.noun.word(lang);
    if fact.name.trim().is_empty() { word } else { format!("{word} {}", quoted(&fact.name)) }
}

/// The pages that are part of the plan, by their words.
fn pages<'a, 'd>(documents: impl IntoIterator<Item = &'d Document>, sources: &'a Sources) -> Vec<Fact<'a>> {
    let of_the_plan = documents.into_iter().filter(|document| document.kind.is_part_of_a_plan());
    of_the_plan
        .map(|document| {
            let source = &sources[document.file];
            let words = words(&source.text[document.body..]);
            Fact {
                noun: Noun::Page,
                file: document.file,
                path: &source.path,
                span: Span::at(document.body),
                id: source.path.clone(),
                name: source.path.clone(),
                fields: vec![Value { meaning: words, written: String::new() }],
            }
        })
        .collect()
}

/// A text without what only lays it out: white space, pipes, the line under a table's header, emphasis and code marks.
fn words(text: &str) -> String {
    let text = text.replace(['*', '`'], "");
    let words = text.split(|c: char| c.is_whitespace() || c == '|');
    words.filter(|word| word.contains(|c| !matches!(c, '-' | ':'))).collect::<Vec<_>>().join(" ")
}
