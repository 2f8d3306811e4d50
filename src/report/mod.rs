//! Findings in words: for people, and for other programs.

pub mod circumstances;
pub mod human;
pub mod json;
