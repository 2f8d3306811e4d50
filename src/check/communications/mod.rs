//! Rules about communications: who is told what, when, and by which way.

pub mod missing_audience;
pub mod missing_channel;
pub mod missing_date;
pub mod missing_owner;
