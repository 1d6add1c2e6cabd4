//! Words as they are compared: small letters without accents, pairs of Han characters.
//!
//! The script of the search folds what is typed in the same way; docs/search.md has the rules for both.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use icu_normalizer::DecomposingNormalizerBorrowed;

use super::stem::{self, Round};
use super::variants;

/// Letters that have no accent to lose and are written with others where a keyboard lacks them.
const LETTERS: [(char, &str); 7] =
    [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ı', "i")];

/// What stands for ä, ö and ü where a keyboard lacks them.
const DIGRAPHS: [(&str, &str); 3] = [("ae", "a"), ("oe", "o"), ("ue", "u")];

const ENGLISH_STOP: &str = "a an and are as at be but by can do does for from had has have how i if in into is it its me my of on \
    or our so than that the their them then there they this to us was we were what when where which who will with you your";
const GERMAN_STOP: &str = "aber als am an auch auf aus bei bin bis da das dass dem den der des die dies doch du ein eine einem \
    einen einer eines er es für hat ich ihr ihre im in ist ja man mit nach nicht noch nur oder sein sich sie sind so um und uns \
    unser von vom vor war was wenn wer wie wir wird wo zu zum zur";

/// What questions are put with, and what joins words, between which no space tells where a word ends.
const CHINESE_STOP: &str = "怎么办 怎么样 怎么 怎样 什么时候 什么 多久 多长时间 多少 如何 为什么 谁 哪里 哪个 哪些 是不是 能不能 有没有 \
    可以 应该 需要 请问 我们 的";

/// How the words of a language are folded.
pub struct Folding {
    /// The endings that are left off.
    pub rounds: &'static [Round],
    /// Whether `ae` is `ä`.
    pub digraphs: bool,
    /// Words that are not searched, folded; the index has them where words are not set apart.
    pub stop: Vec<String>,
    /// Whether traditional characters are simplified ones.
    pub simplify: bool,
}

static NORMALIZER: LazyLock<DecomposingNormalizerBorrowed<'static>> =
    LazyLock::new(DecomposingNormalizerBorrowed::new_nfkd);
static SIMPLER: LazyLock<HashMap<char, char>> = LazyLock::new(|| variants::pairs().collect());

impl Folding {
    /// Gives the folding of a language.
    pub fn of(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        let stop = match language {
            "en" => ENGLISH_STOP,
            "de" => GERMAN_STOP,
            _ => "",
        };
        let (digraphs, simplify) = (language == "de", language == "zh");
        let mut folding = Self { rounds: stem::rounds(tag), digraphs, stop: Vec::new(), simplify };
        let mut words: Vec<String> = Vec::new();
        folding.tokens(stop, &mut |word| words.push(word.to_owned()));
        if simplify {
            words = CHINESE_STOP.split_whitespace().map(str::to_owned).collect();
        }
        words.sort();
        words.dedup();
        folding.stop = words;
        folding
    }

    /// Gives the stem of a folded word.
    pub fn stem(&self, word: &str) -> String {
        if word.chars().next().is_some_and(is_han) { word.to_owned() } else { stem::stem(word, self.rounds) }
    }

    /// Takes a text apart into folded words without those that are not searched.
    pub fn tokens(&self, text: &str, each: &mut dyn FnMut(&str)) {
        let folded = self.folded(text);
        let mut word = String::new();
        let mut run: Vec<char> = Vec::new();
        for letter in folded.chars().chain([' ']) {
            let han = is_han(letter);
            if !han && !run.is_empty() {
                pairs(&run, each);
                run.clear();
            }
            if !han && letter.is_alphanumeric() {
                word.push(letter);
            } else if !word.is_empty() {
                self.emit(&word, each);
                word.clear();
            }
            if han {
                run.push(letter);
            }
        }
    }

    fn emit(&self, word: &str, each: &mut dyn FnMut(&str)) {
        let whole: Cow<'_, str> = if self.digraphs {
            DIGRAPHS.iter().fold(word.to_owned(), |word, (two, one)| word.replace(two, one)).into()
        } else {
            word.into()
        };
        let alone = whole.chars().count() == 1 && !whole.starts_with(char::is_numeric);
        if !alone && self.stop.binary_search_by(|stop| stop.as_str().cmp(&whole)).is_err() {
            each(&whole);
        }
    }

    /// Folds a text letter by letter.
    fn folded(&self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_ascii_lowercase();
        }
        let small = NORMALIZER.normalize(text).to_lowercase();
        let mut folded = String::with_capacity(small.len());
        for letter in small.chars().filter(|letter| !is_mark(*letter)) {
            match LETTERS.iter().find(|(special, _)| *special == letter) {
                Some((_, plain)) => folded.push_str(plain),
                None if self.simplify => folded.push(SIMPLER.get(&letter).copied().unwrap_or(letter)),
                None => folded.push(letter),
            }
        }
        folded
    }
}

/// Gives a run of Han or Kana as overlapping pairs, and its last character alone, so that a single one is found.
fn pairs(run: &[char], each: &mut dyn FnMut(&str)) {
    for pair in run.windows(2) {
        each(&pair.iter().collect::<String>());
    }
    if let Some(last) = run.last() {
        each(&last.to_string());
    }
}

/// Tells whether a character is Han or Kana, which are written without spaces between words.
pub fn is_han(letter: char) -> bool {
    matches!(u32::from(letter),
        0x3005..=0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}

/// Tells whether a character is a mark of Latin, Greek, Cyrillic or Kana that a decomposition sets apart.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter), 0x300..=0x36F | 0x483..=0x489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF
        | 0x3099..=0x309A | 0xFE20..=0xFE2F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(tag: &str, text: &str) -> Vec<String> {
        let mut all = Vec::new();
        Folding::of(tag).tokens(text, &mut |word| all.push(word.to_owned()));
        all
    }

    #[test]
    fn case_and_accents_go() {
        assert_eq!(tokens("en", "Café, NAÏVE Ångström – ﬁne Łódź!"), ["cafe", "naive", "angstrom", "fine", "lodz"]);
    }

    #[test]
    fn german_umlauts_meet_both_ways_of_writing_them() {
        let forms = ["Rückerstattung", "ruckerstattung", "RUECKERSTATTUNG"].map(|form| tokens("de", form));
        assert!(forms.iter().all(|form| *form == forms[0]), "{forms:?}");
        assert_eq!(tokens("de", "Größe Groesse GRÖSSE"), ["grosse", "grosse", "grosse"]);
        assert_eq!(tokens("en", "does Straße"), ["strasse"]);
    }

    #[test]
    fn han_and_kana_are_overlapping_pairs_beside_other_words() {
        assert_eq!(tokens("zh", "退款时间，30天 PDF版"), ["退款", "款时", "时间", "间", "30", "天", "pdf", "版"]);
        assert_eq!(tokens("zh", "訴"), ["诉"]);
        assert_eq!(tokens("ja", "サービス"), ["サー", "ーヒ", "ヒス", "ス"]);
    }

    #[test]
    fn words_that_say_nothing_and_single_letters_are_left_out_but_not_figures() {
        assert_eq!(tokens("en", "What is the customer's 5 a day?"), ["customer", "5", "day"]);
        assert_eq!(tokens("de", "Für wen ist das Gerät?"), ["wen", "gerat"]);
    }

    #[test]
    fn ids_are_taken_apart() {
        assert_eq!(tokens("en", "repair/ten-days-or_free"), ["repair", "ten", "days", "free"]);
    }
}
