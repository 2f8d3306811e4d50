//! Opening the reader's browser.

use std::process::{Command, Stdio};
use std::thread;

/// Opens an address without waiting for the browser; `failed` is called if the system has no way to.
pub(super) fn open(url: String, failed: impl FnOnce(&str) + Send + 'static) {
    thread::spawn(move || {
        let opened = command(&url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !opened.is_ok_and(|status| status.success()) {
            failed(&url);
        }
    });
}

/// The system's way to open an address, in a process group of its own, so that Ctrl-C here does not reach a browser
/// that it starts.
#[cfg(unix)]
fn command(url: &str) -> Command {
    use std::os::unix::process::CommandExt as _;
    let mut command = Command::new(if cfg!(target_os = "macos") { "open" } else { "xdg-open" });
    command.arg(url).process_group(0);
    command
}

/// The system's way to open an address.
#[cfg(not(unix))]
fn command(url: &str) -> Command {
    let mut command = Command::new("cmd");
    command.args(["/C", "start", "", url]);
    command
}
