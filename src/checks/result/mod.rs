//! Checks of the group `result`.

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[];
