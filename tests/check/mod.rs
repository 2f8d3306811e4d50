//! `check`: every rule by example, the catalogue, and what tired people do to a plan.

mod cases;
mod catalogue;
mod mutations;
mod mutations_plan;
mod options;
mod past;
mod policy;
mod seed;
