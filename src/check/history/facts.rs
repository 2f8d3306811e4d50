//! What a plan says, one fact an entity, in a form in which two plans can be compared.

use crate::lang::Lang;
use crate::model::{ChecklistItem, Criterion, Flag, FlagEvent, Owner, Phase, Plan, Risk, Rollback, Status};
use crate::say;
use crate::source::{FileId, Sources, Span, Spanned};

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Noun {
    /// An item of a checklist.
    Item,
    /// A flag of the registry.
    Flag,
    /// A change of a flag.
    Event,
    /// A phase.
    Phase,
    /// A metric.
    Metric,
    /// A rollback procedure.
    Rollback,
    /// A communication.
    Communication,
    /// A risk.
    Risk,
    /// A decision.
    Decision,
    /// A closing report.
    Report,
    /// The text of a page.
    Page,
}

impl Noun {
    /// Every noun, in the order of messages.
    pub const ALL: [Self; 11] = [
        Self::Item,
        Self::Flag,
        Self::Event,
        Self::Phase,
        Self::Metric,
        Self::Rollback,
        Self::Communication,
        Self::Risk,
        Self::Decision,
        Self::Report,
        Self::Page,
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self, lang: Lang) -> String {
        match self {
            Self::Item => say!(lang, en: "item", es: "ítem", pt: "item"),
            Self::Flag => say!(lang, en: "flag", es: "flag", pt: "flag"),
            Self::Event => say!(lang, en: "change of flag", es: "cambio del flag", pt: "mudança da flag"),
            Self::Phase => say!(lang, en: "phase", es: "fase", pt: "fase"),
            Self::Metric => say!(lang, en: "metric", es: "métrica", pt: "métrica"),
            Self::Rollback => say!(lang, en: "rollback", es: "rollback", pt: "rollback"),
            Self::Communication => say!(lang, en: "communication", es: "comunicación", pt: "comunicação"),
            Self::Risk => say!(lang, en: "risk", es: "riesgo", pt: "risco"),
            Self::Decision => say!(lang, en: "decision", es: "decisión", pt: "decisão"),
            Self::Report => say!(lang, en: "report", es: "informe", pt: "relatório"),
            Self::Page => say!(lang, en: "page", es: "página", pt: "página"),
        }
    }
}

/// One entity of a plan.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    /// What it is about.
    pub noun: Noun,
    /// File that holds it.
    pub file: FileId,
    /// Path of that file.
    pub path: &'a str,
    /// Where it is named.
    pub span: Span,
    /// By what it is found again, besides its name.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Everything else that it says: what counts, and what is shown.
    pub fields: Vec<Value>,
}

/// One value of a fact.
#[derive(Clone, Debug, Default)]
pub struct Value {
    /// What counts in a comparison.
    pub meaning: String,
    /// As written.
    pub written: String,
}

impl Value {
    fn of(text: &str) -> Self {
        let meaning = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { meaning, written: text.to_owned() }
    }
}

/// The facts of a plan whose entities stand in `sources`.
#[must_use]
pub fn facts<'a>(plan: &Plan, sources: &'a Sources) -> Vec<Fact<'a>> {
    let fact = |noun, file: FileId, span, id: &str, name: &str, fields: Vec<Value>| Fact {
        noun,
        file,
        path: &sources[file].path,
        span,
        id: id.to_owned(),
        name: name.to_owned(),
        fields,
    };
    let mut facts = Vec::new();
    facts.extend(plan.items().map(|it| fact(Noun::Item, it.file, it.text.span, &it.id, &it.text.value, item(it))));
    let key = |it: &'_ Flag| it.key.value.clone();
    facts.extend(plan.flags.iter().map(|it| fact(Noun::Flag, it.file, it.key.span, &key(it), &key(it), flag(it))));
    facts.extend(plan.events.iter().map(|it| {
        let values = event(it);
        let id = values.iter().map(|value| value.meaning.as_str()).collect::<Vec<_>>().join("\n");
        fact(Noun::Event, it.file, it.flag.span, &format!("{}\n{id}", it.flag.value), &it.flag.value, values)
    }));
    facts.extend(
        plan.phases.iter().map(|it| fact(Noun::Phase, it.file, it.name.span, &it.id, &it.name.value, phase(it))),
    );
    facts.extend(plan.metrics.iter().map(|it| {
        let values = texts([&it.group, &it.source, &it.threshold, &it.owner]);
        fact(Noun::Metric, it.file, it.name.span, &it.id, &it.name.value, values)
    }));
    facts.extend(
        plan.rollbacks.iter().map(|it| fact(Noun::Rollback, it.file, start(it.span), "rollback", "", rollback(it))),
    );
    facts.extend(plan.communications.iter().map(|it| {
        let values = texts([&it.moment, &it.channel, &it.audience, &it.date, &it.owner, &it.status]);
        fact(Noun::Communication, it.file, it.text.span, &it.id, &it.text.value, values)
    }));
    facts.extend(plan.risks.iter().map(|it| fact(Noun::Risk, it.file, it.name.span, &it.id, &it.name.value, risk(it))));
    facts.extend(plan.decisions.iter().map(|it| {
        let mut values = texts([&it.verdict, &it.approver, &it.reason]);
        values.push(Value::of(&it.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default()));
        fact(Noun::Decision, it.file, it.subject.span, &it.id, &it.subject.value, values)
    }));
    facts.extend(plan.reports.iter().map(|it| {
        let parts = it.parts.iter().map(|part| Value::of(&part.value)).collect();
        fact(Noun::Report, it.file, it.title.span, "report", &it.title.value, parts)
    }));
    facts
}

const fn start(span: Span) -> Span {
    Span::at(span.start as usize)
}

fn texts<const N: usize>(fields: [&Option<Spanned<String>>; N]) -> Vec<Value> {
    fields.into_iter().map(|field| Value::of(field.as_ref().map_or("", |field| &field.value))).collect()
}

/// A status means its word, whatever sign stands for it.
fn status(known: Option<Status>, written: &str) -> Value {
    let meaning = known.map_or_else(|| Value::of(written).meaning, |status| status.key().to_owned());
    Value { meaning, written: written.to_owned() }
}

fn item(item: &ChecklistItem) -> Vec<Value> {
    let owner = match &item.owner.value {
        Owner::Named(name) => name,
        Owner::Missing(_) => "",
    };
    let mut values =
        vec![status(item.status.value.known(), &item.status_text), Value::of(owner), Value::of(&item.text.value)];
    values.extend(texts([&item.phase, &item.due, &item.evidence, &item.blocked_by, &item.approver, &item.reason]));
    values.push(Value::of(if item.required { "" } else { "-" }));
    values
}

fn flag(flag: &Flag) -> Vec<Value> {
    texts([&flag.default, &flag.owner, &flag.expires, &flag.description, &flag.remarks])
}

fn event(event: &FlagEvent) -> Vec<Value> {
    texts([&event.date, &event.scope, &event.from, &event.to, &event.author, &event.reason])
}

fn phase(phase: &Phase) -> Vec<Value> {
    let known = phase.status.as_ref().and_then(|status| status.value.known());
    let mut values = vec![Value::of(&phase.name.value), status(known, "")];
    values.extend(texts([&phase.window, &phase.audience, &phase.actions, &phase.owner]));
    values.push(criteria(&phase.entry));
    values.push(criteria(&phase.exit));
    values
}

fn criteria(criteria: &[Criterion]) -> Value {
    Value::of(&criteria.iter().map(|criterion| criterion.text.value.as_str()).collect::<Vec<_>>().join("; "))
}

fn rollback(rollback: &Rollback) -> Vec<Value> {
    let mut values = texts([&rollback.trigger, &rollback.owner]);
    for step in &rollback.steps {
        values.push(Value::of(&step.text.value));
        values.extend(texts([&step.owner]));
        values.extend(step.substeps.iter().map(|substep| Value::of(&substep.value)));
    }
    values
}

fn risk(risk: &Risk) -> Vec<Value> {
    let level = |level: &Option<Spanned<crate::model::LevelReading>>| {
        Value::of(level.as_ref().map_or("", |level| &level.value.text))
    };
    let mut values = vec![Value::of(&risk.name.value), level(&risk.probability), level(&risk.impact)];
    values.extend(texts([&risk.score, &risk.mitigation, &risk.trigger, &risk.owner, &risk.status]));
    values
}
