//! Checks of the group `promise`.

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[];
