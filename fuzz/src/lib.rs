//! What holds of each input, from the tests of the package; here it meets texts that are made up by libFuzzer.

#[path = "../../tests/replay/inputs/mod.rs"]
pub mod inputs;
