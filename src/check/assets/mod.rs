//! Rules about assets.
