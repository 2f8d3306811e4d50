//! The files for other people's CI, as far as they can be checked without a forge: they parse, they have the keys that forges ask
//! for, and the commands in them do what they are for.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::readers::{assert_junit, assert_sarif};
use crate::support::binary::Run;
use crate::support::site::TestSite;

fn yaml(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no `{key}` in {value:#}"))
}

fn clean() -> TestSite {
    site("| QA | QA Lead | ⏳ |")
}

fn broken() -> TestSite {
    site("| QA | TBD | ⏳ |")
}

fn site(row: &str) -> TestSite {
    let page =
        format!("---\ntitle: Plan\nkind: checklist\n---\n\n| Ítem | Responsable | Estado |\n|---|---|---|\n{row}\n");
    TestSite::with_page("content/plan.md", &page)
}

/// Runs a script as forges do, in a site, with the binary under test first on the path.
fn run(script: &str, site: &TestSite, variables: &[(&str, &str)]) -> Run {
    let binary = Path::new(env!("CARGO_BIN_EXE_rollbook")).parent().expect("a folder");
    run_with(binary, script, site, variables)
}

fn run_with(first_on_path: &Path, script: &str, site: &TestSite, variables: &[(&str, &str)]) -> Run {
    let path = std::env::var("PATH").expect("a path");
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(site.root());
    command.env_remove("GITHUB_STEP_SUMMARY").env("PATH", format!("{}:{path}", first_on_path.display()));
    command.envs(variables.iter().copied());
    Run::of(command)
}

/// The text of a variable of a step, with inputs and context filled in.
fn step_variables<'a>(step: &'a Value, values: &[(&str, &str)]) -> Vec<(&'a str, String)> {
    let variables = step["env"].as_object().expect("variables");
    let fill = |text: &str| {
        let filled = values
            .iter()
            .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("${{{{ {name} }}}}"), value));
        assert!(!filled.contains("${{"), "`{text}` asks for what the test does not know");
        filled
    };
    variables.iter().map(|(name, value)| (name.as_str(), fill(value.as_str().expect("a text")))).collect()
}

fn steps(action: &Value) -> &[Value] {
    action["runs"]["steps"].as_array().expect("steps")
}

#[test]
fn the_action_has_what_github_asks_for() {
    let action = yaml("action.yml");
    assert!(!text(&action, "name").is_empty() && !text(&action, "description").is_empty());
    assert_eq!(action["runs"]["using"], "composite");
    for (name, input) in action["inputs"].as_object().expect("inputs") {
        assert!(!text(input, "description").is_empty() && input["default"].is_string(), "{name}");
    }
    assert!(text(&action["outputs"]["sarif"], "value").contains("inputs.sarif"));
    for step in steps(&action) {
        assert_eq!(text(step, "shell"), "bash");
        assert!(!text(step, "run").contains("${{"), "an input inside of a script would be part of its text: {step:#}");
    }
}

#[test]
fn the_action_checks_and_leaves_a_sarif_report() {
    let action = yaml("action.yml");
    let step = &steps(&action)[1];
    let variables = |args: &str| {
        let values = [("inputs.args", args), ("inputs.sarif", "rollbook.sarif")];
        step_variables(step, &values)
    };
    for (site, args, code) in
        [(clean(), "", 0), (broken(), "", 1), (clean(), "--deny-warnings --lang en", 0), (clean(), "--nonsense", 2)]
    {
        let variables = variables(args);
        let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let run = run(text(step, "run"), &site, &variables);
        assert_eq!(run.code, code, "{args}: {}{}", run.out, run.err);
        if code < 2 {
            assert_eq!(run.out.contains("::error file=content/plan.md,line=8,"), code == 1, "{}", run.out);
            assert_sarif(&site.read("rollbook.sarif"));
        }
    }
}

#[test]
fn the_action_installs_what_it_was_asked_for() {
    let action = yaml("action.yml");
    let step = &steps(&action)[0];
    let site = clean();
    site.write("bin/cargo", "#!/bin/sh\necho cargo \"$@\"\n");
    site.write("bin/rollbook", "#!/bin/sh\necho rollbook \"$@\"\n");
    run("chmod +x bin/cargo bin/rollbook", &site, &[]);
    let asked = [
        ("", "cargo install --locked --path /actions/rollbook\n"),
        ("installed", "rollbook --version\n"),
        ("v1.2.3", "cargo install --locked --git https://forge.example/team/rollbook --tag v1.2.3\n"),
    ];
    for (version, expected) in asked {
        let values = [
            ("inputs.version", version),
            ("github.action_path", "/actions/rollbook"),
            ("github.server_url", "https://forge.example"),
            ("github.action_repository", "team/rollbook"),
        ];
        let variables = step_variables(step, &values);
        let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let run = run_with(&site.path("bin"), text(step, "run"), &site, &variables);
        assert_eq!((run.code, run.out.as_str()), (0, expected), "{}", run.err);
    }
}

#[test]
fn the_gitlab_template_checks_and_leaves_its_reports() {
    let job = &yaml("ci/rollbook.gitlab-ci.yml")["rollbook"];
    let lines = |key: &str| {
        let lines = job[key].as_array().unwrap_or_else(|| panic!("no `{key}`"));
        lines.iter().map(|line| line.as_str().expect("a command")).collect::<Vec<_>>().join("\n")
    };
    let script = format!("{}\n{}", lines("before_script"), lines("script"));
    let variables = job["variables"].as_object().expect("variables");
    let variables: Vec<(&str, &str)> =
        variables.iter().map(|(name, value)| (name.as_str(), value.as_str().expect("a text"))).collect();
    assert_eq!(text(&job["artifacts"], "when"), "always", "a failed check is the one whose reports matter");
    let reports = &job["artifacts"]["reports"];
    for (site, code) in [(clean(), 0), (broken(), 1)] {
        let run = run(&script, &site, &variables);
        assert_eq!(run.code, code, "{}{}", run.out, run.err);
        let issues: Value = serde_json::from_str(&site.read(text(reports, "codequality"))).expect("JSON");
        assert_eq!(issues.as_array().expect("a list").is_empty(), code == 0);
        assert_eq!(assert_junit(&site.read(text(reports, "junit"))).failures, u64::from(code == 1));
    }
}

#[test]
fn the_hooks_have_what_pre_commit_asks_for_and_check() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_array().expect("a list");
    let ids: Vec<&str> = hooks.iter().map(|hook| text(hook, "id")).collect();
    assert_eq!(ids, ["rollbook-check", "rollbook-fix"]);
    for hook in hooks {
        assert!(!text(hook, "name").is_empty() && !text(hook, "description").is_empty());
        assert_eq!((text(hook, "language"), &hook["pass_filenames"]), ("rust", &Value::Bool(false)));
        assert_eq!(text(hook, "id").replace('-', " "), text(hook, "entry"));
    }
    let entry = text(&hooks[0], "entry");
    assert_eq!((run(entry, &clean(), &[]).code, run(entry, &broken(), &[]).code), (0, 1));
}

#[test]
fn the_manual_names_every_input_and_variable() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/ci.md");
    let page = std::fs::read_to_string(page).expect("the page of the manual");
    let (action, template) = (yaml("action.yml"), yaml("ci/rollbook.gitlab-ci.yml"));
    let inputs = action["inputs"].as_object().expect("inputs").keys();
    let variables = template["rollbook"]["variables"].as_object().expect("variables").keys();
    let missing: Vec<&String> =
        inputs.chain(variables).filter(|name| !page.contains(&format!("\n| `{name}` |"))).collect();
    assert!(missing.is_empty(), "docs/content/ci.md says nothing of {missing:?}");
}
