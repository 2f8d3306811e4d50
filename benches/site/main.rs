//! How fast Rollbook is on 1,000 and 10,000 pages, against what no generator can do without, and on 5,000 checklist items:
//! `cargo bench --bench site`.
//!
//! Every measure is a process of its own, so that all of them pay for their start, and cost and memory are what the system says.
//! README.md in the folder above tells how to read the table.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]

mod floor;
mod items;
mod measure;
mod pages;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;
use measure::Cost;

const ROLLBOOK: &str = env!("CARGO_BIN_EXE_rollbook");

/// Measures build and check on generated sites.
#[derive(Debug, Parser)]
struct Args {
    /// Sizes of the sites
    #[arg(long, value_delimiter = ',', default_values_t = [1_000, 10_000])]
    pages: Vec<usize>,
    /// Files with five checklist items each
    #[arg(long, default_value_t = 1_000)]
    plans: usize,
    /// Measured runs of each command, after one that is not measured
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Given by `cargo bench`; without it, one run on a few pages only shows that everything works
    #[arg(long, hide = true, global = true)]
    bench: bool,
    #[command(subcommand)]
    part: Option<Part>,
}

/// Parts that can be run alone; the benchmark runs the last two as processes.
#[derive(Debug, clap::Subcommand)]
enum Part {
    /// Write a generated site, for other tools to be measured on
    Generate { root: PathBuf, count: usize },
    /// Read every page, turn it into HTML, write as many bytes as Rollbook does
    #[command(hide = true)]
    Floor { content: PathBuf, list: PathBuf, out: PathBuf },
    /// Read every page and walk through its Markdown
    #[command(hide = true)]
    ReadAndParse { content: PathBuf },
    /// Rollbook's own reading and parsing, and no more
    #[command(hide = true)]
    Parse { root: PathBuf },
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    match args.part {
        Some(Part::Generate { root, count }) => pages::write(&root, count),
        Some(Part::Floor { content, list, out }) => floor::build(&content, &list, &out),
        Some(Part::ReadAndParse { content }) => floor::read_and_parse(&content),
        Some(Part::Parse { root }) => floor::parse(&root),
        None if args.bench => report(&args.pages, args.plans, args.rounds),
        None => report(&[120], 20, 1),
    }
}

/// What was measured on one site.
struct Measured {
    pages: usize,
    floor: Cost,
    build: Cost,
    /// The floor of check.
    read: Cost,
    /// Rollbook's first two stages.
    parse: Cost,
    check: Cost,
    /// Every file of the built site with its bytes.
    files: Vec<(PathBuf, u64)>,
}

fn report(sizes: &[usize], plans: usize, rounds: usize) -> anyhow::Result<()> {
    println!("| pages | command | wall s | × floor | CPU s | × floor | memory MB | ms a page |");
    println!("|---:|---|---:|---:|---:|---:|---:|---:|");
    let folder = tempfile::tempdir()?;
    let mut all = Vec::new();
    for pages in sizes {
        let measured = measure(&folder.path().join(pages.to_string()), *pages, rounds)?;
        measured.print();
        all.push(measured);
    }
    println!();
    print_growth(&all);
    println!();
    print_items(&folder.path().join("items"), plans, rounds)
}

/// What a check of many checklist items costs against reading and parsing the same files.
fn print_items(root: &Path, plans: usize, rounds: usize) -> anyhow::Result<()> {
    items::write(root, plans)?;
    let own = std::env::current_exe()?;
    let mut runs: [Vec<Cost>; 2] = Default::default();
    for round in 0..=rounds {
        let costs =
            [measure::run(&mut part(&own, "parse", &[root]))?, measure::run_check(&mut rollbook(root, "check"))?];
        if round > 0 {
            runs.iter_mut().zip(costs).for_each(|(runs, cost)| runs.push(cost));
        }
    }
    let [parse, check] = runs.map(|runs| Cost::median(&runs));
    println!("| files | command | wall s | × parsing | CPU s | × parsing | memory MB |");
    println!("|---:|---|---:|---:|---:|---:|---:|");
    for (command, cost) in [("reading and parsing", &parse), ("`rollbook check`", &check)] {
        let (wall, cpu) = (cost.wall / parse.wall, cost.cpu / parse.cpu);
        let memory = cost.memory / 1e6;
        println!("| {plans} | {command} | {:.3} | {wall:.2} | {:.3} | {cpu:.2} | {memory:.0} |", cost.wall, cost.cpu);
    }
    Ok(())
}

/// The commands take turns, so that a busy moment of the machine falls on all of them. Each round writes into folders of its own,
/// and nothing is deleted before the end: file systems are slow where many files were just deleted.
fn measure(root: &Path, pages: usize, rounds: usize) -> anyhow::Result<Measured> {
    pages::write(root, pages)?;
    let (content, list) = (root.join("content"), root.join("files.tsv"));
    let own = std::env::current_exe()?;
    let mut runs: [Vec<Cost>; 5] = Default::default();
    let mut files = Vec::new();
    for round in 0..=rounds {
        let (public, floor) = (root.join(format!("public-{round}")), root.join(format!("floor-{round}")));
        let mut build = rollbook(root, "build");
        build.arg("--out").arg(&public);
        let built = measure::run(&mut build)?;
        if round == 0 {
            floor::write_list(&public, &list)?;
            files = floor::files(&public)?;
        }
        let costs = [
            built,
            measure::run(&mut part(&own, "floor", &[&content, &list, &floor]))?,
            measure::run_check(&mut rollbook(root, "check"))?,
            measure::run(&mut part(&own, "read-and-parse", &[&content]))?,
            measure::run(&mut part(&own, "parse", &[root]))?,
        ];
        if round > 0 {
            runs.iter_mut().zip(costs).for_each(|(runs, cost)| runs.push(cost));
        }
    }
    let [build, floor, check, read, parse] = runs.map(|runs| Cost::median(&runs));
    Ok(Measured { pages, floor, build, read, parse, check, files })
}

fn rollbook(root: &Path, command: &str) -> Command {
    let mut rollbook = Command::new(ROLLBOOK);
    rollbook.arg(command).arg("--root").arg(root);
    rollbook
}

fn part(own: &Path, name: &str, paths: &[&Path]) -> Command {
    let mut part = Command::new(own);
    part.arg(name).args(paths);
    part
}

impl Measured {
    fn print(&self) {
        self.row("floor of build", &self.floor, &self.floor);
        self.row("`rollbook build`", &self.build, &self.floor);
        self.row("floor of check", &self.read, &self.read);
        self.row("reading and parsing", &self.parse, &self.read);
        self.row("`rollbook check`", &self.check, &self.read);
    }

    fn row(&self, command: &str, cost: &Cost, floor: &Cost) {
        println!(
            "| {} | {command} | {:.3} | {:.2} | {:.3} | {:.2} | {:.0} | {:.3} |",
            self.pages,
            cost.wall,
            cost.wall / floor.wall,
            cost.cpu,
            cost.cpu / floor.cpu,
            cost.memory / 1e6,
            cost.cpu * 1e3 / self.pages as f64,
        );
    }

    /// The bytes of the HTML of page `index`.
    fn html(&self, index: usize) -> Option<u64> {
        let path = pages::path(index).replace("_index.md", "index.html").replace(".md", ".html");
        let found = self.files.binary_search_by(|(file, _)| file.as_path().cmp(Path::new(&path))).ok()?;
        Some(self.files[found].1)
    }
}

/// Whether a page or its cost grows with the number of pages.
fn print_growth(all: &[Measured]) {
    println!("| pages | files | MB written | HTML of page 50, bytes | HTML of an ordinary page, median bytes |");
    println!("|---:|---:|---:|---:|---:|");
    for measured in all {
        let bytes: u64 = measured.files.iter().map(|(_, bytes)| bytes).sum();
        let mut html: Vec<u64> = (1..measured.pages).filter_map(|index| measured.html(index)).collect();
        html.sort_unstable();
        let (count, megabytes, middle) = (measured.files.len(), bytes as f64 / 1e6, html[html.len() / 2]);
        let one = measured.html(50).unwrap_or_default();
        println!("| {} | {count} | {megabytes:.1} | {one} | {middle} |", measured.pages);
    }
}
