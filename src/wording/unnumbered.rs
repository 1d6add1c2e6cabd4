//! Numbers that count nothing: `Section 15`, `3 March`, `9 a.m.`, `2026`, telephone numbers.

use super::latin::Tongue;
use super::token::{DASHES, Kind, Token};

/// Words after which a number is a name.
const LABELS: [&str; 60] = [
    "section",
    "sections",
    "form",
    "article",
    "page",
    "pages",
    "step",
    "level",
    "tier",
    "phase",
    "stage",
    "schedule",
    "part",
    "chapter",
    "table",
    "figure",
    "number",
    "no",
    "nr",
    "room",
    "line",
    "group",
    "category",
    "priority",
    "version",
    "annex",
    "appendix",
    "rule",
    "regulation",
    "class",
    "type",
    "item",
    "tel",
    "phone",
    "fax",
    "abschnitt",
    "seite",
    "stufe",
    "absatz",
    "formular",
    "schritt",
    "kapitel",
    "nummer",
    "étape",
    "formulaire",
    "numéro",
    "paragraphe",
    "alinéa",
    "annexe",
    "catégorie",
    "classe",
    "niveau",
    "volet",
    "partie",
    "chapitre",
    "paragraph",
    "subsection",
    "block",
    "option",
    "ligne",
];

const MONTHS: [&str; 33] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "nov",
    "dec",
];

/// German words before an ordinal, `am 3.`.
const ARTICLES: [&str; 12] = ["am", "der", "die", "das", "dem", "den", "des", "zum", "vom", "bis", "jeden", "jedem"];

const HOURS: [&str; 10] = ["am", "pm", "a", "p", "uhr", "o", "noon", "midnight", "st", "th"];

/// Tells whether the number from a token to another has no unit because it counts nothing.
pub(super) fn is_name(tongue: Tongue, tokens: &[Token], (start, end): (usize, usize), thousandths: u64) -> bool {
    let before = start.checked_sub(1).and_then(|at| tokens.get(at));
    let second = start.checked_sub(2).and_then(|at| tokens.get(at));
    let after = tokens.get(end);
    let is_digits = |token: Option<&Token>| matches!(token, Some(Token { kind: Kind::Number(_) | Kind::Name, .. }));
    let word =
        |token: Option<&Token>, words: &[&str]| token.and_then(Token::word).is_some_and(|word| words.contains(&word));
    let glued = after.is_some_and(|token| token.is_glued && (token.word().is_some() || token.is_sign(&['/', ':'])));
    let dot = after.is_some_and(|token| token.is_glued && token.is_sign(&['.']));
    let ordinal = tongue == Tongue::German && dot && (word(before, &ARTICLES) || word(tokens.get(end + 1), &MONTHS));
    let label =
        word(before, &LABELS) || (before.is_some_and(|token| token.is_sign(&['.', ':'])) && word(second, &LABELS));
    let sign = before.is_some_and(|token| token.is_sign(&['#', '§', '+', '/', '№', '°']));
    let dashed = before.is_some_and(|token| token.is_sign(&DASHES)) && is_digits(second)
        || after.is_some_and(|token| token.is_sign(&DASHES)) && is_digits(tokens.get(end + 1));
    let year = (1_900_000..=2_100_000).contains(&thousandths) && thousandths.is_multiple_of(1000);
    let in_digits = is_digits(tokens.get(start));
    in_digits
        && (glued
            || ordinal
            || label
            || sign
            || dashed
            || year
            || is_digits(before)
            || is_digits(after)
            || word(before, &MONTHS)
            || word(after, &MONTHS)
            || word(after, &HOURS) && !is_article(tokens, end))
}

/// Tells whether `a` behind a number is an article and not the beginning of `a.m.`.
fn is_article(tokens: &[Token], at: usize) -> bool {
    let is_letter = tokens.get(at).and_then(Token::word).is_some_and(|word| matches!(word, "a" | "p" | "o"));
    is_letter && !tokens.get(at + 1).is_some_and(|token| token.is_glued)
}

#[cfg(test)]
mod tests {
    use super::super::amount::read;

    #[test]
    fn names_dates_and_ordinals_are_no_amounts() {
        let cases = [
            ("Under Section 15, use Form 10.", "en"),
            ("§ 187 BGB und Absatz 2", "de"),
            ("on 3 March 2026 or March 4", "en"),
            ("the 1st, the 21st century, 2nd line", "en"),
            ("am 3. Mai, am 4. des Monats", "de"),
            ("call 1-800-555-0100 or +49 221 5550100", "en"),
            ("open 9 a.m. to 5 p.m., 8:30-16:30", "en"),
            ("um 16 Uhr", "de"),
            ("24/7 in 2026", "en"),
            ("error E20 on model A4", "en"),
            ("No. 5, priority 1", "en"),
            ("le 1er janvier, le 2 mai", "fr"),
        ];
        for (text, language) in cases {
            assert_eq!(read(text, language), [], "{text}");
        }
    }
}
