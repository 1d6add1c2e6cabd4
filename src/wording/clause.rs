//! Where one statement of a sentence ends and the next begins.

use std::ops::Range;

use super::tongue::Tongue;
use super::word::words;

/// Words that join two statements, where one of the words that begin a statement follows.
const JOINING: [&str; 6] = ["and", "or", "but", "und", "oder", "aber"];

/// Words with which a statement begins.
const BEGINNING: &str = " \
    we you they our your the a an all any this these it if where when will is are may can to \
    answer respond reply process provide send publish issue review acknowledge notify inform contact call return \
    resolve deliver give make keep tell complete pay offer update arrange deal treat ensure visit mail post refund \
    repair mend replace fix collect explain ask register confirm decide follow handle investigate grant \
    as soon sooner \
    wir sie die der das ihre unsere alle werden wird erhalten bekommen beantworten bearbeiten melden rufen senden \
    informieren geben lösen erledigen erteilen prüfen bestätigen liefern antworten reagieren schicken teilen bieten \
    so ";

/// Gives the statement of a text in which a place lies.
pub fn clause(text: &str, place: &Range<usize>, tongue: Tongue) -> Range<usize> {
    let mut clause = 0..text.len();
    let borders = if is_label(text, place) { ends_of_sentences(text).collect() } else { borders(text, tongue) };
    for border in borders {
        if border <= place.start {
            clause.start = border;
        } else if border >= place.end {
            clause.end = border;
            break;
        }
    }
    clause
}

/// Tells whether a place stands before a colon, as the label of what follows: `Prompt reply: …`.
fn is_label(text: &str, place: &Range<usize>) -> bool {
    const MOST_WORDS: usize = 3;
    let behind = text.get(place.end..).and_then(|behind| behind.split_once([':', '\u{ff1a}']));
    behind.is_some_and(|(label, _)| !label.contains(['.', ',', ';']) && label.split_whitespace().count() <= MOST_WORDS)
}

/// Gives the places at which a new statement begins, in order.
fn borders(text: &str, tongue: Tongue) -> Vec<usize> {
    let mut borders: Vec<usize> = ends_of_sentences(text).collect();
    if tongue != Tongue::Chinese {
        let words = words(text);
        let joining = words.windows(2).filter_map(|pair| {
            let [first, second] = pair else { return None };
            let begins = |word: &str| BEGINNING.split_whitespace().any(|begin| begin == word);
            (JOINING.contains(&first.folded.as_str()) && begins(&second.folded)).then_some(first.range.start)
        });
        borders.extend(joining);
        borders.sort_unstable();
    }
    borders
}

fn ends_of_sentences(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(|(at, letter)| {
        let end = at + letter.len_utf8();
        let rest = text.get(end..).unwrap_or_default();
        let ends = match letter {
            ';' | '!' | '?' | '。' | '\u{ff1b}' | '\u{ff01}' | '\u{ff1f}' | '\n' => true,
            '.' => rest.starts_with(char::is_whitespace) && !is_abbreviation(text.get(..at).unwrap_or_default()),
            _ => false,
        };
        ends.then_some(end)
    })
}

/// Tells whether the dot behind a text is that of an abbreviation: one letter, or one that is often written.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    word.chars().count() == 1
        || ["approx", "ca", "bzw", "ggf", "evtl", "no", "Nr", "max", "min", "inkl"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::clause;
    use crate::wording::tongue::Tongue;

    fn around<'a>(text: &'a str, word: &str, tongue: Tongue) -> &'a str {
        let at = text.find(word).unwrap();
        text[clause(text, &(at..at + word.len()), tongue)].trim()
    }

    #[test]
    fn a_statement_ends_with_its_sentence() {
        let text = "We answer promptly. You wait 5 minutes; z. B. today";
        assert_eq!(around(text, "promptly", Tongue::English), "We answer promptly.");
        assert_eq!(around(text, "today", Tongue::German), "z. B. today");
        assert_eq!(around("尽快答复,最迟三天。再说", "尽快", Tongue::Chinese), "尽快答复,最迟三天。");
    }

    #[test]
    fn a_joining_word_ends_it_where_another_statement_begins() {
        let text = "We acknowledge within 2 days and respond soon";
        assert_eq!(around(text, "soon", Tongue::English), "and respond soon");
        let text = "Prompt reply: we read it and answer within 2 days";
        assert_eq!(around(text, "Prompt", Tongue::English), text);
        let text = "We answer promptly and within 2 days";
        assert_eq!(around(text, "promptly", Tongue::English), text);
        let text = "Wir antworten zeitnah und lösen das in 2 Tagen";
        assert_eq!(around(text, "zeitnah", Tongue::German), "Wir antworten zeitnah");
    }
}
