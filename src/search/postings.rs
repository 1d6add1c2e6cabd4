//! Which entries a word leads to, best first.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::entry::{Entry, Page, Place};
use super::fold::Folding;
use super::parts;

/// An entry and how well a word leads to it, 1 to [`BEST`].
pub type Posting = (u32, u8);

/// The best score.
pub const BEST: u8 = 35;

/// How many entries are worked on at a time.
const CHUNK: usize = 256;

/// The share of a word's score that its parts have, in percent.
const OF_PART: u32 = 60;

/// The postings of folded words as they are written, in the order of entries.
pub type Surfaces = HashMap<String, Vec<Posting>>;

/// The postings of stems; keys are in the order of UTF-16, as the script compares them.
pub type Index = BTreeMap<Key, Vec<Posting>>;

/// A word in the order of UTF-16.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub String);

impl Ord for Key {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self.0.is_ascii() && other.0.is_ascii() {
            return self.0.cmp(&other.0);
        }
        self.0.encode_utf16().cmp(other.0.encode_utf16())
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Gives the words of entries; the first entry has the number `first`.
pub fn surfaces(entries: &[Entry], pages: &[Page], first: usize, folding: &Folding) -> Surfaces {
    let chunks: Vec<Surfaces> = entries
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(chunk, entries)| {
            let mut all = Surfaces::new();
            for (at, entry) in entries.iter().enumerate() {
                let number = u32::try_from(first + chunk * CHUNK + at).unwrap_or(u32::MAX);
                for (word, score) in words(entry, &pages[entry.page], folding) {
                    all.entry(word).or_default().push((number, score));
                }
            }
            all
        })
        .collect();
    let mut all = Surfaces::new();
    for chunk in chunks {
        for (word, postings) in chunk {
            all.entry(word).or_default().extend(postings);
        }
    }
    all
}

/// Gives the words of an entry, each with its best score.
fn words(entry: &Entry, page: &Page, folding: &Folding) -> impl Iterator<Item = (String, u8)> + use<> {
    let mut scores: HashMap<String, u32> = HashMap::new();
    // The words of one text, one behind the other, and where each ends.
    let (mut folded, mut ends) = (String::new(), Vec::new());
    let mut add = |place: Place, text: &str| {
        folded.clear();
        ends.clear();
        folding.tokens(text, &mut |word| {
            folded.push_str(word);
            ends.push(folded.len());
        });
        let score = score(place, ends.len(), entry.sort.weight());
        let mut start = 0;
        for end in &ends {
            let word = &folded[start..*end];
            start = *end;
            match scores.get_mut(word) {
                Some(known) => *known = score.max(*known + u32::from(*known > 0)),
                None => _ = scores.insert(word.to_owned(), score),
            }
        }
    };
    let title = if entry.title.is_empty() { &page.title } else { &entry.title };
    add(Place::Title, title);
    add(entry.text_place, &entry.text);
    entry.words.iter().for_each(|(place, text)| add(*place, text));
    if !entry.title.is_empty() {
        add(Place::Around, &page.title);
    }
    let limit = u32::from(BEST);
    scores.into_iter().map(move |(word, score)| (word, u8::try_from(score.clamp(1, limit)).unwrap_or(BEST)))
}

/// Scores a word by its place; a word of a short text says more about it than one of many.
fn score(place: Place, words: usize, weight: u32) -> u32 {
    let words = u32::try_from(words.clamp(1, 40)).unwrap_or(40);
    let share = match place {
        Place::Title | Place::Slogan | Place::Statement => 70 + 30 / words,
        _ => 100 - words,
    };
    u32::from(BEST) * place as u32 * share * weight / 1_000_000
}

/// Brings words to their stems, and adds what their parts lead to.
pub fn index(surfaces: Surfaces, known: &HashSet<String>, folding: &Folding) -> Index {
    let mut index: HashMap<String, Vec<Posting>> = HashMap::new();
    let mut sorted: Vec<(String, Vec<Posting>)> = surfaces.into_iter().collect();
    sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for (word, postings) in sorted {
        let stem = folding.stem(&word);
        for part in parts::parts(&word, known, folding).into_iter().filter(|part| *part != stem) {
            let lower = |score: u8| u8::try_from((u32::from(score) * OF_PART / 100).max(1)).unwrap_or(BEST);
            let postings = postings.iter().map(|(number, score)| (*number, lower(*score)));
            index.entry(part).or_default().extend(postings);
        }
        index.entry(stem).or_default().extend(postings);
    }
    index.into_iter().map(|(word, postings)| (Key(word), best_first(postings))).collect()
}

/// Sorts postings with the best first; each entry is kept once.
pub fn best_first(mut postings: Vec<Posting>) -> Vec<Posting> {
    postings.sort_unstable_by_key(|(number, score)| (*number, u8::MAX - score));
    postings.dedup_by_key(|(number, _)| *number);
    postings.sort_unstable_by_key(|(number, score)| (u8::MAX - score, *number));
    postings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::entry::Sort;

    fn index_of(tag: &str, entries: &[Entry]) -> Index {
        let folding = Folding::of(tag);
        let pages = [Page { path: "a.html".into(), title: "Around".into(), sort: Sort::Page, tongue: String::new() }];
        let words = surfaces(entries, &pages, 0, &folding);
        let known = parts::known(&words, &Surfaces::new(), &folding);
        index(words, &known, &folding)
    }

    fn found(index: &Index, word: &str) -> Vec<u32> {
        index.get(&Key(word.into())).into_iter().flatten().map(|(number, _)| *number).collect()
    }

    #[test]
    fn a_title_weighs_more_than_a_statement_and_that_more_than_prose() {
        let title = |title: &str| Entry::new(Sort::Standard, "x", title);
        let entries = [
            title("Calls").saying(Place::Text, "We refund what was paid."),
            title("Money").saying(Place::Statement, "We refund what was paid."),
            title("Refunds in time"),
            title("Refund"),
        ];
        assert_eq!(found(&index_of("en", &entries), "refund"), [3, 2, 1, 0]);
    }

    #[test]
    fn a_part_of_a_compound_leads_to_it_behind_the_word_itself() {
        let title = |title: &str| Entry::new(Sort::Standard, "x", title);
        let index =
            index_of("de", &[title("Rückerstattung"), title("Erstattung"), title("Erstattungsfrist"), title("Frist")]);
        assert_eq!(found(&index, "erstat"), [1, 0, 2]);
        assert_eq!(found(&index, "fris"), [3, 2]);
    }

    #[test]
    fn an_entry_is_found_by_the_title_of_its_page_too() {
        assert_eq!(found(&index_of("en", &[Entry::new(Sort::Step, "x", "Mend")]), "around"), [0]);
        assert_eq!(found(&index_of("en", &[Entry::new(Sort::Page, "", "")]), "around"), [0]);
    }

    #[test]
    fn words_are_in_the_order_in_which_the_script_compares_them() {
        let (astral, last) = (Key("\u{20000}".into()), Key("\u{ff21}".into()));
        assert!(astral < last && "\u{20000}" > "\u{ff21}");
        assert!(Key("ab".into()) < Key("b".into()));
    }

    #[test]
    fn each_entry_is_kept_once_with_its_best_score() {
        assert_eq!(best_first(vec![(2, 5), (1, 9), (2, 9), (0, 1)]), [(1, 9), (2, 9), (0, 1)]);
    }
}
