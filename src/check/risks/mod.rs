//! Rules about risks.

pub mod missing_mitigation;
pub mod missing_owner;
pub mod score_mismatch;
pub mod unknown_level;
