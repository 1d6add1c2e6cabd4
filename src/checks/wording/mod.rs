//! Checks of words: those that cannot be kept, and those that should not be said.

pub mod absolute;
pub mod blame;
pub mod escape;
pub mod forbidden_term;
pub mod promised;
pub mod quotation;
pub mod vague;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&vague::CHECK, &escape::CHECK, &absolute::CHECK, &blame::CHECK, &forbidden_term::CHECK];
