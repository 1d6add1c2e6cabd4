//! `promise/tighter-than-standard`: a promise in which a shorter time stands than in the standard behind it.
//!
//! Not here: a time that differs otherwise (`time/text-disagrees`).

use std::cmp::Ordering;

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fields::table::Row;
use crate::model::document::Document;
use crate::model::promise::Promise;
use crate::model::quantity::Quantity;
use crate::model::service::Service;
use crate::model::standard::Standard;
use crate::source::{Span, Spanned};
use crate::units::duration::{Duration, Unit};
use crate::wording::amount::{self, Amount, Measure};

/// The check.
pub const CHECK: Check = Check {
    name: "promise/tighter-than-standard",
    severity: Severity::Error,
    finds: "A promise names a shorter time than any standard behind it.",
    why: "Staff keep the standard, customers expect the promise: between the two every case is late for the customer and on \
          time for the firm. Promise what the standard says, or tighten the standard and everything it rests on first. \
          Best is to write `[[#limit]]` instead of the number, so that they cannot drift apart.",
    wrong: &[(
        "services/repair.md",
        "standards:\n  turnaround: {kind: timeliness, limit: 10 business days}\npromises:\n  on-time:\n    kind: commitment\n    \
         statement: Your appliance is ready within 5 business days.\n    backed_by: [turnaround]\n",
    )],
    right: &[(
        "services/repair.md",
        "standards:\n  turnaround: {kind: timeliness, limit: 10 business days}\npromises:\n  on-time:\n    kind: commitment\n    \
         statement: Your appliance is ready within 10 business days.\n    backed_by: [turnaround]\n",
    )],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    for (service, row) in inspection.promises() {
        let limits = limits_behind(inspection, &row.value);
        if limits.is_empty() || row.value.faulty.contains(&"backed_by") {
            continue;
        }
        let texts = [&row.value.statement, &row.value.slogan, &row.value.title];
        for (language, text) in texts.iter().flat_map(|text| text.versions()) {
            let tag = inspection.tags.get(usize::from(language.0)).map_or("", String::as_str);
            found.extend(tell(inspection, (service, row), (text, tag), &limits));
        }
    }
}

/// A limit of a standard behind a promise: the standard's id, the limit and its place.
type Limit<'a> = (&'a str, Duration, Span);

/// Gives the limits behind a promise; none where one of them is not known.
fn limits_behind<'a>(inspection: &Inspection<'a>, promise: &'a Promise) -> Vec<Limit<'a>> {
    let mut limits = Vec::new();
    for behind in &promise.backed_by {
        let Some(row) = inspection.handbook().standard(&behind.id) else { return Vec::new() };
        let standard = &row.value;
        if standard.faulty.contains(&"limit") && standard.level.is_none() {
            return Vec::new();
        }
        limits.extend(durations(standard).map(|(limit, span)| (row.id.as_str(), limit, span)));
    }
    limits
}

/// Gives all limits of a standard: its own, those of its variants, and a level that is a time.
fn durations(standard: &Standard) -> impl Iterator<Item = (Duration, Span)> {
    let variants = standard.variants.iter().filter_map(|variant| variant.limit.as_ref());
    let level = match &standard.level {
        Some(Quantity::Duration(level)) => Some(level),
        _ => None,
    };
    standard.limit.iter().chain(variants).chain(level).map(|limit| (limit.value, limit.span))
}

fn tell(
    inspection: &Inspection<'_>,
    (service, row): (&Document<Service>, &Row<Promise>),
    (text, tag): (&Spanned<String>, &str),
    limits: &[Limit<'_>],
) -> Option<Diagnostic> {
    let promised = promise_part(&text.value);
    let amounts = amount::read(promised, tag);
    let times: Vec<&Amount> = amounts.iter().filter(|it| it.is_time() && !is_rate(promised, it)).collect();
    let is = |amount: &Amount, limit: Duration| meant(amount, limit) == Some(limit);
    if times.iter().any(|it| limits.iter().any(|(_, limit, _)| is(it, *limit))) {
        return None;
    }
    let within = row.value.remedy.as_ref().and_then(|remedy| remedy.within.as_ref());
    let shorter = |amount: &Amount, limit: Duration| {
        let promised = meant(amount, limit).map(|time| inspection.compare(&service.fields, time, limit));
        promised == Some(Some(Ordering::Less))
    };
    // Beside another time, that of the remedy is no promise of the standard.
    let of_remedy = |it: &Amount| times.len() > 1 && within.is_some_and(|within| is(it, within.value));
    let tighter = times.iter().find(|it| !of_remedy(it) && limits.iter().all(|(_, limit, _)| shorter(it, *limit)))?;
    let (standard, limit, place) = limits.iter().copied().reduce(|one, other| {
        let less = inspection.compare(&service.fields, other.1, one.1) == Some(Ordering::Less);
        if less { other } else { one }
    })?;
    let said = promised.get(tighter.range.clone()).unwrap_or_default();
    let message = format!("`{}` promises {said}, but `{standard}` behind it allows {limit}", row.id);
    let told = CHECK.told(inspection.spot(text, &tighter.range), message).label(place, "the limit of the standard");
    Some(told.action(format!("write `[[#limit]]` or {limit} here, or tighten the standard")))
}

/// Gives the part of a promise that says what is done, without what is owed when it is not.
fn promise_part(text: &str) -> &str {
    let ends = ENDS.iter().filter_map(|end| text.find(end)).min();
    ends.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// How the part about the remedy begins.
const ENDS: [&str; 14] = [
    ", or ",
    " – or ",
    " — or ",
    "; or ",
    " otherwise",
    ". If ",
    ", oder ",
    " sonst ",
    ", sonst",
    " andernfalls",
    ". Wenn ",
    "否则",
    "不然",
    "，若",
];

/// Tells whether a time says how often something is or when it is open: `24 hours a day`.
fn is_rate(text: &str, amount: &Amount) -> bool {
    let after = text.get(amount.range.end..).unwrap_or_default().trim_start().to_lowercase();
    let before = text.get(..amount.range.start).unwrap_or_default().trim_end().to_lowercase();
    RATES.iter().any(|rate| after.starts_with(rate)) || EVERY.iter().any(|every| before.ends_with(every))
}

const RATES: [&str; 11] =
    ["a day", "a week", "a month", "a year", "per ", "/", "am tag", "pro ", "die woche", "in der woche", "of warranty"];
const EVERY: [&str; 6] = ["every", "each", "alle", "jede", "每", "每隔"];

/// Gives the time that an amount means beside a limit: days of which it is not said which are those of the limit.
fn meant(amount: &Amount, limit: Duration) -> Option<Duration> {
    match amount.measure {
        Measure::Days if amount.to.is_none() => {
            let unit = if limit.is_business() { Unit::BusinessDay } else { Unit::CalendarDay };
            Amount { measure: Measure::Time(unit), ..amount.clone() }.duration()
        }
        _ => amount.duration(),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told_in_service;

    fn found(limit: &str, statement: &str) -> Vec<String> {
        let text = format!(
            "standards: {{a: {{kind: timeliness, limit: {limit}}}}}\npromises: {{p: {{backed_by: [a], remedy: {{what: W, within: \
             5bd}}, statement: \"{statement}\"}}}}\n"
        );
        told_in_service("promise/tighter-than-standard", &text)
    }

    #[test]
    fn a_shorter_time_than_the_limit_is_told_with_both() {
        assert_eq!(
            found("10 business days", "Ready within 4 business days."),
            ["services/repair.md:8 `p` promises 4 business days, but `a` behind it allows 10 business days → write \
              `[[#limit]]` or 10 business days here, or tighten the standard"]
        );
        assert_eq!(found("10 business days", "Ready within 10 business days."), [""; 0]);
        assert_eq!(found("10 business days", "Ready within 12 business days."), [""; 0]);
    }

    #[test]
    fn days_of_any_sort_and_another_clock_are_compared_through_the_calendar() {
        assert_eq!(found("10 business days", "Ready within 4 days.").len(), 1);
        assert_eq!(found("10 business days", "Ready within 24 hours.").len(), 1);
        assert_eq!(found("10 business days", "Ready within 10 days."), [""; 0]);
    }

    #[test]
    fn the_time_of_the_remedy_is_another_one() {
        assert_eq!(found("10bd", "Ready on time, or your money back within 2 business days."), [""; 0]);
        assert_eq!(
            found("10bd", "Ready within 12 business days; what is late is refunded within 5 business days."),
            [""; 0]
        );
    }

    #[test]
    fn a_time_that_stands_alone_is_the_promise_though_the_remedy_takes_as_long() {
        assert_eq!(found("10bd", "Ready within 5 business days.").len(), 1);
    }

    #[test]
    fn where_the_limit_stands_other_times_are_about_something_else() {
        assert_eq!(found("10bd", "Ready within 10 business days, if you call 1 hour before."), [""; 0]);
    }

    #[test]
    fn a_rate_is_no_limit() {
        assert_eq!(found("2 weeks", "We are there 24 hours a day."), [""; 0]);
    }

    #[test]
    fn the_loosest_standard_does_not_excuse_what_no_standard_allows() {
        let text = |days: u8| {
            format!(
                "standards: {{a: {{kind: timeliness, limit: 5bd}}, b: {{kind: timeliness, limit: 20bd}}}}\npromises: {{p: \
                 {{backed_by: [a, b], statement: Done within {days} business days.}}}}\n"
            )
        };
        let found = |days: u8| told_in_service("promise/tighter-than-standard", &text(days));
        assert_eq!((found(2).len(), found(7).len(), found(20).len()), (1, 0, 0));
        assert!(found(2)[0].contains("but `a` behind it allows 5 business days"), "{:#?}", found(2));
    }
}
