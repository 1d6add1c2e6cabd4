//! Checks of the group `language`.

pub mod missing;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&missing::CHECK];
