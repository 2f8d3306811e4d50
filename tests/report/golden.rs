//! `tests/report/golden/<sample>.<format>`: what each format writes of each sample. `UPDATE_EXPECT=1` writes them anew.

use std::path::Path;

use clap::ValueEnum as _;
use rollbook::report::{Format, github, json};

use super::sample::Sample;

#[test]
fn every_format_writes_what_is_expected() {
    let mut differs = Vec::new();
    for (name, sample) in Sample::all() {
        for format in Format::value_variants() {
            let format_name = format.to_possible_value().expect("every format has a name").get_name().to_owned();
            differs.extend(compare(&format!("{name}.{format_name}"), &sample.written(*format)));
        }
        differs.extend(compare(&format!("{name}.summary.md"), &github::step_summary(&sample.report())));
    }
    let schema = serde_json::to_string_pretty(&json::schema()).expect("a schema is JSON");
    differs.extend(compare("schema.json", &format!("{schema}\n")));
    assert!(differs.is_empty(), "{}\nUPDATE_EXPECT=1 rewrites the expectations; read the diff.", differs.join("\n"));
}

fn compare(name: &str, written: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report/golden").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, written).expect("the expectation can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    (expected != written).then(|| format!("{name} differs\n--- expected\n{expected}\n--- written\n{written}"))
}
