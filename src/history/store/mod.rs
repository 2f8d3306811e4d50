//! The disk side of the history: the only part of it that reads or writes files.

mod scan;
mod collect;
mod lock;
mod write;
mod rebuild;
mod restore;

pub use collect::collect;
pub(super) use rebuild::Rebuilt;
pub use restore::Restore;
pub use scan::{Depth, read_bytes, scan};
pub(super) use write::Writer;
