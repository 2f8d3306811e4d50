//! What the tests share: sites on disk, and files that hold many small tests.

pub mod binary;
pub mod blocks;
pub mod revisions;
pub mod site;
