//! The corrected plan broken in one way: for each error that stops a merge, that rule alone speaks, and `check` ends with 1.

use super::seed::CORRECTED;
use crate::support::site::{TestSite, findings, listed};

/// Replaces the only `from` in the corrected plan; only `rule` must speak, at the text `place`.
#[track_caller]
fn broken(from: &str, to: &str, rule: &str, place: &str) {
    assert_eq!(CORRECTED.matches(from).count(), 1, "`{from}` stands once in the plan");
    broken_text(&CORRECTED.replacen(from, to, 1), rule, place);
}

#[track_caller]
fn broken_text(text: &str, rule: &str, place: &str) {
    let test = TestSite::with_page("content/plan.md", text);
    let site = test.load();
    let found = findings(&site);
    let told: Vec<(&str, &str)> = found.iter().map(|it| (it.rule, site.sources[it.file].slice(it.span))).collect();
    assert_eq!(told, [(rule, place)], "{}", listed(&site, &found));
    let run = test.rollbook(&["check"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
}

#[test]
fn a_phase_without_criteria() {
    broken("| NPS (-100 a 100) ≥ 30, IA con 90% prompts exitosos |", "|  |", "phases/missing-exit-criteria", "");
}

#[test]
fn a_phase_before_its_time() {
    broken("| 2025-12-01 | Todos los", "| 2025-10-01 | Todos los", "phases/out-of-order", "2025-10-01");
}

#[test]
fn an_item_of_a_phase_that_is_not_there() {
    broken(
        "| Data Team | ⏳ | Piloto Ampliado |",
        "| Data Team | ⏳ | Piloto Ampliad |",
        "phases/unknown-phase",
        "Piloto Ampliad",
    );
}

#[test]
fn a_phase_that_begins_before_the_gate() {
    broken("en 7 días | Pendiente |", "en 7 días | En curso |", "phases/premature", "En curso");
}

#[test]
fn a_rollback_that_forgets_a_flag() {
    let step = "Desactivar `ENABLE_VERTICAL_PROFILES` y `ENABLE_ASSISTANT_VERTICALS` vía flag.";
    broken(
        "Desactivar `DASHBOARD_CHARTS` y `ENABLE_VERTICAL_IMPORT_EXPORT`",
        "Desactivar `DASHBOARD_CHARTS`",
        "rollback/flag-without-off-step",
        step,
    );
}

#[test]
fn a_rollback_step_that_is_still_to_be_built() {
    broken("con el script probado en el piloto.", "con un script (pendiente).", "rollback/pending-step", "(pendiente)");
}

#[test]
fn a_plan_without_a_way_back() {
    let start = CORRECTED.find("## 4. ").unwrap_or_default();
    let end = CORRECTED.find("## 5. ").unwrap_or_default();
    let without = format!("{}{}", &CORRECTED[..start], &CORRECTED[end..]);
    broken_text(&without, "rollback/missing-plan", "**Piloto Controlado**");
    let empty = format!("{}## 4. Procedimiento de Rollback\n\n---\n\n{}", &CORRECTED[..start], &CORRECTED[end..]);
    broken_text(&empty, "rollback/missing-plan", "## 4. Procedimiento de Rollback");
}

#[test]
fn a_grave_risk_that_nobody_answers() {
    broken(
        "| Mantener soporte de import en piloto, validar plantillas antes de GA |",
        "|  |",
        "risks/missing-mitigation",
        "Carga masiva incorrecta",
    );
}
