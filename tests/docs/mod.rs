//! The manual's pages that are made from the code: one a rule, below `docs/content/rules/`, and one with the help of every command.
//! `UPDATE_EXPECT=1` writes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rollbook::check::{RULES, Rule};

use crate::support::binary::tree;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/rules")
}

#[test]
fn the_manual_has_the_page_of_every_rule_as_explain_prints_it() {
    let made = made();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        write(&made);
    }
    let kept: BTreeMap<String, String> = tree(&folder())
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("the manual is UTF-8")))
        .collect();
    let (made_paths, kept_paths): (Vec<_>, Vec<_>) = (made.keys().collect(), kept.keys().collect());
    assert_eq!(made_paths, kept_paths, "UPDATE_EXPECT=1 writes the pages");
    for (path, text) in &made {
        assert_eq!(text, &kept[path], "{path}: UPDATE_EXPECT=1 writes the pages");
    }
}

fn write(pages: &BTreeMap<String, String>) {
    if folder().exists() {
        std::fs::remove_dir_all(folder()).expect("the old pages can go");
    }
    for (path, text) in pages {
        let path = folder().join(path);
        std::fs::create_dir_all(path.parent().expect("a page stands in a folder")).expect("a folder");
        std::fs::write(&path, text).expect("a page can be written");
    }
}

/// Every page below the folder: one a rule, one a group, and the list of all.
fn made() -> BTreeMap<String, String> {
    let mut pages: BTreeMap<String, String> =
        RULES.iter().map(|rule| (format!("{}.md", rule.id), page_of(rule))).collect();
    for rule in RULES {
        let group = rule.id.split('/').next().unwrap_or_default();
        pages.entry(format!("{group}/_index.md")).or_insert_with(|| format!("---\ntitle: {group}\n---\n"));
    }
    pages.insert("_index.md".to_owned(), list());
    pages
}

fn page_of(rule: &Rule) -> String {
    let name = rule.id.split('/').next_back().unwrap_or_default();
    let description = serde_json::Value::from(rule.summary());
    format!(
        "---\ntitle: {name}\ndescription: {description}\n---\n\n# {}\n\nSeverity: {}\n\n{}",
        rule.id,
        rule.severity.key(),
        rule.page()
    )
}

fn list() -> String {
    let mut list = "---\ntitle: Rules\ndescription: Every rule with its severity and what it finds.\nweight: 45\n---\n\n\
                    `rollbook explain RULE` prints the same pages.\n\n| rule | severity | what it does |\n|---|---|---|\n"
        .to_owned();
    for rule in RULES {
        let (id, severity) = (rule.id, rule.severity.key());
        let _ = writeln!(list, "| [{id}]({id}.md) | {severity} | {} |", rule.summary().replace('|', "\\|"));
    }
    list
}

#[test]
fn the_manual_has_the_help_of_every_command() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/commands.md");
    let made = commands();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &made).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("the page is text");
    assert_eq!(made, kept, "UPDATE_EXPECT=1 writes the page");
}

fn commands() -> String {
    let mut text = "---\ntitle: Commands\ndescription: Every command with its options, as `--help` prints it.\nweight: 46\n---\n\n"
        .to_owned();
    let mut all = rollbook::cli::command().term_width(100);
    all.build();
    let _ = write!(text, "```text\n{}```\n", all.render_long_help());
    describe(&mut all, "rollbook", &mut text);
    text
}

/// Appends the help of each command below `above`, and of those below it.
fn describe(above: &mut clap::Command, name: &str, text: &mut String) {
    for command in above.get_subcommands_mut().filter(|command| command.get_name() != "help") {
        let name = format!("{name} {}", command.get_name());
        let help = command.clone().term_width(100).render_long_help().to_string();
        let help = help.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        let _ = write!(text, "\n## {name}\n\n```text\n{help}\n```\n");
        describe(command, &name, text);
    }
}
