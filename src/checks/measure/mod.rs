//! Checks of how results are measured.

pub mod average;
pub mod none;
pub mod target_missing;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&none::CHECK, &target_missing::CHECK, &average::CHECK];
