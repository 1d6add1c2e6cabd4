//! Checks of words: those that cannot be kept, those that should not be said, and sentences that hold too much.

pub mod absolute;
pub mod blame;
pub mod escape;
pub mod forbidden_term;
pub mod promised;
pub mod quotation;
pub mod target_inside;
pub mod two_things;
pub mod vague;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[
    &vague::CHECK,
    &escape::CHECK,
    &absolute::CHECK,
    &blame::CHECK,
    &two_things::CHECK,
    &target_inside::CHECK,
    &forbidden_term::CHECK,
];
