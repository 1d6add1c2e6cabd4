//! Checks of checklists.

pub mod not_observable;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&not_observable::CHECK];
