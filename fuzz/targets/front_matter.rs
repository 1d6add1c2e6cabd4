//! Tries `inputs::front_matter` on texts made at random.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pledgebook_fuzz::inputs::front_matter::hold(text));
