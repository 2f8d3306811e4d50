//! What a long history costs: `cargo bench --bench history`.
//!
//! README.md in the folder above tells how to read the tables. The commands are processes of their own; histories are grown in
//! this one.

#![expect(clippy::print_stdout, reason = "the tables are what this program is for")]

#[path = "../site/measure.rs"]
#[expect(dead_code, reason = "the other benchmark uses the rest")]
mod measure;
#[path = "../site/pages.rs"]
mod pages;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::ensure;
use chrono::DateTime;
use clap::Parser;
use measure::Cost;
use rayon::prelude::*;
use rollbook::history::{self, Draft, FOLDER, Outcome};
use rollbook::model::Summary;
use sha2::{Digest as _, Sha256};
use walkdir::WalkDir;

const ROLLBOOK: &str = env!("CARGO_BIN_EXE_rollbook");

/// Pages that each revision changes.
const CHANGED: usize = 5;

/// Measures commands on histories of some length.
#[derive(Debug, Parser)]
struct Args {
    /// Revisions and pages of each history
    #[arg(long, value_delimiter = ',', default_values = ["73x1000", "500x200", "4x10000"])]
    histories: Vec<String>,
    /// Measured runs of each command, after one that is not measured
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Given by `cargo bench`; without it, one run on a short history only shows that everything works
    #[arg(long, hide = true, global = true)]
    bench: bool,
    #[command(subcommand)]
    part: Option<Part>,
}

/// Run as processes, to be measured like the commands.
#[derive(Debug, clap::Subcommand)]
enum Part {
    /// Read and hash every file below the folders
    #[command(hide = true)]
    Hash { folders: Vec<PathBuf> },
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    match args.part {
        Some(Part::Hash { folders }) => hash(&folders),
        None if args.bench => report(&args.histories, args.rounds),
        None => report(&["8x20".to_owned()], 1),
    }
}

fn report(histories: &[String], rounds: usize) -> anyhow::Result<()> {
    println!(
        "| revisions | pages | command | wall s | CPU s | × reading and hashing the same bytes | MB read | ms a MB |"
    );
    println!("|---:|---:|---|---:|---:|---:|---:|---:|");
    let mut growths = Vec::new();
    for size in histories {
        let folder = tempfile::tempdir()?;
        let Some((revisions, pages)) = size.split_once('x') else { anyhow::bail!("`{size}`: write 73x1000") };
        let mut grown = Grown::new(folder.path(), pages.parse()?)?;
        let revisions: usize = revisions.parse()?;
        // Half of it and all of it, so that the table shows what grows faster than the bytes.
        for revisions in [revisions / 2, revisions] {
            grown.grow_to(revisions)?;
            grown.measure(rounds)?;
        }
        growths.push(grown.growth()?);
    }
    println!("\n| revisions | pages | MB of files that changed | MB kept of files | × | MB of manifests and seals |");
    println!("|---:|---:|---:|---:|---:|---:|");
    growths.iter().for_each(|row| println!("{row}"));
    Ok(())
}

/// A site whose history grows.
struct Grown {
    root: PathBuf,
    pages: usize,
    revisions: usize,
    /// Bytes of all files of the first revision and of those that changed since.
    changed: u64,
}

impl Grown {
    fn new(root: &Path, pages: usize) -> anyhow::Result<Self> {
        pages::write(root, pages)?;
        Ok(Self { root: root.to_owned(), pages, revisions: 0, changed: bytes(&root.join("content"), |_| true)? })
    }

    fn grow_to(&mut self, revisions: usize) -> anyhow::Result<()> {
        while self.revisions < revisions {
            if self.revisions > 0 {
                self.edit()?;
            }
            self.keep()?;
        }
        Ok(())
    }

    /// Changes some pages, always others.
    fn edit(&mut self) -> anyhow::Result<()> {
        for at in 0..CHANGED {
            let index = (self.revisions * CHANGED + at) % self.pages;
            let path = self.root.join("content").join(pages::path(index));
            let text = fs::read_to_string(&path)? + &format!("\nEdition {}.\n", self.revisions);
            fs::write(&path, &text)?;
            self.changed += text.len() as u64;
        }
        Ok(())
    }

    fn keep(&mut self) -> anyhow::Result<()> {
        let config = rollbook::config::read(&self.root)?.0;
        let draft = Draft {
            message: format!("Edition {}", self.revisions),
            author: "Ana".to_owned(),
            date: DateTime::from_timestamp(1_760_000_000 + self.revisions as i64 * 3600, 0).unwrap_or_default().into(),
            phase: None,
            summary: Summary::default(),
            files: history::collect(&self.root, &config)?,
        };
        ensure!(matches!(history::snapshot(&self.root, draft)?, Outcome::Made { .. }), "every revision is made");
        self.revisions += 1;
        Ok(())
    }

    fn measure(&mut self, rounds: usize) -> anyhow::Result<()> {
        let (history, content) = (self.root.join(FOLDER), self.root.join("content"));
        let own = std::env::current_exe()?;
        let part = |folders: &[&Path]| {
            let mut part = Command::new(&own);
            part.arg("hash").args(folders);
            part
        };
        let verify = || rollbook(&self.root, &["history", "verify"]);
        let [floor, verify] = in_turns(rounds, [&|| part(&[&history]), &verify])?;
        let read = bytes(&history, |_| true)?;
        self.row("`history verify`", &verify, &floor, read);
        let is_own = |name: &str| name.starts_with("revision.");
        let list = || rollbook(&self.root, &["history", "list"]);
        let [list_cost] = in_turns(rounds, [&list])?;
        let manifests = bytes(&history, is_own)?;
        let manifest_floor = self.manifest_floor(rounds, &part)?;
        self.row("`history list`", &list_cost, &manifest_floor, manifests);
        // Nothing is written by it, so that each run does the same.
        let snapshot = || rollbook(&self.root, &["snapshot", "-m", "x", "--author", "Ana", "--if-changed"]);
        let check = || rollbook(&self.root, &["build", "--out", self.root.join("public").to_str().unwrap_or_default()]);
        let [snapshot_cost] = in_turns(rounds, [&snapshot])?;
        let [content_floor] = in_turns(rounds, [&|| part(&[&content])])?;
        let floor = Cost {
            wall: content_floor.wall + manifest_floor.wall,
            cpu: content_floor.cpu + manifest_floor.cpu,
            ..floor
        };
        self.row("`snapshot`", &snapshot_cost, &floor, manifests + bytes(&content, |_| true)?);
        self.build_row(rounds, &check)
    }

    /// What it costs to read and hash manifests and seals alone, in a folder of their own.
    fn manifest_floor(&self, rounds: usize, part: &impl Fn(&[&Path]) -> Command) -> anyhow::Result<Cost> {
        let copy = tempfile::tempdir_in(&self.root)?;
        for entry in WalkDir::new(self.root.join(FOLDER)).min_depth(2).max_depth(2) {
            let entry = entry?;
            if entry.file_type().is_file() {
                let folder = entry.path().parent().and_then(Path::file_name).unwrap_or_default();
                fs::create_dir_all(copy.path().join(folder))?;
                fs::copy(entry.path(), copy.path().join(folder).join(entry.file_name()))?;
            }
        }
        let [cost] = in_turns(rounds, [&|| part(&[copy.path()])])?;
        Ok(cost)
    }

    /// A build that has rendered its history once, against one without a history.
    fn build_row(&self, rounds: usize, build: &dyn Fn() -> Command) -> anyhow::Result<()> {
        let (history, away) = (self.root.join(FOLDER), self.root.join("away"));
        let with = in_turns(rounds, [build])?;
        fs::rename(&history, &away)?;
        let without = in_turns(rounds, [build]);
        fs::rename(&away, &history)?;
        let ([with], [without]) = (with, without?);
        println!(
            "| {} | {} | `build` with a history, × without | {:.3} | {:.3} | {:.2} (CPU {:.2}) | | |",
            self.revisions,
            self.pages,
            with.wall,
            with.cpu,
            with.wall / without.wall,
            with.cpu / without.cpu
        );
        Ok(())
    }

    fn row(&self, command: &str, cost: &Cost, floor: &Cost, read: u64) {
        let megabytes = read as f64 / 1e6;
        println!(
            "| {} | {} | {command} | {:.3} | {:.3} | {:.2} (CPU {:.2}) | {megabytes:.1} | {:.2} |",
            self.revisions,
            self.pages,
            cost.wall,
            cost.cpu,
            cost.wall / floor.wall,
            cost.cpu / floor.cpu,
            cost.cpu * 1e3 / megabytes,
        );
    }

    fn growth(&self) -> anyhow::Result<String> {
        let is_own = |name: &str| name.starts_with("revision.");
        let (own, all) =
            (bytes(&self.root.join(FOLDER), is_own)? as f64, bytes(&self.root.join(FOLDER), |_| true)? as f64);
        let (changed, kept) = (self.changed as f64 / 1e6, (all - own) / 1e6);
        Ok(format!(
            "| {} | {} | {changed:.2} | {kept:.2} | {:.3} | {:.2} |",
            self.revisions,
            self.pages,
            kept / changed,
            own / 1e6
        ))
    }
}

fn rollbook(root: &Path, args: &[&str]) -> Command {
    let mut rollbook = Command::new(ROLLBOOK);
    rollbook.args(args).arg("--root").arg(root);
    rollbook
}

/// Medians of commands that take turns; the first round is not counted.
fn in_turns<const N: usize>(rounds: usize, commands: [&dyn Fn() -> Command; N]) -> anyhow::Result<[Cost; N]> {
    let mut runs: [Vec<Cost>; N] = std::array::from_fn(|_| Vec::new());
    for round in 0..=rounds {
        for (runs, command) in runs.iter_mut().zip(&commands) {
            let cost = measure::run(&mut command())?;
            runs.extend((round > 0).then_some(cost));
        }
    }
    Ok(runs.map(|runs| Cost::median(&runs)))
}

fn files(folder: &Path) -> anyhow::Result<Vec<walkdir::DirEntry>> {
    let entries = WalkDir::new(folder).into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(entries.into_iter().filter(|entry| entry.file_type().is_file()).collect())
}

/// Bytes of the files below a folder whose names are wanted.
fn bytes(folder: &Path, wanted: impl Fn(&str) -> bool) -> anyhow::Result<u64> {
    let wanted = |entry: &walkdir::DirEntry| entry.file_name().to_str().is_some_and(&wanted);
    let lengths = files(folder)?.into_iter().filter(wanted).map(|entry| Ok(entry.metadata()?.len()));
    lengths.sum()
}

/// The floor: nothing that verifies bytes can do less.
fn hash(folders: &[PathBuf]) -> anyhow::Result<()> {
    for folder in folders {
        files(folder)?.par_iter().try_for_each(|entry| -> anyhow::Result<()> {
            std::hint::black_box(Sha256::digest(fs::read(entry.path())?));
            Ok(())
        })?;
    }
    Ok(())
}
