//! The parts of the manual that say which fields and findings there are: made from the tables that decode and from the checks
//! themselves, so that they cannot drift.
//!
//! The prose around them stands in `docs/`, and `tests/manual/` puts the parts into it. Not here: the manual's words, and
//! the parts about commands and templates, which the tests make from what the program says itself.

pub mod content;
pub mod findings;
pub mod reported;
pub mod rules;
pub mod schema;
pub mod shapes;
