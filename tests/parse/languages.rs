//! Whole plans in English and Portuguese, as teams write them: what is read of each. The Spanish one is the seed.

use rollbook::model::{Plan, Status};

use crate::support::site::TestSite;

const ENGLISH: &str = include_str!("../fixtures/languages/en.md");
const PORTUGUESE: &str = include_str!("../fixtures/languages/pt.md");

fn plan(text: &str) -> Plan {
    TestSite::with_page("content/plan.md", text).load().plan
}

/// Each item's owner and status, as far as they could be read.
fn items(plan: &Plan) -> Vec<(Option<&str>, Option<Status>)> {
    plan.items().map(|item| (item.owner.value.name(), item.status.value.known())).collect()
}

/// Flags, phases, exit criteria, rollback steps, communications and risks.
fn counts(plan: &Plan) -> [usize; 6] {
    let criteria = plan.phases.iter().map(|phase| phase.exit.len()).sum();
    let steps = plan.rollbacks.iter().map(|rollback| rollback.steps.len()).sum();
    [plan.flags.len(), plan.phases.len(), criteria, steps, plan.communications.len(), plan.risks.len()]
}

#[test]
fn an_english_plan() {
    let plan = plan(ENGLISH);
    assert_eq!(counts(&plan), [2, 3, 4, 3, 0, 2]);
    let expected = [
        (Some("Ana (SRE)"), Some(Status::Done)),
        (Some("legal"), Some(Status::Done)),
        (Some("Support"), Some(Status::InProgress)),
        (Some("@maria"), None),
        (None, Some(Status::Pending)),
        (None, Some(Status::Pending)),
        (Some("Security"), Some(Status::NotApplicable)),
        (Some("Docs team"), Some(Status::Done)),
    ];
    assert_eq!(items(&plan), expected);
}

#[test]
fn a_portuguese_plan() {
    let plan = plan(PORTUGUESE);
    assert_eq!(counts(&plan), [1, 2, 2, 2, 1, 1]);
    let expected = [
        (Some("TI"), Some(Status::Done)),
        (Some("RH"), None),
        (Some("Jurídico"), None),
        (None, Some(Status::Pending)),
        (None, Some(Status::Done)),
        (None, Some(Status::InProgress)),
        (Some("Infra"), Some(Status::InProgress)),
    ];
    assert_eq!(items(&plan), expected);
}
