//! Parsing, from outside: whatever stands in a file, the document's places are places of that file.

mod cells;
mod languages;
mod properties;
mod seed;
