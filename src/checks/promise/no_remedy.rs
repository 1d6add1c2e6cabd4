//! `promise/no-remedy`: a guarantee that owes nothing, or a remedy that comes at some time or too late.
//!
//! Not here: whether the role that grants it may do so (`authority/not-enough`).

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::fields::text::SOURCE;
use crate::model::promise::{Promise, PromiseKind, Remedy};
use crate::units::duration::{Clock, Duration};

/// The check.
pub const CHECK: Check = Check {
    name: "promise/no-remedy",
    severity: Severity::Error,
    finds: "A guarantee owes nothing when it is broken, or the remedy has no date or comes later than 10 business days.",
    why: "What makes a guarantee one is that a broken word costs the firm something and the customer gets it. A remedy \
          without a date is a second promise that can be broken, this time to somebody who is already cross. Write what \
          the customer gets and within what time, at most 10 business days; what you cannot pay for, call a commitment.",
    wrong: &[(
        "services/repair.md",
        "promises:\n  on-time:\n    kind: guarantee\n    statement: Ready on the agreed day, guaranteed.\n",
    )],
    right: &[(
        "services/repair.md",
        "promises:\n  on-time:\n    kind: guarantee\n    statement: Ready on the agreed day, or labour is free.\n    \
         remedy: {what: labour refunded, within: 5 business days}\n",
    )],
    finder: Finder::Run(run),
};

/// The longest time in which a remedy may come, in words.
const LONGEST: &str = "10 business days";

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (_, row) in inspection.promises() {
        match &row.value.remedy {
            Some(remedy) => found.extend(tell_late(row, remedy)),
            None => found.extend(tell_without(row)),
        }
    }
}

fn tell_without(row: &Row<Promise>) -> Option<Diagnostic> {
    let kind = row.value.kind.as_ref().filter(|kind| kind.value == PromiseKind::Guarantee)?;
    if row.value.faulty.contains(&"remedy") {
        return None;
    }
    let message = format!("`{}` is a guarantee, and the customer gets nothing when it is broken", row.id);
    let action = "add `remedy: {what: …, within: 5 business days}`, or write `kind: commitment`";
    Some(CHECK.told(kind.span, message).action(action))
}

fn tell_late(row: &Row<Promise>, remedy: &Remedy) -> Option<Diagnostic> {
    let Some(within) = &remedy.within else {
        let what = remedy.what.exactly(SOURCE).filter(|_| !remedy.faulty.contains(&"within"))?;
        let message = format!("the remedy of `{}` has no date: the customer may wait for it for ever", row.id);
        return Some(CHECK.told(what.span, message).action("add `within: 5 business days` to the remedy"));
    };
    if !is_too_late(within.value) {
        return None;
    }
    let message = format!("the remedy of `{}` comes within {}, later than {LONGEST}", row.id, within.value);
    Some(CHECK.told(within.span, message).action(format!("write `5 business days`, at most `{LONGEST}`")))
}

/// Tells whether a time is longer than ten business days or the two weeks that they are, counted on its own clock.
fn is_too_late(within: Duration) -> bool {
    let most = match within.clock() {
        Clock::Elapsed => 14 * 24 * 3600,
        Clock::BusinessHours => 100,
        Clock::BusinessDays => 10,
        Clock::Dates => 14,
        Clock::Months => 0,
    };
    within.on_clock() > most
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(fields: &str) -> Vec<String> {
        told_in_service("promise/no-remedy", &format!("promises: {{p: {{{fields}}}}}\n"))
    }

    #[test]
    fn a_guarantee_without_a_remedy_is_told_and_a_commitment_is_not() {
        assert_eq!(
            told("kind: guarantee"),
            [
                "services/repair.md:7 `p` is a guarantee, and the customer gets nothing when it is broken → add `remedy: \
              {what: …, within: 5 business days}`, or write `kind: commitment`"
            ]
        );
        assert_eq!(told("kind: commitment"), [""; 0]);
    }

    #[test]
    fn a_remedy_needs_a_date_of_whatever_kind_the_promise_is() {
        for kind in ["guarantee", "commitment"] {
            let lines = told(&format!("kind: {kind}, remedy: {{what: a refund}}"));
            assert_eq!(lines.len(), 1, "{lines:#?}");
            assert!(lines[0].contains("has no date"), "{lines:#?}");
        }
    }

    #[test]
    fn a_remedy_may_take_ten_business_days_or_two_weeks() {
        let late = |within: &str| told(&format!("kind: guarantee, remedy: {{what: W, within: {within}}}")).len();
        for within in ["10bd", "2w", "14d", "24h", "8bh"] {
            assert_eq!(late(within), 0, "{within}");
        }
        for within in ["11bd", "3w", "30d", "1mo", "400h"] {
            assert_eq!(late(within), 1, "{within}");
        }
    }
}
