//! `wording/target-inside`: the target within the statement.

use crate::checks::check::{Check, Finder};
use crate::checks::figures::is_share;
use crate::checks::inspection::Inspection;
use crate::checks::reading::Reading;
use crate::checks::said::Said;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::text::SOURCE;
use crate::model::kind::Kind;
use crate::model::quantity::Quantity;
use crate::model::standard::Standard;
use crate::wording::amount::{Amount, Measure};

/// The check.
pub const CHECK: Check = Check {
    name: "wording/target-inside",
    severity: Severity::Warning,
    finds: "The statement of a standard names in what share of cases it is kept.",
    why: "The statement tells one customer what to expect; the target tells the firm how often that must hold. A customer who \
          reads \"90 % of calls\" learns that some calls do not count. Write the percentage as `target`, where it is compared \
          with results.",
    wrong: &[(
        "services/contact.md",
        "standards:\n  answer-call:\n    kind: timeliness\n    limit: 20 seconds\n    target: 90%\n    statement: We answer 90 % of \
         calls within 20 seconds.\n",
    )],
    right: &[(
        "services/contact.md",
        "standards:\n  answer-call:\n    kind: timeliness\n    limit: 20 seconds\n    target: 90%\n    statement: We answer your call \
         within 20 seconds.\n",
    )],
    finder: Finder::Run(run),
};

/// What a percentage is of where it is the matter itself, right behind it.
const MATTERS: [&str; 45] = [
    "discount",
    "refund",
    "off",
    "rebate",
    "reduction",
    "deposit",
    "interest",
    "vat",
    "tax",
    "gst",
    "hst",
    "fee",
    "of the fee",
    "of the price",
    "of the cost",
    "of the costs",
    "of the value",
    "of your",
    "of the amount",
    "of the purchase",
    "of eligible",
    "of the maximum",
    "of the total",
    "of the labour",
    "of the invoice",
    "money",
    "rabatt",
    "nachlass",
    "erstattung",
    "des preises",
    "des kaufpreises",
    "der kosten",
    "des betrags",
    "ihres",
    "ihrer",
    "zinsen",
    "de réduction",
    "de rabais",
    "du prix",
    "du coût",
    "des frais",
    "du montant",
    "per",
    "的折扣",
    "折",
];

/// What stands before a percentage that is the matter itself.
const BEFORE: [&str; 20] = [
    "by",
    "a",
    "accurate to",
    "±",
    "within",
    "um",
    "plus",
    "minus",
    "pay",
    "refund",
    "refund of",
    "rebate of",
    "discount of",
    "reduction of",
    "deposit of",
    "fee of",
    "interest of",
    "rabatt von",
    "zahlen",
    "退还",
];

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (said, reading) in inspection.said.iter().zip(&inspection.readings().said) {
        // A translation says the same; where it does not, `language/number-differs` tells.
        if said.thing.0 != Kind::Standard || said.field != "statement" || said.language != SOURCE {
            continue;
        }
        let Some(row) = inspection.handbook().standard(&said.thing.1) else { continue };
        let target = reading.amounts.iter().find(|amount| is_target(reading, amount, &row.value));
        if target.is_none()
            && let Some(amount) = in_words(&reading.text)
        {
            found.push(tell(inspection, (said, reading), &amount, &row.value));
            continue;
        }
        found.extend(target.map(|amount| tell(inspection, (said, reading), amount, &row.value)));
    }
}

fn is_target(reading: &Reading, amount: &Amount, standard: &Standard) -> bool {
    if amount.measure != Measure::Percent || amount.thousandths > 100_000 {
        return false;
    }
    let levels = [&standard.level, &standard.window, &standard.floor].into_iter().flatten();
    let mut shares = levels.filter_map(|quantity| match quantity {
        Quantity::Share(share) => Some(share.value),
        _ => None,
    });
    !shares.any(|share| is_share(amount, share)) && !is_matter(&reading.text, amount)
}

/// Finds a share of cases that is said as `9 out of 10 times`.
fn in_words(text: &str) -> Option<Amount> {
    const CASES: [&str; 22] = [
        "times",
        "cases",
        "calls",
        "requests",
        "applications",
        "customers",
        "clients",
        "enquiries",
        "inquiries",
        "letters",
        "visitors",
        "people",
        "users",
        "orders",
        "repairs",
        "fällen",
        "anrufe",
        "anrufen",
        "kunden",
        "anträge",
        "anträgen",
        "anfragen",
    ];
    const NUMBERS: [&str; 20] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eins", "zwei", "drei", "vier",
        "fünf", "sechs", "sieben", "acht", "neun", "zehn",
    ];
    let number = |word: &str| {
        let spelled = NUMBERS.iter().position(|other| other.eq_ignore_ascii_case(word)).map(|at| at as u64 % 10 + 1);
        word.parse::<u64>().ok().or(spelled).filter(|number| (1..=100).contains(number))
    };
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(|it: char| !it.is_alphanumeric())).collect();
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    words.windows(5).find_map(|five| {
        let (part, whole, noun) = match five {
            [part, "out", "of", whole, noun] => (part, whole, noun),
            [part, "von", whole, noun, _] => (part, whole, noun),
            [_, part, "von", whole, noun] => (part, whole, noun),
            _ => return None,
        };
        let (few, all) = (number(part)?, number(whole)?);
        let share = (few < all && CASES.contains(&noun.to_lowercase().as_str())).then_some(few * 100_000 / all)?;
        let range = place(part)..place(whole) + whole.len();
        Some(Amount { range, thousandths: share, to: None, measure: Measure::Percent, in_words: true })
    })
}

/// Tells whether a percentage is what the sentence is about: a discount, a refund, a tolerance.
pub(crate) fn is_matter(text: &str, amount: &Amount) -> bool {
    let after = text.get(amount.range.end..).unwrap_or_default().to_lowercase();
    let after = after.trim_start_matches([' ', '\u{a0}', '-']);
    let before = text.get(..amount.range.start).unwrap_or_default().to_lowercase();
    let before = before.trim_end();
    let begins = |word: &str| {
        let rest = after.strip_prefix(word);
        rest.is_some_and(|rest| !word.is_ascii() || !rest.starts_with(char::is_alphabetic))
    };
    let ends = |word: &str| {
        let rest = before.strip_suffix(word);
        rest.is_some_and(|rest| !word.is_ascii() || !rest.ends_with(char::is_alphabetic))
    };
    MATTERS.iter().any(|word| begins(word)) || BEFORE.iter().any(|word| ends(word))
}

fn tell(
    inspection: &Inspection<'_>,
    (said, reading): (&Said, &Reading),
    amount: &Amount,
    standard: &Standard,
) -> Diagnostic {
    let written = reading.text.get(amount.range.clone()).unwrap_or_default();
    let id = said.thing.1.rsplit('/').next().unwrap_or_default();
    let message = format!("the statement of `{id}` names a share of cases, {written}, which is the target");
    let told = CHECK.told(inspection.spot(&said.text, &amount.range), message);
    match &standard.target {
        Some(target) => told
            .label(target.span, format!("the target is {}", target.value))
            .action(format!("leave {written} out of the statement; `target` says it")),
        None => told.action(format!("write what one customer can expect, and `target: {}%`", percent(amount))),
    }
}

/// Writes a share as the field wants it.
fn percent(amount: &Amount) -> String {
    let (whole, rest) = (amount.thousandths / 1000, amount.thousandths % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(fields: &str, statement: &str) -> Vec<String> {
        let service = format!("standards: {{a: {{{fields}, statement: \"{statement}\"}}}}\n");
        told_in_service("wording/target-inside", &service)
    }

    #[test]
    fn a_share_of_cases_in_the_statement_is_told() {
        let line = "services/repair.md:7 the statement of `a` names a share of cases, 95 %, which is the target → leave 95 % out of \
                    the statement; `target` says it";
        assert_eq!(
            told("kind: timeliness, limit: 5bd, target: 95%", "We reply within 5 business days, 95 % of the time."),
            [line]
        );
        let without = told("kind: timeliness, limit: 5bd", "90 per cent of calls are answered in 20 s.");
        assert!(without[0].ends_with("and `target: 90%`"), "{without:?}");
    }

    #[test]
    fn a_share_in_words_is_told_too() {
        let of = |statement: &str| told("kind: timeliness, limit: 5bd", statement);
        assert!(of("Ready in nine out of ten cases.")[0].ends_with("and `target: 90%`"));
        assert_eq!(of("We reply in 5 business days, 8 out of 10 times.").len(), 1);
        assert_eq!(of("In neun von zehn Fällen fertig.").len(), 1);
        assert_eq!(of("Satisfied with the training (4 out of 5 or higher)."), [""; 0]);
    }

    #[test]
    fn a_percentage_that_is_the_matter_is_not() {
        for statement in [
            "You have a 10 % discount.",
            "You get a refund of 10 % of the price.",
            "We refund 50 % off.",
            "A refund of 50 % is issued where we are late.",
            "Your meter is accurate to 2 %.",
            "We cut the wait by 10 %.",
        ] {
            assert_eq!(told("kind: conduct, level: L", statement), [""; 0], "{statement}");
        }
        assert_eq!(told("kind: access, level: 99.5%", "The web form works 99.5 % of the time."), [""; 0]);
    }
}
