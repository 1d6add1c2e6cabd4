//! The fingerprint of the text that a translation translates.

use crate::fields::text::Text;
use crate::fields::value::{Value, Visitor};
use crate::model::document::Document;

/// How many hexadecimal digits a fingerprint has.
const DIGITS: usize = 12;

/// Gives the fingerprint of the texts of a document in its source language, fields and prose.
///
/// It changes with every word that is translated, and with nothing else: no number, limit or owner is in it.
pub fn of<T: Value>(document: &Document<T>) -> String {
    let mut hasher = Hasher { hasher: blake3::Hasher::new() };
    document.fields.walk(&mut hasher);
    hasher.add(document.body.text().trim());
    let mut digits = hasher.hasher.finalize().to_hex().to_string();
    digits.truncate(DIGITS);
    digits
}

struct Hasher {
    hasher: blake3::Hasher,
}

impl Hasher {
    /// Adds a word with its length, so that two words never run into one; line breaks count alike on every system.
    fn add(&mut self, word: &str) {
        let word = word.replace("\r\n", "\n");
        self.hasher.update(&(word.len() as u64).to_le_bytes());
        self.hasher.update(word.as_bytes());
    }
}

impl Visitor for Hasher {
    fn text(&mut self, text: &Text) {
        if !text.is_empty() {
            self.add(text.source());
        }
    }
}
