//! Checks of the group `recovery`.

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[];
