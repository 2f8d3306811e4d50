//! Rules about the way back.

pub mod flag_without_off_step;
pub mod missing_owner;
pub mod missing_plan;
pub mod missing_trigger;
pub mod pending_step;
mod switches;

use crate::model::{Rollback, RollbackStep};
use crate::source::Span;

/// Where a procedure begins: its first step.
fn beginning(rollback: &Rollback) -> Span {
    rollback.steps.first().map_or(rollback.span, |step| step.text.span)
}

/// The text of every step and sub-step, in order.
fn texts(step: &RollbackStep) -> impl Iterator<Item = Span> {
    std::iter::once(step.text.span).chain(step.substeps.iter().map(|substep| substep.span))
}
