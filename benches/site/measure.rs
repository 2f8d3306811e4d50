//! What a process cost.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, ensure};
use wait4::Wait4 as _;

/// The cost of one process, or the medians of several.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of all cores, in the program and in the system.
    pub cpu: f64,
    /// Most memory at one time, in bytes.
    pub memory: f64,
}

/// Runs a command to its end. Its output is thrown away.
///
/// # Errors
/// When it cannot be started, or does not succeed: what fails early is no measure.
pub fn run(command: &mut Command) -> anyhow::Result<Cost> {
    run_to(command, &[0])
}

/// Runs a check to its end: with findings or without, it has done its work.
///
/// # Errors
/// When it cannot be started, or cannot do its work.
pub fn run_check(command: &mut Command) -> anyhow::Result<Cost> {
    run_to(command, &[0, 1])
}

fn run_to(command: &mut Command, codes: &[i32]) -> anyhow::Result<Cost> {
    command.stdout(Stdio::null());
    let start = Instant::now();
    let child = command.spawn().with_context(|| format!("starting {command:?}"))?;
    let used = child.wait4()?;
    let wall = start.elapsed().as_secs_f64();
    ensure!(used.status.code().is_some_and(|code| codes.contains(&code)), "{command:?} ended with {}", used.status);
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Cost { wall, cpu, memory: used.rusage.maxrss as f64 })
}

impl Cost {
    /// The medians of several runs.
    #[must_use]
    pub fn median(runs: &[Self]) -> Self {
        Self {
            wall: median(runs.iter().map(|run| run.wall)),
            cpu: median(runs.iter().map(|run| run.cpu)),
            memory: median(runs.iter().map(|run| run.memory)),
        }
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
