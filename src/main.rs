//! The `rollbook` command.

use std::process::ExitCode;

/// Pages are made of small strings, on all cores at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    rollbook::cli::run()
}
