//! Rules about the go-live checklist.

pub mod missing_owner;
