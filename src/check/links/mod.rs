//! Rules about links.

pub mod broken_file;
pub mod outside_root;
pub mod unsafe_scheme;
