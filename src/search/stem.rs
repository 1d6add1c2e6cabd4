//! Endings that are left off, so that `refunds` meets `refund` and `Erstattungen` meets `erstatten`.
//!
//! The same for the index and for what is typed: the rules stand in the manifest, and the script only applies them.
//! They are light on purpose. What they leave need not be a word.

/// An ending: what it is, what takes its place, and how many letters must be left before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending(pub &'static str, pub &'static str, pub usize);

/// Endings of which at most one is left off, the first that fits.
pub type Round = &'static [Ending];

const DOUBLED: Round = &[
    Ending("bb", "b", 2),
    Ending("dd", "d", 2),
    Ending("ff", "f", 2),
    Ending("gg", "g", 2),
    Ending("ll", "l", 2),
    Ending("mm", "m", 2),
    Ending("nn", "n", 2),
    Ending("pp", "p", 2),
    Ending("rr", "r", 2),
    Ending("ss", "s", 2),
    Ending("tt", "t", 2),
];

const ENGLISH: [Round; 4] = [
    &[
        Ending("sses", "ss", 1),
        Ending("ss", "ss", 0),
        Ending("us", "us", 0),
        Ending("is", "is", 0),
        Ending("ies", "y", 2),
        Ending("xes", "x", 2),
        Ending("ches", "ch", 2),
        Ending("shes", "sh", 2),
        Ending("s", "", 3),
    ],
    &[Ending("ied", "y", 2), Ending("eed", "eed", 0), Ending("ing", "", 3), Ending("ed", "", 3)],
    &[Ending("e", "", 3), Ending("y", "i", 2)],
    DOUBLED,
];

const GERMAN_VERBS: Round = &[
    Ending("ung", "", 4),
    Ending("et", "", 4),
    Ending("est", "", 4),
    Ending("st", "", 4),
    Ending("er", "", 4),
    Ending("en", "", 4),
    Ending("t", "", 4),
];

const GERMAN: [Round; 4] = [
    &[
        Ending("em", "", 3),
        Ending("en", "", 3),
        Ending("er", "", 4),
        Ending("es", "", 3),
        Ending("e", "", 3),
        Ending("ls", "l", 2),
        Ending("ms", "m", 2),
        Ending("ns", "n", 2),
        Ending("rs", "r", 2),
        Ending("ts", "t", 2),
        Ending("ds", "d", 2),
        Ending("gs", "g", 2),
        Ending("ks", "k", 2),
        Ending("fs", "f", 2),
        Ending("hs", "h", 2),
        Ending("bs", "b", 2),
        Ending("in", "in", 0),
        Ending("n", "", 4),
    ],
    GERMAN_VERBS,
    &[Ending("inn", "in", 3), Ending("er", "", 4), Ending("en", "", 4)],
    DOUBLED,
];

/// Gives the endings of a language, round by round; other languages take those of English.
pub fn rounds(tag: &str) -> &'static [Round] {
    if tag == "de" || tag.starts_with("de-") { &GERMAN } else { &ENGLISH }
}

/// Leaves off the endings of a folded word.
pub fn stem(word: &str, rounds: &[Round]) -> String {
    let mut stem = word.to_owned();
    for round in rounds {
        let fits = |ending: &&Ending| stem.strip_suffix(ending.0).is_some_and(|left| left.chars().count() >= ending.2);
        if let Some(Ending(ending, instead, _)) = round.iter().find(fits) {
            stem.truncate(stem.len() - ending.len());
            stem.push_str(instead);
        }
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn meet(tag: &str, words: &[&str]) {
        let stems: Vec<String> = words.iter().map(|word| stem(word, rounds(tag))).collect();
        assert!(stems.iter().all(|one| *one == stems[0]), "{words:?} become {stems:?}");
    }

    #[test]
    fn english_plurals_and_forms_of_verbs_meet() {
        meet("en", &["refund", "refunds", "refunded", "refunding"]);
        meet("en", &["promise", "promises", "promised", "promising"]);
        meet("en", &["delivery", "deliveries"]);
        meet("en", &["carry", "carries", "carried", "carrying"]);
        meet("en", &["stop", "stops", "stopped", "stopping"]);
        meet("en", &["box", "boxes"]);
        meet("en", &["glass", "glasses"]);
        meet("zh", &["call", "calls", "called"]);
    }

    #[test]
    fn german_inflection_and_what_is_made_of_verbs_meet() {
        meet("de", &["erstattung", "erstattungen", "erstatten", "erstattet"]);
        meet("de", &["lieferung", "lieferungen", "liefern"]);
        meet("de", &["haus", "hauser", "hausern", "hauses"]);
        meet("de", &["kunde", "kunden"]);
        meet("de", &["gerat", "gerate", "geraten", "gerates"]);
        meet("de", &["kundin", "kundinnen"]);
        meet("de", &["frist", "fristen"]);
    }

    #[test]
    fn short_words_and_other_scripts_stay_as_they_are() {
        for word in ["bus", "is", "fee", "use", "退款", "99"] {
            assert_eq!(stem(word, rounds("en")), word);
        }
        for word in ["tag", "zeit", "geld"] {
            assert_eq!(stem(word, rounds("de")), word);
        }
    }
}
