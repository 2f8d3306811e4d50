//! `fix`: every fix by example, what must hold for all of them, and the command.

mod cases;
mod command;
mod properties;
