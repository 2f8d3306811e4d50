//! Rules about the plan as a whole.

pub mod unknown_directive;
