//! Checks of the group `evidence`.

pub mod conflict;
pub mod no_source;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&no_source::CHECK, &conflict::CHECK];
