//! Checks of the group `process`.

pub mod front_without_help;
pub mod handoffs;
pub mod silent_wait;
pub mod way;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&handoffs::CHECK, &silent_wait::CHECK, &front_without_help::CHECK];
