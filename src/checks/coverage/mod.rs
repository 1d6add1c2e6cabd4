//! Checks of the group `coverage`.

pub mod channel;
pub mod dissatisfier;
pub mod inconsistent;
pub mod kind;
pub mod orphan;
pub mod uses;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] =
    &[&dissatisfier::CHECK, &channel::CHECK, &kind::CHECK, &inconsistent::CHECK, &orphan::CHECK];
