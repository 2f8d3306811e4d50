//! Rules about paths.
