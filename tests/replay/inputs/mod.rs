//! What holds of whatever is read: a file for each kind of input, tried on kept texts by the test and on made ones by `fuzz/`.
//!
//! Each `hold` takes any text at all and panics where something does not hold. Not here: how deep or long a text may be
//! (`tests/hostile.rs`).

pub mod calendars;
pub mod csv;
pub mod durations;
pub mod front_matter;
pub mod wiki_links;

mod findings;
mod markup;
