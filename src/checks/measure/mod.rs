//! Checks of the group `measure`.

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[];
