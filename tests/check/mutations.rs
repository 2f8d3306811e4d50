//! What tired people do to a plan, and what must come of it: the seed is broken in one place, and `check` has to name that
//! place. A gate must never become green by an accident.

use std::ops::Range;
use std::sync::LazyLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use rollbook::diagnostic::Diagnostic;
use rollbook::model::{Site, Status};

use crate::support::site::{self, TestSite, listed};

const SEED: &str = include_str!("../fixtures/seed/plan-rollout-retail.md");
const HEADER: &str = "| Ítem | Responsable | Estado |\n|------|-------------|--------|\n";
const FIRST: &str = "| QA Cycles completados (plan QA) | QA Lead | ⏳ |";
const SECOND: &str = "| Scripts de seeds y rollback listos | Ingeniería | ⏳ |";

/// What stands where an owner should stand.
const NO_OWNERS: [&str; 20] = [
    "-",
    "—",
    "TBD",
    "TODO",
    "TODO: preguntar",
    "?",
    "N/A",
    "a definir",
    "Por definir",
    "por asignar",
    "sin asignar",
    "pendiente",
    "Pendiente de RRHH",
    "____",
    "<nombre>",
    "[Nombre]",
    "@tbd",
    "xxx",
    "**TBD**",
    "⏳",
];
/// What stands where a status should stand, and the rule that tells.
const NO_STATUSES: [(&str, &str); 14] = [
    ("-", "missing-status"),
    ("—", "missing-status"),
    ("TBD", "missing-status"),
    ("por definir", "missing-status"),
    ("<estado>", "missing-status"),
    ("____", "missing-status"),
    ("@tbd", "missing-status"),
    ("xxx", "missing-status"),
    ("?", "garbled-status"),
    ("??", "garbled-status"),
    ("\u{fffd}", "garbled-status"),
    ("‚è≥", "garbled-status"),
    ("casi", "unknown-status"),
    ("✅?", "unknown-status"),
];

/// What is found in the checklist and in the bytes of the file. The rest of the plan has tests of its own.
fn of_the_checklist(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_meant = |rule: &str| rule.starts_with("checklist/") || rule.starts_with("files/");
    findings.into_iter().filter(|finding| is_meant(finding.rule)).collect()
}

fn site(text: &str) -> Site {
    TestSite::with_page("content/plan.md", text).load()
}

/// Those findings that the seed itself does not have.
fn brought(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    static SEEDS_OWN: LazyLock<Vec<Diagnostic>> = LazyLock::new(|| site::findings(&site(SEED)));
    let is_same = |a: &Diagnostic, b: &Diagnostic| a.rule == b.rule && a.message == b.message;
    findings.into_iter().filter(|finding| !SEEDS_OWN.iter().any(|own| is_same(own, finding))).collect()
}

/// What a change of the seed brought.
fn findings(site: &Site) -> Vec<Diagnostic> {
    of_the_checklist(brought(site::findings(site)))
}

/// Only the errors among it.
fn errors(site: &Site) -> Vec<Diagnostic> {
    of_the_checklist(brought(site::errors(site)))
}

/// The owner and status cells of the seed's checklist: for each row both ranges between the pipes.
fn cells() -> Vec<[Range<usize>; 2]> {
    let mut at = SEED.find(HEADER).expect("the seed has a checklist") + HEADER.len();
    let mut cells = Vec::new();
    for line in SEED[at..].split_inclusive('\n').take_while(|line| line.starts_with('|')) {
        let pipes: Vec<usize> = line.match_indices('|').map(|(pipe, _)| at + pipe).collect();
        cells.push([pipes[1] + 1..pipes[2], pipes[2] + 1..pipes[3]]);
        at += line.len();
    }
    assert_eq!(cells.len(), 7);
    cells
}

/// Both cells of every row with the group's rule for an empty one.
fn owner_and_status_cells() -> impl Iterator<Item = (Range<usize>, &'static str)> {
    cells().into_iter().flat_map(|[owner, status]| [(owner, "missing-owner"), (status, "missing-status")])
}

fn with(text: &str, range: &Range<usize>, replacement: &str) -> String {
    format!("{}{replacement}{}", &text[..range.start], &text[range.end..])
}

/// Line and column of a byte of the seed.
fn position(offset: usize) -> (usize, usize) {
    let before = &SEED[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// `rule line:column` of each finding.
fn places(site: &Site, findings: &[Diagnostic]) -> Vec<String> {
    let place = |finding: &Diagnostic| {
        let at = site.sources[finding.file].position(finding.span.start as usize);
        format!("{} {}:{}", finding.rule, at.line, at.column)
    };
    findings.iter().map(place).collect()
}

/// What is found besides what the untouched seed gives, which lacks an owner for its flags and more.
fn beyond_the_seed(site: &Site) -> Vec<Diagnostic> {
    let seed: Vec<&str> = findings(&self::site(SEED)).iter().map(|finding| finding.rule).collect();
    findings(site).into_iter().filter(|finding| !seed.contains(&finding.rule)).collect()
}

#[track_caller]
fn assert_one_error(text: &str, rule: &str, (line, column): (usize, usize)) {
    let site = site(text);
    let errors = errors(&site);
    let found = listed(&site, &errors);
    assert_eq!(places(&site, &errors), [format!("checklist/{rule} {line}:{column}")], "{found}\n{text}");
}

#[test]
fn the_seed_is_complete() {
    let site = site(SEED);
    assert_eq!(listed(&site, &errors(&site)), "");
    assert_eq!(site.plan.checklists.len(), 1);
    let items: Vec<_> = site.plan.items().collect();
    assert_eq!(items.len(), 7);
    assert_eq!(items.iter().filter_map(|item| item.owner.value.name()).count(), 7);
    assert!(items.iter().all(|item| item.status.value.known() == Some(Status::Pending)));
    assert_eq!(site.plan.flags.len(), 4);
}

#[test]
fn an_emptied_cell_is_named_at_its_line_and_column() {
    for (cell, rule) in owner_and_status_cells() {
        let (line, column) = position(cell.start);
        assert_one_error(&with(SEED, &cell, "  "), rule, (line, column + 1));
        assert_one_error(&with(SEED, &cell, " "), rule, (line, column + 1));
        assert_one_error(&with(SEED, &cell, ""), rule, (line, column));
        assert_one_error(&with(SEED, &cell, "\u{a0}\u{a0}"), rule, (line, column + 1));
        assert_one_error(&with(SEED, &cell, " <br> "), rule, (line, column + 1));
    }
}

#[test]
fn a_cell_deleted_with_its_pipe_is_named_in_its_line() {
    for (cell, rule) in owner_and_status_cells() {
        let line = position(cell.start).0;
        let text = with(SEED, &(cell.start..cell.end + 1), "");
        let site = site(&text);
        let places = places(&site, &beyond_the_seed(&site));
        let of = |rule: &str| places.iter().filter(|it| it.starts_with(&format!("checklist/{rule} {line}:"))).count();
        assert_eq!((places.len(), of(rule), of("short-row")), (2, 1, 1), "{places:?}");
    }
}

#[test]
fn a_placeholder_is_no_owner_and_no_status() {
    for [owner, status] in cells() {
        for placeholder in NO_OWNERS {
            let (line, column) = position(owner.start);
            assert_one_error(&with(SEED, &owner, &format!(" {placeholder} ")), "missing-owner", (line, column + 1));
        }
        for (placeholder, rule) in NO_STATUSES {
            let (line, column) = position(status.start);
            assert_one_error(&with(SEED, &status, &format!(" {placeholder} ")), rule, (line, column + 1));
        }
    }
}

/// The checklist of the seed in front matter.
fn in_front_matter() -> String {
    let text = |range: &Range<usize>| SEED[range.clone()].trim().to_owned();
    let items = cells().into_iter().enumerate().map(|(index, [owner, status])| {
        format!("  - item: Ítem {index}\n    owner: {}\n    status: {}\n", text(&owner), text(&status))
    });
    format!("---\nkind: checklist\nchecklist:\n{}---\n", items.collect::<String>())
}

#[test]
fn the_same_items_in_front_matter_are_complete_too() {
    let site = site(&in_front_matter());
    assert_eq!(listed(&site, &findings(&site)), "");
    assert_eq!(site.plan.items().count(), 7);
}

#[test]
fn an_emptied_value_in_front_matter_is_named_behind_its_colon() {
    let text = in_front_matter();
    for (index, _) in text.lines().enumerate().filter(|(_, line)| line.starts_with("    ")) {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let key = lines[index].trim_start().split(':').next().unwrap_or_default().to_owned();
        for value in ["", " ", " ~", " ''", " # nadie"] {
            lines[index] = format!("    {key}:{value}");
            let written = matches!(value, " ~" | " ''");
            let column = "    ".len() + key.len() + ":".len() + 1 + usize::from(written);
            assert_one_error(&lines.join("\n"), &format!("missing-{key}"), (index + 1, column));
        }
    }
}

#[test]
fn a_key_deleted_in_front_matter_is_named_at_its_item() {
    let text = in_front_matter();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| line.starts_with("    ")) {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.remove(index);
        let key = line.trim_start().split(':').next().unwrap_or_default();
        let item = (0..index).rev().find(|above| lines[*above].starts_with("  - ")).expect("a key stands in an item");
        assert_one_error(&lines.join("\n"), &format!("missing-{key}"), (item + 1, "  - ".len() + 1));
    }
}

/// Replaces the only `from` in the seed, and says what must be found: rules and places, and how many items remain.
#[track_caller]
fn check(from: &str, to: &str, items: usize, expected: &[&str]) {
    assert_eq!(SEED.matches(from).count(), 1, "`{from}` stands once in the seed");
    check_text(&SEED.replacen(from, to, 1), items, expected);
}

#[track_caller]
fn check_text(text: &str, items: usize, expected: &[&str]) {
    let site = site(text);
    let findings = beyond_the_seed(&site);
    assert_eq!(places(&site, &findings), expected, "{}\n{text}", listed(&site, &findings));
    assert_eq!(site.plan.items().count(), items, "{text}");
}

#[test]
fn harmless_changes_stay_harmless() {
    check(FIRST, "| QA Cycles completados (plan QA) | QA Lead | ⏳", 7, &[]);
    check(FIRST, "QA Cycles completados (plan QA) | QA Lead | ⏳", 7, &[]);
    check(FIRST, "| QA Cycles completados (plan QA) | QA Lead | ⏳ ||", 7, &[]);
    check(FIRST, "|\tQA Cycles completados\t|\tQA Lead\t|\t⏳\t|", 7, &[]);
    check(FIRST, "    | QA Cycles completados | QA Lead | ⏳ |", 7, &[]);
    check(FIRST, "|\u{a0}QA Cycles completados\u{a0}|\u{a0}QA Lead\u{a0}|\u{a0}⏳\u{a0}|", 7, &[]);
    check(FIRST, "| QA Cycles completados | **QA Lead** | ⏳ |", 7, &[]);
    check(FIRST, "| QA Cycles completados | [QA Lead](https://example.com/qa) | ⏳ |", 7, &[]);
    check(FIRST, "| QA Cycles completados | QA Lead<br>DevOps | ⏳<br>Pendiente |", 7, &[]);
    check(FIRST, r"| Salida de `seed \| grep` | DevOps | ⏳ |", 7, &[]);
    check(FIRST, &format!("{FIRST}\n|  |  |  |"), 7, &[]);
    check(HEADER, "| Item | Owner | Status |\n|---|---|---|\n", 7, &[]);
    check(HEADER, "| **ÍTEM** | RESPONSÁVEL | Situação |\n|---|:-:|--:|\n", 7, &[]);
    check(HEADER, "| Cosa | Responsable | Estado |\n|---|---|---|\n", 7, &[]);
    check_text(&SEED.replace('\n', "\r\n"), 7, &[]);
    check_text(&format!("\u{feff}{SEED}"), 7, &[]);
    check_text(SEED.trim_end(), 7, &[]);
}

#[test]
fn a_bold_or_linked_owner_is_its_text() {
    let owners = [
        ("**QA Lead**", "QA Lead"),
        ("[QA Lead](https://e.com)", "QA Lead"),
        ("QA<br>DevOps", "QA DevOps"),
        ("`@qa`", "@qa"),
    ];
    for (written, name) in owners {
        let site = site(&SEED.replacen("QA Lead", written, 1));
        assert_eq!(site.plan.items().next().and_then(|item| item.owner.value.name()), Some(name));
    }
}

#[test]
fn cells_too_many_are_one_error() {
    check(
        FIRST,
        "| QA Cycles completados (plan QA) | QA Lead | ⏳ | falta firma",
        7,
        &["checklist/column-shift 91:51"],
    );
    check(FIRST, "| QA Cycles completados |  | QA Lead | ⏳ |", 7, &["checklist/column-shift 91:40"]);
    check(FIRST, "|| QA Cycles completados | QA Lead | ⏳ |", 7, &["checklist/column-shift 91:38"]);
    check(FIRST, "| Salida de `seed | grep` | DevOps | ⏳ |", 7, &["checklist/column-shift 91:19"]);
    check(FIRST, "| QA o \\\\| smoke | DevOps | ⏳ |", 7, &[]);
    check(FIRST, "\u{a0}| QA Cycles completados | QA Lead | ⏳ |", 7, &["checklist/column-shift 91:38"]);
    check(&format!("{FIRST}\n{SECOND}"), &format!("{FIRST} {SECOND}"), 6, &["checklist/column-shift 91:53"]);
}

#[test]
fn cells_too_few_are_a_warning_and_an_error() {
    check(
        FIRST,
        "| QA Cycles completados | QA Lead ⏳ |",
        7,
        &["checklist/missing-status 91:38", "checklist/short-row 91:38"],
    );
    check(
        FIRST,
        "| QA Cycles completados ｜ QA Lead | ⏳ |",
        7,
        &["checklist/missing-owner 91:37", "checklist/short-row 91:40"],
    );
    check(
        FIRST,
        "| QA Cycles completados\n(plan QA) | QA Lead | ⏳ |",
        8,
        &["checklist/missing-owner 91:24", "checklist/missing-status 91:24", "checklist/short-row 91:24"],
    );
    check(
        FIRST,
        &format!("{FIRST}\nNota: falta uno"),
        8,
        &["checklist/missing-owner 92:16", "checklist/missing-status 92:16", "checklist/short-row 92:16"],
    );
}

#[test]
fn a_broken_header_is_told_once() {
    check("| Responsable | Estado |", "| Resposable | Estado |", 7, &["checklist/missing-column 89:10"]);
    check("| Responsable | Estado |", "|  | Estado |", 7, &["checklist/missing-column 89:1"]);
    check("| Responsable | Estado |", "| Responsable | Estdo |", 7, &["checklist/missing-column 89:24"]);
    check(
        "| Responsable | Estado |",
        "| Quién sabe | ¿Listo? |",
        7,
        &["checklist/missing-column 89:1", "checklist/missing-column 89:1"],
    );
    check("## 6. Checklist de Go-Live", "## 6. Salida", 7, &[]);
    let unknown_heading = SEED.replacen("## 6. Checklist de Go-Live", "## 6. Salida", 1);
    check_text(
        &unknown_heading.replacen("| Responsable | Estado |", "| Resposable | Estado |", 1),
        7,
        &["checklist/missing-column 89:10"],
    );
}

#[test]
fn rows_outside_of_a_table_are_told() {
    let rows = SEED.find(HEADER).map(|at| &SEED[at + HEADER.len()..]).unwrap_or_default();
    assert!(rows.starts_with(FIRST));
    check("|------|-------------|--------|\n", "", 0, &["checklist/detached-row 89:1"]);
    check("|------|-------------|--------|\n", "|------|-------------|\n", 0, &["checklist/detached-row 89:1"]);
    check(
        "|------|-------------|--------|\n",
        "|------|-------------|------x-|\n",
        0,
        &["checklist/detached-row 89:1"],
    );
    check("|------|-------------|--------|\n", "|――――|――――|――――|\n", 0, &["checklist/detached-row 89:1"]);
    check("| Responsable | Estado |", "| Responsable |", 0, &["checklist/detached-row 89:1"]);
    check(SECOND, &format!("\n{SECOND}"), 1, &["checklist/detached-row 93:1"]);
    check(SECOND, &format!("<!-- ojo -->\n{SECOND}"), 1, &["checklist/detached-row 93:1"]);
    check(SECOND, &format!("\n    {SECOND}"), 1, &["checklist/detached-row 93:5"]);
    check(SECOND, &format!("\n### Segunda parte\n\n{SECOND}"), 1, &["checklist/detached-row 95:1"]);
    let full_width = SEED.replacen(HEADER, &HEADER.replace('|', "｜"), 1);
    check_text(&full_width, 0, &["checklist/detached-row 89:1"]);
    let quoted = SEED.replacen(HEADER, &format!("> {}", HEADER.replacen("\n|", "\n> |", 1)), 1);
    check_text(&quoted.replacen(FIRST, &format!("> {FIRST}"), 1), 1, &["checklist/detached-row 92:1"]);
}

#[test]
fn a_list_that_is_gone_is_told() {
    let start = SEED.find(HEADER).unwrap_or_default();
    let end = SEED.find("\n---\n\n## 7.").unwrap_or_default();
    check_text(&with(SEED, &(start..end), ""), 0, &["checklist/empty-list 87:1"]);
    check_text(&with(SEED, &(start + HEADER.len()..end), ""), 0, &["checklist/empty-list 89:1"]);
    check_text(&with(SEED, &(start..end), "Ver la hoja de cálculo.\n"), 0, &["checklist/empty-list 87:1"]);
    check_text(&with(SEED, &(start..end), "- QA: QA Lead\n- Scripts: DevOps\n"), 0, &["checklist/empty-list 87:1"]);
    let commented = format!("<!--\n{}-->\n", &SEED[start..end]);
    check_text(&with(SEED, &(start..end), &commented), 0, &["checklist/empty-list 87:1"]);
    let fenced = format!("```\n{}```\n", &SEED[start..end]);
    check_text(&with(SEED, &(start..end), &fenced), 0, &["checklist/empty-list 87:1"]);
    check(HEADER, &format!("<!-- rollbook: ignore -->\n{HEADER}"), 0, &[]);
}

#[test]
fn two_tables_are_two_lists() {
    let second = format!("\n{HEADER}| Soporte avisado |  | ✅ |\n");
    let last = "| Comunicaciones redactadas y aprobadas | Marketing | ⏳ |\n";
    check(last, &format!("{last}{second}"), 8, &["checklist/missing-owner 101:21"]);
}

#[test]
fn a_broken_encoding_never_reads_as_done() {
    let wreck = |encoding: &'static Encoding| encoding.decode_without_bom_handling(SEED.as_bytes()).0.into_owned();
    let garbled: Vec<String> =
        (0..7).map(|row| 91 + row).map(|line| format!("checklist/garbled-status {line}")).collect();
    for text in [wreck(MACINTOSH), wreck(WINDOWS_1252)] {
        let site = site(&text);
        let broken = |place: &String| place.starts_with("files/garbled-encoding 1:");
        assert!(places(&site, &findings(&site)).iter().any(broken), "{text}");
        assert_eq!(site.plan.items().filter(|item| item.is_open()).count(), 7);
    }
    for text in [
        SEED.replace('⏳', "?"),
        SEED.replace('⏳', "???"),
        SEED.replace('⏳', "\u{fffd}"),
        SEED.replace('⏳', "\u{fffd}\u{fffd}\u{fffd}"),
    ] {
        let site = site(&text);
        let places = places(&site, &beyond_the_seed(&site));
        // A header that broke as well ("Descripci√≥n") names no column any more, which other groups may tell.
        let of_checklist = places.iter().filter(|place| place.starts_with("checklist/"));
        let lines: Vec<&str> = of_checklist.filter_map(|place| place.rsplit_once(':')).map(|(line, _)| line).collect();
        assert_eq!(lines, garbled, "{text}");
        assert_eq!(site.plan.items().filter(|item| item.is_open()).count(), 7);
    }
}

#[test]
fn a_file_that_is_not_utf8_is_told_once_and_stays_open() {
    let test = TestSite::new();
    let (before, behind) = SEED.split_once('⏳').expect("the seed has a pending item");
    test.write("content/plan.md", [before.as_bytes(), b"\xe2\x8f", behind.as_bytes()].concat());
    let site = test.load();
    assert_eq!(places(&site, &beyond_the_seed(&site)), ["files/invalid-utf8 91:47"]);
    assert_eq!(site.plan.items().filter(|item| item.is_open()).count(), 7);
}

#[test]
fn tasks_are_counted_whatever_their_box() {
    let page = |tasks: &str| format!("---\nkind: checklist\n---\n\n{tasks}");
    check_text(&page("- [ ] A — Owner: QA\n- [x] B @ana\n"), 2, &[]);
    check_text(&page("- [ ] A — Owner: QA\n- [] B @ana\n"), 2, &["checklist/missing-status 6:3"]);
    check_text(&page("- [ ] A — Owner: QA\n- [ok] B @ana\n"), 2, &["checklist/missing-status 6:3"]);
    check_text(&page("- [ ] A — Owner: QA\n- B @ana\n"), 2, &["checklist/missing-status 6:3"]);
    check_text(&page("- [ ] A — Owner: QA\n- [ ]B @ana\n"), 2, &["checklist/missing-status 6:3"]);
    check_text(&page("- Técnico\n  - [ ] A — Owner: QA\n  - [x] B @ana\n- Negocio\n  - [ ] C (@eva)\n"), 3, &[]);
    check_text(&page("- [ ] A\n  - Responsable: QA\n- [ ] B\n"), 2, &["checklist/missing-owner 7:8"]);
    check_text(&page("- [ ] A @ana\n- [ ]\n- <!-- nada -->\n"), 2, &["checklist/missing-owner 6:6"]);
    check_text(&page("- [ ] A @ana\n- [ ] B — Responsable:\n"), 2, &["checklist/missing-owner 6:23"]);
}

#[test]
fn a_directive_without_a_list_is_told() {
    check_text("Texto.\n\n<!-- rollbook: checklist -->\n", 0, &["checklist/empty-list 3:1"]);
    check_text(
        "<!-- rollbook: checklist -->\n\n| Ítem | Responsable | Estado |\n| QA | QA Lead | ⏳ |\n",
        0,
        &["checklist/detached-row 3:1"],
    );
}
