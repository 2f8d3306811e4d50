//! From sources to a built site.

mod accidents;
mod golden;
mod killed;
mod site;
