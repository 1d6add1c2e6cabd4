//! Words that mean much the same: who types *quote* finds the estimate.
//!
//! The groups are words of the theme (`alike`), so that a handbook's own theme may add to them. What a word leads to by the
//! names of things is what the others of its group lead to, too, behind what has the word itself.

use std::collections::BTreeSet;

use super::fold::Folding;
use super::postings::{Index, Key, Posting, best_first};
use crate::locale::Locale;

/// The share of a word's score that the others of its group have, in percent.
const OF_OTHERS: u32 = 55;

/// The score from which a word says what a thing is, and not only what is said of it.
const WELL: u8 = 12;

/// How many entries a word lends to the others.
const LENT: usize = 40;

/// Gives the groups of a language, as stems.
pub fn groups(locale: &Locale, folding: &Folding) -> Vec<Vec<String>> {
    let stems = |list: &str| {
        let mut stems = BTreeSet::new();
        for word in list.split([',', '，', '、']) {
            let mut tokens: Vec<String> = Vec::new();
            folding.tokens(word, &mut |token| tokens.push(token.to_owned()));
            // Of a word with several parts, as Chinese ones of three characters, the first pair stands for it.
            stems.extend(tokens.first().map(|token| folding.stem(token)));
        }
        stems.into_iter().collect()
    };
    locale.group("alike").into_values().map(stems).collect()
}

/// Lets the words of each group lead to what the others lead to.
pub fn lend(index: &mut Index, groups: &[Vec<String>]) {
    let lent: Vec<(&String, Vec<Posting>)> = groups.iter().flat_map(|group| borrowed(index, group)).collect();
    for (word, postings) in lent {
        let own = index.entry(Key(word.clone())).or_default();
        own.extend(postings);
        *own = best_first(std::mem::take(own));
    }
}

/// Gives what each word of a group gets from the others.
fn borrowed<'a>(index: &Index, group: &'a [String]) -> Vec<(&'a String, Vec<Posting>)> {
    let strong = |word: &String| {
        let postings = index.get(&Key(word.clone())).into_iter().flatten();
        postings.filter(|(_, score)| *score >= WELL).take(LENT).map(|(number, score)| (*number, less(*score))).collect()
    };
    let each: Vec<Vec<Posting>> = group.iter().map(strong).collect();
    let of_others = |at: usize| {
        let others = each.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, postings)| postings);
        best_first(others.copied().collect())
    };
    let all = group.iter().enumerate().map(|(at, word)| (word, of_others(at)));
    all.filter(|(_, postings)| !postings.is_empty()).collect()
}

fn less(score: u8) -> u8 {
    u8::try_from((u32::from(score) * OF_OTHERS / 100).max(1)).unwrap_or(score)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::bench::Bench;

    fn index(words: &[(&str, &[Posting])]) -> Index {
        words.iter().map(|(word, postings)| (Key((*word).into()), postings.to_vec())).collect()
    }

    fn lent(words: &[(&str, &[Posting])], group: &[&str]) -> Index {
        let mut index = index(words);
        lend(&mut index, &[group.iter().map(|word| (*word).to_owned()).collect()]);
        index
    }

    #[test]
    fn a_word_that_the_handbook_lacks_leads_where_its_neighbours_lead() {
        let index = lent(&[("estimat", &[(3, 30), (4, 20)])], &["estimat", "quot"]);
        assert_eq!(index[&Key("quot".into())], [(3, 16), (4, 11)]);
        assert_eq!(index[&Key("estimat".into())], [(3, 30), (4, 20)]);
    }

    #[test]
    fn what_has_the_word_itself_stays_before_what_has_a_neighbour() {
        let index = lent(&[("estimat", &[(3, 30)]), ("quot", &[(7, 25), (3, 2)])], &["estimat", "quot"]);
        assert_eq!(index[&Key("quot".into())], [(7, 25), (3, 16)]);
        assert_eq!(index[&Key("estimat".into())], [(3, 30), (7, 13)]);
    }

    #[test]
    fn what_is_only_mentioned_is_not_lent() {
        let index = lent(&[("estimat", &[(3, WELL - 1)])], &["estimat", "quot"]);
        assert!(!index.contains_key(&Key("quot".into())));
    }

    #[test]
    fn a_word_in_two_groups_has_what_both_lend() {
        let mut index = index(&[("lat", &[(1, 20)]), ("lost", &[(2, 20)])]);
        lend(&mut index, &[vec!["gone".into(), "lat".into()], vec!["gone".into(), "lost".into()]]);
        assert_eq!(index[&Key("gone".into())], [(1, 11), (2, 11)]);
    }

    #[test]
    fn the_groups_of_a_language_are_folded_as_its_words_are() {
        let bench = Bench::new(&[("handbook.yaml", "title: H\nlanguages: [en, de, zh]\n")]);
        let shared = bench.shared();
        let of = |at: u8, tag: &str| {
            let writer = shared.writer(crate::fields::text::Language(at), "index.html");
            groups(writer.locale(), &Folding::of(tag))
        };
        let together = |groups: Vec<Vec<String>>, one: &str, other: &str| {
            groups.iter().any(|group| group.iter().any(|word| word == one) && group.iter().any(|word| word == other))
        };
        let stem = |tag: &str, word: &str| Folding::of(tag).stem(word);
        assert!(together(of(0, "en"), &stem("en", "quote"), &stem("en", "estimate")));
        assert!(together(of(1, "de"), "kva", &stem("de", "kostenvoranschlag")));
        assert!(together(of(2, "zh"), "退款", "退钱"));
    }
}
