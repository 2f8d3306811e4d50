//! Each rule that stops a merge, on a good plan that is broken in one way: that rule alone speaks, at that place, and `check` ends
//! with 1. A rule of the catalogue that is an error and has no break here fails.

use std::collections::BTreeSet;

use rollbook::check::RULES;
use rollbook::diagnostic::Severity;

use super::seed::CORRECTED;
use crate::support::site::{TestSite, listed};

const HOME: &str = "content/_index.md";
const PLAN: &str = "content/plan.md";
const LIST: &str = "content/lista.md";
const EVENTS: &str = "content/historial.md";
const SETTINGS: &str = "rollbook.yaml";
const WAIVERS: &str = "rollbook-waivers.yaml";

const GOOD: [(&str, &str); 6] = [
    (SETTINGS, "lang: es\nrules:\n  checklist/missing-evidence: error\n"),
    (
        HOME,
        "---\ntitle: Retail\nweight: 1\n---\n\nVer el [plan](plan.md#6-checklist-de-go-live), la [lista](lista.md), el [historial][h] y el \
         [sitio](https://example.com).\n\n![La caja](caja.png)\n\n[h]: historial.md\n\n<a id=\"ayuda\"></a>\n",
    ),
    ("content/caja.png", "png"),
    (PLAN, CORRECTED),
    (
        LIST,
        "---\nkind: checklist\ntitle: Lista técnica\n---\n\n\
         | ID | Ítem | Responsable | Estado | Vence | Evidencia |\n|---|---|---|---|---|---|\n\
         | seeds | Seeds cargados | DevOps | ✅ | 2025-10-13 | [acta](historial.md) |\n\
         | tallas | Tallas revisadas | Data Team | Pendiente | 2025-10-31 | |\n\
         | calzado | Calzado revisado | QA Lead | N/A (sin calzado) | | |\n",
    ),
    (
        EVENTS,
        "---\nkind: flag-event\ntitle: Historial\n---\n\n\
         | Fecha | Flag | Alcance | Valor anterior | Valor nuevo | Quién | Motivo |\n|---|---|---|---|---|---|---|\n\
         | 2025-10-06 | `DASHBOARD_CHARTS` | todos | `false` | `true` | DevOps | Empieza la prueba |\n\
         | 2025-10-13 | `DASHBOARD_CHARTS` | todos | `true` | `false` | DevOps | Termina la prueba |\n",
    ),
];

/// A rule, the text that it points at, and how the good site is broken.
type Break = (&'static str, &'static str, fn(&TestSite));

const BREAKS: &[Break] = &[
    ("anchors/duplicate-anchor", "ayuda", |site| append(site, HOME, "\n## Contacto {#ayuda}\n")),
    ("anchors/missing-anchor", "plan.md#6-checklist", |site| {
        replace(site, HOME, "#6-checklist-de-go-live", "#6-checklist")
    }),
    ("assets/missing-file", "cajas.png", |site| replace(site, HOME, "caja.png", "cajas.png")),
    ("baseline/invalid", "[", |site| site.write("rollbook-baseline.yaml", "- rule: [\n")),
    ("checklist/column-shift", "ojo", |site| {
        replace(site, PLAN, "| Data Team | ⏳ | Piloto Ampliado |", "| Data Team | ⏳ | Piloto Ampliado | ojo |")
    }),
    ("checklist/detached-row", "| tallas | Tallas revisadas | Data Team | Pendiente | 2025-10-31 | |", |site| {
        replace(site, LIST, "| tallas |", "\n| tallas |")
    }),
    ("checklist/duplicate-id", "seeds", |site| replace(site, LIST, "| tallas |", "| seeds |")),
    ("checklist/empty-list", "## Checklist de salida", |site| {
        append(site, LIST, "\n## Checklist de salida\n\nVer la hoja.\n")
    }),
    ("checklist/garbled-status", "?", |site| replace(site, LIST, "Pendiente", "?")),
    ("checklist/invalid-date", "2025-02-30", |site| replace(site, LIST, "2025-10-31", "2025-02-30")),
    ("checklist/missing-column", "Resposable", |site| replace(site, LIST, "Responsable", "Resposable")),
    ("checklist/missing-evidence", "✅", |site| replace(site, LIST, "[acta](historial.md)", "")),
    ("checklist/missing-owner", "TBD", |site| replace(site, LIST, "Data Team", "TBD")),
    ("checklist/missing-status", "", |site| replace(site, LIST, "Pendiente", "")),
    ("checklist/mixed-status", "⏳ Hecho", |site| replace(site, LIST, "Pendiente", "⏳ Hecho")),
    ("checklist/not-applicable-without-reason", "N/A", |site| replace(site, LIST, "N/A (sin calzado)", "N/A")),
    ("checklist/overdue", "2025-10-19", |site| replace(site, LIST, "2025-10-31", "2025-10-19")),
    ("checklist/unknown-status", "casi", |site| replace(site, LIST, "Pendiente", "casi")),
    ("files/garbled-encoding", "Ã³", |site| {
        append(site, HOME, "\nLa exportaciÃ³n, la migraciÃ³n y la selecciÃ³n.\n")
    }),
    ("files/invalid-utf8", "\u{fffd}", |site| site.write(HOME, [site.read(HOME).as_bytes(), b"\xf3\n"].concat())),
    ("files/outside-root", "", |site| std::os::unix::fs::symlink("../..", site.path("content/fuera")).expect("a link")),
    ("flags/broken-chain", "`true`", |site| {
        append(site, EVENTS, "| 2025-10-14 | `DASHBOARD_CHARTS` | todos | `true` | `false` | DevOps | Otra vez |\n")
    }),
    ("flags/edited-event", "2025-10-07", |site| {
        site.keep("@1");
        replace(site, EVENTS, "2025-10-06", "2025-10-07");
    }),
    ("flags/expired", "2025-10-19", |site| {
        replace(site, PLAN, "| `false` | Data Team | GA |", "| `false` | Data Team | 2025-10-19 |")
    }),
    ("flags/future-event", "2025-10-21", |site| replace(site, EVENTS, "2025-10-13", "2025-10-21")),
    ("flags/missing-default", "", |site| replace(site, PLAN, "específicos | `false` |", "específicos | |")),
    ("flags/missing-history", "`false`", |site| {
        replace(site, EVENTS, "`true` | `false` | DevOps | Termina", "`true` | `true` | DevOps | Termina")
    }),
    ("flags/missing-reason", "por definir", |site| replace(site, EVENTS, "Termina la prueba", "por definir")),
    ("flags/unknown-flag", "ENABLE_VERTICAL_PROFILE", |site| append(site, PLAN, "\nVer `ENABLE_VERTICAL_PROFILE`.\n")),
    ("frontmatter/conflicting-fact", "Pendiente", |site| {
        replace(
            site,
            LIST,
            "title: Lista técnica\n",
            "title: Lista técnica\nchecklist:\n  - {id: tallas, item: Tallas revisadas, owner: Data Team, status: en curso}\n",
        )
    }),
    ("frontmatter/duplicate-key", "title", |site| {
        replace(site, EVENTS, "title: Historial\n", "title: Historial\ntitle: Flags\n")
    }),
    ("frontmatter/invalid-value", "trimestral", |site| {
        replace(
            site,
            EVENTS,
            "title: Historial\n",
            "title: Historial\nreviewed: 2025-10-01\nreview_every: trimestral\n",
        )
    }),
    ("frontmatter/missing-field", "{owner: QA Lead, status: pendiente", |site| {
        replace(
            site,
            LIST,
            "title: Lista técnica\n",
            "title: Lista técnica\nchecklist:\n  - {owner: QA Lead, status: pendiente}\n",
        )
    }),
    ("frontmatter/syntax", ":", |site| replace(site, EVENTS, "title: Historial", "title: Historial: flags")),
    ("frontmatter/unclosed", "---", |site| replace(site, HOME, "weight: 1\n---\n", "weight: 1\n")),
    ("frontmatter/wrong-type", "uno", |site| replace(site, HOME, "weight: 1", "weight: uno")),
    ("history/edited-revision", "", |site| {
        site.keep("@1");
        append(site, "rollout-history/0001-r1/files/content/_index.md", "x");
    }),
    ("history/fork", "", |site| {
        site.keep("@1");
        let (one, other) = (site.path("rollout-history/0001-r1"), site.path("kept"));
        std::fs::rename(&one, &other).expect("a folder to move");
        site.keep("@1b");
        std::fs::rename(&other, &one).expect("a folder to move");
    }),
    ("history/gap", "", |site| {
        site.keep("@1");
        append(site, HOME, "\nMás.\n");
        site.keep("@2");
        std::fs::remove_dir_all(site.path("rollout-history/0001-r1")).expect("a revision to lose");
    }),
    ("history/orphan-folder", "", |site| {
        site.keep("@1");
        site.write("rollout-history/copia/plan.md", "x");
    }),
    ("links/broken-file", "listas.md", |site| replace(site, HOME, "lista.md", "listas.md")),
    ("links/case-mismatch", "Lista.md", |site| replace(site, HOME, "lista.md", "Lista.md")),
    ("links/outside-root", "../../otro.md", |site| replace(site, HOME, "https://example.com", "../../otro.md")),
    ("links/undefined-reference", "[historial][x]", |site| {
        replace(site, HOME, "[historial][h]", "[historial][x], [historial][h]")
    }),
    ("links/unsafe-scheme", "javascript:alert(1)", |site| {
        replace(site, HOME, "https://example.com", "javascript:alert(1)")
    }),
    ("paths/duplicate-output", "plan.html", |site| replace(site, HOME, "weight: 1", "weight: 1\naliases: [plan.html]")),
    ("paths/missing-reference", "`scripts/volver.ts`", |site| {
        replace(site, PLAN, "con el script probado en el piloto.", "con `scripts/volver.ts`.");
    }),
    ("phases/missing-exit-criteria", "", |site| {
        replace(site, PLAN, "| NPS (-100 a 100) ≥ 30, IA con 90% prompts exitosos |", "|  |");
    }),
    ("phases/out-of-order", "2025-10-01", |site| {
        replace(site, PLAN, "| 2025-12-01 | Todos los", "| 2025-10-01 | Todos los")
    }),
    ("phases/premature", "En curso", |site| replace(site, PLAN, "en 7 días | Pendiente |", "en 7 días | En curso |")),
    ("phases/unknown-phase", "Piloto Ampliad", |site| {
        replace(site, PLAN, "| Data Team | ⏳ | Piloto Ampliado |", "| Data Team | ⏳ | Piloto Ampliad |");
    }),
    ("risks/missing-mitigation", "Carga masiva incorrecta", |site| {
        replace(site, PLAN, "| Mantener soporte de import en piloto, validar plantillas antes de GA |", "|  |");
    }),
    (
        "rollback/flag-without-off-step",
        "Desactivar `ENABLE_VERTICAL_PROFILES` y `ENABLE_ASSISTANT_VERTICALS` vía flag.",
        |site| {
            replace(
                site,
                PLAN,
                "Desactivar `DASHBOARD_CHARTS` y `ENABLE_VERTICAL_IMPORT_EXPORT`",
                "Desactivar `DASHBOARD_CHARTS`",
            );
        },
    ),
    ("rollback/missing-plan", "**Piloto Controlado**", |site| cut(site, PLAN, "## 4. ", "## 5. ", "")),
    ("rollback/missing-plan", "## 4. Procedimiento de Rollback", |site| {
        cut(site, PLAN, "## 4. ", "## 5. ", "## 4. Procedimiento de Rollback\n\n---\n\n");
    }),
    ("rollback/pending-step", "(pendiente)", |site| {
        replace(site, PLAN, "con el script probado en el piloto.", "con un script (pendiente).");
    }),
    ("settings/invalid", "langs", |site| append(site, SETTINGS, "langs: es\n")),
    ("waiver/expired", "2025-10-19", |site| waive(site, &["expires: 2025-10-19"])),
    ("waiver/invalid", "aproved_by", |site| waive(site, &["expires: 2025-10-31", "aproved_by: X"])),
    ("waiver/missing-reason", "TODO", |site| {
        waive(site, &["expires: 2025-10-31"]);
        replace(site, WAIVERS, "el responsable llega el lunes", "TODO");
    }),
    ("waiver/too-long", "2026-10-31", |site| waive(site, &["expires: 2026-10-31"])),
    ("waiver/unauthorised", "DevOps", |site| {
        waive(site, &["expires: 2025-10-31"]);
        replace(site, WAIVERS, "Release manager", "DevOps");
    }),
    ("waiver/unknown-target", "talla", |site| {
        waive(site, &["expires: 2025-10-31"]);
        replace(site, WAIVERS, "item: tallas", "item: talla");
    }),
];

fn good() -> TestSite {
    TestSite::with(&GOOD)
}

fn append(site: &TestSite, path: &str, text: &str) {
    site.write(path, site.read(path) + text);
}

/// Replaces the only `from` in a file.
fn replace(site: &TestSite, path: &str, from: &str, to: &str) {
    let text = site.read(path);
    assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in `{path}`");
    site.write(path, text.replacen(from, to, 1));
}

/// Puts another text in the place of what stands from `start` until `end`.
fn cut(site: &TestSite, path: &str, start: &str, end: &str, instead: &str) {
    let text = site.read(path);
    let place = |word| text.find(word).expect("the page has the part");
    site.write(path, format!("{}{instead}{}", &text[..place(start)], &text[place(end)..]));
}

/// A waiver of something that is not wrong, so that only what is said of the waiver itself is found.
fn waive(site: &TestSite, lines: &[&str]) {
    let first = "- rule: checklist/missing-owner\n  item: tallas\n  reason: el responsable llega el lunes\n  requested_by: DevOps\n  approved_by: Release manager\n";
    let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    site.write(WAIVERS, format!("{first}{lines}"));
}

#[test]
fn the_good_site_is_clean() {
    let site = good();
    let (loaded, found) = site.check();
    assert_eq!(listed(&loaded, &found), "");
    let run = site.rollbook(&["check", "--now", "2025-10-20", "--deny-warnings"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn every_rule_that_stops_a_merge_has_a_break() {
    let with_break: BTreeSet<&str> = BREAKS.iter().map(|(rule, ..)| *rule).collect();
    let errors = RULES.iter().filter(|rule| rule.severity == Severity::Error).map(|rule| rule.id);
    let without: Vec<&str> = errors.filter(|rule| !with_break.contains(rule)).collect();
    assert!(without.is_empty(), "write a break for {without:?}");
    let unknown: Vec<_> = with_break.iter().filter(|id| rollbook::check::rule(id).is_none()).collect();
    assert!(unknown.is_empty(), "no rules: {unknown:?}");
}

#[test]
fn one_break_is_one_rule_and_exit_1() {
    let mut wrong = String::new();
    for (rule, place, edit) in BREAKS {
        let site = good();
        edit(&site);
        let (loaded, mut found) = site.check();
        // That what changed is not kept yet goes without saying.
        found.retain(|finding| finding.rule != "history/unrecorded-change");
        let told: BTreeSet<&str> = found.iter().map(|finding| finding.rule).collect();
        let slice = |file, span| loaded.sources[file].slice(span);
        let points = found.iter().any(|it| it.severity == Severity::Error && slice(it.file, it.span) == *place);
        let run = site.rollbook(&["check", "--now", "2025-10-20"]);
        // Where the settings are not valid, the tool has not failed to find: it cannot look.
        let code = if *rule == "settings/invalid" { 2 } else { 1 };
        if !told.iter().eq([rule]) || !points || run.code != code {
            wrong += &format!("{rule} at {place:?}, exit {}:\n{}", run.code, listed(&loaded, &found));
            wrong += &format!("places: {:?}\n\n", found.iter().map(|it| slice(it.file, it.span)).collect::<Vec<_>>());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
