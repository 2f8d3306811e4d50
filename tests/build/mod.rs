//! From sources to a built site.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accidents;
mod golden;
mod killed;
mod site;
