//! Checks of the group `evidence`.

pub mod conflict;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&conflict::CHECK];
