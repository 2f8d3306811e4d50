//! Rules about the paths at which pages and files are written.

pub mod duplicate_output;
pub mod missing_reference;
