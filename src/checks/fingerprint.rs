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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench;

    fn print(rest: &str) -> String {
        let service = bench::service(rest);
        let (checked, _) = bench::look(&bench::tree(&[("services/repair.md", &service)]));
        of(&checked.handbook().services["repair"])
    }

    const STANDARD: &str = "standards: {a: {statement: Quick, limit: 2 weeks, owner: desk}}\n---\nProse.\n";

    #[test]
    fn numbers_limits_and_owners_change_nothing() {
        let same = print(STANDARD);
        assert_eq!(same.len(), DIGITS);
        for other in
            [STANDARD.replace("2 weeks", "3 weeks"), STANDARD.replace("desk", "lead"), STANDARD.replace('\n', "\r\n")]
        {
            assert_eq!(print(&other.replace("---\r\n", "---\n")), same, "{other}");
        }
        assert_eq!(print(&STANDARD.replace("Prose.\n", "\n\nProse.\n\n")), same);
    }

    #[test]
    fn every_word_changes_it() {
        let same = print(STANDARD);
        for other in [
            STANDARD.replace("Quick", "Quicker"),
            STANDARD.replace("Prose.", "Prose!"),
            STANDARD.replace("2 weeks", "2 weeks, title: T"),
        ] {
            assert_ne!(print(&other), same, "{other}");
        }
    }

    #[test]
    fn a_word_that_moves_from_one_text_to_the_next_changes_it() {
        assert_ne!(print("needs: [ab, c]\n"), print("needs: [a, bc]\n"));
    }
}
