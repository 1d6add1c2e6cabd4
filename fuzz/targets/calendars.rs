//! Tries `inputs::calendars` on texts made at random.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pledgebook_fuzz::inputs::calendars::hold(text));
