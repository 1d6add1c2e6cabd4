//! `wording/two-things`: two limits, or two sides of the service, in the statement of one standard.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::reading::Reading;
use crate::checks::said::Said;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::SOURCE;
use crate::model::kind::Kind;
use crate::wording::amount::Amount;
use crate::wording::limit_phrase::is_limit;

/// The check.
pub const CHECK: Check = Check {
    name: "wording/two-things",
    severity: Severity::Warning,
    finds: "The statement of one standard promises two things, which one figure cannot measure.",
    why: "\"Acknowledged in 2 business days and decided in 15\" is kept by halves, and no share of cases says which half. Write \
          two standards, each with a limit, a target and a result of its own. Where the second limit is for other cases, it is \
          a variant.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  reply:\n    kind: timeliness\n    limit: 15 business days\n    statement: We acknowledge your report within 2 \
         business days and decide within 15 business days.\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  acknowledge:\n    kind: timeliness\n    limit: 2 business days\n    statement: We acknowledge your report \
         within 2 business days.\n  decide:\n    kind: timeliness\n    limit: 15 business days\n    statement: We decide within 15 \
         business days.\n",
    )],
    finder: Finder::Run(run),
};

/// Words of how customers are treated, which a limit says nothing about.
const MANNERS: [&str; 16] = [
    "courteous",
    "courteously",
    "polite",
    "politely",
    "friendly",
    "respectful",
    "respectfully",
    "accurately",
    "correctly",
    "freundlich",
    "höflich",
    "respektvoll",
    "fehlerfrei",
    "礼貌",
    "courtois",
    "courtoise",
];

/// What stands behind a limit and is something else than a time.
const ADDED: [&str; 11] = [
    "greeted",
    "treated",
    "without a fault",
    "without fault",
    "without errors",
    "without an error",
    "error-free",
    "fault-free",
    "ohne fehler",
    "begrüßt",
    "with courtesy",
];

/// Words that make what follows a condition, another starting point or another way of saying the same.
const CONDITIONS: [&str; 34] = [
    "if",
    "when",
    "unless",
    "where",
    "provided",
    "once",
    "after",
    "before",
    "until",
    "because",
    "except",
    "not including",
    "plus",
    "wenn",
    "falls",
    "sofern",
    "sobald",
    "bevor",
    "nachdem",
    "plus",
    "si",
    "lorsque",
    "quand",
    "avant",
    "sauf",
    "如果",
    "若",
    "之后",
    "但",
    "that",
    "which",
    "extended",
    "equivalent",
    "i.e",
];

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (said, reading) in inspection.said.iter().zip(&inspection.readings().said) {
        // A translation says the same; where it does not, `language/number-differs` tells.
        if said.thing.0 == Kind::Standard && said.field == "statement" && said.language == SOURCE {
            found.extend(two_limits(inspection, said, reading).or_else(|| two_sides(inspection, said, reading)));
        }
    }
}

/// A limit in a sentence: where it stands, and what it is.
type Limit<'a> = (std::ops::Range<usize>, Option<&'a Amount>);

fn two_limits(inspection: &Inspection<'_>, said: &Said, reading: &Reading) -> Option<Diagnostic> {
    let printed =
        reading.links.iter().filter(|(_, link)| link.value.as_ref().is_some_and(|value| value.value == "limit"));
    let mut limits: Vec<Limit<'_>> = printed.map(|(range, _)| (range.clone(), None)).collect();
    let times = reading.amounts.iter().filter(|amount| amount.is_time());
    limits.extend(times.map(|amount| (amount.range.clone(), Some(amount))));
    limits.sort_by_key(|(range, _)| range.start);
    let pair = limits.windows(2).find(|two| matches!(two, [first, second] if are_two(&reading.text, first, second)))?;
    let [first, second] = pair else { return None };
    let part = |limit: &Limit<'_>| said.text.value.get(limit.0.clone()).unwrap_or_default();
    let id = said.thing.1.rsplit('/').next().unwrap_or_default();
    let message = format!("the statement of `{id}` has two limits, {} and {}", part(first), part(second));
    let told = CHECK.told(inspection.spot(&said.text, &second.0), message);
    Some(told.action("write a standard for each, or `variants` where the second limit is for other cases"))
}

/// Tells whether two times of a sentence are two limits.
fn are_two(text: &str, first: &Limit<'_>, second: &Limit<'_>) -> bool {
    let between = text.get(first.0.end..second.0.start).unwrap_or_default();
    let is_led = |limit: &Limit<'_>| limit.1.is_none_or(|amount| is_limit(text, amount));
    // Of two times of one kind the second needs no `within` of its own: `2 days by phone, 10 days by mail`.
    let is_plain = |limit: &Limit<'_>| limit.1.is_some_and(|amount| is_plain(text, amount));
    let alike = matches!((first.1, second.1), (Some(one), Some(other)) if one.measure == other.measure);
    let are_led = (is_led(first) && is_led(second)) || (alike && is_plain(first) && is_plain(second));
    let same = matches!((first.1, second.1), (Some(one), Some(other)) if is_same(one, other));
    let plain = between.to_lowercase().replace(|letter: char| !letter.is_alphanumeric() && letter != '.', " ");
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    let is_condition = CONDITIONS.iter().any(|word| {
        words.contains(word)
            || (!word.is_ascii() && between.contains(word))
            || (word.contains(' ') && plain.contains(word))
    });
    let links = ["and", "or", "und", "oder", "et", "ou", "while", "whereas"];
    let is_linked = words.iter().any(|word| links.contains(word))
        || between.contains([';', '/', '，', '；', '、', ',', '.', ':', '–', ')', '和', '并']);
    // `10 business days (2 weeks)` and `3 days or 72 hours` are one limit in other words.
    let trimmed = between.trim();
    let is_reworded =
        trimmed.ends_with(['(', '（', '[', '=', '≈', '~']) || matches!(trimmed, "or" | "oder" | "ou" | "或" | "/" | "");
    are_led && is_linked && !is_condition && !is_reworded && !same
}

/// Tells whether a time may be a limit although no word leads to it; `30 days to appeal` is the customer's.
fn is_plain(text: &str, amount: &Amount) -> bool {
    let before = text.get(..amount.range.start).unwrap_or_default().trim_end().to_lowercase();
    let after = text.get(amount.range.end..).unwrap_or_default().trim_start().to_lowercase();
    let ends = [
        "at least",
        "mindestens",
        "au moins",
        "至少",
        "valid for",
        "last",
        "past",
        "every",
        "alle",
        "aged",
        "over",
        "for",
    ];
    let begins = ["to ", "before", "prior", "in advance", "notice", "of age", "old", "vor ", "avant", "前"];
    !ends.iter().any(|word| before.ends_with(word)) && !begins.iter().any(|word| after.starts_with(word))
}

fn is_same(one: &Amount, other: &Amount) -> bool {
    one.thousandths == other.thousandths && one.measure == other.measure
}

fn two_sides(inspection: &Inspection<'_>, said: &Said, reading: &Reading) -> Option<Diagnostic> {
    let limit = reading.amounts.iter().find(|amount| is_limit(&reading.text, amount));
    let limit = limit.map(|amount| amount.range.start).or_else(|| {
        let printed =
            reading.links.iter().find(|(_, link)| link.value.as_ref().is_some_and(|value| value.value == "limit"))?;
        Some(printed.0.start)
    })?;
    let whole = Some(reading.text.to_lowercase()).filter(|whole| whole.len() == reading.text.len())?;
    let before = whole.get(..limit)?;
    let is_word = |at: usize, word: &str| {
        let free = |letter: Option<char>| !letter.is_some_and(char::is_alphabetic) || !word.is_ascii();
        free(whole.get(..at).and_then(|text| text.chars().next_back()))
            && free(whole.get(at + word.len()..).and_then(|text| text.chars().next()))
    };
    let led = MANNERS.iter().find_map(|word| Some((before.find(word).filter(|at| is_word(*at, word))?, *word)));
    let added = || {
        let at = |word: &&'static str| {
            let found = whole.rfind(*word).filter(|at| *at > limit && is_word(*at, word))?;
            whole.get(..found).is_some_and(is_added).then_some((found, *word))
        };
        MANNERS.iter().chain(&ADDED).find_map(at)
    };
    let found = led.or_else(added)?;
    let place = found.0..found.0 + found.1.len();
    if completes_another(whole.get(..found.0)?) {
        return None;
    }
    let id = said.thing.1.rsplit('/').next().unwrap_or_default();
    let message =
        format!("the statement of `{id}` promises a time and that it is `{}`, which is measured apart", found.1);
    let told = CHECK.told(inspection.spot(&said.text, &place), message);
    Some(told.action(format!("leave out `{}`, or write a standard of its own for it", found.1)))
}

/// Tells whether what follows is added to a limit as something else: `… and you are`, `…, and without`.
fn is_added(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
    matches!(
        words.as_slice(),
        ["and" | "und", ..] | ["are" | "be" | "is", "you" | "will" | "it", ..] | ["werden" | "sind", "sie", ..]
    ) || (before.trim_end().ends_with(',') && !words.contains(&"if"))
}

/// Tells whether a word is said of what the customer hands in: `a correctly completed form`.
fn completes_another(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().rev().take(4).collect();
    ["receipt", "receiving", "of", "your", "submitted", "form", "application", "if", "for", "when"]
        .iter()
        .any(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(statement: &str) -> Vec<String> {
        let service = format!("standards: {{a: {{kind: timeliness, limit: 15bd, statement: \"{statement}\"}}}}\n");
        told_in_service("wording/two-things", &service)
    }

    #[test]
    fn two_limits_are_told() {
        let line = "services/repair.md:7 the statement of `a` has two limits, 2 business days and 15 business days → write a \
                    standard for each, or `variants` where the second limit is for other cases";
        assert_eq!(told("We acknowledge in 2 business days and decide in 15 business days."), [line]);
        for statement in [
            "Within 10 business days for a simple case; within 30 business days for others.",
            "You hear from us within 24 hours and have a decision within [[#limit]].",
            "Calls are answered within 30 seconds, e-mails within 2 business days.",
            "20 business days (standard), 5 business days (express)",
            "Within one business day for urgent requests and three business days for others.",
        ] {
            assert_eq!(told(statement).len(), 1, "{statement}");
        }
    }

    #[test]
    fn one_limit_in_two_ways_or_with_a_condition_is_not() {
        for statement in [
            "Ready within 10 business days (2 weeks).",
            "Ready in 5 to 10 business days.",
            "We answer within 24 hours, 7 days a week.",
            "We answer within 2 business days, Monday to Friday 8 to 16.",
            "Ready within 3 days or 72 hours.",
            "We refund within 10 business days if you return it within 30 calendar days.",
            "We answer within 2 hours and repair with a warranty of 12 months.",
            "Ready within 10 business days of the report, which you send us within 2 weeks.",
            "You have 10 business days to choose and an answer within 15 business days.",
            "We tell you at least 2 business days before and mend it within 1 business day.",
            "Ready within [[#limit]].",
        ] {
            assert_eq!(told(statement), [""; 0], "{statement}");
        }
    }

    #[test]
    fn a_time_and_a_manner_are_two_things() {
        assert_eq!(told("You have a courteous reply within 2 business days.").len(), 1);
        assert_eq!(told("You have a reply within 2 business days of a correctly completed form."), [""; 0]);
        assert_eq!(told("We greet you in a friendly way."), [""; 0]);
        for statement in [
            "Ready within [[#limit]], and you are greeted by name.",
            "Repaired within [[#limit]] and without a fault.",
            "We reply within 2 business days, courteously.",
        ] {
            assert_eq!(told(statement).len(), 1, "{statement}");
        }
        assert_eq!(told("We reply within 15 business days, if the form is filled in, correctly."), [""; 0]);
    }
}
