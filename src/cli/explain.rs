//! `rollbook explain`: the page of a rule.

use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;

use crate::check::{RULES, Rule, rule};
use crate::words::nearest;

/// Print what a rule finds, why it matters, and what to write instead.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook explain checklist/missing-owner
  rollbook explain            list all rules")]
pub struct Args {
    /// Id of the rule; without one, all rules are listed
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When there is no such rule.
pub fn run(args: &Args, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    match &args.rule {
        Some(id) => print(find(id)?, out)?,
        None => list(out)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The rule with this id, or with this name if only one group has it.
fn find(id: &str) -> anyhow::Result<&'static Rule> {
    let mut named = RULES.iter().copied().filter(|rule| rule.id.split('/').next_back() == Some(id));
    let only = named.next().filter(|_| named.next().is_none());
    let Some(found) = rule(id).or(only) else {
        match nearest(id, RULES.iter().map(|rule| rule.id)) {
            Some(near) => bail!("there is no rule `{id}`; did you mean `{near}`?"),
            None => bail!("there is no rule `{id}`; `rollbook explain` lists all of them"),
        }
    };
    Ok(found)
}

fn print(rule: &Rule, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "# {}\n\nSeverity: {}\n", rule.id, rule.severity.key())?;
    for line in rule.docs.lines() {
        writeln!(out, "{}", line.strip_prefix(' ').unwrap_or(line))?;
    }
    Ok(())
}

fn list(out: &mut impl Write) -> std::io::Result<()> {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    for rule in RULES {
        let about = rule.summary();
        writeln!(out, "{:width$}  {:7}  {about}", rule.id, rule.severity.key())?;
    }
    Ok(())
}
