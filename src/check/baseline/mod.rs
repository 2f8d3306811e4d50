//! The baseline: what a team found when it began to check, and has not mended yet.

pub mod invalid;
pub mod stale;
