//! `check`: every rule by example, the catalogue, and what tired people do to a plan.

mod accidents;
mod blocking;
mod cases;
mod catalogue;
mod messages;
mod mutations;
mod options;
mod past;
mod policy;
mod properties;
mod seed;
