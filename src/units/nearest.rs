//! The allowed word that a mistyped one was meant to be, and the allowed words in a sentence.
//!
//! Not here: which words are allowed; each reader brings its own.

/// Finds the candidate with the fewest slips of the pen (a letter missing, added, changed or swapped with the next).
///
/// Capital letters do not count, nor which of `-`, `_` and a space it is. Nothing is found where more than a third of
/// the word, or more than four letters, would have to change; of two equally near ones the first is taken.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, candidates.into_iter().map(|candidate| (candidate, candidate)))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// Finds the candidate that is certainly meant, so that it can be written without asking.
///
/// It has at most one slip of the pen, or one in four letters, in a word of four letters or more, and no other is as near.
pub fn certain<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    certain_meaning(word, candidates.into_iter().map(|candidate| (candidate, candidate)))
}

/// Finds what is certainly meant, where several words can mean the same.
pub fn certain_meaning<'a, T: PartialEq>(word: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let mut found: Vec<(usize, T)> = near(word, candidates.into_iter()).collect();
    found.sort_by_key(|(slips, _)| *slips);
    let mut found = found.into_iter();
    let (slips, meant) = found.next()?;
    let letters = word.chars().count();
    let few = slips == 0 || (letters >= 4 && slips <= (letters / 4).max(1));
    let alone = found.take_while(|(others, _)| *others == slips).all(|(_, other)| other == meant);
    (few && alone).then_some(meant)
}

/// The most words among which another one that may mean the same is looked for.
const MOST_OTHERS: usize = 64;

/// Tells whether a slip of the pen can become a word beside others: none of them is it, and none that is not known itself
/// may be meant for it.
pub fn is_free<'a, 'k>(
    word: &str,
    others: impl IntoIterator<Item = &'a str>,
    known: &mut dyn Iterator<Item = &'k str>,
) -> bool {
    let known: Vec<&str> = known.collect();
    let others: Vec<&str> = others.into_iter().take(MOST_OTHERS + 1).collect();
    let clear = |other: &&str| *other != word && (known.contains(other) || nearest(other, [word]).is_none());
    others.len() <= MOST_OTHERS && others.iter().all(clear)
}

/// Gives the candidates that are near a word, with the slips of the pen between them.
fn near<'a, T>(word: &str, candidates: impl Iterator<Item = (&'a str, T)>) -> impl Iterator<Item = (usize, T)> {
    let word = folded(word.chars().take(LONGEST + 1));
    let letters = word.chars().count();
    let allowed = (letters / 3).clamp(1, 4);
    let candidates = (1..=LONGEST).contains(&letters).then_some(candidates);
    candidates.into_iter().flatten().filter_map(move |(candidate, meaning)| {
        let folded = folded(candidate.chars());
        let length = folded.chars().count();
        if length.abs_diff(letters) > allowed {
            return None;
        }
        let slips = strsim::damerau_levenshtein(&word, &folded);
        (slips <= allowed && slips < length).then_some((slips, meaning))
    })
}

/// No allowed word, and no path to a file that is meant, is longer; a longer text is no slip of the pen.
const LONGEST: usize = 200;

fn folded(letters: impl Iterator<Item = char>) -> String {
    letters.flat_map(char::to_lowercase).map(|letter| if matches!(letter, '_' | ' ') { '-' } else { letter }).collect()
}

/// Lists words for a sentence, each in backticks: `` `a`, `b` or `c` ``.
pub fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
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

    #[test]
    fn a_hyphen_may_stand_for_an_underline() {
        let fields = ["limit", "title", "statement", "backed_by"];
        assert_eq!(nearest("limt", fields), Some("limit"));
        assert_eq!(nearest("Titel", fields), Some("title"));
        assert_eq!(nearest("backed-by", fields), Some("backed_by"));
        assert_eq!(nearest("colour", fields), None);
        assert_eq!(nearest("x", fields), None);
    }

    #[test]
    fn a_word_is_certain_where_no_other_is_as_near() {
        assert_eq!(certain("timelyness", WORDS), Some("timeliness"));
        assert_eq!(certain("Access", WORDS), Some("access"));
        assert_eq!(certain("form", ["for", "from"]), None);
        assert_eq!(certain("mxn", ["min", "mon"]), None);
        assert_eq!(certain("es", ["en", "de"]), None);
        assert_eq!(certain("EN", ["en", "de"]), Some("en"));
        assert_eq!(certain("qualtities", ["quantity", "quality"]), None);
    }

    #[test]
    fn two_words_for_the_same_do_not_make_it_uncertain() {
        let units = [("minute", 1), ("minutes", 1), ("month", 2)];
        assert_eq!(certain_meaning("minuts", units), Some(1));
        assert_eq!(certain_meaning("minuts", [("minutes", 1), ("minute", 2)]), None);
    }

    #[test]
    fn a_slip_becomes_no_word_that_is_there_or_that_another_slip_may_be() {
        let free = |others: &[&str]| is_free("access", others.iter().copied(), &mut WORDS.into_iter());
        assert!(free(&["accuracy", "colour"]));
        assert!(!free(&["conduct", "access"]));
        assert!(!free(&["acces"]));
        assert!(!free(&["x"; MOST_OTHERS + 1]));
    }

    #[test]
    fn words_are_listed_as_in_a_sentence() {
        assert_eq!(listed(["a"]), "`a`");
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(listed([]), "");
    }
}
