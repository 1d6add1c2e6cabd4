//! `time/range`: two numbers as one limit, in a sentence. The reading tells those in fields.

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::checks::reading::Reading;
use crate::checks::said::Said;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::scalar::Given;
use crate::model::kind::Kind;
use crate::units::duration::Duration;
use crate::wording::amount::Amount;

/// The check.
pub const CHECK: Check = Check {
    name: "time/range",
    severity: Severity::Error,
    finds: "A limit is given as a range, so that nobody knows when it is broken.",
    why: "Of \"5 to 10 business days\" the customer hears five, and the firm means ten: whoever is served on day eight feels \
          let down although the promise was kept. A limit is one number, the longer one. What is usual and quicker belongs \
          into the prose.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n    statement: Your appliance is ready \
         in 5–10 business days.\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround:\n    kind: timeliness\n    limit: 10 business days\n    statement: Your appliance is ready \
         within 10 business days.\n",
    )],
    finder: Finder::ReadingAndRun(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (said, reading) in inspection.said.iter().zip(&inspection.readings().said) {
        let is_promised = matches!(said.thing.0, Kind::Standard | Kind::Promise)
            && ["title", "statement", "slogan"].contains(&said.field.as_str());
        if is_promised && let Some(range) = first_range(reading) {
            found.push(tell(inspection, (said, reading), &range));
        }
    }
}

/// A stretch of the text that names two times, the longer of them last.
struct Found {
    place: std::ops::Range<usize>,
    longer: String,
}

fn first_range(reading: &Reading) -> Option<Found> {
    let part = |range: std::ops::Range<usize>| reading.text.get(range).unwrap_or_default();
    if let Some(amount) = reading.amounts.iter().find(|it| it.is_time() && it.to.is_some()) {
        return Some(Found { place: amount.range.clone(), longer: longer(part(amount.range.clone())) });
    }
    let two = reading.amounts.windows(2).find(|two| is_range(reading, two))?;
    let [first, second] = two else { return None };
    Some(Found { place: first.range.start..second.range.end, longer: part(second.range.clone()).to_owned() })
}

/// Tells whether two times of other units stand as one: `24 hours to 3 days`.
fn is_range(reading: &Reading, two: &[Amount]) -> bool {
    let [first, second] = two else { return false };
    let gap = reading.text.get(first.range.end..second.range.start).unwrap_or_default().trim();
    let shorter = first.measure < second.measure || first.thousandths < second.thousandths;
    first.is_time() && second.is_time() && shorter && matches!(gap, "to" | "bis" | "à" | "至" | "到" | "–" | "-")
}

/// Gives the longer end of a range as it is written, with its unit.
fn longer(range: &str) -> String {
    let links = [
        " to ", " bis ", " à ", " and ", " und ", " et ", " or ", " oder ", " ou ", "至", "到", "–", "—", "-", "~",
        "～",
    ];
    let cut = links.iter().find_map(|link| range.find(link).map(|at| at + link.len()));
    cut.and_then(|cut| range.get(cut..)).unwrap_or(range).trim_start_matches(['-', '–', '—', ' ']).to_owned()
}

fn tell(inspection: &Inspection<'_>, (said, reading): (&Said, &Reading), range: &Found) -> Diagnostic {
    let written = reading.text.get(range.place.clone()).unwrap_or_default();
    let id = said.thing.1.rsplit('/').next().unwrap_or_default();
    let message = format!("the {} of `{id}` names two limits as one, {written}", said.field);
    let told = CHECK.told(inspection.spot(&said.text, &range.place), message);
    let limit: &Given<Duration> = match (said.thing.0, inspection.handbook().standard(&said.thing.1)) {
        (Kind::Standard, Some(row)) => &row.value.limit,
        _ => &None,
    };
    match limit {
        Some(limit) => told
            .label(limit.span, format!("the limit is {}", limit.value))
            .action("write `[[#limit]]` here, which prints the one limit of the field"),
        None => told.action(format!("write the longer one alone: `{}`", range.longer)),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn told(statement: &str) -> Vec<String> {
        told_in_service(
            "time/range",
            &format!("standards: {{a: {{kind: conduct, level: L, statement: \"{statement}\"}}}}\n"),
        )
    }

    #[test]
    fn a_range_in_a_statement_is_told_with_its_longer_end() {
        let line = "services/repair.md:7 the statement of `a` names two limits as one, 5 to 10 business days → write the \
                    longer one alone: `10 business days`";
        assert_eq!(told("Ready in 5 to 10 business days."), [line]);
        for statement in
            ["Ready in 2-3 weeks.", "Ready in 24 hours to 3 days.", "Ready between five and ten days after."]
        {
            assert_eq!(told(statement).len(), 1, "{statement}");
        }
    }

    #[test]
    fn other_numbers_are_no_range() {
        for statement in [
            "Ready within 10 business days.",
            "Open Monday to Friday, 8 to 16.",
            "Call 9-5 for a reply within 2 hours.",
            "10 business days (2 weeks)",
            "Groups of 5-10 people wait at most 10 minutes.",
        ] {
            assert_eq!(told(statement), [""; 0], "{statement}");
        }
    }
}
