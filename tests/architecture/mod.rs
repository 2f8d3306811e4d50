//! The direction of imports, which the compiler cannot check inside one package: `source <- … <- model <- stages <- cli`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Words that everyone shares, each of which may import only those before it.
const SHARED: [&str; 13] = [
    "source",
    "whole_file",
    "lang",
    "diagnostic",
    "sorted",
    "words",
    "fingerprint",
    "markdown",
    "yaml",
    "fields",
    "list_file",
    "config",
    "model",
];
/// Stages and what stands around the pipeline. They meet only in `model`.
const STAGES: [&str; 11] =
    ["discover", "parse", "assemble", "check", "fix", "render", "write", "history", "baseline", "changes", "report"];
/// `use` lines that are right although they lead from one stage to another, with the reason.
const EXCEPTIONS: [(&str, &str, &str); 1] =
    [("assemble", "discover::FoundFile", "a found file is plain data; only its maker can define it")];
/// Modules that may read or write a disk.
const TOUCH_DISK: [&str; 9] =
    ["whole_file", "discover", "write", "fix/store", "history/store", "baseline", "report/file", "serve", "config"];
/// Modules that may run another program: git, and a browser.
const RUN_PROGRAMS: [&str; 3] = ["changes", "cli", "serve"];
/// Modules that may print.
const PRINT: [&str; 3] = ["cli", "report", "main"];

/// One file of `src/` without its unit tests.
struct Source {
    /// Path below `src/`, without extension: `parse/recognise/mod`.
    path: String,
    /// Code without comments and without what stands below `#[cfg(test)]`.
    code: String,
}

impl Source {
    /// The top module that the file belongs to.
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    fn is_below(&self, modules: &[&str]) -> bool {
        modules.iter().any(|module| self.path == *module || self.path.starts_with(&format!("{module}/")))
    }

    /// What the file imports from this crate: `model::Site`, `check::rule::rule`.
    fn imports(&self) -> BTreeSet<String> {
        let mut imports = BTreeSet::new();
        for piece in self.code.split("crate::").skip(1) {
            let end = piece.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(piece.len());
            assert!(!piece.starts_with('{'), "`{}`: write one `use crate::…` line a module", self.path);
            let path = &piece[..end];
            let is_macro = path == "say" || piece[end..].starts_with('!');
            imports.insert(if is_macro { "lang".to_owned() } else { path.trim_end_matches(':').to_owned() });
        }
        imports
    }
}

fn sources() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&top).sort_by_file_name().into_iter();
    files
        .map(|entry| entry.expect("the sources can be listed").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| source(&top, &path))
        .collect()
}

fn source(top: &Path, path: &PathBuf) -> Source {
    let text = std::fs::read_to_string(path).expect("a source is text");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let path = path.strip_prefix(top).expect("below the top").with_extension("");
    Source { path: path.to_str().expect("sources have plain names").replace('\\', "/"), code }
}

/// Why a module must not import a path, if it must not.
fn objection(module: &str, import: &str) -> Option<String> {
    let target = import.split("::").next().unwrap_or_default();
    let rank = |name| SHARED.iter().position(|shared| *shared == name);
    let excepted = EXCEPTIONS.iter().any(|(from, to, _)| *from == module && import.starts_with(to));
    match module {
        _ if module == target || excepted => None,
        "lib" | "main" | "cli" => None,
        _ if target == "cli" => Some("nobody imports the command line".to_owned()),
        "serve" => None,
        _ if STAGES.contains(&module) => {
            (rank(target).is_none()).then(|| "stages meet only in the words that everyone shares".to_owned())
        }
        _ => match (rank(module), rank(target)) {
            (Some(from), Some(to)) if to < from => None,
            (Some(_), _) => Some(format!("`{module}` may import only what stands before it in `{SHARED:?}`")),
            (None, _) => Some(format!("`{module}` has no place in this test yet: give it one")),
        },
    }
}

#[test]
fn imports_point_in_one_direction() {
    let mut broken = Vec::new();
    for source in sources() {
        for import in source.imports() {
            let objection = objection(source.module(), &import);
            broken.extend(objection.map(|why| format!("src/{}.rs uses crate::{import}: {why}", source.path)));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_broken_direction_is_seen() {
    for (module, import) in [
        ("model", "parse::parse"),
        ("source", "model::Site"),
        ("check", "assemble::assemble"),
        ("parse", "discover::FoundFile"),
        ("serve", "cli::run"),
        ("diagnostic", "check::RULES"),
        ("newcomer", "source::Span"),
    ] {
        assert!(objection(module, import).is_some(), "{module} -> {import}");
    }
    for (module, import) in [("check", "model::Site"), ("assemble", "discover::FoundFile"), ("cli", "render::render")] {
        assert_eq!(objection(module, import), None, "{module} -> {import}");
    }
}

#[test]
fn few_modules_touch_the_disk_run_programs_or_print() {
    let mut broken = Vec::new();
    for source in sources() {
        let disk = ["std::fs", "fs::read", "File::open", "OpenOptions"];
        if disk.iter().any(|word| source.code.contains(word)) && !source.is_below(&TOUCH_DISK) {
            broken.push(format!("src/{}.rs touches the disk", source.path));
        }
        if source.code.contains("process::Command") && !source.is_below(&RUN_PROGRAMS) {
            broken.push(format!("src/{}.rs runs a program", source.path));
        }
        let print = ["println!", "print!", "eprintln!", "eprint!", "io::stdout", "io::stderr"];
        if print.iter().any(|word| source.code.contains(word)) && !source.is_below(&PRINT) {
            broken.push(format!("src/{}.rs prints", source.path));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
