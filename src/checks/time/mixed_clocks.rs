//! `time/mixed-clocks`: times on different clocks that must be compared or added up, and no calendar to do it with.

use crate::calendar::budget::Impossible;
use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::scalar::Given;
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::source::Spanned;
use crate::units::duration::{Clock, Duration};

/// The check.
pub const CHECK: Check = Check {
    name: "time/mixed-clocks",
    severity: Severity::Error,
    finds: "Business time and clock time have to be compared or added up, and no calendar says how one becomes the other.",
    why: "Whether ten business days are more or less than a fortnight depends on the opening hours and the holidays. Without a \
          calendar nobody can say whether the law, the limit and the steps fit together, so each reader guesses. Name the \
          calendar of the service, or write all of them in one unit.",
    wrong: &[
        ("handbook.yaml", "title: {en: Handbook, de: Handbuch}\nlanguages: [en, de]\n"),
        (
            "services/repair.md",
            "standards:\n  turnaround: {kind: timeliness, limit: 10 business days, legal: 14 calendar days}\n",
        ),
    ],
    right: &[
        ("handbook.yaml", "title: {en: Handbook, de: Handbuch}\nlanguages: [en, de]\n"),
        (
            "services/repair.md",
            "calendar: shop\nstandards:\n  turnaround: {kind: timeliness, limit: 10 business days, legal: 20 calendar days}\n",
        ),
    ],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    if handbook.unknown.settings || handbook.config.calendar.is_some() || handbook.config.faulty.contains(&"calendar") {
        return;
    }
    for service in handbook.services.values() {
        let named = service.fields.calendar.is_some() || service.fields.faulty.contains(&"calendar");
        if named || handbook.unknown.services.contains(&service.id) {
            continue;
        }
        let mixed = limits(&service.fields).or_else(|| agreements(&service.fields)).or_else(|| sums(handbook, service));
        found.extend(mixed.map(told));
    }
}

/// Two times on different clocks, and what is to be done with them.
struct Mixed<'a> {
    id: &'a str,
    first: &'a Spanned<Duration>,
    second: &'a Spanned<Duration>,
    what: &'static str,
}

fn told(mixed: Mixed<'_>) -> Diagnostic {
    let Mixed { id, first, second, what } = mixed;
    let message =
        format!("{} and {} of `{id}` {what}: no calendar says how one becomes the other", first.value, second.value);
    let told = CHECK.told(first.span, message).label(second.span, "another clock");
    told.action("add `calendar: …` to the service, or to handbook.yaml for all services, or write both in one unit")
}

/// Makes a finding of two times that cannot be compared.
fn pair<'a>(id: &'a str, first: &'a Given<Duration>, second: &'a Given<Duration>) -> Option<Mixed<'a>> {
    let (first, second) = (first.as_ref()?, second.as_ref()?);
    let is_mixed = first.value.clock() != second.value.clock() && !is_plain(first.value, second.value);
    is_mixed.then_some(Mixed { id, first, second, what: "cannot be compared" })
}

/// Tells whether the order of two times is plain whatever the calendar: 24 hours and 3 months.
fn is_plain(first: Duration, second: Duration) -> bool {
    let bounds = |duration: Duration| -> Option<(u64, u64)> {
        let length = duration.on_clock();
        match duration.clock() {
            Clock::Elapsed => Some((length / 3600, length.div_ceil(3600))),
            Clock::Dates => Some((length.saturating_mul(23), (length + 1).saturating_mul(25))),
            Clock::Months => {
                Some((length.saturating_mul(28 * 24 - 1), (length.saturating_mul(31) + 1).saturating_mul(24) + 1))
            }
            Clock::BusinessHours | Clock::BusinessDays => None,
        }
    };
    match (bounds(first), bounds(second)) {
        (Some(first), Some(second)) => first.1 < second.0 || second.1 < first.0,
        _ => false,
    }
}

fn limits(service: &Service) -> Option<Mixed<'_>> {
    service.standards.iter().find_map(limits_of)
}

fn limits_of(row: &Row<Standard>) -> Option<Mixed<'_>> {
    let Row { id, value, .. } = row;
    let Standard { internal, limit, legal, variants, .. } = value;
    let own = pair(id, internal, limit).or_else(|| pair(id, limit, legal)).or_else(|| pair(id, internal, legal));
    own.or_else(|| {
        let mut variants = variants.iter().map(|variant| (&variant.internal, &variant.limit));
        variants.find_map(|(internal, limit)| pair(id, internal, limit).or_else(|| pair(id, limit, legal)))
    })
}

fn agreements(service: &Service) -> Option<Mixed<'_>> {
    service.steps.iter().find_map(|row| pair(&row.id, &row.value.agreement, &row.value.takes))
}

/// Finds steps that cannot be added up, or whose sum cannot be held against the limit.
fn sums<'a>(handbook: &'a Handbook, service: &'a Document<Service>) -> Option<Mixed<'a>> {
    service.fields.standards.iter().find_map(|row| {
        let whole = handbook.budget(service, row)?;
        let takes = |step: usize| whole.steps.get(step).and_then(|step| step.value.takes.as_ref());
        match &whole.budget {
            Err(Impossible::MixedClocks { first, second }) => {
                Some(Mixed { id: &row.id, first: takes(*first)?, second: takes(*second)?, what: "cannot be added up" })
            }
            Ok(budget) if budget.limits.first() == Some(&None) => {
                let limit = row.value.internal.as_ref().or(row.value.limit.as_ref())?;
                let step = takes(*budget.path.first()?)?;
                let is_mixed = step.value.clock() != limit.value.clock() && !is_plain(step.value, limit.value);
                is_mixed.then_some(Mixed { id: &row.id, first: step, second: limit, what: "cannot be compared" })
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    fn of(settings: &str, service: &str) -> Vec<String> {
        let settings = format!("title: H\nlanguages: [en, de]\n{settings}");
        told("time/mixed-clocks", &[("handbook.yaml", &settings), ("services/repair.md", service)])
    }

    fn standard(fields: &str) -> Vec<String> {
        of("", &format!("standards: {{a: {{kind: timeliness, {fields}}}}}\n"))
    }

    #[test]
    fn limits_on_different_clocks_are_told_once_a_service() {
        let lines = standard("internal: 8bd, limit: 10bd, legal: 14d, variants: [{when: W, limit: 5bd}]");
        let says = "services/repair.md:2 10 business days and 14 calendar days of `a` cannot be compared: \
             no calendar says how one becomes the other → \
             add `calendar: …` to the service, or to handbook.yaml for all services, or write both in one unit";
        assert_eq!(lines, [says]);
    }

    #[test]
    fn one_clock_needs_no_calendar_and_a_plain_order_neither() {
        assert_eq!(standard("internal: 8bd, limit: 10bd"), [""; 0]);
        assert_eq!(standard("internal: 24h, limit: 3mo"), [""; 0]);
        assert_eq!(standard("limit: 30d, legal: 1mo").len(), 1);
    }

    #[test]
    fn a_calendar_of_the_service_or_of_the_handbook_will_do() {
        let service = "standards: {a: {kind: timeliness, limit: 10bd, legal: 14d}}\n";
        assert_eq!(of("calendar: shop\n", service), [""; 0]);
        assert_eq!(of("", &format!("calendar: shop\n{service}")), [""; 0]);
    }

    #[test]
    fn steps_that_cannot_be_added_up_or_held_against_the_limit_are_told() {
        let steps = |limit: &str, first: &str, second: &str| {
            of(
                "",
                &format!(
                    "standards: {{a: {{kind: timeliness, limit: {limit}}}}}\nsteps:\n  p: {{standard: a, takes: {first}}}\n  q: {{standard: a, takes: {second}}}\n"
                ),
            )
        };
        assert!(steps("10bd", "1bd", "24h")[0].contains("1 business day and 24 hours of `a` cannot be added up"));
        assert!(
            steps("10d", "1bd", "2bd")[0].contains("1 business day and 10 calendar days of `a` cannot be compared")
        );
        assert_eq!(steps("10bd", "1bd", "2bd"), [""; 0]);
    }

    #[test]
    fn an_agreement_and_its_step_run_on_one_clock() {
        assert_eq!(of("", "steps: {s: {takes: 2bd, agreement: 48h}}\n").len(), 1);
        assert_eq!(of("", "steps: {s: {takes: 2bd, agreement: 2bd}}\n"), [""; 0]);
    }
}
