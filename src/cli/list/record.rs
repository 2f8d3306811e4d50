//! Entities of every kind as rows of one form. Fields have the keys of front matter.

use serde_json::{Value, json};

use crate::check::status_word;
use crate::cli::list::Kind;
use crate::lang::Lang;
use crate::model::{
    Criterion, CriterionReading, ItemOrigin, LevelReading, Owner, Phase, Plan, Site, Status, StatusReading,
};
use crate::say;
use crate::source::{FileId, Span, Spanned};

/// One entity.
#[derive(Debug)]
pub struct Record {
    /// Its file.
    pub file: FileId,
    /// The whole of it.
    pub span: Span,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Where it was written: `table`, `list`, `front_matter` and so on; only where the model knows.
    pub origin: Option<&'static str>,
    /// Its fields, the telling ones first.
    pub fields: Vec<Field>,
}

/// One field of an entity.
#[derive(Debug)]
pub struct Field {
    /// The key in front matter.
    pub key: &'static str,
    /// As written; `None` where nothing is written.
    pub written: Option<String>,
    /// Where that stands or should stand.
    pub span: Span,
    /// As read, for programs, where reading means more than taking the text.
    pub read: Option<Value>,
    /// As read, for people.
    pub note: Option<String>,
}

/// Every entity of a kind.
pub fn records(site: &Site, kind: Kind, lang: Lang) -> Vec<Record> {
    let plan = &site.plan;
    match kind {
        Kind::Items => items(plan, lang),
        Kind::Flags => flags(plan, lang),
        Kind::Events => events(plan),
        Kind::Phases => phases(plan, lang),
        Kind::Criteria => plan.phases.iter().flat_map(|phase| criteria(plan, phase, lang)).collect(),
        Kind::Metrics => metrics(plan),
        Kind::Rollback => rollback(plan),
        Kind::Communications => communications(plan),
        Kind::Risks => risks(plan, lang),
        Kind::Decisions => decisions(plan),
        Kind::Reports => reports(plan),
    }
}

fn text(key: &'static str, value: &Spanned<String>) -> Field {
    Field { key, written: Some(value.value.clone()), span: value.span, read: None, note: None }
}

fn maybe(key: &'static str, value: Option<&Spanned<String>>, whole: Span) -> Field {
    let absent = Field { key, written: None, span: Span::at(whole.end as usize), read: None, note: None };
    value.map_or(absent, |value| text(key, value))
}

const fn origin(in_front_matter: bool) -> Option<&'static str> {
    if in_front_matter { Some("front_matter") } else { Some("markdown") }
}

fn items(plan: &Plan, lang: Lang) -> Vec<Record> {
    let record = |item: &crate::model::ChecklistItem| {
        let owner = match &item.owner.value {
            Owner::Named(name) | Owner::Missing(name) => name.clone(),
        };
        let owner_read = item.owner.value.name();
        let owner = Field {
            key: "owner",
            written: Some(owner),
            span: item.owner.span,
            read: Some(json!(owner_read)),
            note: owner_read.is_none().then(|| say!(lang, en: "nobody", es: "nadie", pt: "ninguém")),
        };
        let status = Field { written: Some(item.status_text.clone()), ..status("status", &item.status, lang) };
        let more = [
            ("phase", &item.phase),
            ("due", &item.due),
            ("evidence", &item.evidence),
            ("blocked_by", &item.blocked_by),
            ("approver", &item.approver),
            ("reason", &item.reason),
        ];
        let more = more.into_iter().map(|(key, value)| maybe(key, value.as_ref(), item.span));
        let origin = match item.origin {
            ItemOrigin::Table => "table",
            ItemOrigin::TaskList => "list",
            ItemOrigin::FrontMatter => "front_matter",
        };
        Record {
            file: item.file,
            span: item.span,
            id: Some(item.id.clone()),
            origin: Some(origin),
            fields: [text("item", &item.text), owner, status].into_iter().chain(more).collect(),
        }
    };
    plan.items().map(record).collect()
}

/// A status with its reading. What was written is known only where the entity keeps it.
fn status(key: &'static str, status: &Spanned<StatusReading>, lang: Lang) -> Field {
    let (reading, note) = match &status.value {
        StatusReading::Known(status) => ("known", status_word(lang, *status)),
        StatusReading::Conflicting { status, .. } => {
            let word = status_word(lang, *status);
            let note = say!(lang, en: "{word} (sign and word disagree)", es: "{word} (signo y palabra no coinciden)", pt: "{word} (sinal e palavra não coincidem)");
            ("conflicting", note)
        }
        StatusReading::Missing => ("missing", say!(lang, en: "missing", es: "falta", pt: "falta")),
        StatusReading::Unknown { .. } => {
            ("unknown", say!(lang, en: "not understood", es: "no se entiende", pt: "não se entende"))
        }
        StatusReading::Garbled { .. } => ("garbled", say!(lang, en: "garbled", es: "dañado", pt: "corrompido")),
    };
    let status_key = status.value.known().map(Status::key);
    let read = Some(json!({ "reading": reading, "status": status_key }));
    Field { key, written: None, span: status.span, read, note: Some(note) }
}

fn flags(plan: &Plan, lang: Lang) -> Vec<Record> {
    let record = |flag: &crate::model::Flag| {
        let note = match flag.default_on {
            Some(true) => say!(lang, en: "on", es: "encendido", pt: "ligado"),
            Some(false) => say!(lang, en: "off", es: "apagado", pt: "desligado"),
            None => say!(lang, en: "neither on nor off", es: "ni encendido ni apagado", pt: "nem ligado nem desligado"),
        };
        let mut default = maybe("default", flag.default.as_ref(), flag.span);
        default.note = default.written.is_some().then_some(note);
        default.read = Some(json!(flag.default_on));
        let more = [
            ("description", &flag.description),
            ("remarks", &flag.remarks),
            ("owner", &flag.owner),
            ("expires", &flag.expires),
        ];
        let more = more.into_iter().map(|(key, value)| maybe(key, value.as_ref(), flag.span));
        Record {
            file: flag.file,
            span: flag.span,
            id: Some(flag.key.value.clone()),
            origin: origin(flag.in_front_matter),
            fields: [text("key", &flag.key), default].into_iter().chain(more).collect(),
        }
    };
    plan.flags.iter().map(record).collect()
}

fn events(plan: &Plan) -> Vec<Record> {
    let record = |event: &crate::model::FlagEvent| {
        let more = [
            ("date", &event.date),
            ("scope", &event.scope),
            ("from", &event.from),
            ("to", &event.to),
            ("author", &event.author),
            ("reason", &event.reason),
        ];
        let more = more.into_iter().map(|(key, value)| maybe(key, value.as_ref(), event.span));
        Record {
            file: event.file,
            span: event.span,
            id: None,
            origin: origin(event.in_front_matter),
            fields: std::iter::once(text("flag", &event.flag)).chain(more).collect(),
        }
    };
    plan.events.iter().map(record).collect()
}

fn phases(plan: &Plan, lang: Lang) -> Vec<Record> {
    let record = |phase: &Phase| {
        let of = |key, value: &Option<Spanned<String>>| maybe(key, value.as_ref(), phase.span);
        let date = |key, value: &Option<Spanned<chrono::NaiveDate>>| {
            maybe(key, value.clone().map(|date| date.map(|date| date.to_string())).as_ref(), phase.span)
        };
        let mut fields = vec![
            text("name", &phase.name),
            of("audience", &phase.audience),
            of("window", &phase.window),
            date("start", &phase.start),
            date("end", &phase.end),
            of("actions", &phase.actions),
            of("owner", &phase.owner),
        ];
        fields.extend(phase.status.as_ref().map(|it| status("status", it, lang)));
        for (key, criteria) in [("entry", &phase.entry), ("exit", &phase.exit)] {
            let all = criteria.iter().map(|it| it.text.value.as_str()).collect::<Vec<_>>();
            let span = criteria.iter().map(|it| it.text.span).reduce(Span::to).unwrap_or(phase.exit_span);
            let read = criteria.iter().map(|it| reading(plan, it)).collect::<Vec<_>>();
            let written = (!all.is_empty()).then(|| all.join("; "));
            fields.push(Field { key, written, span, read: Some(json!(read)), note: None });
        }
        Record {
            file: phase.file,
            span: phase.span,
            id: Some(phase.id.clone()),
            origin: origin(phase.in_front_matter),
            fields,
        }
    };
    plan.phases.iter().map(record).collect()
}

fn criteria(plan: &Plan, phase: &Phase, lang: Lang) -> Vec<Record> {
    let both = phase.entry.iter().map(|it| ("entry", it)).chain(phase.exit.iter().map(|it| ("exit", it)));
    let record = |(key, criterion): (&'static str, &Criterion)| {
        let mut written = text(key, &criterion.text);
        written.read = Some(reading(plan, criterion));
        written.note = Some(note(plan, criterion, lang));
        Record {
            file: phase.file,
            span: criterion.text.span,
            id: Some(phase.id.clone()),
            origin: origin(phase.in_front_matter),
            fields: vec![written, text("phase", &phase.name)],
        }
    };
    both.map(record).collect()
}

/// How a criterion was read, for programs.
fn reading(plan: &Plan, criterion: &Criterion) -> Value {
    match &criterion.reading {
        CriterionReading::Comparison(it) => json!({
            "kind": "comparison",
            "subject": it.subject,
            "operator": it.operator.sign(),
            "number": it.quantity.number,
            "unit": it.quantity.unit,
            "window": it.window.as_ref().map(|it| json!({
                "count": it.count, "unit": it.unit, "consecutive": it.consecutive,
            })),
            "assumed": it.assumed,
        }),
        CriterionReading::Item { checklist, item } => {
            json!({ "kind": "item", "item": plan.checklists[*checklist].items[*item].id })
        }
        CriterionReading::Flag { keys, value } => json!({ "kind": "flag", "keys": keys, "value": value }),
        CriterionReading::Judgement => json!({ "kind": "judgement" }),
    }
}

/// How a criterion was read, for people: `NPS >= 8 (scale unclear)`.
fn note(plan: &Plan, criterion: &Criterion, lang: Lang) -> String {
    match &criterion.reading {
        CriterionReading::Comparison(it) => comparison(it, lang),
        CriterionReading::Item { checklist, item } => {
            let item = &plan.checklists[*checklist].items[*item];
            let (name, state) = (&item.text.value, status("status", &item.status, lang).note.unwrap_or_default());
            say!(lang, en: "item “{name}”: {state}", es: "ítem “{name}”: {state}", pt: "item “{name}”: {state}")
        }
        CriterionReading::Flag { keys, value } if keys.is_empty() => {
            say!(lang, en: "all flags = {value}", es: "todos los flags = {value}", pt: "todas as flags = {value}")
        }
        CriterionReading::Flag { keys, value } => format!("{} = {value}", keys.join(", ")),
        CriterionReading::Judgement => {
            say!(lang, en: "judgement: a person says", es: "juicio: lo dice una persona", pt: "julgamento: uma pessoa diz")
        }
    }
}

/// A comparison in one line.
pub fn comparison(it: &crate::model::Comparison, lang: Lang) -> String {
    let unit = it.quantity.unit.as_deref().unwrap_or_default();
    let space = if unit.starts_with(char::is_alphabetic) { " " } else { "" };
    let mut line = format!("{} {} {}{space}{unit}", it.subject, it.operator.sign(), it.quantity.number);
    if let Some(window) = &it.window {
        let (count, time) = (window.count, &window.unit);
        line += &say!(lang, en: " in {count} {time}", es: " en {count} {time}", pt: " em {count} {time}");
        if window.consecutive {
            line += &say!(lang, en: ", consecutive", es: ", seguidos", pt: ", seguidos");
        }
    }
    if it.is_ambiguous() {
        line += &say!(lang, en: " (scale unclear)", es: " (escala sin aclarar)", pt: " (escala não esclarecida)");
    }
    if it.assumed {
        line += &say!(lang, en: " (operator assumed)", es: " (operador supuesto)", pt: " (operador suposto)");
    }
    line
}

fn metrics(plan: &Plan) -> Vec<Record> {
    let record = |metric: &crate::model::Metric| {
        let of = |key, value: &Option<Spanned<String>>| maybe(key, value.as_ref(), metric.span);
        let mut threshold = of("threshold", &metric.threshold);
        threshold.note = metric.target.as_ref().map(|it| comparison(it, Lang::En));
        threshold.read = metric.target.as_ref().map(|it| {
            json!({ "operator": it.operator.sign(), "number": it.quantity.number, "unit": it.quantity.unit, "assumed": it.assumed })
        });
        Record {
            file: metric.file,
            span: metric.span,
            id: Some(metric.id.clone()),
            origin: origin(metric.in_front_matter),
            fields: vec![
                of("group", &metric.group),
                text("name", &metric.name),
                threshold,
                of("source", &metric.source),
                of("owner", &metric.owner),
            ],
        }
    };
    plan.metrics.iter().map(record).collect()
}

fn rollback(plan: &Plan) -> Vec<Record> {
    plan.rollbacks
        .iter()
        .flat_map(|procedure| {
            let whole = [maybe("trigger", procedure.trigger.as_ref(), procedure.span)];
            let first = Record {
                file: procedure.file,
                span: procedure.span,
                id: None,
                origin: None,
                fields: whole.into_iter().chain([maybe("owner", procedure.owner.as_ref(), procedure.span)]).collect(),
            };
            let steps = procedure.steps.iter().map(|step| {
                let substeps: Vec<&str> = step.substeps.iter().map(|it| it.value.as_str()).collect();
                let span = step.substeps.iter().map(|it| it.span).reduce(Span::to);
                let substeps = Field {
                    key: "substeps",
                    written: (!substeps.is_empty()).then(|| substeps.join(" / ")),
                    span: span.unwrap_or(Span::at(step.span.end as usize)),
                    read: Some(json!(substeps)),
                    note: None,
                };
                Record {
                    file: procedure.file,
                    span: step.span,
                    id: Some(step.id.clone()),
                    origin: origin(step.in_front_matter),
                    fields: vec![text("step", &step.text), substeps, maybe("owner", step.owner.as_ref(), step.span)],
                }
            });
            std::iter::once(first).chain(steps).collect::<Vec<_>>()
        })
        .collect()
}

fn communications(plan: &Plan) -> Vec<Record> {
    let record = |it: &crate::model::Communication| {
        let of = |key, value: &Option<Spanned<String>>| maybe(key, value.as_ref(), it.span);
        let mut date = of("date", &it.date);
        date.read = it.on.map(|on| json!(on.to_string()));
        Record {
            file: it.file,
            span: it.span,
            id: Some(it.id.clone()),
            origin: origin(it.in_front_matter),
            fields: vec![
                of("moment", &it.moment),
                text("message", &it.text),
                of("channel", &it.channel),
                of("audience", &it.audience),
                date,
                of("owner", &it.owner),
                of("status", &it.status),
            ],
        }
    };
    plan.communications.iter().map(record).collect()
}

fn risks(plan: &Plan, lang: Lang) -> Vec<Record> {
    let record = |risk: &crate::model::Risk| {
        let of = |key, value: &Option<Spanned<String>>| maybe(key, value.as_ref(), risk.span);
        let level = |key, value: &Option<Spanned<LevelReading>>| {
            let Some(value) = value else { return maybe(key, None, risk.span) };
            let unread = || say!(lang, en: "not understood", es: "no se entiende", pt: "não se entende");
            let key_of_level = value.value.level.map(crate::model::RiskLevel::key);
            Field {
                read: Some(json!(key_of_level)),
                note: Some(key_of_level.map_or_else(unread, str::to_owned)),
                ..text(key, &Spanned::new(value.value.text.clone(), value.span))
            }
        };
        Record {
            file: risk.file,
            span: risk.span,
            id: Some(risk.id.clone()),
            origin: origin(risk.in_front_matter),
            fields: vec![
                text("risk", &risk.name),
                level("probability", &risk.probability),
                level("impact", &risk.impact),
                of("mitigation", &risk.mitigation),
                of("score", &risk.score),
                of("trigger", &risk.trigger),
                of("owner", &risk.owner),
                of("status", &risk.status),
            ],
        }
    };
    plan.risks.iter().map(record).collect()
}

fn decisions(plan: &Plan) -> Vec<Record> {
    let record = |it: &crate::model::Decision| {
        let of = |key, value: &Option<Spanned<String>>| maybe(key, value.as_ref(), it.span);
        let date = it.date.as_ref().map(|date| Spanned::new(date.value.to_string(), date.span));
        Record {
            file: it.file,
            span: it.span,
            id: Some(it.id.clone()),
            origin: origin(it.in_front_matter),
            fields: vec![
                text("subject", &it.subject),
                of("verdict", &it.verdict),
                of("approver", &it.approver),
                of("date", &date),
                of("reason", &it.reason),
            ],
        }
    };
    plan.decisions.iter().map(record).collect()
}

fn reports(plan: &Plan) -> Vec<Record> {
    let record = |report: &crate::model::Report| {
        let parts: Vec<&str> = report.parts.iter().map(|part| part.value.as_str()).collect();
        let span = report.parts.iter().map(|part| part.span).reduce(Span::to);
        let parts = Field {
            key: "parts",
            written: (!parts.is_empty()).then(|| parts.join(" / ")),
            span: span.unwrap_or(Span::at(report.span.end as usize)),
            read: Some(json!(parts)),
            note: None,
        };
        Record {
            file: report.file,
            span: report.span,
            id: None,
            origin: origin(report.in_front_matter),
            fields: vec![text("title", &report.title), parts],
        }
    };
    plan.reports.iter().map(record).collect()
}
