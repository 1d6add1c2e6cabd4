//! Checks of promises.

pub mod below_result;
pub mod hard_to_claim;
pub mod hard_to_read;
pub mod meaningless;
pub mod names_the_defect;
pub mod no_remedy;
pub mod not_shown;
pub mod tighter_than_standard;
pub mod too_many_conditions;
pub mod too_safe;
pub mod unbacked;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[
    &unbacked::CHECK,
    &tighter_than_standard::CHECK,
    &no_remedy::CHECK,
    &hard_to_claim::CHECK,
    &too_many_conditions::CHECK,
    &meaningless::CHECK,
    &names_the_defect::CHECK,
    &hard_to_read::CHECK,
    &not_shown::CHECK,
    &below_result::CHECK,
    &too_safe::CHECK,
];
