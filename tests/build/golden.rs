//! Golden sites: `tests/build/golden/<feature>/` holds a site and, under `expected/`, the files that it must build to. Each site
//! brings templates of its own that print only what the feature is about. `UPDATE_EXPECT=1` writes the expectations anew.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::binary::{Run, rollbook, tree};

#[test]
fn every_golden_site_builds_to_what_is_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/build/golden");
    let mut sites: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sites.sort();
    assert!(!sites.is_empty());
    let problems: Vec<String> = sites.iter().flat_map(|site| check(site)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What differs from the expectation.
fn check(site: &Path) -> Vec<String> {
    let out = tempfile::tempdir().unwrap();
    let mut command = rollbook();
    command.arg("build").arg("--root").arg(site).arg("--out").arg(out.path().join("site"));
    let run = Run::of(command);
    assert_eq!(run.code, 0, "{}: {}", site.display(), run.err);
    let built = tree(&out.path().join("site"));
    let expected = site.join("expected");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        update(&expected, &built);
    }
    let expectations = tree(&expected);
    assert!(!expectations.is_empty(), "{} expects nothing", site.display());
    let differs = |(path, bytes): &(String, Vec<u8>)| match built.iter().find(|(built, _)| built == path) {
        None => Some(format!("{}: `{path}` was not built", site.display())),
        Some((_, made)) if made == bytes => None,
        Some((_, made)) => Some(format!(
            "{}: `{path}` differs\n--- expected\n{}\n--- built\n{}",
            site.display(),
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(made)
        )),
    };
    expectations.iter().filter_map(differs).collect()
}

/// Pages, and what stands for them, are expected; the theme's files and the generated rest are not this test's business.
fn update(expected: &Path, built: &[(String, Vec<u8>)]) {
    let _ = fs::remove_dir_all(expected);
    let is_of_interest = |path: &str| path.ends_with(".html") && path != "404.html" && !path.starts_with("rollout/");
    for (path, bytes) in built.iter().filter(|(path, _)| is_of_interest(path)) {
        let path = expected.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
