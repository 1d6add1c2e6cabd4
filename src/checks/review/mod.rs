//! Checks of the group `review`.

pub mod bulk_bump;
pub mod changed;
pub mod overdue;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&overdue::CHECK, &changed::CHECK, &bulk_bump::CHECK];
