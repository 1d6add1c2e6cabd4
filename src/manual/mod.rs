//! The parts of the manual that say which fields there are: made from the tables that decode, so that they cannot drift.
//!
//! The prose around them stands in `docs/content.md`, and `tests/manual/` puts the parts into it. Not here: the manual's
//! words, and the parts about commands, findings and templates, which the tests make from what the program says itself.

pub mod content;
pub mod shapes;
