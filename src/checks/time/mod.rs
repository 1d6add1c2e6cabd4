//! Checks of limits, clocks and the steps behind them.

pub mod limit_chain;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[&limit_chain::CHECK];
