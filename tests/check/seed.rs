//! What `check` says of the owner's plan as it stands, to the letter; and of a corrected copy: nothing.

use crate::support::binary::seed;
use crate::support::site::{TestSite, findings, listed};

/// The plan with everything that was missing in it.
pub const CORRECTED: &str = include_str!("../fixtures/corrected/plan-rollout-retail.md");

/// Every finding on the untouched plan, without help, read by eye. The report is what a release manager sees on the first day: it
/// has to be short, true and useful.
const FINDINGS: &str = "\
6:15 warning plan/inconsistent-status: el plan dice `🛠️ En progreso (Fase 4)`, pero todos los ítems del checklist (7) están pendientes
12:1 warning flags/missing-owner: ninguno de los 4 flags de este registro tiene responsable
19:78 warning paths/missing-reference: el repositorio no tiene `docs/flags/history.md`
19:102 warning plan/placeholder: `(crear)` ocupa el lugar de algo que falta escribir
27:24 warning phases/missing-dates: ninguna de las 4 fases tiene fecha: `Semana 1` no dice desde qué día se cuenta
27:147 warning phases/vague-criteria: `feedback positivo` es una apreciación: no tiene número, ni referencia, ni quién la juzgue
28:115 warning phases/ambiguous-metric: `NPS ≥ 8`: un NPS va de -100 a 100, así que también podría ser un promedio de 0 a 10
30:95 warning metrics/unlinked-criteria: ninguna métrica del plan mide `incidentes críticos`
37:5 warning metrics/missing-owner: ninguna de las 10 métricas tiene responsable
37:5 warning metrics/missing-source: ninguna de las 10 métricas dice de dónde sale su cifra
37:5 warning metrics/missing-threshold: ninguna de las 10 métricas dice qué valor debe alcanzar
57:4 warning rollback/missing-owner: el rollback no dice quién puede iniciarlo ni quién hace sus pasos
59:6 error rollback/flag-without-off-step: ningún paso apaga `DASHBOARD_CHARTS`, que se enciende en `GA`
59:6 error rollback/flag-without-off-step: ningún paso apaga `ENABLE_VERTICAL_IMPORT_EXPORT`, que se enciende en `GA`
62:22 error paths/missing-reference: el rollback necesita `scripts/tools/rollback-vertical-attributes.ts`, y el repositorio no lo tiene
62:70 error rollback/pending-step: el paso de rollback `Reversión de datos` todavía no se puede hacer: `(pendiente)`
73:5 warning communications/missing-audience: ninguna de las 8 comunicaciones dice a quién va dirigida
73:5 warning communications/missing-date: ninguna de las 8 comunicaciones dice cuándo sale
73:5 warning communications/missing-owner: ninguna de las 8 comunicaciones tiene responsable
103:3 warning risks/missing-owner: ninguno de los 4 riesgos tiene responsable
119:85 warning paths/missing-reference: el repositorio no tiene `docs/verticals/rollout-history/`
";

#[test]
fn the_plan_as_it_stands_gives_exactly_these_findings() {
    let site = TestSite::with_page("content/plan.md", seed()).load();
    let listed = listed(&site, &findings(&site));
    let lines = listed.lines().filter(|line| !line.starts_with("  "));
    let found: String = lines.map(|line| format!("{}\n", line.trim_start_matches("content/plan.md:"))).collect();
    assert_eq!(found, FINDINGS);
}

#[test]
fn the_corrected_plan_is_clean() {
    let site = TestSite::with_page("content/plan.md", CORRECTED).load();
    assert_eq!(listed(&site, &findings(&site)), "");
    let plan = &site.plan;
    let counts = [plan.flags.len(), plan.phases.len(), plan.metrics.len(), plan.communications.len(), plan.risks.len()];
    assert_eq!(counts, [4, 4, 11, 8, 4]);
    assert_eq!(plan.items().count(), 7);
}
