//! Rules about files.
