//! `report`: every format on every sample, read by the readers of other people where there are any.

mod ci;
mod cli;
mod formats;
mod golden;
mod readers;
mod sample;
