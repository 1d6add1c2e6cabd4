//! Checks of the group `recovery`.

pub mod breach_order;
pub mod complaints;
pub mod incomplete_ladder;
pub mod late_escalation;
pub mod no_complaint_route;
pub mod same_reviewer;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[
    &no_complaint_route::CHECK,
    &incomplete_ladder::CHECK,
    &same_reviewer::CHECK,
    &late_escalation::CHECK,
    &breach_order::CHECK,
];
