//! `rollbook serve`

/// Preview.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
///
/// # Errors
/// Always, for now.
pub fn run(_: &Args, _: &std::path::Path, _: Option<crate::lang::Lang>) -> anyhow::Result<std::process::ExitCode> {
    anyhow::bail!("not yet")
}
