//! The disk side of the history: the only part of it that reads or writes files.

mod scan;
mod collect;
mod lock;
mod write;

pub use collect::collect;
pub use scan::{Depth, read_bytes, scan};
pub(super) use write::Writer;
