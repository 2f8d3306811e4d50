//! A good plan with a registry, a record of changes and a revision, broken in one way at a time: what is found is that and
//! nothing else. And what a rule of these groups does with the settings, the command line and its fixes.

use std::fs;

use rollbook::check::{self, Request};
use rollbook::config::RuleSetting;
use rollbook::diagnostic::{Diagnostic, Severity};
use rollbook::model::Site;
use rollbook::source::{Span, Spanned};
use rollbook::yaml::{self, Value};

use crate::support::site::{NOW, TestSite, listed};

const FLAGS: &str = "content/flags.md";
const HISTORY: &str = "content/historial.md";
const PLAN: &str = "content/plan.md";

const GOOD: [(&str, &str); 3] = [
    (
        FLAGS,
        "---\nkind: flags\n---\n\n\
         | Flag | Descripción | Default | Responsable | Caduca |\n|---|---|---|---|---|\n\
         | `ENABLE_PROFILES` | Los perfiles | `true` | DevOps | 2026-03-31 |\n\
         | `ENABLE_IMPORTS` | Las importaciones | `false` | DevOps | nunca (emergencias) |\n",
    ),
    (
        HISTORY,
        "---\nkind: flag-event\n---\n\n\
         | Fecha | Flag | Alcance | Valor anterior | Valor nuevo | Quién | Motivo |\n|---|---|---|---|---|---|---|\n\
         | 2025-10-06 | `ENABLE_PROFILES` | tienda-1 | `false` | `true` | DevOps | Abre el piloto |\n\
         | 2025-10-10 | `ENABLE_PROFILES` | tienda-1 | `true` | `false` | DevOps | Incidente 17 |\n\
         | 2025-10-13 | `ENABLE_PROFILES` | todos | `false` | `true` | DevOps | Empieza GA |\n",
    ),
    (
        PLAN,
        "---\nkind: plan\n---\n\nEncender `ENABLE_PROFILES`, luego ENABLE_IMPORTS. Ver el [registro](flags.md) y el [historial](historial.md).\n\n\
         ## Checklist\n\n| Ítem | Responsable | Estado |\n|---|---|---|\n\
         | QA Cycles completados | QA Lead | ✅ |\n| Trainings realizados | Customer Success | ⏳ |\n",
    ),
];

fn good() -> TestSite {
    let site = TestSite::with(&GOOD);
    site.write("rollbook.yaml", "lang: es\n");
    site.keep("@1");
    site
}

/// The rules that speak, without that the change is not kept yet.
fn rules(site: &TestSite) -> (Vec<&'static str>, String) {
    let (loaded, found) = site.check();
    let rules = found.iter().map(|finding| finding.rule).filter(|rule| *rule != "history/unrecorded-change").collect();
    (rules, listed(&loaded, &found))
}

/// Replaces the only `from` in a page of the good plan.
#[track_caller]
fn breaking(path: &str, from: &str, to: &str) -> TestSite {
    let site = good();
    let text = site.read(path);
    assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in `{path}`");
    site.write(path, text.replacen(from, to, 1));
    site
}

#[test]
fn the_good_plan_is_clean() {
    let (site, found) = good().check();
    assert_eq!(listed(&site, &found), "");
}

#[test]
fn one_break_is_one_rule() {
    for (path, from, to, rule) in [
        (FLAGS, "| `true` |", "| |", "flags/missing-default"),
        (FLAGS, "| DevOps | 2026", "| por definir | 2026", "flags/missing-owner"),
        (FLAGS, "Los perfiles", "-", "flags/missing-description"),
        (FLAGS, "2026-03-31", "", "flags/missing-expiry"),
        (FLAGS, " (emergencias)", "", "flags/missing-expiry"),
        (FLAGS, "2026-03-31", "2025-10-19", "flags/expired"),
        (FLAGS, "`true`", "`false`", "flags/missing-history"),
        (FLAGS, "`false`", "`true`", "flags/missing-history"),
        (HISTORY, "Empieza GA", "Empezó GA", "flags/edited-event"),
        (HISTORY, "2025-10-10", "2025-10-11", "flags/edited-event"),
        (PLAN, "luego ENABLE_IMPORTS", "luego nada", "flags/unreferenced-flag"),
        (PLAN, "`ENABLE_PROFILES`", "`ENABLE_PROFILE` (ENABLE_PROFILES)", "flags/unknown-flag"),
        (PLAN, "| Trainings realizados | Customer Success | ⏳ |\n", "", "history/item-vanished"),
        (PLAN, "✅", "⏳", "history/status-regression"),
    ] {
        let (found, text) = rules(&breaking(path, from, to));
        assert_eq!(found, [rule], "`{from}` -> `{to}`\n{text}");
    }
}

#[test]
fn one_further_line_is_one_rule() {
    let last = "| 2025-10-13 | `ENABLE_PROFILES` | todos | `false` | `true` | DevOps | Empieza GA |\n";
    for (line, rule) in [
        ("| 2025-10-14 | `ENABLE_IMPORTS` | tienda-2 | `false` | `true` | DevOps |  |\n", "flags/missing-reason"),
        ("| 2025-10-21 | `ENABLE_IMPORTS` | tienda-2 | `false` | `true` | DevOps | Piloto |\n", "flags/future-event"),
        ("| 2025-10-01 | `ENABLE_IMPORTS` | tienda-2 | `false` | `true` | DevOps | Piloto |\n", "flags/out-of-order"),
        ("| 2025-10-14 | `ENABLE_PROFILES` | todos | `false` | `true` | DevOps | Otra vez |\n", "flags/broken-chain"),
        ("| 2025-10-14 | `ENABLE_PROFILES` | todos | `true` | `false` | DevOps | Pausa |\n", "flags/missing-history"),
        ("| 2025-10-14 | `ENABLE_IMPORT` | tienda-2 | `false` | `true` | DevOps | Piloto |\n", "flags/unknown-flag"),
    ] {
        let (found, text) = rules(&breaking(HISTORY, last, &format!("{last}{line}")));
        assert_eq!(found, [rule], "{line}{text}");
    }
}

#[test]
fn a_byte_changed_in_any_kept_file_is_found() {
    for path in crate::support::binary::tree(&good().path("rollout-history")) {
        let name = format!("rollout-history/{}", path.0);
        if path.0.starts_with('.') {
            continue;
        }
        let site = good();
        let mut bytes = fs::read(site.path(&name)).expect("a kept file");
        bytes.push(b'x');
        site.write(&name, bytes);
        let (found, text) = rules(&site);
        assert_eq!(found, ["history/edited-revision"], "{name}\n{text}");
        let run = site.rollbook(&["check", "--now", "2025-10-20"]);
        assert_eq!(run.code, 1, "{name}\n{}", run.out);
    }
}

#[test]
fn a_revision_can_be_required() {
    let check =
        |site: &TestSite, args: &[&str]| site.rollbook(&[&["check", "--now", "2025-10-20"], args].concat()).code;
    let site = good();
    assert_eq!(check(&site, &["--require-revision"]), 0);
    site.write(PLAN, GOOD[2].1.replace("QA Lead", "DevOps"));
    assert_eq!((check(&site, &[]), check(&site, &["--require-revision"])), (0, 1));
    site.keep("@2");
    assert_eq!(check(&site, &["--require-revision"]), 0);
    fs::remove_dir_all(site.path("rollout-history")).expect("the history goes");
    assert_eq!((check(&site, &["--deny-warnings"]), check(&site, &["--require-revision"])), (0, 1));
}

/// The findings of a site under an option of one rule.
fn under_option(site: &TestSite, rule: &str, option: &str) -> Vec<Diagnostic> {
    let mut loaded = site.load();
    let Value::Mapping(options) = yaml::parse(option, 0).expect("options are YAML").value else {
        panic!("options are a mapping")
    };
    let rule = Spanned::new(rule.to_owned(), Span::default());
    loaded.config.rules.push(RuleSetting { rule, severity: None, options });
    let past = rollbook::past(&site.root(), &mut loaded).expect("the history can be read");
    check::check(&loaded, &Request::new(loaded.config.lang, NOW, &past)).findings
}

#[test]
fn the_text_around_can_be_left_out() {
    let site = breaking(PLAN, "Encender", "Primero, encender");
    assert_eq!(under_option(&site, "history/unrecorded-change", "text: true").len(), 1);
    assert_eq!(under_option(&site, "history/unrecorded-change", "text: false"), []);
}

#[test]
fn an_expiry_can_be_asked_for() {
    let site = TestSite::with(&[(
        FLAGS,
        "---\nkind: flags\n---\n\n| Flag | Description | Default | Owner |\n|---|---|---|---|\n\
         | `ENABLE_A` | The first | `true` | DevOps |\n| `ENABLE_B` | The second | `true` | DevOps |\n",
    )]);
    let expiry = |option| {
        let found = under_option(&site, "flags/missing-expiry", option);
        found.iter().filter(|finding| finding.rule == "flags/missing-expiry").count()
    };
    assert_eq!((expiry("required: false"), expiry("required: true")), (0, 1));
}

/// Does what the fixes of these findings say.
fn mend(test: &TestSite, site: &Site, findings: &[Diagnostic]) {
    let mut edits: Vec<_> =
        findings.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.file, edit.span)));
    for edit in edits {
        let path = &site.sources[edit.file].path;
        let mut text = test.read(path);
        text.replace_range(edit.span.range(), &edit.text);
        test.write(path, text);
    }
}

#[test]
fn a_fix_mends_what_it_was_given_for() {
    for (path, from, to) in [
        (FLAGS, "`true`", "`false`"),
        (FLAGS, "`true`", "false"),
        (PLAN, "`ENABLE_PROFILES`", "`ENABLE_PROFILE` y otra vez `ENABLE_PROFILE` (ENABLE_PROFILES)"),
        (PLAN, "luego ENABLE_IMPORTS", "luego ENABLE_IMPORT y no ENABLE_IMPORTS"),
    ] {
        let test = breaking(path, from, to);
        let (site, findings) = test.check();
        assert!(findings.iter().any(|finding| finding.fix.is_some()), "{}", listed(&site, &findings));
        mend(&test, &site, &findings);
        let (found, text) = rules(&test);
        assert!(found.is_empty(), "{text}");
    }
}

#[test]
fn a_default_inside_a_sentence_has_no_fix() {
    let test = breaking(FLAGS, "| Flag | Descripción | Default | Responsable | Caduca |\n|---|---|---|---|---|\n", "");
    test.write(FLAGS, "---\nkind: flags\nowner: DevOps\n---\n\n- `ENABLE_PROFILES`: los perfiles (default: `false`)\n- `ENABLE_IMPORTS`: las importaciones (default: `false`)\n");
    let (site, findings) = test.check();
    let found: Vec<_> = findings.iter().filter(|finding| finding.rule == "flags/missing-history").collect();
    assert_eq!(found.len(), 1, "{}", listed(&site, &findings));
    assert_eq!((found[0].fix.as_ref(), found[0].severity), (None, Severity::Error));
}

/// A plan of several parts is told once that nothing of it is kept; a checklist alone is not.
#[test]
fn a_plan_without_a_revision_is_told_in_a_note() {
    let note = "nota[history/unrecorded-change]: todavía no se guarda ninguna revisión del plan";
    let says = |site: &TestSite| site.rollbook(&["check", "--now", "2025-10-20", "--lang", "es"]).out.contains(note);
    assert!(says(&TestSite::seed()));
    assert!(!says(&TestSite::with(&[GOOD[2]])));
    assert!(!says(&good()));
}
