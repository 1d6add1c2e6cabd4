//! The words of a text, one by one, in the form in which they are compared.

use std::ops::Range;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The word in small letters, `ß` as `ss`, a curly apostrophe as a straight one.
    pub folded: String,
}

/// Splits a text into words: runs of letters and digits, with apostrophes between them.
///
/// A hyphen parts words, so that `high-quality` and `high quality` are the same.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let goes_on = letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if letter.is_alphanumeric() || (is_apostrophe(letter) && open.is_some() && goes_on) {
            let word = open.get_or_insert_with(|| Word { range: at..at, folded: String::new() });
            word.range.end = end;
            fold(letter, &mut word.folded);
        } else {
            words.extend(open.take());
        }
    }
    words.extend(open);
    words
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’')
}

fn fold(letter: char, folded: &mut String) {
    match letter {
        'ß' | 'ẞ' => folded.push_str("ss"),
        '’' => folded.push('\''),
        _ => folded.extend(letter.to_lowercase()),
    }
}

/// Tells whether what stands between two words leaves them in one phrase.
pub fn joins(between: &str, before: &Word) -> bool {
    let is_initial = before.folded.chars().count() == 1;
    let is_number = before.folded.chars().all(char::is_numeric);
    between.chars().all(|letter| match letter {
        '-' | '\u{2010}' | '\u{2011}' => true,
        '.' => is_initial,
        '%' => is_number,
        _ => letter.is_whitespace(),
    })
}

#[cfg(test)]
mod tests {
    use super::{joins, words};

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_parted_by_whatever_is_no_letter_and_folded() {
        assert_eq!(folded("High-quality: 24/7, Regelmäßig!"), ["high", "quality", "24", "7", "regelmässig"]);
        assert_eq!(folded("don’t 'quote' customers'"), ["don't", "quote", "customers"]);
        assert_eq!(folded(" — "), [""; 0]);
    }

    #[test]
    fn the_place_of_a_word_is_that_in_the_text_as_it_is_written() {
        let text = "GROSSE Größe ẞ";
        let written: Vec<&str> = words(text).into_iter().map(|word| &text[word.range]).collect();
        assert_eq!(written, ["GROSSE", "Größe", "ẞ"]);
    }

    #[test]
    fn the_dots_of_an_abbreviation_and_the_sign_of_a_share_join_and_the_end_of_a_sentence_parts() {
        let joined = |text: &str| {
            let words = words(text);
            joins(&text[words[0].range.end..words[1].range.start], &words[0])
        };
        assert!(
            joined("z. B.") && joined("i.d.") && joined("high-quality") && joined("as\nsoon") && joined("100 % safe")
        );
        assert!(!joined("high. Quality") && !joined("soon, please"));
    }
}
