//! Rules about metrics.

pub mod missing_owner;
pub mod missing_source;
pub mod missing_threshold;
pub mod unlinked_criteria;
