//! `evidence/conflict`: two pieces of evidence that claim the same with other figures.

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::model::registers::{Evidence, Quality};
use crate::source::Spanned;

/// The check.
pub const CHECK: Check = Check {
    name: "evidence/conflict",
    severity: Severity::Warning,
    finds: "Two pieces of evidence give other figures for one claim, and neither is marked as contested.",
    why: "Whoever quotes one figure today and the other tomorrow is believed in neither. Read both sources: often one copied \
          the other wrongly, or they counted different things. Keep the better one, say in each claim what was counted, or \
          mark one as contested, so that nobody states it flatly.",
    wrong: &[(
        "registers/evidence.yaml",
        "nine:\n  claim: An unhappy customer tells 9 people about it.\n  source: A retail study\n  quality: second-hand\n  value: 9\n\
         eleven:\n  claim: An unhappy customer tells 11 people about it.\n  source: A bank study\n  quality: second-hand\n  value: 11\n",
    )],
    right: &[(
        "registers/evidence.yaml",
        "nine:\n  claim: An unhappy customer tells 9 people about it.\n  source: A retail study\n  quality: second-hand\n  value: 9\n\
         eleven:\n  claim: An unhappy customer tells 11 people about it.\n  source: A bank study\n  quality: contested\n  value: 11\n",
    )],
    finder: Finder::Run(run),
};

/// Two claims are one where they share four of five words.
const ALIKE: (usize, usize) = (4, 5);
/// The fewest words by which a claim can be known.
const FEWEST: usize = 3;

/// A claim that gives a figure.
struct Claim<'a> {
    row: &'a Row<Evidence>,
    value: &'a Spanned<String>,
    /// Its words, the rarest first.
    words: Vec<usize>,
}

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let claims = claims(inspection);
    // Two sets that share four words of five share one of the rarest fifth of each.
    let mut by_rare_word: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        let rare = claim.words.len() - needed(claim.words.len()) + 1;
        let rare = claim.words.get(..rare).unwrap_or_default();
        let before: BTreeSet<usize> =
            rare.iter().filter_map(|word| by_rare_word.get(word)).flatten().copied().collect();
        let other = before.into_iter().filter_map(|other| claims.get(other)).find(|other| contradict(other, claim));
        found.extend(other.map(|other| tell(other, claim)));
        rare.iter().for_each(|word| by_rare_word.entry(*word).or_default().push(at));
    }
}

/// Gives how many of some words another claim has to share.
fn needed(words: usize) -> usize {
    (words * ALIKE.0).div_ceil(ALIKE.1)
}

fn claims<'a>(inspection: &Inspection<'a>) -> Vec<Claim<'a>> {
    let rows: Vec<&Row<Evidence>> = inspection.handbook().evidence.values().collect();
    let words: Vec<BTreeSet<String>> = rows.iter().map(|row| words_of(row.value.claim.source())).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    words.iter().flatten().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut rarest: Vec<(usize, &str)> = counts.iter().map(|(word, count)| (*count, *word)).collect();
    rarest.sort_unstable();
    let rank: BTreeMap<&str, usize> = rarest.iter().enumerate().map(|(rank, (_, word))| (*word, rank)).collect();
    let claim = |(row, words): (&&'a Row<Evidence>, &BTreeSet<String>)| {
        let evidence = &row.value;
        let stated = evidence.quality.as_ref().is_some_and(|quality| quality.value != Quality::Contested);
        let value = evidence.value.as_ref().filter(|_| stated && words.len() >= FEWEST)?;
        let mut words: Vec<usize> = words.iter().filter_map(|word| rank.get(word.as_str()).copied()).collect();
        words.sort_unstable();
        Some(Claim { row, value, words })
    };
    rows.iter().zip(&words).filter_map(claim).collect()
}

/// Gives the words of a claim that carry its meaning; in a language without blanks each character is one.
fn words_of(claim: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for word in claim.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()) {
        match word.is_ascii() || word.chars().all(|letter| letter < '\u{2E80}') {
            true => drop(words.insert(word.to_lowercase())),
            false => words.extend(word.chars().map(String::from)),
        }
    }
    words.retain(|word| !EMPTY.contains(&word.as_str()));
    words
}

/// Words without which a claim is the same.
const EMPTY: [&str; 40] = [
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or", "is", "are", "was", "were", "it", "its",
    "that", "with", "about", "some", "per", "cent", "percent", "der", "die", "das", "ein", "eine", "und", "in", "im",
    "von", "zu", "etwa", "prozent", "的", "了", "约",
];

fn contradict(one: &Claim<'_>, other: &Claim<'_>) -> bool {
    let shared = one.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
    let all = one.words.len() + other.words.len() - shared;
    let (first, second) = (&one.row.value, &other.row.value);
    // One source that was asked again in another year tells how things went, and contradicts nothing.
    let again = first.source.source() == second.source.source()
        && matches!((&first.year, &second.year), (Some(one), Some(other)) if one.value != other.value);
    shared >= needed(all) && !again && figure(&one.value.value) != figure(&other.value.value)
}

/// Gives the figure in a value: its numbers, or its words where it has none.
fn figure(value: &str) -> String {
    let numbers =
        value.split(|letter: char| !letter.is_ascii_digit() && letter != '.').map(|part| part.trim_matches('.'));
    let numbers: Vec<&str> = numbers.filter(|number| !number.is_empty()).collect();
    if numbers.is_empty() { value.trim().to_lowercase() } else { numbers.join(" ") }
}

fn tell(first: &Claim<'_>, second: &Claim<'_>) -> Diagnostic {
    let message = format!(
        "`{}` says {} where `{}` says {}, for the same claim",
        second.row.id, second.value.value, first.row.id, first.value.value
    );
    let told = CHECK.told(second.value.span, message).label(first.value.span, "the other figure");
    told.action(
        "keep the better source, say in each claim what was counted, or write `quality: contested` for one of them",
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    /// Says what is found of two pieces of evidence, each a claim and its other fields.
    fn found(one: (&str, &str), other: (&str, &str)) -> Vec<String> {
        let row =
            |id: &str, (claim, rest): (&str, &str)| format!("{id}: {{claim: {claim}, quality: primary, {rest}}}\n");
        let register = row("one", one) + &row("two", other);
        told("evidence/conflict", &[("registers/evidence.yaml", &register)])
    }

    const COME_BACK: &str = "Most customers come back after a quick answer.";

    #[test]
    fn other_figures_for_one_claim_are_told_at_the_second() {
        assert_eq!(
            found((COME_BACK, "source: S, value: 82%"), (COME_BACK, "source: T, value: 95%")),
            [
                "registers/evidence.yaml:2 `two` says 95% where `one` says 82%, for the same claim → keep the better source, say \
              in each claim what was counted, or write `quality: contested` for one of them"
            ]
        );
        assert_eq!(found((COME_BACK, "source: S, value: 82%"), (COME_BACK, "source: T, value: 82 %")), [""; 0]);
    }

    #[test]
    fn the_numbers_in_a_claim_do_not_make_it_another() {
        let of = |number: &str| format!("{number} of unhappy customers tell nobody about it.");
        let (one, two) = (of("40 %"), of("96 %"));
        assert_eq!(found((&one, "source: S, value: 40%"), (&two, "source: T, value: 96%")).len(), 1);
    }

    #[test]
    fn one_word_of_five_may_differ_and_no_more() {
        let one = "Unhappy customers tell friends about bad service.";
        let near = "Unhappy clients tell friends about bad service.";
        let far = "Happy customers tell friends about good service.";
        assert_eq!(found((one, "source: S, value: 9"), (near, "source: T, value: 11")), [""; 0]);
        assert_eq!(found((one, "source: S, value: 9"), (far, "source: T, value: 5")), [""; 0]);
        let longer = "Unhappy customers often tell friends about bad service.";
        assert_eq!(found((one, "source: S, value: 9"), (longer, "source: T, value: 11")).len(), 1);
    }

    #[test]
    fn a_contested_figure_a_missing_one_and_another_year_contradict_nothing() {
        let contested = found((COME_BACK, "source: S, value: 1"), (COME_BACK, "source: T, value: 2"));
        assert_eq!(contested.len(), 1);
        assert_eq!(found((COME_BACK, "source: S, value: 1"), (COME_BACK, "source: T")), [""; 0]);
        let years = |one: u32, two: u32| {
            let rest = |value: u32, year: u32| format!("source: S, value: {value}, year: {year}");
            found((COME_BACK, &rest(1, one)), (COME_BACK, &rest(2, two))).len()
        };
        assert_eq!((years(2020, 2020), years(2020, 2023)), (1, 0));
    }

    #[test]
    fn a_claim_in_chinese_is_compared_character_by_character() {
        let (one, two) = ("不满的顾客会告诉9个人。", "不满的顾客会告诉11个人。");
        assert_eq!(found((one, "source: S, value: 9"), (two, "source: T, value: 11")).len(), 1);
    }
}
