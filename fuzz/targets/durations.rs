//! Tries `inputs::durations` on texts made at random.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pledgebook_fuzz::inputs::durations::hold(text));
