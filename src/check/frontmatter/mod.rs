//! Rules about front matter.

pub mod unknown_field;
