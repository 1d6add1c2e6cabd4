//! The words of a language for the script that keeps ticks.
//!
//! Not here: the script itself, which is the theme's `checklist.js`.

use std::collections::BTreeMap;

use super::writer::Shared;
use crate::fields::text::Language;

/// How many hexadecimal digits tell a task from others on its page, or a handbook from others at its address.
const DIGITS: usize = 8;

impl Shared<'_> {
    /// Gives the words of the script in a language, by key.
    pub fn tick_words(&self, language: Language) -> BTreeMap<String, &str> {
        let locale = &self.locales[usize::from(language.0)];
        let mut words = locale.group("ticks");
        let copying = [("copied", "site.copied"), ("copy_failed", "site.copy_failed")];
        words.extend(copying.map(|(key, word)| (key.to_owned(), locale.word(word))));
        words
    }
}

/// Gives the fingerprint of a text; how its words are spaced and broken into lines does not count.
pub fn fingerprint(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut digits = blake3::hash(words.join(" ").as_bytes()).to_hex().to_string();
    digits.truncate(DIGITS);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::{Bench, DE, EN};

    #[test]
    fn the_words_are_those_of_the_language_form_by_form() {
        let bench = Bench::new(&[]);
        let shared = bench.shared();
        let (english, german) = (shared.tick_words(EN), shared.tick_words(DE));
        assert_eq!((english["progress"], german["progress"]), ("{n} of {total} done", "{n} von {total} erledigt"));
        assert!(english.contains_key("removed_items.one") && english.contains_key("csv.item"));
        assert!(english.contains_key("copied") && !english.contains_key("menu"));
    }

    #[test]
    fn a_fingerprint_depends_on_the_words_and_not_on_the_blanks_between_them() {
        assert_eq!(fingerprint("lock  the\ndoor "), fingerprint("lock the door"));
        assert_ne!(fingerprint("lock the door"), fingerprint("lock the doors"));
    }
}
