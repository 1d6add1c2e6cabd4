//! Checks of the group `wording`.

pub mod target_inside;
pub mod two_things;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&two_things::CHECK, &target_inside::CHECK];
