//! Words with their postings, split into files so that a query loads little.
//!
//! Words are sorted and cut where a file would become too large, so that a file holds all words between two others, and
//! what begins with the same letters stands together. A word in very many entries keeps the best. Where the words that
//! begin with a few letters fill more than one file, these letters have postings of their own, marked with `*`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::entry::Found;
use super::fold::is_han;
use super::postings::{Index, Key, Posting, best_first};
use super::records::{Files, Records};

/// How the files of a tier are made.
#[derive(Clone, Copy, Debug)]
pub struct Tier {
    /// The first letter of their names.
    pub name: &'static str,
    /// How many bytes a file may have, as far as one word allows.
    pub most_bytes: usize,
    /// How many entries a word keeps.
    pub most_postings: usize,
    /// How many of them are shown without another file, where they fit well.
    pub shown: usize,
}

impl Tier {
    /// Things: each file brings the records of what is found best.
    pub const THINGS: Self = Self { name: "w", most_bytes: 6_000, most_postings: 400, shown: 4 };
    /// Text: postings alone.
    pub const TEXT: Self = Self { name: "t", most_bytes: 9_000, most_postings: 1_200, shown: 0 };
}

/// The score that a word in a title has at least.
const WELL: u8 = 17;

/// How many letters at the beginning of words may have postings of their own.
const MOST_LETTERS: usize = 4;
/// How many entries they lead to.
const OF_LETTERS: usize = 12;

/// Splits an index into files, and gives the words at which each but the first begins.
pub fn pack(index: &Index, tier: Tier, found: &Found, files: &mut Files) -> Vec<String> {
    let mut words: BTreeMap<Key, Vec<Posting>> = beginnings(index, tier);
    words.extend(index.iter().map(|(word, postings)| (word.clone(), postings.clone())));
    let mut heads: Vec<String> = Vec::new();
    let mut file = File::default();
    let mut last = String::new();
    for (Key(word), postings) in &words {
        let known = file.size();
        if known > 0 && known + added(&file, word, postings, tier) > tier.most_bytes {
            files.add(format!("{}{}", tier.name, heads.len()), &std::mem::take(&mut file).into_value());
            heads.push(shortest_between(&last, word));
        }
        file.add(word, postings, tier, found);
        last.clone_from(word);
    }
    files.add(format!("{}{}", tier.name, heads.len()), &file.into_value());
    heads
}

#[derive(Default)]
struct File {
    words: Map<String, Value>,
    records: Records,
    shown: BTreeSet<u32>,
    size: usize,
}

impl File {
    fn size(&self) -> usize {
        self.size + self.records.size()
    }

    fn add(&mut self, word: &str, postings: &[Posting], tier: Tier, found: &Found) {
        let written = write(postings, tier.most_postings);
        self.size += word.len() + written.len() + 6;
        self.words.insert(word.to_owned(), json!(written));
        for (number, _) in shown(word, postings, tier) {
            self.shown.insert(*number);
            self.records.add(found, usize::try_from(*number).unwrap_or_default());
        }
    }

    fn into_value(self) -> Value {
        let mut all = self.records.into_value();
        all.insert("w".into(), Value::Object(self.words));
        all.retain(|_, part| part.as_object().is_some_and(|part| !part.is_empty()));
        Value::Object(all)
    }
}

/// Guesses how many bytes a word adds to a file: a record that is new takes about 110.
fn added(file: &File, word: &str, postings: &[Posting], tier: Tier) -> usize {
    let new = shown(word, postings, tier).filter(|(number, _)| !file.shown.contains(number)).count();
    word.len() + 3 * postings.len().min(tier.most_postings) + 110 * new
}

/// Gives the entries of a word that are shown without another file.
///
/// Half as many for characters, as each name has more pairs of them than words.
fn shown<'a>(word: &str, postings: &'a [Posting], tier: Tier) -> impl Iterator<Item = &'a Posting> {
    let most = if word.starts_with(is_han) { tier.shown / 2 } else { tier.shown };
    postings.iter().take(most).filter(|(_, score)| *score >= WELL)
}

/// Finds the beginnings of words that fill more than half a file, and what they lead to.
fn beginnings(index: &Index, tier: Tier) -> BTreeMap<Key, Vec<Posting>> {
    let mut groups: BTreeMap<String, (usize, usize, Vec<Posting>)> = BTreeMap::new();
    for (Key(word), postings) in index {
        let size = added(&File::default(), word, postings, tier);
        let whole = word.chars().count();
        for (letters, (at, letter)) in word.char_indices().enumerate().take(MOST_LETTERS) {
            if letters + 1 >= whole {
                break;
            }
            let (sum, largest, best) = groups.entry(word[..at + letter.len_utf8()].to_owned()).or_default();
            *sum += size;
            *largest = size.max(*largest);
            best.extend(postings.iter().take(OF_LETTERS));
            if best.len() > 8 * OF_LETTERS {
                *best = best_first(std::mem::take(best));
                best.truncate(OF_LETTERS);
            }
        }
    }
    let full = |(_, (sum, largest, _)): &(String, (usize, usize, Vec<Posting>))| sum - largest > tier.most_bytes / 2;
    let finish = |(letters, (_, _, best)): (String, (usize, usize, Vec<Posting>))| {
        let mut best = best_first(best);
        best.truncate(OF_LETTERS);
        (Key(format!("{letters}*")), best)
    };
    groups.into_iter().filter(full).map(finish).collect()
}

/// Writes postings: groups of a score, each with its score and the steps from number to number in base 36; in front, how
/// many there are in all, where not all are kept.
pub fn write(postings: &[Posting], most: usize) -> String {
    let kept = &postings[..postings.len().min(most)];
    let mut text = if kept.len() < postings.len() { format!("{};", postings.len()) } else { String::new() };
    let (mut score, mut last) = (0, 0);
    for (number, own) in kept {
        if *own != score {
            if score != 0 {
                text.push(' ');
            }
            text.push(digit(u32::from(*own)));
            (score, last) = (*own, 0);
        } else {
            text.push('.');
        }
        base_36(number - last, &mut text);
        last = *number;
    }
    text
}

fn base_36(mut number: u32, text: &mut String) {
    let mut digits = Vec::new();
    while number >= 36 {
        digits.push(digit(number % 36));
        number /= 36;
    }
    digits.push(digit(number));
    text.extend(digits.iter().rev());
}

fn digit(number: u32) -> char {
    char::from_digit(number, 36).expect("a digit of base 36 is below 36")
}

/// Gives the shortest beginning of a word that comes behind another.
pub fn shortest_between(before: &str, word: &str) -> String {
    let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let short = ends.map(|end| &word[..end]).find(|short| Key((*short).to_owned()) > Key(before.to_owned()));
    short.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::entry::{Entry, OnPage, Sort};

    const SMALL: Tier = Tier { name: "w", most_bytes: 200, most_postings: 5, shown: 2 };

    fn found(entries: usize) -> Found {
        let things = (0..entries).map(|n| Entry::new(Sort::Page, format!("a{n}"), format!("Title {n}"))).collect();
        let mut found = Found::default();
        found.add(OnPage { things, ..OnPage::default() });
        found
    }

    fn packed(words: &[(String, Vec<Posting>)], tier: Tier) -> (Vec<String>, Vec<String>) {
        let index: Index = words.iter().map(|(word, postings)| (Key(word.clone()), postings.clone())).collect();
        let mut files = Files::default();
        let heads = pack(&index, tier, &found(100), &mut files);
        let text = |(_, bytes): (String, Vec<u8>)| String::from_utf8(bytes).unwrap();
        (heads, files.finish("x").into_iter().map(text).collect())
    }

    fn many() -> Vec<(String, Vec<Posting>)> {
        (0..90_u32).map(|n| (format!("{}word{n}", char::from(b'a' + (n % 6) as u8)), vec![(n, 9)])).collect()
    }

    #[test]
    fn no_file_is_larger_than_it_may_be_but_for_one_word() {
        let (heads, files) = packed(&many(), SMALL);
        assert_eq!(files.len(), heads.len() + 1);
        assert!(files.len() >= 4, "{}", files.len());
        for file in &files {
            assert!(file.len() < 2 * SMALL.most_bytes + 60, "{}: {file}", file.len());
        }
    }

    #[test]
    fn a_word_lies_in_the_file_whose_head_is_the_last_before_it() {
        let (heads, _) = packed(&many(), SMALL);
        let mut sorted = heads.clone();
        sorted.sort();
        assert_eq!(heads, sorted);
        assert!(heads.iter().all(|head| head.len() <= 8), "{heads:?}");
    }

    #[test]
    fn a_word_in_many_entries_keeps_the_best_and_says_how_many_there_were() {
        let common: Vec<Posting> = (0..90).map(|n| (n, 9)).collect();
        let (_, files) = packed(&[("common".into(), common)], SMALL);
        assert!(files[0].contains("\"common\":\"90;90.1.1.1.1\""), "{files:?}");
    }

    #[test]
    fn letters_that_begin_more_words_than_a_file_holds_lead_to_the_best_of_them() {
        let (_, files) = packed(&many(), SMALL);
        assert!(files.iter().any(|file| file.contains("\"a*\":\"12;90.6.6.6.6")), "{files:?}");
        let (_, few) = packed(&many()[..2], SMALL);
        assert!(few.iter().all(|file| !file.contains('*')), "{few:?}");
    }

    #[test]
    fn postings_are_groups_of_a_score_with_steps_in_base_36() {
        assert_eq!(write(&[(5, 35), (41, 35), (2, 10)], 9), "z5.10 a2");
        assert_eq!(write(&[(5, 35), (41, 35), (2, 10)], 2), "3;z5.10");
    }

    #[test]
    fn the_head_of_a_file_is_as_short_as_tells_it_apart() {
        assert_eq!(shortest_between("refund", "register"), "reg");
        assert_eq!(shortest_between("refund", "refunds"), "refunds");
        assert_eq!(shortest_between("退款", "退货"), "退货");
    }
}
