//! Checks of limits, clocks and the steps behind them.

pub mod ambiguous_day;
pub mod calendar_runs_out;
pub mod copied_number;
pub mod ladder;
pub mod limit_chain;
pub mod mixed_clocks;
pub mod no_buffer;
pub mod no_clock;
pub mod order;
mod prose_disagrees;
pub mod range;
pub mod slow_agreement;
pub mod steps_exceed_limit;
pub mod text_disagrees;
pub mod unbounded_pause;
pub mod unstaffed;

use crate::checks::check::Check;

/// The checks of this group.
pub const CHECKS: &[&Check] = &[
    &steps_exceed_limit::CHECK,
    &limit_chain::CHECK,
    &no_buffer::CHECK,
    &ambiguous_day::CHECK,
    &no_clock::CHECK,
    &range::CHECK,
    &text_disagrees::CHECK,
    &copied_number::CHECK,
    &unstaffed::CHECK,
    &order::CHECK,
    &unbounded_pause::CHECK,
    &slow_agreement::CHECK,
    &calendar_runs_out::CHECK,
    &mixed_clocks::CHECK,
];
