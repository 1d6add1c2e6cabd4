//! `promise/hard-to-read`: a promise that is too long to be taken in at once.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::wording::promised::{name, sentence};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::kind::Kind;
use crate::wording::tongue::Tongue;

/// The check.
pub const CHECK: Check = Check {
    name: "promise/hard-to-read",
    severity: Severity::Warning,
    finds: "The statement of a promise has more than 25 words, or more than 45 characters in Chinese.",
    why: "A promise is read at a counter or on a receipt, in one glance. What cannot be repeated from memory is not claimed and \
          not kept in mind by staff. Write the promise alone; the conditions and the way to claim have fields of their own.",
    wrong: &[(
        "services/repair.md",
        "promises:\n  ten-days:\n    kind: guarantee\n    statement: >-\n      Provided that the complete fault report has reached us and that you have approved the estimate, your appliance is\n      ready within 10 business days, failing which labour is not charged.\n",
    )],
    right: &[(
        "services/repair.md",
        "promises:\n  ten-days:\n    kind: guarantee\n    statement: Ready within 10 business days, or you do not pay for labour.\n    unless: [you approved the estimate later than 10 business days after we sent it]\n",
    )],
    finder: Finder::Run(run),
};

/// The most words of a statement.
const MOST_WORDS: usize = 25;
/// The most characters of a statement in Chinese, not counting punctuation.
const MOST_CHARACTERS: usize = 45;

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for said in inspection.said.iter().filter(|said| said.thing.0 == Kind::Promise && said.is_in("statement")) {
        let tag = inspection.tags.get(usize::from(said.language.0)).map_or("", String::as_str);
        let Some(tongue) = Tongue::of(tag) else { continue };
        let sentence = sentence(&said.text.value);
        let (count, most, what) = match tongue {
            Tongue::Chinese => (characters(&sentence.text) + 5 * sentence.values.len(), MOST_CHARACTERS, "characters"),
            _ => (words(&sentence.text) + 3 * sentence.values.len(), MOST_WORDS, "words"),
        };
        if count > most {
            let message =
                format!("{} has {count} {what}, more than the {most} that are read in one glance", name(said));
            let action = "write what is promised and what is owed, and move conditions to `unless` and the way to claim to `invoke`";
            found.push(CHECK.told(said.text.span, message).action(action));
        }
    }
}

/// Counts the words as a reader does: what stands between blanks.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

fn characters(text: &str) -> usize {
    text.chars().filter(|letter| letter.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::{told, told_in_service};

    fn told_of(statement: &str) -> Vec<String> {
        let promise = format!("promises: {{p: {{kind: commitment, statement: \"{statement}\"}}}}\n");
        told_in_service("promise/hard-to-read", &promise)
    }

    #[test]
    fn the_twenty_sixth_word_is_one_too_many() {
        assert_eq!(told_of(&"word - ".repeat(25)), [""; 0]);
        let lines = told_of(&"word ".repeat(26));
        assert!(lines[0].starts_with("services/repair.md:7 the statement of `p` has 26 words"), "{lines:?}");
    }

    #[test]
    fn a_reference_counts_as_the_words_that_it_prints() {
        assert_eq!(told_of(&format!("{}[[#limit]]", "word ".repeat(22))), [""; 0]);
        assert_eq!(told_of(&format!("{}[[#limit]]", "word ".repeat(23))).len(), 1);
    }

    #[test]
    fn chinese_is_counted_by_characters_without_punctuation() {
        let chinese = |count: usize| {
            let service = format!(
                "title: T\nfor: F\noutcome: O\nowner: desk\nreview: {{last: 2026-11-01, every: 12mo}}\npromises: {{p: {{kind: commitment, statement: \"{}\"}}}}\n",
                "天,".repeat(count)
            );
            told(
                "promise/hard-to-read",
                &[
                    ("handbook.yaml", "title: H\nlanguages: [zh-Hans]\n"),
                    ("registers/roles.yaml", "desk: {title: D}\n"),
                    ("services/repair.md", &service),
                ],
            )
            .len()
        };
        assert_eq!((chinese(45), chinese(46)), (0, 1));
    }
}
