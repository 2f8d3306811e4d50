//! Phases, metrics, the way back, communications, risks, decisions and the report from front matter.

use crate::fields::{FieldFault, FieldType, Fields};
use crate::model::{Communication, Criterion, Decision, Metric, Phase, Plan, Report, Risk, Rollback, RollbackStep};
use crate::parse::criteria::read_scalar;
use crate::parse::recognise::Page;
use crate::parse::recognise::entries::{absent, wrong_type};
use crate::parse::recognise::fields::{COMMUNICATION, DECISION, METRIC, PHASE, REPORT, RISK, ROLLBACK, STEP};
use crate::parse::recognise::metrics::target;
use crate::parse::recognise::risks::read_level;
use crate::parse::status::read_status;
use crate::source::{Span, Spanned};
use crate::words::{Slugger, parse_date, slug};
use crate::yaml::{Node, Value};

/// What front matter is read with, and where its entities go.
pub struct Reader<'r, 'p> {
    pub page: &'r Page<'p>,
    pub ids: &'r mut Slugger,
    pub faults: &'r mut Vec<FieldFault>,
    pub plan: &'r mut Plan,
}

impl Reader<'_, '_> {
    /// Reads the mappings under one key.
    pub fn read(&mut self, key: &str, nodes: &[&Node]) {
        for node in nodes {
            match key {
                "phases" => self.phase(node),
                "metrics" => self.metric(node),
                "rollback" => self.rollback(node),
                "communications" => self.communication(node),
                "risks" => self.risk(node),
                "decision" | "decisions" => self.decision(node),
                _ => self.report(node),
            }
        }
    }

    fn id(&mut self, written: Option<Spanned<String>>, text: &str, fallback: &str) -> String {
        let id = written.map_or_else(|| slug(text), |id| id.value);
        self.ids.unique(if id.is_empty() { fallback.to_owned() } else { id })
    }

    fn phase(&mut self, node: &Node) {
        let page = self.page;
        let mut fields = Fields::new(node.as_mapping().unwrap_or_default(), PHASE, self.faults);
        let criteria = |texts: Vec<Spanned<String>>| -> Vec<Criterion> {
            texts.iter().flat_map(|text| read_scalar(text, page.lang(), page.words)).collect()
        };
        let written_id = fields.text("id");
        let phase = Phase {
            file: page.file,
            span: node.span,
            id: String::new(),
            name: fields.text("name").unwrap_or_else(|| absent(node, "name")),
            status: fields.text("status").map(|status| status.map(|text| read_status(&text, page.words))),
            window: fields.text("window"),
            start: fields.date("start"),
            end: fields.date("end"),
            audience: fields.text("audience"),
            actions: fields.text("actions"),
            owner: fields.text("owner"),
            entry: criteria(fields.texts("entry")),
            exit: criteria(fields.texts("exit")),
            exit_span: node.get("exit").map_or(Span::at(node.span.start as usize), |exit| exit.span),
            in_front_matter: true,
        };
        let id = self.id(written_id, &phase.name.value, "phase");
        self.plan.phases.push(Phase { id, ..phase });
    }

    fn metric(&mut self, node: &Node) {
        let mut fields = Fields::new(node.as_mapping().unwrap_or_default(), METRIC, self.faults);
        let written_id = fields.text("id");
        let name = fields.text("name").unwrap_or_else(|| absent(node, "name"));
        let threshold = fields.text("threshold");
        let metric = Metric {
            file: self.page.file,
            span: node.span,
            id: String::new(),
            group: fields.text("group"),
            target: target(self.page, &name, threshold.as_ref()),
            threshold,
            source: fields.text("source"),
            owner: fields.text("owner"),
            name,
            in_front_matter: true,
        };
        let id = self.id(written_id, &metric.name.value, "metric");
        self.plan.metrics.push(Metric { id, ..metric });
    }

    /// `rollback:` with `steps:`, or the steps by themselves.
    fn rollback(&mut self, node: &Node) {
        let (trigger, owner, steps) = match node.as_mapping() {
            Some(entries) => {
                let mut fields = Fields::new(entries, ROLLBACK, self.faults);
                (
                    fields.text("trigger"),
                    fields.text("owner"),
                    node.get("steps").filter(|steps| steps.value != Value::Null),
                )
            }
            None => (None, None, Some(node)),
        };
        let steps = steps.map_or_else(Vec::new, |steps| self.steps(steps));
        self.plan.rollbacks.push(Rollback { file: self.page.file, span: node.span, trigger, owner, steps });
    }

    fn steps(&mut self, node: &Node) -> Vec<RollbackStep> {
        let Value::Sequence(items) = &node.value else {
            self.faults.push(wrong_type("steps", FieldType::MapList, node));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.step(item)).collect()
    }

    fn step(&mut self, node: &Node) -> Option<RollbackStep> {
        let (written_id, text, owner, substeps) = match (node.as_mapping(), node.as_text()) {
            (Some(entries), _) => {
                let mut fields = Fields::new(entries, STEP, self.faults);
                let text = fields.text("step").unwrap_or_else(|| absent(node, "step"));
                (fields.text("id"), text, fields.text("owner"), fields.texts("substeps"))
            }
            (None, Some(text)) => (None, Spanned::new(text, node.span), None, Vec::new()),
            (None, None) => {
                self.faults.push(wrong_type("steps", FieldType::MapList, node));
                return None;
            }
        };
        let id = self.id(written_id, &text.value, "step");
        Some(RollbackStep { span: node.span, id, text, owner, substeps, in_front_matter: true })
    }

    fn communication(&mut self, node: &Node) {
        let mut fields = Fields::new(node.as_mapping().unwrap_or_default(), COMMUNICATION, self.faults);
        let written_id = fields.text("id");
        let date = fields.text("date");
        let message = Communication {
            file: self.page.file,
            span: node.span,
            id: String::new(),
            text: fields.text("message").unwrap_or_else(|| absent(node, "message")),
            moment: fields.text("moment"),
            channel: fields.text("channel"),
            audience: fields.text("audience"),
            on: date.as_ref().and_then(|date| parse_date(&date.value)),
            date,
            owner: fields.text("owner"),
            status: fields.text("status"),
            in_front_matter: true,
        };
        let id = self.id(written_id, &message.text.value, "message");
        self.plan.communications.push(Communication { id, ..message });
    }

    fn risk(&mut self, node: &Node) {
        let words = self.page.words;
        let mut fields = Fields::new(node.as_mapping().unwrap_or_default(), RISK, self.faults);
        let mut level = |name| fields.text(name).map(|written| written.map(|text| read_level(text, words)));
        let (probability, impact) = (level("probability"), level("impact"));
        let written_id = fields.text("id");
        let risk = Risk {
            file: self.page.file,
            span: node.span,
            id: String::new(),
            name: fields.text("risk").unwrap_or_else(|| absent(node, "risk")),
            probability,
            impact,
            score: fields.text("score"),
            mitigation: fields.text("mitigation"),
            trigger: fields.text("trigger"),
            owner: fields.text("owner"),
            status: fields.text("status"),
            in_front_matter: true,
        };
        let id = self.id(written_id, &risk.name.value, "risk");
        self.plan.risks.push(Risk { id, ..risk });
    }

    fn decision(&mut self, node: &Node) {
        let mut fields = Fields::new(node.as_mapping().unwrap_or_default(), DECISION, self.faults);
        let written_id = fields.text("id");
        let decision = Decision {
            file: self.page.file,
            span: node.span,
            id: String::new(),
            subject: fields.text("subject").unwrap_or_else(|| absent(node, "subject")),
            verdict: fields.text("verdict"),
            approver: fields.text("approver"),
            date: fields.date("date"),
            reason: fields.text("reason"),
            in_front_matter: true,
        };
        let id = self.id(written_id, &decision.subject.value, "decision");
        self.plan.decisions.push(Decision { id, ..decision });
    }

    /// `report:` with `parts:`, or the parts by themselves.
    fn report(&mut self, node: &Node) {
        let place = Spanned::new(String::new(), Span::at(node.span.start as usize));
        let (title, parts) = match &node.value {
            Value::Sequence(items) => {
                let wrong = items.iter().filter(|item| item.as_text().is_none());
                self.faults.extend(wrong.map(|item| wrong_type("report", FieldType::TextList, item)));
                (place, items.iter().filter_map(|item| Some(Spanned::new(item.as_text()?, item.span))).collect())
            }
            _ => {
                let mut fields = Fields::new(node.as_mapping().unwrap_or_default(), REPORT, self.faults);
                (fields.text("title").unwrap_or(place), fields.texts("parts"))
            }
        };
        self.plan.reports.push(Report { file: self.page.file, span: node.span, title, parts, in_front_matter: true });
    }
}
