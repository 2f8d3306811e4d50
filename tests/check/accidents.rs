//! Tables and front matter broken in every way in which tired people break them: whatever the accident, each item of the plan is
//! read as open, or somebody is told. No row is lost in silence, and no gate becomes green.

use rollbook::diagnostic::Severity;

use super::seed::CORRECTED;
use crate::support::site::{TestSite, findings, listed};

/// Items of the plan, all of them open.
const ITEMS: usize = 7;

/// The lines of the plan's checklist.
fn table() -> Vec<&'static str> {
    let lines = CORRECTED.lines().skip_while(|line| !line.starts_with("| Ítem | Responsable"));
    let table: Vec<&str> = lines.take_while(|line| line.starts_with('|')).collect();
    assert_eq!(table.len(), ITEMS + 2);
    table
}

/// The plan with another table.
fn with_table(lines: &[String]) -> String {
    let old = table().join("\n");
    assert_eq!(CORRECTED.matches(&old).count(), 1);
    CORRECTED.replacen(&old, &lines.join("\n"), 1)
}

fn each(change: impl Fn(&str) -> String) -> Vec<String> {
    table().into_iter().map(change).collect()
}

/// One line changed, counted from 0; the header is the first.
fn one(index: usize, change: impl Fn(&str) -> String) -> Vec<String> {
    let all = table().into_iter().enumerate();
    all.map(|(at, line)| if at == index { change(line) } else { line.to_owned() }).collect()
}

fn inside(line: &str) -> &str {
    line.trim_matches(['|', ' '])
}

fn without_rule(change: impl Fn(&str) -> String) -> Vec<String> {
    table().into_iter().filter(|line| !line.contains("---")).map(change).collect()
}

fn fenced(before: &str, behind: &str) -> Vec<String> {
    let lines = table().into_iter().map(str::to_owned);
    [before.to_owned()].into_iter().chain(lines).chain([behind.to_owned()]).collect()
}

/// Fails where the items are neither read nor missed.
#[track_caller]
fn check(name: &str, bytes: &[u8], weight: Severity) {
    let test = TestSite::new();
    test.write("content/plan.md", bytes);
    let site = test.load();
    let found = findings(&site);
    let open = site.plan.items().filter(|item| item.is_open()).count();
    let done = site.plan.items().count() - open;
    let told = found.iter().any(|finding| finding.severity <= weight);
    assert!(told || open >= ITEMS && done == 0, "{name}: {open} open, {done} closed\n{}", listed(&site, &found));
}

#[test]
fn severities_are_ordered_from_the_gravest() {
    assert!(Severity::Error < Severity::Warning && Severity::Warning < Severity::Info);
}

#[test]
fn no_accident_in_a_table_is_silent() {
    let row = 4;
    let accidents: Vec<(&str, Vec<String>)> = vec![
        ("a pipe too many before a row", one(row, |line| format!("|{line}"))),
        ("a pipe too many behind a row", one(row, |line| format!("{line} |"))),
        ("a pipe too many inside", one(row, |line| line.replacen("| DevOps", "| | DevOps", 1))),
        ("a pipe too few", one(row, |line| line.replacen(" | DevOps", " DevOps", 1))),
        ("a row cut off", one(row, |line| line[..line.len() / 2].to_owned())),
        ("no pipes at the borders", each(|line| inside(line).to_owned())),
        ("pasted from a spreadsheet", without_rule(|line| inside(line).replace(" | ", "\t"))),
        ("pasted as values", without_rule(|line| inside(line).replace(" | ", ";"))),
        ("no line below the header", without_rule(str::to_owned)),
        ("no header", table()[1..].iter().map(|line| (*line).to_owned()).collect()),
        ("rows alone", table()[2..].iter().map(|line| (*line).to_owned()).collect()),
        ("the header twice", one(1, |line| format!("{line}\n{}\n{line}", table()[0]))),
        ("the header again in the middle", one(row, |line| format!("{}\n{line}", table()[0]))),
        ("dashes of a word processor", one(1, |line| line.replace('-', "—"))),
        ("a column less below the header", one(1, |_| "|---|---|---|".to_owned())),
        ("a column more below the header", one(1, |_| "|---|---|---|---|---|".to_owned())),
        ("plus signs", one(1, |line| line.replace('|', "+"))),
        ("a grid", each(|line| format!("{line}\n+---+---+---+---+"))),
        ("a blank line between rows", one(row, |line| format!("\n{line}"))),
        ("a remark between rows", one(row, |line| format!("Nota: falta uno\n{line}"))),
        ("a comment around a row", one(row, |line| format!("<!-- {line} -->"))),
        ("a comment before a row", one(row, |line| format!("<!-- ojo -->\n{line}"))),
        ("a row on two lines", one(row, |line| line.replacen(" para", "\npara", 1))),
        ("two rows on one line", one(row, |line| format!("{line} {line}"))),
        (
            "another table right behind",
            one(ITEMS + 1, |line| format!("{line}\n| Riesgo | Dueño |\n|---|---|\n| x | y |")),
        ),
        ("four spaces before all", each(|line| format!("    {line}"))),
        ("a tab before all", each(|line| format!("\t{line}"))),
        ("four spaces before one", one(row, |line| format!("    {line}"))),
        ("a quotation", each(|line| format!("> {line}"))),
        ("half a quotation", one(1, |line| format!("> {line}"))),
        ("bullets", each(|line| format!("- {line}"))),
        ("numbers", each(|line| format!("1 {line}"))),
        ("backslashes at the ends", each(|line| format!("{line}\\"))),
        ("strong rows", each(|line| format!("**{line}**"))),
        ("code", fenced("```", "```")),
        ("code that is never closed", fenced("```", "")),
        ("a comment that is never closed", fenced("<!--", "")),
        ("details without a blank line", fenced("<details>", "</details>")),
        ("wide pipes", each(|line| line.replace('|', "｜"))),
        ("drawn pipes", each(|line| line.replace('|', "│"))),
        ("spaces that do not break", each(|line| line.replace(' ', "\u{a0}"))),
        ("a mark of the byte order in each line", each(|line| format!("\u{feff}{line}"))),
        ("spaces without width", each(|line| line.replace("Responsable", "Respon\u{200b}sable"))),
        ("an owner's column of another name", one(0, |line| line.replace("Responsable", "Quien lo hace"))),
        ("a status column of another name", one(0, |line| line.replace("Estado", "¿Cómo va?"))),
        ("both of another name", one(0, |line| line.replace("Responsable", "Persona").replace("Estado", "Avance"))),
        ("both mistyped", one(0, |line| line.replace("Responsable", "Reponsable").replace("Estado", "Esatdo"))),
        ("both empty", one(0, |line| line.replace("Responsable", "").replace("Estado", ""))),
        (
            "the header in Portuguese",
            one(0, |line| line.replace("Responsable", "Responsável").replace("Estado", "Situação")),
        ),
        ("merged cells", one(row, |line| line.replace("| DevOps |", "| ^^ |"))),
        ("a ditto mark", one(row, |line| line.replace("| DevOps |", "| \" |"))),
        ("a pipe in code", one(row, |line| line.replace("Flags", "`a|b`"))),
        ("a remark behind a row", one(row, |line| format!("{line} <- ojo"))),
        (
            "a conflict of git",
            one(row, |line| format!("<<<<<<< HEAD\n{line}\n=======\n{}\n>>>>>>> rama", line.replace('⏳', "✅"))),
        ),
        ("a list", without_rule(|line| format!("- {}", inside(line).split(" | ").next().unwrap_or_default()))),
        ("a numbered list", without_rule(|line| format!("1. {}", inside(line).replace(" | ", " — ")))),
        ("HTML", without_rule(|line| format!("<tr><td>{}</td></tr>", inside(line).replace(" | ", "</td><td>")))),
        ("a form feed", one(row, |line| format!("\u{c}{line}"))),
        ("a separator of lines", one(row, |line| format!("{line}\u{2028}"))),
        ("a byte of zero", one(row, |line| format!("\0{line}"))),
        ("carriage returns", vec![table().join("\r")]),
    ];
    for (name, lines) in accidents {
        check(name, with_table(&lines).as_bytes(), Severity::Error);
    }
}

#[test]
fn no_accident_in_a_whole_plan_is_silent() {
    let heading = "## 6. Checklist de Go-Live";
    let utf16: Vec<u8> = CORRECTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin1: Vec<u8> = CORRECTED.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let accidents: Vec<(&str, Vec<u8>)> = vec![
        ("CRLF", CORRECTED.replace('\n', "\r\n").into_bytes()),
        ("lines of old Macs", CORRECTED.replace('\n', "\r").into_bytes()),
        ("a mark of the byte order", format!("\u{feff}{CORRECTED}").into_bytes()),
        ("UTF-16", utf16),
        ("Latin-1", latin1),
        ("a heading without marks", CORRECTED.replace("## 6.", "6.").into_bytes()),
        ("a heading without a space", CORRECTED.replace("## 6.", "##6.").into_bytes()),
        ("a heading underlined", CORRECTED.replace(heading, "6. Checklist de Go-Live\n----").into_bytes()),
        ("a heading of other words", CORRECTED.replace(heading, "## 6. Lo que falta").into_bytes()),
    ];
    for (name, bytes) in accidents {
        check(name, &bytes, Severity::Error);
    }
}

#[test]
fn no_accident_in_front_matter_is_silent() {
    let front_matter = "---\nkind: checklist\ntitle: Lista\nowner: QA Lead\n---\n\n";
    let rows: String = (1..=ITEMS).map(|row| format!("| Cosa {row} | QA | ⏳ |\n")).collect();
    let body = format!("| Ítem | Responsable | Estado |\n|---|---|---|\n{rows}");
    let broken = |from: &str, to: &str| front_matter.replace(from, to);
    let accidents: Vec<(&str, String)> = vec![
        ("a tab before a key", broken("title", "\ttitle")),
        ("a tab behind a colon", broken("kind: ", "kind:\t")),
        ("never closed", broken("---\n\n", "\n")),
        ("never opened", front_matter[4..].to_owned()),
        ("closed with dots", broken("---\n\n", "...\n\n")),
        ("four dashes", broken("---", "----")),
        ("one long dash", broken("---", "—")),
        ("a blank line first", format!("\n{front_matter}")),
        ("a space first", format!(" {front_matter}")),
        ("a mark of the byte order", format!("\u{feff}{front_matter}")),
        ("a space that does not break", broken(": ", ":\u{a0}")),
        ("quotes of a word processor", broken("Lista", "“Lista”")),
        ("a quote that is never closed", broken("Lista", "\"Lista")),
        ("no colon", broken("kind:", "kind")),
        ("no space behind a colon", broken("kind: ", "kind:")),
        ("a kind that is none", broken("checklist", "cheklist")),
        ("a kind with a capital", broken("checklist", "Checklist")),
        ("a key in Spanish", broken("kind: checklist", "tipo: checklist")),
        ("a mistyped key", broken("kind:", "knd:")),
        ("an empty key", broken("kind: checklist", "kind:")),
        ("a key twice", broken("title", "kind: plan\ntitle")),
        ("TOML", "+++\nkind = \"checklist\"\n+++\n\n".to_owned()),
        ("JSON", "{\"kind\": \"checklist\"}\n\n".to_owned()),
        ("a comment", "<!--\nkind: checklist\n-->\n\n".to_owned()),
        ("code", "```yaml\nkind: checklist\n```\n\n".to_owned()),
        ("a byte of zero", broken("Lista", "Lis\0ta")),
        ("indented", front_matter.replace('\n', "\n  ")),
        ("empty", "---\n---\n".to_owned()),
    ];
    for (name, front_matter) in accidents {
        check(name, format!("{front_matter}{body}").as_bytes(), Severity::Warning);
    }
}
