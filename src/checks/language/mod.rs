//! Checks of the group `language`.

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[];
