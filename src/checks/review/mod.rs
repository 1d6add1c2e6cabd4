//! Checks of the group `review`.

pub mod bulk_bump;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&bulk_bump::CHECK];
