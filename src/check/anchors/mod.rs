//! Rules about anchors.

pub mod missing_anchor;
