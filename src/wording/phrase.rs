//! One line of a word list: a phrase of words, some of which may have endings.
//!
//! Written as: `regularly` a word · `bemüh*` whatever begins so · `angemessen~` with the endings of a German adjective ·
//! `aim|aims` one of several · `very?` may be left out · `_` any one word · `0` a number · `(and)` at the beginning or
//! the end, what must stand there and is not part of what is found.

use std::ops::Range;

use super::tongue::Tongue;
use super::word::{Word, joins, words};

/// A phrase of one or more words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    parts: Vec<Part>,
    /// How many words at the beginning are not part of what is found.
    before: usize,
    /// How many words at the end are not part of what is found.
    behind: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    any_of: Vec<Form>,
    may_lack: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Exactly(String),
    Begins(String),
    Adjective(String),
    Inflected(String, Tongue),
    Any,
    Number,
}

/// The endings of a German adjective, also of its higher degrees.
const ENDINGS: [&str; 16] =
    ["", "e", "en", "em", "er", "es", "ere", "eren", "erem", "erer", "eres", "ste", "sten", "stem", "ster", "stes"];

impl Phrase {
    /// Reads a line of a list; nothing comes of one without a word.
    pub fn parse(line: &str) -> Option<Self> {
        let (before, behind) = (usize::from(line.starts_with('(')), usize::from(line.ends_with(')')));
        let parts: Vec<Part> = line.split_whitespace().map(Part::parse).collect();
        (!parts.is_empty()).then_some(Self { parts, before, behind })
    }

    /// Makes a phrase of words that somebody wrote without marks; the last may have the endings of the language.
    pub fn plain(text: &str, tongue: Tongue) -> Option<Self> {
        let mut words = words(text);
        let last = words.pop()?;
        let forms = words.into_iter().map(|word| Form::Exactly(word.folded));
        let forms = forms.chain([Form::Inflected(last.folded, tongue)]);
        Some(Self {
            parts: forms.map(|form| Part { any_of: vec![form], may_lack: false }).collect(),
            before: 0,
            behind: 0,
        })
    }

    /// Gives the beginnings that the first word may have, as [`beginning`] gives that of a word.
    pub fn beginnings(&self) -> Vec<[char; 2]> {
        let first = self.parts.first().map_or(&[][..], |part| &part.any_of);
        first.iter().flat_map(Form::beginnings).collect()
    }

    /// Finds which words of a text it takes up if it begins at a place, the most where there is a choice.
    pub fn matches(&self, text: &str, words: &[Word], from: usize) -> Option<Range<usize>> {
        let end = end_of(&self.parts, text, words, from, from)?;
        let (start, end) = (from + self.before, end.saturating_sub(self.behind));
        (end > start).then_some(start..end)
    }
}

/// Finds behind which word the parts end if the first is tried at a place; what may be left out is taken where it can be.
fn end_of(parts: &[Part], text: &str, words: &[Word], from: usize, at: usize) -> Option<usize> {
    let Some((part, others)) = parts.split_first() else { return Some(at) };
    let joined = at == from || follows(text, words, at);
    let taken = words.get(at).is_some_and(|word| joined && part.allows(word));
    let with = taken.then(|| end_of(others, text, words, from, at + 1)).flatten();
    with.or_else(|| part.may_lack.then(|| end_of(others, text, words, from, at)).flatten())
}

/// Stands for the second letter of a word that has but one, and for any behind a digit.
const END: char = '\0';

/// Gives the first two letters of a word, by which phrases are looked up; of a number the first digit.
pub fn beginning(word: &str) -> [char; 2] {
    let mut letters = word.chars();
    let first = letters.next().unwrap_or(END);
    let second = letters.next().filter(|_| !first.is_ascii_digit());
    [first, second.unwrap_or(END)]
}

/// Tells whether a word stands in one phrase with the word before it.
fn follows(text: &str, words: &[Word], at: usize) -> bool {
    let (Some(before), Some(word)) = (at.checked_sub(1).and_then(|at| words.get(at)), words.get(at)) else {
        return false;
    };
    text.get(before.range.end..word.range.start).is_some_and(|between| joins(between, before))
}

impl Part {
    fn parse(written: &str) -> Self {
        let written = written.trim_matches(['(', ')']);
        let (written, may_lack) = match written.strip_suffix('?') {
            Some(rest) => (rest, true),
            None => (written, false),
        };
        Self { any_of: written.split('|').map(Form::parse).collect(), may_lack }
    }

    fn allows(&self, word: &Word) -> bool {
        self.any_of.iter().any(|form| form.allows(&word.folded))
    }
}

impl Form {
    fn parse(written: &str) -> Self {
        let folded = |text: &str| words(text).into_iter().map(|word| word.folded).collect::<String>();
        match (written, written.strip_suffix('*'), written.strip_suffix('~')) {
            ("_", ..) => Self::Any,
            ("0", ..) => Self::Number,
            (_, Some(stem), _) => Self::Begins(folded(stem)),
            (_, _, Some(stem)) => Self::Adjective(folded(stem)),
            _ => Self::Exactly(folded(written)),
        }
    }

    fn beginnings(&self) -> Vec<[char; 2]> {
        match self {
            Self::Exactly(word) | Self::Begins(word) | Self::Adjective(word) | Self::Inflected(word, _) => {
                vec![beginning(word)]
            }
            Self::Number => ('0'..='9').map(|digit| [digit, END]).collect(),
            Self::Any => Vec::new(),
        }
    }

    fn allows(&self, word: &str) -> bool {
        match self {
            Self::Exactly(own) => word == own,
            Self::Begins(stem) => word.starts_with(stem.as_str()),
            Self::Adjective(stem) => word.strip_prefix(stem.as_str()).is_some_and(|ending| ENDINGS.contains(&ending)),
            Self::Inflected(stem, tongue) => is_form_of(word, stem, *tongue),
            Self::Any => true,
            Self::Number => word.starts_with(|letter: char| letter.is_numeric()),
        }
    }
}

/// Tells whether a word is a form of another: `clients` of `client`, `Klienten` of `Klient`.
fn is_form_of(word: &str, base: &str, tongue: Tongue) -> bool {
    const NOUNS: [&str; 6] = ["n", "s", "ern", "nen", "se", "sen"];
    let ending = word.strip_prefix(base);
    match tongue {
        Tongue::German => ending.is_some_and(|ending| ENDINGS.contains(&ending) || NOUNS.contains(&ending)),
        Tongue::Chinese => word == base,
        Tongue::English => {
            let plural = base.strip_suffix('y').and_then(|stem| word.strip_prefix(stem));
            ending.is_some_and(|ending| ["", "s", "es", "'s"].contains(&ending)) || plural == Some("ies")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Phrase;
    use crate::wording::tongue::Tongue;
    use crate::wording::word::words;

    /// Tells whether a phrase is at the beginning of a text.
    fn is_at(phrase: &Phrase, text: &str) -> bool {
        phrase.matches(text, &words(text), 0).is_some()
    }

    fn begins(line: &str, text: &str) -> bool {
        is_at(&Phrase::parse(line).unwrap(), text)
    }

    #[test]
    fn a_word_is_whole_unless_its_ending_is_left_open() {
        assert!(begins("prompt", "Prompt!") && !begins("prompt", "promptly"));
        assert!(begins("bemüh*", "Bemühungen") && !begins("bemüh*", "bemannt"));
    }

    #[test]
    fn a_german_adjective_has_its_endings_and_no_others() {
        for word in ["angemessen", "angemessene", "angemessenen", "angemessener", "Angemessenes", "angemessenste"] {
            assert!(begins("angemessen~", word), "{word}");
        }
        for word in ["Angemessenheit", "unangemessen", "angemess"] {
            assert!(!begins("angemessen~", word), "{word}");
        }
    }

    #[test]
    fn a_phrase_runs_over_hyphens_and_line_breaks_but_not_over_a_comma() {
        assert!(begins("high quality", "high-quality") && begins("high quality", "high\n quality"));
        assert!(!begins("high quality", "high, quality") && !begins("high quality", "high"));
    }

    #[test]
    fn words_may_be_left_out_be_any_or_be_numbers() {
        assert!(begins("as very? soon", "as soon") && begins("as very? soon", "as very soon"));
        assert!(begins("a _? _? b", "a x b") && begins("a _? _? b", "a b") && !begins("a _? _? b", "a x y z b"));
        assert!(begins("in _ case", "in this case") && !begins("in _ case", "in case"));
        assert!(begins("about 0", "about 10th") && !begins("about 0", "about us"));
        assert!(begins("aim|aims to", "aims to"));
    }

    #[test]
    fn what_must_stand_before_is_not_part_of_what_is_found() {
        let text = "and respect";
        let phrase = Phrase::parse("(and|with) respect").unwrap();
        assert_eq!(phrase.matches(text, &words(text), 0), Some(1..2));
        assert_eq!(phrase.matches("respect", &words("respect"), 0), None);
        assert_eq!(Phrase::parse("fast (and)").unwrap().matches("fast and", &words("fast and"), 0), Some(0..1));
    }

    #[test]
    fn words_without_marks_are_taken_as_they_are() {
        let plain = |text, tongue| Phrase::plain(text, tongue).unwrap();
        assert!(is_at(&plain("Hassle-free", Tongue::English), "hassle free"));
        assert!(is_at(&plain("unkompliziert", Tongue::German), "unkomplizierte"));
        assert!(!is_at(&plain("prompt", Tongue::English), "prompte"));
        assert!(is_at(&plain("courtesy unit", Tongue::English), "Courtesy units"));
        assert!(is_at(&plain("body", Tongue::English), "bodies") && !is_at(&plain("body", Tongue::English), "bodied"));
        assert!(is_at(&plain("Klient", Tongue::German), "Klienten"));
        assert_eq!(Phrase::plain("*?", Tongue::English), None);
        assert_eq!(Phrase::parse("  "), None);
    }
}
