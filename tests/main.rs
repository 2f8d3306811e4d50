//! The integration tests: one binary, one module a boundary.

mod history;
mod serve;
