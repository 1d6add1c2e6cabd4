//! Tries `inputs::wiki_links` on texts made at random.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| pledgebook_fuzz::inputs::wiki_links::hold(text));
