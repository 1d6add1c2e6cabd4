//! Checks of the group `result`.

pub mod impossible;
pub mod series;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&impossible::CHECK];
