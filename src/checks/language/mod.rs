//! Checks of the group `language`.

mod figure;
pub mod missing;
pub mod number_differs;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&number_differs::CHECK, &missing::CHECK];
