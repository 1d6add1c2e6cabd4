//! The words, numbers and signs of a sentence in a language that puts spaces between words.

use std::ops::Range;

use super::digits::{Run, Style, digit, run};

/// A word, a number or a sign of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Whether it follows the one before without a space.
    pub(super) is_glued: bool,
}

/// What a piece of a sentence is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number in digits, in thousandths.
    Number(u64),
    /// Digits that count nothing: a time of day, a date, a code such as `E20`.
    Name,
    /// A word in lower case.
    Word(String),
    /// A sign.
    Sign(char),
}

impl Token {
    /// Gives the word, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Tells whether it is one of some signs.
    pub(super) fn is_sign(&self, signs: &[char]) -> bool {
        matches!(self.kind, Kind::Sign(sign) if signs.contains(&sign))
    }
}

/// The signs that stand between two numbers of a span.
pub(super) const DASHES: [char; 7] = ['-', '–', '—', '‑', '−', '~', '～'];

/// Takes a text apart.
pub(super) fn tokens(text: &str, style: Style) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut at, mut end) = (0, 0);
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        if letter.is_whitespace() || matches!(letter, '\u{ad}' | '\u{200b}') {
            at += letter.len_utf8();
            continue;
        }
        let (kind, length) = token(rest, letter, style);
        tokens.push(Token { kind, range: at..at + length, is_glued: at == end && at > 0 });
        at += length;
        end = at;
    }
    tokens
}

fn token(rest: &str, letter: char, style: Style) -> (Kind, usize) {
    if let Some((read, length)) = run(rest, style) {
        return match read {
            Run::Number(thousandths) => (Kind::Number(thousandths), length),
            Run::Name => (Kind::Name, length),
        };
    }
    if !letter.is_alphabetic() {
        return (Kind::Sign(letter), letter.len_utf8());
    }
    let length = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
    let follows = rest.get(length..).and_then(|rest| rest.chars().next()).and_then(digit);
    if follows.is_some() {
        let length = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
        return (Kind::Name, length);
    }
    (Kind::Word(rest.get(..length).unwrap_or_default().to_lowercase()), length)
}

/// Gives the words from a token on, hyphens left out, each with the number of the token after it.
pub(super) fn words_from(tokens: &[Token], from: usize, most: usize) -> Vec<(&str, usize)> {
    let (mut words, mut at) = (Vec::new(), from);
    while words.len() < most {
        let hyphen = tokens.get(at).is_some_and(|token| token.is_glued && token.is_sign(&['-', '‑']));
        let step = usize::from(hyphen && tokens.get(at + 1).is_some_and(|next| next.is_glued));
        let Some(word) = tokens.get(at + step).and_then(Token::word) else { break };
        at += step + 1;
        words.push((word, at));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::digits::POINT;
    use super::*;

    #[test]
    fn a_sentence_is_taken_apart() {
        let text = "Within 24-hours, at 09:00 see E20.";
        let read = tokens(text, POINT);
        let shown: Vec<&str> = read.iter().map(|token| &text[token.range.clone()]).collect();
        assert_eq!(shown, ["Within", "24", "-", "hours", ",", "at", "09:00", "see", "E20", "."]);
        assert_eq!(read[1].kind, Kind::Number(24_000));
        assert_eq!((&read[6].kind, &read[8].kind), (&Kind::Name, &Kind::Name));
        assert!(read[2].is_glued && !read[1].is_glued);
    }

    #[test]
    fn words_run_over_hyphens_and_stop_at_other_signs() {
        let read = tokens("twenty-four business-days, or", POINT);
        let words: Vec<&str> = words_from(&read, 0, 9).into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, ["twenty", "four", "business", "days"]);
        assert!(words_from(&tokens("- days", POINT), 0, 9).is_empty());
    }
}
