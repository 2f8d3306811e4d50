//! Rules about files as such, before anything in them is read.

pub mod invalid_utf8;
pub mod outside_root;
