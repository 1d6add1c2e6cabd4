//! A list of words, and where they stand in a text.
//!
//! A list is written a phrase a line: `# …` is a remark, `[sense]` begins a group, `- phrase` is an exception, within which
//! nothing is found.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::phrase::{Phrase, beginning};
use super::tongue::Tongue;
use super::word::{Word, words};

/// A list of words of one language.
#[derive(Clone, Debug)]
pub struct WordList {
    tongue: Tongue,
    groups: Vec<String>,
    entries: Vec<Entry>,
    /// The numbers of the entries by how they begin: with two letters, or one Chinese character and its double.
    by_beginning: BTreeMap<[char; 2], Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Entry {
    needle: Needle,
    /// The number of the group; none for an exception.
    group: Option<usize>,
}

#[derive(Clone, Debug)]
enum Needle {
    Phrase(Phrase),
    /// Characters of a language without borders between words.
    Characters(String),
}

/// A word of a list in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The group of the list.
    pub group: &'a str,
}

impl WordList {
    /// Reads a list.
    pub fn read(tongue: Tongue, text: &str) -> Self {
        let mut list = Self { tongue, groups: vec![String::new()], entries: Vec::new(), by_beginning: BTreeMap::new() };
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(group) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                list.groups.push(group.to_owned());
                continue;
            }
            match line.strip_prefix("- ") {
                Some(exception) => list.put(exception, None, Phrase::parse),
                None => list.put(line, Some(list.groups.len() - 1), Phrase::parse),
            }
        }
        list
    }

    /// Adds words as somebody wrote them, in a group without a name.
    pub fn add(&mut self, text: &str) {
        self.add_to("", text);
    }

    /// Adds words as somebody wrote them to a group.
    pub fn add_to(&mut self, group: &str, text: &str) {
        let tongue = self.tongue;
        if self.groups.last().is_none_or(|last| last != group) {
            self.groups.push(group.to_owned());
        }
        self.put(text, Some(self.groups.len() - 1), |text| Phrase::plain(text, tongue));
    }

    /// Takes out words as somebody wrote them.
    pub fn remove(&mut self, text: &str) {
        let tongue = self.tongue;
        self.put(text, None, |text| Phrase::plain(text, tongue));
    }

    fn put(&mut self, text: &str, group: Option<usize>, read: impl Fn(&str) -> Option<Phrase>) {
        let (needle, beginnings): (Needle, Vec<[char; 2]>) = if self.tongue == Tongue::Chinese {
            let text = text.trim();
            (Needle::Characters(text.to_owned()), text.chars().next().map(|first| [first; 2]).into_iter().collect())
        } else {
            let Some(phrase) = read(text) else { return };
            let beginnings = phrase.beginnings();
            (Needle::Phrase(phrase), beginnings)
        };
        for beginning in beginnings {
            self.by_beginning.entry(beginning).or_default().push(self.entries.len());
        }
        self.entries.push(Entry { needle, group });
    }

    /// Finds the words of the list in a text, in order, the longest where several begin at one place.
    pub fn find(&self, text: &str) -> Vec<Found<'_>> {
        let mut found = match self.tongue {
            Tongue::Chinese => self.find_characters(text),
            Tongue::English | Tongue::German => self.find_phrases(text),
        };
        found.sort_by_key(|(range, group)| (range.start, Reverse(range.end), group.is_some()));
        let (mut end, mut excepted_to, mut kept) = (0, 0, Vec::new());
        for (range, group) in found {
            match group.and_then(|group| self.groups.get(group)) {
                None => excepted_to = excepted_to.max(range.end),
                Some(group) if range.start >= end && range.end > excepted_to => {
                    end = range.end;
                    kept.push(Found { range, group });
                }
                Some(_) => {}
            }
        }
        kept
    }

    /// Finds exceptions and words wherever they begin.
    fn find_phrases(&self, text: &str) -> Vec<(Range<usize>, Option<usize>)> {
        let words = words(text);
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let Some(entries) = self.by_beginning.get(&beginning(&word.folded)) else {
                continue;
            };
            for is_exception in [true, false] {
                let group = |entry: &&Entry| entry.group.is_none() == is_exception;
                let entries = entries.iter().filter_map(|entry| self.entries.get(*entry)).filter(group);
                let longest = entries.filter_map(|it| Some((it.matches(text, &words, at)?, it.group)));
                let Some((taken, group)) = longest.max_by_key(|(taken, _)| taken.len()) else { continue };
                let (first, last) = (words.get(taken.start), words.get(taken.end.saturating_sub(1)));
                if let (Some(first), Some(last)) = (first, last) {
                    found.push((first.range.start..last.range.end, group));
                }
            }
        }
        found
    }

    /// Finds the longest word or exception at each place, and goes on behind it.
    fn find_characters(&self, text: &str) -> Vec<(Range<usize>, Option<usize>)> {
        let mut found: Vec<(Range<usize>, Option<usize>)> = Vec::new();
        for (at, letter) in text.char_indices() {
            if found.last().is_some_and(|(range, _)| at < range.end) {
                continue;
            }
            let Some(entries) = self.by_beginning.get(&[letter; 2]) else { continue };
            let rest = text.get(at..).unwrap_or_default();
            let entries = entries.iter().filter_map(|entry| self.entries.get(*entry));
            let longest = entries.filter_map(|it| Some((it.begins(rest)?, it.group)));
            // Where a word is taken out, it is an exception of the same length: that one counts.
            if let Some((length, group)) = longest.max_by_key(|(length, group)| (*length, group.is_none())) {
                found.push((at..at + length, group));
            }
        }
        found
    }
}

impl Entry {
    fn matches(&self, text: &str, words: &[Word], at: usize) -> Option<Range<usize>> {
        match &self.needle {
            Needle::Phrase(phrase) => phrase.matches(text, words, at),
            Needle::Characters(_) => None,
        }
    }

    fn begins(&self, rest: &str) -> Option<usize> {
        match &self.needle {
            Needle::Characters(own) => rest.starts_with(own.as_str()).then_some(own.len()),
            Needle::Phrase(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WordList;
    use crate::wording::tongue::Tongue;

    fn found<'a>(list: &WordList, text: &'a str) -> Vec<&'a str> {
        list.find(text).into_iter().map(|found| &text[found.range]).collect()
    }

    fn english(list: &str) -> WordList {
        WordList::read(Tongue::English, list)
    }

    #[test]
    fn the_longest_phrase_counts_and_its_words_are_not_found_again() {
        let list = english("soon\nas soon as possible\npossible");
        assert_eq!(found(&list, "As soon as possible, or soon."), ["As soon as possible", "soon"]);
    }

    #[test]
    fn nothing_is_found_within_an_exception_and_elsewhere_it_is() {
        let list = english("regular\n- regular order*");
        assert_eq!(found(&list, "A regular order gets regular news. Regular orders"), ["regular"]);
    }

    #[test]
    fn an_exception_may_begin_before_the_word() {
        assert_eq!(found(&english("friendly\n- family friendly"), "family-friendly, friendly"), ["friendly"]);
    }

    #[test]
    fn a_word_has_the_group_in_which_it_stands() {
        let list = english("# a remark\nx\n[time]\nsoon\n\n[manner]\nkind");
        let groups: Vec<_> = list.find("kind soon x").into_iter().map(|found| found.group).collect();
        assert_eq!(groups, ["manner", "time", ""]);
    }

    #[test]
    fn words_are_added_and_taken_out_with_the_endings_of_german() {
        let mut list = WordList::read(Tongue::German, "angemessen~\nrasch~");
        list.add("unkompliziert");
        list.remove("angemessen");
        assert_eq!(
            found(&list, "Angemessene, rasche, unkomplizierte und unangemessene Antworten"),
            ["rasche", "unkomplizierte"]
        );
    }

    #[test]
    fn chinese_words_are_found_without_borders_and_the_longest_counts() {
        let list = WordList::read(Tongue::Chinese, "及时\n满意\n一般\n- 及时率\n- 满意度\n- 一般纳税人");
        assert_eq!(found(&list, "一般纳税人及时答复,及时率与满意度,一般满意"), ["及时", "一般", "满意"]);
    }

    #[test]
    fn a_chinese_word_that_is_taken_out_is_not_found() {
        let mut list = WordList::read(Tongue::Chinese, "尽快\n及时");
        list.remove("及时");
        list.add("火速");
        assert_eq!(found(&list, "及时、尽快、火速"), ["尽快", "火速"]);
    }

    #[test]
    fn texts_of_any_kind_are_read_without_a_fall() {
        let list = english("soon");
        for text in ["", "’’", "\u{FFFC}soon\u{301}", "ſoon İ ß ẞ 快"] {
            let _ = list.find(text);
        }
    }
}
