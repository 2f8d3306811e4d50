//! Rules about images and other files that pages show.

pub mod missing_alt;
pub mod missing_file;
