//! Everything that is tested from outside of the library, in one binary.

mod support;

mod architecture;
mod build;
mod check;
mod docs;
mod fix;
mod history;
mod parse;
mod report;
mod schema;
mod serve;
