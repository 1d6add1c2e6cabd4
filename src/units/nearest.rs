//! The allowed word that a mistyped one was meant to be.
//!
//! Not here: which words are allowed; each parser brings its own.

/// Finds the candidate with the fewest slips of the pen (a letter missing, added, changed or swapped with the next).
///
/// Capital letters do not count. Nothing is found where more than a third of the word would have to change; of two
/// equally near ones the first is taken.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let allowed = (word.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        if letters.len().abs_diff(word.len()) > allowed {
            continue;
        }
        let slips = slips(&word, &letters);
        if slips <= allowed && slips < letters.len() && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// No allowed word is longer; a longer text is no slip of the pen.
const LONGEST: usize = 64;

/// Counts the slips between two words (optimal string alignment distance).
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 4] = ["timeliness", "access", "accuracy", "conduct"];

    #[test]
    fn a_slip_of_the_pen_is_found() {
        assert_eq!(nearest("timelyness", WORDS), Some("timeliness"));
        assert_eq!(nearest("acess", WORDS), Some("access"));
        assert_eq!(nearest("Conduct", WORDS), Some("conduct"));
        assert_eq!(nearest("acccuracy", WORDS), Some("accuracy"));
    }

    #[test]
    fn two_swapped_letters_are_one_slip() {
        assert_eq!(nearest("dya", ["day", "two"]), Some("day"));
    }

    #[test]
    fn another_word_is_not_guessed_at() {
        assert_eq!(nearest("velocity", WORDS), None);
        assert_eq!(nearest("", WORDS), None);
        assert_eq!(nearest("x", ["h", "y"]), None);
        assert_eq!(nearest(&"a".repeat(100_000), WORDS), None);
    }

    #[test]
    fn the_nearer_of_two_is_taken_and_then_the_first() {
        assert_eq!(nearest("mon", ["min", "mo", "mon"]), Some("mon"));
        assert_eq!(nearest("mxn", ["min", "mon"]), Some("min"));
    }
}
