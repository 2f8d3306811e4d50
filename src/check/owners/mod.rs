//! Owners: whether the names in owner cells are names of anybody.

pub mod unresolved_role;
