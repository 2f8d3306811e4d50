//! What a branch changed, as git tells it. The one place that asks git about files.
//!
//! The branch begins where it left the other one (the merge base), and it goes on in the working folder: what is not
//! committed counts, and so do files that git does not know yet. A file that moved counts as a new one, since its links mean
//! something else now.

use std::ops::RangeInclusive;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, bail, ensure};

use crate::model::{Changes, Touched};

/// Asks git what changed below `root` since the branch at hand left `reference`.
///
/// # Errors
/// When `root` is not in a repository, git does not know `reference`, or the two share no past.
pub fn since(root: &Path, reference: &str) -> anyhow::Result<Changes> {
    ensure!(!reference.starts_with('-') && !reference.is_empty(), "`{reference}` is not the name of a revision");
    ensure!(
        git(root, &["rev-parse", "--is-inside-work-tree"])?.status.success(),
        "`--changed` asks git, and `{}` is not in a git repository, or git does not trust it",
        root.display()
    );
    let commit = format!("{reference}^{{commit}}");
    let commit = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    ensure!(commit.status.success(), "git knows no revision `{reference}`; in CI it has to be fetched first");
    let base = git(root, &["merge-base", line(&commit), "HEAD"])?;
    ensure!(
        base.status.success(),
        "`{reference}` and the branch at hand share no past; a shallow clone has to be fetched in full"
    );
    let base = line(&base);
    let mut changes = Changes { base: base.to_owned(), ..Changes::default() };
    statuses(&output(git(root, &diff(&["--name-status", "-z"], base))?)?, &mut changes);
    hunks(&output(git(root, &diff(&["--diff-filter=M"], base))?)?, &mut changes);
    let untracked = output(git(root, &["ls-files", "--others", "--exclude-standard", "-z"])?)?;
    let untracked = fields(&untracked).map(|path| (path, Touched::Whole));
    changes.files.extend(untracked);
    Ok(changes)
}

/// The bytes of a file as it was where the branch began; none if it was not there.
///
/// # Errors
/// When git cannot be run.
pub fn before(root: &Path, changes: &Changes, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let object = format!("{}:./{path}", changes.base);
    let found = git(root, &["cat-file", "blob", &object])?;
    Ok(found.status.success().then_some(found.stdout))
}

/// The arguments of a comparison with `base` that no attribute and no setting of the user can change: no page is taken for
/// binary, and no line is left out.
fn diff<'a>(form: &[&'a str], base: &'a str) -> Vec<&'a str> {
    let fixed = [
        "-c",
        "core.quotePath=false",
        "diff",
        "--relative",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--no-color",
        "--text",
        "--unified=0",
        "--inter-hunk-context=0",
        "--ignore-submodules=none",
        "--src-prefix=a/",
        "--dst-prefix=b/",
    ];
    fixed.into_iter().chain(form.iter().copied()).chain([base, "--"]).collect()
}

fn git(root: &Path, args: &[&str]) -> anyhow::Result<Output> {
    let mut git = Command::new("git");
    git.args(args).current_dir(root).stdin(Stdio::null());
    // Nothing is locked or written for a check, and no habit of the user changes the form of the answer.
    git.env("GIT_OPTIONAL_LOCKS", "0").env_remove("GIT_DIFF_OPTS");
    git.output().context("running `git`, which `--changed` needs")
}

fn output(output: Output) -> anyhow::Result<Vec<u8>> {
    if !output.status.success() {
        bail!("git failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}

/// The one line that git printed.
fn line(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap_or_default().trim()
}

/// Fields that end with a zero byte.
fn fields(bytes: &[u8]) -> impl Iterator<Item = String> {
    let fields = bytes.split(|byte| *byte == 0).filter(|field| !field.is_empty());
    fields.map(|field| String::from_utf8_lossy(field).into_owned())
}

/// Files that are new, gone, or of another type; the lines of the rest come with the hunks.
fn statuses(bytes: &[u8], changes: &mut Changes) {
    let mut fields = fields(bytes);
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        match status.as_str() {
            "D" => drop(changes.deleted.insert(path)),
            "M" => drop(changes.files.insert(path, Touched::Lines(Vec::new()))),
            _ => drop(changes.files.insert(path, Touched::Whole)),
        }
    }
}

/// Reads the changed lines out of a patch without context lines.
fn hunks(patch: &[u8], changes: &mut Changes) {
    let mut path = None;
    // Lines of a hunk may look like anything, and so they are counted off.
    let mut left = 0;
    for line in patch.split(|byte| *byte == b'\n') {
        if left > 0 {
            left -= usize::from(!line.starts_with(b"\\"));
            continue;
        }
        if let Some(name) = line.strip_prefix(b"+++ ") {
            path = new_path(name);
        } else if let Some(hunk) = line.strip_prefix(b"@@ ").and_then(Hunk::read) {
            left = hunk.removed + hunk.added;
            let touched = path.as_ref().and_then(|path| changes.files.get_mut(path));
            if let Some(Touched::Lines(ranges)) = touched {
                ranges.push(hunk.lines());
            }
        }
    }
}

/// The path behind `+++ `, without its prefix, and without the quotes that git puts around odd names.
fn new_path(name: &[u8]) -> Option<String> {
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let name = match name.strip_prefix(b"\"") {
        Some(quoted) => unquoted(quoted.strip_suffix(b"\"")?)?,
        None => name.to_vec(),
    };
    Some(String::from_utf8_lossy(name.strip_prefix(b"b/")?).into_owned())
}

/// A name without the escapes of C.
fn unquoted(name: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(name.len());
    let mut bytes = name.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            plain.push(byte);
            continue;
        }
        plain.push(match bytes.next()? {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            octal @ b'0'..=b'3' => {
                let digits = [octal, bytes.next()?, bytes.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 8).ok()?
            }
            other => other,
        });
    }
    Some(plain)
}

/// The head of a hunk: `-12,2 +14,3 @@`.
struct Hunk {
    removed: usize,
    /// First line of the new file; where nothing was added, the line before the gap.
    start: usize,
    added: usize,
}

impl Hunk {
    fn read(head: &[u8]) -> Option<Self> {
        let head = std::str::from_utf8(head.split(|byte| *byte == b'@').next()?).ok()?;
        let (old, new) = head.trim().split_once(' ')?;
        let range = |text: &str| -> Option<(usize, usize)> {
            match text.split_once(',') {
                Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
                None => Some((text.parse().ok()?, 1)),
            }
        };
        let (_, removed) = range(old.strip_prefix('-')?)?;
        let (start, added) = range(new.strip_prefix('+')?)?;
        Some(Self { removed, start, added })
    }

    /// The lines that count as touched. Where lines are gone, what they left behind is seen from the lines around the gap.
    fn lines(&self) -> RangeInclusive<usize> {
        if self.added == 0 { self.start..=self.start + 1 } else { self.start..=self.start + self.added - 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_read_whatever_their_lines_look_like() {
        let mut changes = Changes::default();
        statuses(b"M\0a b.md\0M\0ni\xc3\xb1o\"\t.md\0D\0old.md\0A\0new.md\0T\0link.md\0", &mut changes);
        let patch = "diff --git a/a b.md b/a b.md\nindex 1..2 100644\n--- a/a b.md\t\n+++ b/a b.md\t\n@@ -1 +1,2 @@ head\n--- a/x\n+++ b/other.md\n+@@ -9 +9 @@\n\\ No newline at end of file\n@@ -7,2 +7,0 @@\n-x\n-y\ndiff --git \"a/ni\u{f1}o\\\"\\t.md\" \"b/x\"\n--- \"a/ni\u{f1}o\\\"\\t.md\"\n+++ \"b/ni\\303\\261o\\\"\\t.md\"\n@@ -3 +4 @@\n-a\n+b\n";
        hunks(patch.as_bytes(), &mut changes);
        assert_eq!(changes.of("a b.md"), Some(&Touched::Lines(vec![1..=2, 7..=8])));
        assert_eq!(changes.of("ni\u{f1}o\"\t.md"), Some(&Touched::Lines(vec![4..=4])));
        assert_eq!(changes.of("other.md"), None);
        assert_eq!((changes.of("new.md"), changes.of("link.md")), (Some(&Touched::Whole), Some(&Touched::Whole)));
        assert!(changes.deleted.contains("old.md"));
    }

    #[test]
    fn lines_touch_where_they_meet() {
        let mut changes = Changes::default();
        changes.files.insert("a.md".to_owned(), Touched::Lines(vec![3..=5]));
        changes.files.insert("nested/".to_owned(), Touched::Whole);
        let touch = |path, lines| changes.touch(path, &lines);
        assert!(touch("a.md", 5..=9) && touch("a.md", 1..=3) && touch("a.md", 4..=4) && touch("nested/b.md", 1..=1));
        assert!(!touch("a.md", 6..=9) && !touch("a.md", 1..=2) && !touch("b.md", 4..=4));
    }
}
