//! Compounds and the words in them that are words elsewhere in the handbook: `Erstattung` in `Rückerstattung`.

use std::collections::HashSet;

use super::fold::{Folding, is_han};
use super::postings::Surfaces;

/// The letters that a part has at least.
const LEAST: usize = 4;

/// What may stand between two parts.
const LINKS: [&str; 6] = ["", "s", "es", "n", "en", "e"];

/// What stands before a word without being one of the handbook's own; folded.
const BEFORE: [&str; 16] = [
    "ruck", "vor", "nach", "uber", "unter", "aus", "ein", "auf", "mit", "haupt", "gesamt", "zwischen", "sonder", "neu",
    "wieder", "zuruck",
];

/// Collects the stems of all words that may be parts; none for languages that write compounds apart.
pub fn known(things: &Surfaces, passages: &Surfaces, folding: &Folding) -> HashSet<String> {
    if !folding.digraphs {
        return HashSet::new();
    }
    let long = |word: &&String| word.chars().count() >= LEAST && !word.starts_with(is_han);
    things.keys().chain(passages.keys()).filter(long).map(|word| folding.stem(word)).collect()
}

/// Gives the stems of the parts of a folded word, sorted.
pub fn parts(word: &str, known: &HashSet<String>, folding: &Folding) -> Vec<String> {
    let mut found = Vec::new();
    if !known.is_empty() && word.len() >= 2 * LEAST && word.is_ascii() {
        take_apart(word, known, folding, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn take_apart(word: &str, known: &HashSet<String>, folding: &Folding, found: &mut Vec<String>) {
    for at in 3..=word.len().saturating_sub(LEAST) {
        let (head, tail) = word.split_at(at);
        let stem = folding.stem(tail);
        if !known.contains(&stem) {
            continue;
        }
        let first = LINKS
            .iter()
            .filter_map(|link| head.strip_suffix(link))
            .find(|head| head.len() >= LEAST && known.contains(&folding.stem(head)));
        if let Some(first) = first {
            found.push(folding.stem(first));
            take_apart(first, known, folding, found);
        }
        if first.is_some() || BEFORE.contains(&head) {
            found.push(stem);
            take_apart(tail, known, folding, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(word: &str, others: &[&str]) -> Vec<String> {
        let folding = Folding::of("de");
        let mut words = Surfaces::new();
        for other in others {
            folding.tokens(other, &mut |token| drop(words.insert(token.to_owned(), Vec::new())));
        }
        let known = known(&words, &Surfaces::new(), &folding);
        let mut token = String::new();
        folding.tokens(word, &mut |one| token = one.to_owned());
        parts(&token, &known, &folding)
    }

    #[test]
    fn parts_are_words_of_the_handbook_whatever_joins_them() {
        assert_eq!(parts_of("Reparaturdauer", &["Reparatur", "Dauer"]), ["daur", "reparatur"]);
        assert_eq!(parts_of("Öffnungszeiten", &["Öffnung", "Zeit"]), ["offn", "zeit"]);
        assert_eq!(
            parts_of("Rückerstattungsfrist", &["Rückerstattung", "Erstattung", "Frist"]),
            ["erstat", "fris", "ruckerstat"]
        );
    }

    #[test]
    fn a_known_beginning_needs_not_be_a_word() {
        assert_eq!(parts_of("Rückerstattung", &["Erstattung"]), ["erstat"]);
        assert_eq!(parts_of("Xyzerstattung", &["Erstattung"]), [""; 0]);
    }

    #[test]
    fn what_is_no_word_elsewhere_is_no_part() {
        assert_eq!(parts_of("Reparaturdauer", &["Dauer"]), [""; 0]);
        assert_eq!(parts_of("Kulanz", &["Kula", "lanz"]), [""; 0]);
    }

    #[test]
    fn languages_that_write_compounds_apart_have_none() {
        let english = Folding::of("en");
        let words: Surfaces = [("check".to_owned(), Vec::new()), ("list".to_owned(), Vec::new())].into();
        assert!(known(&words, &Surfaces::new(), &english).is_empty());
    }
}
