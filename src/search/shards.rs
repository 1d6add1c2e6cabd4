//! Words with their postings, split into files so that a query loads little.
//!
//! Words are sorted and cut where a file would become too large, so that a file holds all words between two others, and
//! what begins with the same letters stands together. A word in very many entries keeps the best. Where the words that
//! begin with a few letters fill more than one file, these letters have postings of their own, marked with `*`. Pairs of
//! characters stand in files of their own, wherever a number that is reckoned from them says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::fold::is_han;
use super::postings::{Index, Key, Posting, best_first};
use super::records::{Files, Written};

/// How the files of a tier are made.
#[derive(Clone, Copy, Debug)]
pub struct Tier {
    /// The first letter of the names of files of words.
    pub name: &'static str,
    /// The first letter of the names of files of pairs of characters.
    pub of_pairs: &'static str,
    /// How many bytes a file may have, as far as one word allows.
    pub most_bytes: usize,
    /// How many entries a word keeps.
    pub most_postings: usize,
    /// How many of them are shown without another file, where they fit well; none of pairs, as names have more pairs than
    /// words, and a query more of them.
    pub shown: usize,
}

impl Tier {
    /// Things: each file brings the records of what is found best.
    pub const THINGS: Self = Self { name: "w", of_pairs: "c", most_bytes: 3_000, most_postings: 400, shown: 3 };
    /// Text: postings alone.
    pub const TEXT: Self = Self { name: "t", of_pairs: "d", most_bytes: 9_000, most_postings: 1_200, shown: 0 };
}

/// Where the words of a tier stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The words at which each file but the first begins.
    pub heads: Vec<String>,
    /// How many files of pairs there are.
    pub pairs: usize,
}

/// The score that a word in a title has at least.
const WELL: u8 = 17;

/// How many letters at the beginning of words may have postings of their own.
const MOST_LETTERS: usize = 4;
/// How many entries they lead to.
const OF_LETTERS: usize = 12;

/// A word with what it leads to.
type Row<'a> = (&'a Key, &'a Vec<Posting>);

/// Splits an index into files, and tells where its words stand.
pub fn pack(index: &Index, tier: Tier, written: &Written, files: &mut Files) -> Places {
    let beginnings = beginnings(index, tier);
    let mut all: Vec<Row<'_>> = index.iter().chain(&beginnings).collect();
    all.sort_by_key(|(word, _)| *word);
    let (pairs, words): (Vec<Row<'_>>, Vec<Row<'_>>) =
        all.into_iter().partition(|(Key(word), _)| word.starts_with(is_han));
    Places { heads: pack_words(&words, tier, written, files), pairs: pack_pairs(&pairs, tier, written, files) }
}

fn pack_words(words: &[Row<'_>], tier: Tier, written: &Written, files: &mut Files) -> Vec<String> {
    let mut heads: Vec<String> = Vec::new();
    let mut file = File::default();
    let mut last = "";
    for (Key(word), postings) in words {
        if file.size > 0 && file.size + file.added(word, postings, tier, written) > tier.most_bytes {
            files.add_json(format!("{}{}", tier.name, heads.len()), std::mem::take(&mut file).into_json(written));
            heads.push(shortest_between(last, word));
        }
        file.add(word, postings, tier, written);
        last = word;
    }
    files.add_json(format!("{}{}", tier.name, heads.len()), file.into_json(written));
    heads
}

/// Writes pairs of characters. Nothing begins with a pair, so that any place will do which the script can reckon: that needs
/// no heads, of which there would be as many as of all else in the manifest.
fn pack_pairs(pairs: &[Row<'_>], tier: Tier, written: &Written, files: &mut Files) -> usize {
    let alone = File::default();
    let size: usize = pairs.iter().map(|(Key(word), postings)| alone.added(word, postings, tier, written)).sum();
    let many = size.div_ceil(tier.most_bytes / 3);
    let mut all: Vec<File> = (0..many).map(|_| File::default()).collect();
    for (Key(word), postings) in pairs {
        all[place(word, many)].add(word, postings, tier, written);
    }
    for (at, file) in all.into_iter().enumerate() {
        files.add_json(format!("{}{at}", tier.of_pairs), file.into_json(written));
    }
    many
}

/// Gives the number of the file of a pair of characters; a beginning stands with the character itself.
fn place(word: &str, many: usize) -> usize {
    let units = word.trim_end_matches('*').encode_utf16();
    units.fold(0, |sum, unit| (sum * 31 + usize::from(unit)) % 65_521) % many
}

#[derive(Default)]
struct File {
    words: String,
    shown: BTreeSet<usize>,
    size: usize,
}

impl File {
    fn add(&mut self, word: &str, postings: &[Posting], tier: Tier, written: &Written) {
        let comma = if self.words.is_empty() { "" } else { "," };
        let before = self.words.len();
        let _ = write!(self.words, "{comma}\"{word}\":\"{}\"", write(postings, tier.most_postings));
        self.size += self.words.len() - before;
        for number in shown(word, postings, tier) {
            if self.shown.insert(number) {
                self.size += written.size(number);
            }
        }
    }

    /// Guesses how many bytes a word adds.
    fn added(&self, word: &str, postings: &[Posting], tier: Tier, written: &Written) -> usize {
        let new = shown(word, postings, tier).filter(|number| !self.shown.contains(number));
        word.len()
            + 6
            + 3 * postings.len().min(tier.most_postings)
            + new.map(|number| written.size(number)).sum::<usize>()
    }

    fn into_json(self, written: &Written) -> String {
        let records = if self.shown.is_empty() { String::new() } else { format!("{},", written.shortly(&self.shown)) };
        format!("{{{records}\"w\":{{{}}}}}", self.words)
    }
}

/// Gives the entries of a word that are shown without another file.
fn shown(word: &str, postings: &[Posting], tier: Tier) -> impl Iterator<Item = usize> {
    let most = if word.starts_with(is_han) { 0 } else { tier.shown };
    let well = postings.iter().take(most).filter(|(_, score)| *score >= WELL);
    well.map(|(number, _)| usize::try_from(*number).unwrap_or_default())
}

/// Finds the beginnings of words that fill more than half a file, and what they lead to; of pairs, all.
fn beginnings(index: &Index, tier: Tier) -> Index {
    let mut groups: BTreeMap<&str, Beginning> = BTreeMap::new();
    for (Key(word), postings) in index {
        let size = word.len() + 6 + 3 * postings.len().min(tier.most_postings);
        for (at, letter) in word.char_indices().take(MOST_LETTERS) {
            let end = at + letter.len_utf8();
            if end == word.len() {
                break;
            }
            groups.entry(&word[..end]).or_default().add(size, postings);
        }
    }
    let full = |(letters, group): &(&str, Beginning)| {
        letters.starts_with(is_han) || group.sum - group.largest > tier.most_bytes / 2
    };
    groups.into_iter().filter(full).map(|(letters, group)| (Key(format!("{letters}*")), best_of(group.best))).collect()
}

/// Words that begin with the same letters.
#[derive(Default)]
struct Beginning {
    sum: usize,
    largest: usize,
    best: Vec<Posting>,
}

impl Beginning {
    fn add(&mut self, size: usize, postings: &[Posting]) {
        self.sum += size;
        self.largest = size.max(self.largest);
        self.best.extend(postings.iter().take(OF_LETTERS));
        if self.best.len() > 8 * OF_LETTERS {
            self.best = best_of(std::mem::take(&mut self.best));
        }
    }
}

fn best_of(postings: Vec<Posting>) -> Vec<Posting> {
    let mut best = best_first(postings);
    best.truncate(OF_LETTERS);
    best
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
    use crate::search::entry::{Entry, Found, OnPage, Sort};

    const SMALL: Tier = Tier { name: "w", of_pairs: "c", most_bytes: 200, most_postings: 5, shown: 2 };

    fn written(entries: usize) -> Written {
        let things = (0..entries).map(|n| Entry::new(Sort::Page, format!("a{n}"), format!("Title {n}"))).collect();
        let mut found = Found::default();
        found.add(OnPage { things, ..OnPage::default() });
        Written::of(&found)
    }

    fn packed(words: &[(String, Vec<Posting>)], tier: Tier) -> (Places, Vec<String>) {
        let index: Index = words.iter().map(|(word, postings)| (Key(word.clone()), postings.clone())).collect();
        let mut files = Files::default();
        let places = pack(&index, tier, &written(100), &mut files);
        let text = |(_, bytes): (String, Vec<u8>)| String::from_utf8(bytes).unwrap();
        (places, files.finish("x").into_iter().map(text).collect())
    }

    fn many() -> Vec<(String, Vec<Posting>)> {
        (0..90_u32).map(|n| (format!("{}word{n}", char::from(b'a' + (n % 6) as u8)), vec![(n, 9)])).collect()
    }

    #[test]
    fn no_file_is_larger_than_it_may_be_but_for_one_word() {
        let (Places { heads, .. }, files) = packed(&many(), SMALL);
        assert_eq!(files.len(), heads.len() + 1);
        assert!(files.len() >= 4, "{}", files.len());
        for file in &files {
            assert!(file.len() < 2 * SMALL.most_bytes + 60, "{}: {file}", file.len());
        }
    }

    #[test]
    fn a_word_lies_in_the_file_whose_head_is_the_last_before_it() {
        let (Places { heads, .. }, _) = packed(&many(), SMALL);
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
    fn pairs_of_characters_stand_where_a_number_reckoned_from_them_says() {
        let pairs: Vec<(String, Vec<Posting>)> =
            ('一'..='龥').step_by(300).map(|letter| (format!("{letter}款"), vec![(1, 20)])).collect();
        let (places, files) = packed(&pairs, SMALL);
        assert!(places.heads.is_empty() && places.pairs > 10, "{places:?}");
        for (word, _) in &pairs {
            let name = format!("pledgebookSearch(\"c{}\"", place(word, places.pairs));
            let file = files.iter().find(|file| file.starts_with(&name)).unwrap();
            assert!(file.contains(&format!("\"{word}\":\"k1\"")), "{word} is not in {file}");
        }
        assert_eq!(place("退*", 7), place("退", 7));
        assert_eq!(place("退款", 1_000), (0x9000 * 31 + 0x6b3e) % 65_521 % 1_000);
    }

    #[test]
    fn each_first_character_leads_to_the_best_of_its_pairs() {
        let (_, files) = packed(&[("退款".into(), vec![(1, 9)]), ("退货".into(), vec![(2, 20)])], SMALL);
        assert!(files.iter().any(|file| file.contains("\"退*\":\"k2 91\"")), "{files:?}");
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
