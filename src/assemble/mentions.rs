//! Paths of the repository that pages of the plan name in code: `scripts/tools/rollback.ts`.

use crate::assemble::links::joined;
use crate::assemble::paths::split;
use crate::model::{PageId, Site};
use crate::source::Spanned;

/// An extension is no longer than this.
const LONGEST_EXTENSION: usize = 6;

/// Notes the paths that pages of the plan name and that do not exist. `exists` answers for a path below the root.
pub fn settle_mentioned_paths(site: &mut Site, exists: impl Fn(&str) -> bool) {
    let mut missing = Vec::new();
    for (index, document) in site.documents.iter().enumerate().filter(|(_, it)| it.kind.is_part_of_a_plan()) {
        let folder = split(&site.sources[document.file].path).0;
        for mention in &document.mentions {
            let Some(path) = repository_path(&mention.text) else { continue };
            // Authors write from the top of the repository, from the content folder, or from the page.
            let readings = [joined("", path), joined(&site.config.content, path), joined(folder, path)];
            if readings.iter().any(Option::is_some) && !readings.iter().flatten().any(|path| exists(path)) {
                missing.push((PageId(index), Spanned::new(path.to_owned(), mention.span)));
            }
        }
    }
    site.missing_paths = missing;
}

/// The path that a code span names, if it can be nothing else: a file with folder and extension, or a folder with two parts and a
/// slash at its end. No pattern, address, route, package or host.
fn repository_path(code: &str) -> Option<&str> {
    let path = code.split('#').next().unwrap_or_default();
    let path = match path.rsplit_once(':') {
        Some((path, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => path,
        _ => path,
    };
    let path = path.strip_prefix("./").unwrap_or(path);
    let (first, rest) = path.split_once('/')?;
    let is_odd = |c: char| "*?[]{}<>$|\\:\"'`=&,;()@~%!…".contains(c) || c.is_control();
    let is_host = first.trim_start_matches('.').contains('.');
    if first.is_empty() || path.contains(is_odd) || path.contains("//") || is_host {
        return None;
    }
    let last = rest.rsplit('/').next().unwrap_or_default();
    if last.is_empty() {
        return (rest.matches('/').count() >= 1).then_some(path);
    }
    let (stem, extension) = last.rsplit_once('.')?;
    let is_extension = (1..=LONGEST_EXTENSION).contains(&extension.len())
        && extension.starts_with(|c: char| c.is_ascii_alphabetic())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_extension && !stem.is_empty()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::repository_path;

    #[test]
    fn paths_of_a_repository_are_told_from_the_rest() {
        for (code, path) in [
            ("scripts/tools/rollback-vertical-attributes.ts", "scripts/tools/rollback-vertical-attributes.ts"),
            ("./scripts/seed.sh", "scripts/seed.sh"),
            ("src/lib.rs:12", "src/lib.rs"),
            ("docs/flags/history.md#gates", "docs/flags/history.md"),
            ("docs/verticals/rollout-history/", "docs/verticals/rollout-history/"),
            (".github/workflows/ci.yml", ".github/workflows/ci.yml"),
        ] {
            assert_eq!(repository_path(code), Some(path), "{code}");
        }
        for code in [
            "/analytics/*",
            "/etc/hosts.conf",
            "backups/",
            "README.md",
            "N/A",
            "CSV/XLSX",
            "https://x.example/a.html",
            "example.com/a.html",
            "@scope/pkg.js",
            "src/**/*.rs",
            "feature/login",
            "application/json",
            "api/v1.0",
            "${HOME}/x.sh",
            "~/x.sh",
            "a/.hidden",
            "postgres://db/x.y",
            "v1/items/{id}.json",
        ] {
            assert_eq!(repository_path(code), None, "{code}");
        }
    }
}
