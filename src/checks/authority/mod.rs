//! Checks of the group `authority`.

pub mod no_deputy;
pub mod not_enough;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&not_enough::CHECK, &no_deputy::CHECK];
