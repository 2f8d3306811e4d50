//! The binary under test, run on a site.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::site::TestSite;

impl TestSite {
    /// A site with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let site = Self::new();
        files.iter().for_each(|(path, text)| site.write(path, text.as_bytes()));
        site
    }

    /// The untouched seed alone in an empty `content/`.
    pub fn seed() -> Self {
        Self::with_page("content/plan-rollout-retail.md", seed())
    }

    /// A path in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Reads a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("reading `{path}`: {error}"))
    }

    /// Runs `rollbook` on it.
    pub fn rollbook(&self, args: &[&str]) -> Run {
        let mut command = rollbook();
        command.args(args).arg("--root").arg(self.root());
        Run::of(command)
    }
}

/// The owner's plan, as it is.
pub fn seed() -> &'static str {
    include_str!("../fixtures/seed/plan-rollout-retail.md")
}

/// The binary under test, without the settings of whoever runs the tests.
pub fn rollbook() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollbook"));
    command
        .env_remove("SOURCE_DATE_EPOCH")
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100");
    command
}

/// What a run of the binary said.
#[derive(Debug)]
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// Runs a command to its end.
    pub fn of(mut command: Command) -> Self {
        let Output { status, stdout, stderr } = command.output().expect("the binary runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Self { code: status.code().expect("not killed"), out: text(stdout), err: text(stderr) }
    }
}

/// Every file below a folder with its bytes, by path.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files =
        entries.into_iter().map(|entry| entry.expect("a readable folder")).filter(|entry| entry.file_type().is_file());
    files
        .map(|file| {
            let path = file.path().strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
            (path, fs::read(file.path()).expect("a readable file"))
        })
        .collect()
}
