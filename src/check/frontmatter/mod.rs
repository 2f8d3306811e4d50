//! Rules about front matter.

pub mod conflicting_fact;
pub mod duplicate_key;
pub mod implicit_type;
pub mod invalid_value;
pub mod missing_field;
pub mod stale_review;
pub mod syntax;
pub mod unclosed;
pub mod unknown_field;
pub mod wrong_type;
