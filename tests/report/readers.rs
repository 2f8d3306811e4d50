//! What other programs make of the reports: schemas, typed readers, parsers.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use jsonschema::Validator;
use rollbook::report::{Format, json};
use serde_json::Value;

use super::sample::{RULES, Sample};

/// The published schema of SARIF 2.1.0, as the package of the typed reader carries it.
static SARIF: LazyLock<Validator> = LazyLock::new(|| {
    let schema = package("serde-sarif").join("src/schema.json");
    let schema = std::fs::read_to_string(schema).expect("the package holds the schema");
    // As published, the pattern of a language has a bracket too many, and is no regular expression.
    let misprint = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$";
    assert!(schema.contains(misprint), "the published schema was mended, and needs no mending here");
    let schema = serde_json::from_str(&schema.replace(misprint, "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"));
    jsonschema::options().should_validate_formats(true).build(&schema.expect("JSON")).expect("a schema")
});

/// Our own schema, made strict: a key that it does not name is refused, so that no key goes without description.
static JSON: LazyLock<Validator> = LazyLock::new(|| {
    let mut schema = json::schema();
    close(&mut schema);
    jsonschema::validator_for(&schema).expect("a schema")
});

/// The folder of a package that the tests are built with.
fn package(name: &str) -> std::path::PathBuf {
    let version = Command::new("rustc").arg("-vV").output().expect("the compiler is here").stdout;
    let version = String::from_utf8(version).expect("UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host").to_owned();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &host]);
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo is here");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == name).expect("a package of the lock file");
    let manifest = Path::new(package["manifest_path"].as_str().expect("a path"));
    manifest.parent().expect("a folder").to_owned()
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.contains_key("properties") {
                object.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn faults(validator: &Validator, text: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(text).expect("the report is JSON");
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Holds a SARIF log against the published schema and a typed reader.
pub fn assert_sarif(text: &str) -> serde_sarif::sarif::Sarif {
    assert_eq!(faults(&SARIF, text), Vec::<String>::new(), "{text}");
    serde_json::from_str(text).expect("the typed reader takes the log")
}

/// Holds a report in JSON against our schema.
pub fn assert_json(text: &str) -> Value {
    assert_eq!(faults(&JSON, text), Vec::<String>::new(), "{text}");
    serde_json::from_str(text).expect("JSON")
}

/// Reads JUnit, and sees that the numbers are those of the cases.
pub fn assert_junit(text: &str) -> junit_parser::TestSuites {
    let suites = junit_parser::from_reader(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let cases = || suites.suites.iter().flat_map(|suite| &suite.cases);
    assert_eq!(suites.tests as usize, cases().count(), "{text}");
    assert_eq!(suites.failures as usize, cases().filter(|case| case.status.is_failure()).count(), "{text}");
    suites
}

fn samples() -> Vec<Sample> {
    let mut samples: Vec<Sample> = Sample::all().into_iter().map(|(_, sample)| sample).collect();
    samples.push(Sample::many(10_000));
    samples
}

#[test]
fn sarif_keeps_to_its_schema() {
    for sample in samples() {
        let log = assert_sarif(&sample.written(Format::Sarif));
        let results = log.runs[0].results.as_ref().expect("results");
        assert_eq!(results.len(), sample.outcome.findings.len() + sample.outcome.set_aside.len());
    }
}

#[test]
fn json_keeps_to_our_schema() {
    for sample in samples() {
        let report = assert_json(&sample.written(Format::Json));
        assert_eq!(report["findings"].as_array().expect("findings").len(), sample.outcome.findings.len());
    }
}

#[test]
fn junit_is_read_and_loses_no_finding() {
    for sample in samples() {
        let suites = assert_junit(&sample.written(Format::Junit));
        let mut told = 0;
        for case in suites.suites.iter().flat_map(|suite| &suite.cases) {
            let failure = if case.status.is_failure() { &case.status.failure_as_ref().text } else { "" };
            let said = case.system_out.as_deref().unwrap_or_default();
            // Every finding is told with its rule and a colon.
            let text = failure.to_owned() + said;
            told += RULES.iter().map(|(rule, _)| text.matches(&format!(" {rule}: ")).count()).sum::<usize>();
        }
        assert_eq!(told, sample.outcome.findings.len() + sample.outcome.set_aside.len());
    }
}

#[test]
fn gitlab_has_all_that_it_needs_under_names_of_their_own() {
    for sample in samples() {
        let issues: Value = serde_json::from_str(&sample.written(Format::Gitlab)).expect("JSON");
        let issues = issues.as_array().expect("a list");
        let mut names = std::collections::BTreeSet::new();
        for issue in issues {
            assert!(issue["description"].is_string() && issue["check_name"].is_string(), "{issue}");
            assert!(
                ["info", "minor", "critical"].contains(&issue["severity"].as_str().expect("a severity")),
                "{issue}"
            );
            assert!(issue["location"]["path"].is_string() && issue["location"]["lines"]["begin"].is_u64(), "{issue}");
            names.insert(issue["fingerprint"].as_str().expect("a fingerprint"));
        }
        assert_eq!((issues.len(), names.len()), (sample.outcome.findings.len(), sample.outcome.findings.len()));
    }
}

#[test]
fn wrong_reports_are_seen() {
    let sample = Sample::usual();
    let sarif = sample.written(Format::Sarif);
    assert!(!faults(&SARIF, &sarif.replace("\"level\": \"warning\"", "\"level\": \"warn\"")).is_empty());
    assert!(!faults(&SARIF, &sarif.replace("relatedLocations", "related")).is_empty());
    assert!(!faults(&SARIF, &sarif.replace("%20", " ")).is_empty());
    let json = sample.written(Format::Json);
    assert!(!faults(&JSON, &json.replace("\"subject\"", "\"about\"")).is_empty());
    assert!(!faults(&JSON, &json.replace("\"severity\": \"info\"", "\"severity\": \"note\"")).is_empty());
    assert!(!faults(&JSON, &json.replace("\"line\"", "\"row\"")).is_empty());
}

#[test]
fn columns_of_sarif_count_utf16_units() {
    let sample = Sample::usual();
    let log = assert_sarif(&sample.written(Format::Sarif));
    let results = log.runs[0].results.as_ref().expect("results");
    let result = results.iter().find(|result| result.rule_id.as_deref() == Some("checklist/missing-owner"));
    let location = &result.and_then(|result| result.locations.as_ref()).expect("a location")[0];
    let place = location.physical_location.as_ref().expect("a place");
    let region = place.region.as_ref().expect("a region");
    // `| QA 😀 completo | TBD`: the emoji is one character, and two units.
    assert_eq!((region.start_line, region.start_column, region.end_column), (Some(8), Some(20), Some(23)));
    let artifact = place.artifact_location.as_ref().expect("a file");
    assert_eq!(artifact.uri.as_deref(), Some("docs/content/plan%20%C3%B1%20%231.md"));
    let json = assert_json(&sample.written(Format::Json));
    let finding =
        json["findings"].as_array().expect("findings").iter().find(|it| it["rule"] == "checklist/missing-owner");
    assert_eq!(finding.expect("the same finding")["column"], 19);
}
