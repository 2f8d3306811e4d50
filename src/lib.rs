//! Rollbook keeps a rollout as documents: it renders them, checks them, and remembers every revision.

pub mod source;
pub mod lang;
pub mod diagnostic;
pub mod words;
pub mod yaml;
pub mod fields;
pub mod config;
pub mod model;
pub mod serve;
pub mod cli;
