//! What the owner's plan is read as, in one file and split into pages.

use rollbook::load;
use rollbook::model::{CriterionReading, Plan, Status};

use crate::support::binary::seed;
use crate::support::site::TestSite;

/// The plan in one file.
fn whole() -> Plan {
    TestSite::with_page("content/plan.md", seed()).load().plan
}

/// The same plan, a page a part: this repository's own site.
fn split() -> Plan {
    load(std::path::Path::new(env!("CARGO_MANIFEST_DIR")), false).expect("the repository is a site").plan
}

/// Every criterion with how it was read.
fn criteria(plan: &Plan) -> Vec<(String, String)> {
    let read = |reading: &CriterionReading| match reading {
        CriterionReading::Comparison(it) => {
            let window = it.window.as_ref().map_or(String::new(), |it| format!(" in {} {}", it.count, it.unit));
            let unit = it.quantity.unit.as_deref().unwrap_or_default();
            let assumed = if it.assumed { " (assumed)" } else { "" };
            format!("{} {} {}{unit}{window}{assumed}", it.subject, it.operator.sign(), it.quantity.number)
        }
        CriterionReading::Item { checklist, item } => {
            format!("item {}", plan.checklists[*checklist].items[*item].text.value)
        }
        CriterionReading::Flag { keys, value } => format!("flags {keys:?} {value}"),
        CriterionReading::Judgement => "judgement".to_owned(),
    };
    let all = plan.phases.iter().flat_map(|phase| phase.entry.iter().chain(&phase.exit));
    all.map(|criterion| (criterion.text.value.clone(), read(&criterion.reading))).collect()
}

/// The plan without places, so that two ways to write it can be compared.
fn told(plan: &Plan) -> Vec<String> {
    let text = |it: &Option<rollbook::source::Spanned<String>>| it.as_ref().map(|it| it.value.clone());
    let mut told: Vec<String> =
        plan.items().map(|it| format!("{} {:?} {}", it.text.value, it.owner.value, it.status_text)).collect();
    told.extend(plan.flags.iter().map(|it| format!("{} {:?}", it.key.value, it.default_on)));
    told.extend(
        plan.phases.iter().map(|it| format!("{} {:?} {:?}", it.name.value, text(&it.audience), text(&it.actions))),
    );
    told.extend(criteria(plan).into_iter().map(|(text, reading)| format!("{text}: {reading}")));
    told.extend(plan.metrics.iter().map(|it| format!("{:?} {}", text(&it.group), it.name.value)));
    for rollback in &plan.rollbacks {
        told.push(format!("{:?}", text(&rollback.trigger)));
        told.extend(rollback.steps.iter().map(|it| format!("{} {:?}", it.text.value, it.substeps.len())));
    }
    told.extend(
        plan.communications
            .iter()
            .map(|it| format!("{:?} {:?} {}", text(&it.moment), text(&it.channel), it.text.value)),
    );
    told.extend(plan.risks.iter().map(|it| format!("{} {:?}", it.name.value, text(&it.mitigation))));
    told.extend(plan.reports.iter().flat_map(|it| it.parts.iter().map(|part| part.value.clone())));
    told
}

#[test]
fn every_part_of_the_plan_is_recognised() {
    let plan = whole();
    assert_eq!(plan.flags.len(), 4);
    assert_eq!(plan.phases.len(), 4);
    assert!(plan.items().count() == 7 && plan.items().all(|it| it.owner.value.name().is_some()));
    assert!(plan.items().all(|it| it.status.value.known() == Some(Status::Pending)));
    let mut groups: Vec<&str> = plan.metrics.iter().map(|it| it.group.as_ref().unwrap().value.as_str()).collect();
    assert_eq!(groups.len(), 10);
    groups.dedup();
    assert_eq!(groups, ["Uso", "Calidad", "Satisfacción", "Dashboards"]);
    let [rollback] = plan.rollbacks.as_slice() else { panic!("one way back") };
    let substeps: Vec<usize> = rollback.steps.iter().map(|step| step.substeps.len()).collect();
    assert_eq!(substeps, [0, 2, 2, 2]);
    assert!(rollback.trigger.as_ref().unwrap().value.starts_with("incidente P0/P1"));
    let channels: Vec<&str> =
        plan.communications.iter().map(|it| it.channel.as_ref().unwrap().value.as_str()).collect();
    let expected =
        ["Email", "Reunión", "Check-in", "Notion", "Webinar", "landing page", "Email", "Notificación in-app"];
    assert_eq!(channels, expected);
    let mut moments: Vec<&str> =
        plan.communications.iter().map(|it| it.moment.as_ref().unwrap().value.as_str()).collect();
    moments.dedup();
    assert_eq!(moments, ["Previo a piloto", "Durante piloto", "Pre-GA", "GA"]);
    assert!(plan.risks.len() == 4 && plan.risks.iter().all(|risk| risk.mitigation.is_some()));
    let [report] = plan.reports.as_slice() else { panic!("one report") };
    assert_eq!(report.parts.len(), 4);
    assert!(plan.events.is_empty() && plan.decisions.is_empty());
}

#[test]
fn its_criteria_are_read_as_a_person_reads_them() {
    let expected = [
        ("QA Cycle 1 sin P1/P0", "P1/P0 (QA Cycle 1) = 0"),
        ("feedback positivo", "judgement"),
        ("NPS ≥ 8", "NPS >= 8"),
        ("IA con 90% prompts exitosos", "prompts exitosos (IA) >= 90% (assumed)"),
        ("Manuales publicados", "item Manuales y guías publicados"),
        ("trainings completados", "item Trainings realizados"),
        ("0 incidentes críticos en 7 días", "incidentes críticos = 0 in 7 d"),
    ];
    let criteria = criteria(&whole());
    let found: Vec<(&str, &str)> = criteria.iter().map(|(text, reading)| (text.as_str(), reading.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn split_into_pages_it_says_the_same() {
    let sorted = |plan: &Plan| {
        let mut told = told(plan);
        told.sort();
        told
    };
    assert_eq!(sorted(&whole()), sorted(&split()));
}
