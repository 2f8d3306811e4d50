//! Rules about settings.

pub mod invalid;
