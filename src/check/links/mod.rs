//! Rules about links.

pub mod broken_file;
