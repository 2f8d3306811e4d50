//! Rules about front matter.

pub mod duplicate_key;
pub mod syntax;
pub mod unclosed;
pub mod unknown_field;
pub mod wrong_type;
