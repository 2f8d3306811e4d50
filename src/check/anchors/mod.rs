//! Rules about anchors.

pub mod duplicate_anchor;
pub mod missing_anchor;
