//! `time/calendar-runs-out`: a calendar whose holidays are not known far enough ahead.

use std::collections::{BTreeMap, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::{Calendar, zone};
use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::service::Service;
use crate::units::duration::Duration;

/// The check.
pub const CHECK: Check = Check {
    name: "time/calendar-runs-out",
    severity: Severity::Warning,
    finds: "The holidays of a calendar are known for less than twelve months and its longest limit from today.",
    why: "Where the holidays end, every day counts as a working day, and a promise made before a feast is counted too short. \
          Nobody notices until the first case of the new year is late. Add the file of the next year as soon as it is published; \
          days fixed by law can be written before.",
    wrong: &[
        (
            "registers/calendars.yaml",
            "shop: {time_zone: Europe/Berlin, hours: {mon-fri: \"09:00-17:00\"}, holidays: de-2026.csv}\n",
        ),
        ("registers/holidays/de-2026.csv", "date,name,day\n2026-12-25,Christmas Day,closed\n"),
        (
            "services/repair.md",
            "calendar: shop\nstandards:\n  turnaround: {kind: timeliness, limit: 10 business days}\n",
        ),
    ],
    right: &[
        (
            "registers/calendars.yaml",
            "shop: {time_zone: Europe/Berlin, hours: {mon-fri: \"09:00-17:00\"}, holidays: [de-2026.csv, de-2027.csv]}\n",
        ),
        ("registers/holidays/de-2026.csv", "date,name,day\n2026-12-25,Christmas Day,closed\n"),
        ("registers/holidays/de-2027.csv", "date,name,day\n2027-12-25,Christmas Day,closed\n"),
        (
            "services/repair.md",
            "calendar: shop\nstandards:\n  turnaround: {kind: timeliness, limit: 10 business days}\n",
        ),
    ],
    finder: Finder::Run(run),
};

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    let mut used: BTreeMap<&str, HashSet<Duration>> = BTreeMap::new();
    for service in handbook.services.values() {
        let limits: Vec<Duration> = limits(&service.fields).filter(|limit| limit.is_business()).collect();
        if let Some((id, _)) = handbook.calendar_of(&service.fields).filter(|_| !limits.is_empty()) {
            used.entry(id).or_default().extend(limits);
        }
    }
    for (id, limits) in used {
        let (Some(row), Some(calendar)) = (handbook.calendars.get(id), handbook.working.get(id)) else { continue };
        let lost = |name: &str| handbook.unknown.holidays.contains(name) || !handbook.holidays.contains_key(name);
        let files = &row.value.holidays.0;
        if files.iter().any(|name| lost(&name.value)) || row.value.faulty.contains(&"holidays") {
            continue;
        }
        let (Some(last), Some(known)) = (files.last(), calendar.known_until()) else { continue };
        let Some((need, limit)) = needed(calendar, inspection.today, limits).filter(|(need, _)| *need > known) else {
            continue;
        };
        let message = format!(
            "the holidays of `{id}` are known to {known}, but limits of up to {limit} that begin within twelve months reach to {need}"
        );
        let years = match (known.year() + 1, need.year()) {
            (first, until) if first >= until => until.to_string(),
            (first, until) => format!("{first} to {until}"),
        };
        found.push(CHECK.told(last.span, message).action(format!(
            "add the holidays of {years} to registers/holidays/{}, or a file of their own here",
            last.value
        )));
    }
}

/// Lists the limits of a service.
fn limits(service: &Service) -> impl Iterator<Item = Duration> {
    let own = service.standards.iter().flat_map(|row| [&row.value.internal, &row.value.limit, &row.value.legal]);
    let variants = service.standards.iter().flat_map(|row| row.value.variants.iter().map(|variant| &variant.limit));
    own.chain(variants).flatten().map(|limit| limit.value)
}

/// Finds the last day to which a limit can reach that begins in twelve months, and the limit.
fn needed(calendar: &Calendar, today: Date, limits: HashSet<Duration>) -> Option<(Date, Duration)> {
    let begin = today.checked_add(12.months()).ok()?;
    let start = zone::start_of_day(calendar.zone(), begin);
    let end = |limit: Duration| Some((calendar.date_of(calendar.due(start, limit).ok()?), limit));
    limits
        .into_iter()
        .filter_map(end)
        .max_by_key(|(date, limit)| (*date, limit.is_business(), limit.count, limit.unit.short()))
}

#[cfg(test)]
mod tests {
    use crate::checks::bench::told;

    fn of(last: &str, service: &str) -> Vec<String> {
        let calendar = "shop: {time_zone: Europe/Berlin, hours: {mon-fri: \"09:00-17:00\"}, holidays: de.csv}\n";
        let holidays = format!("date,name,day\n{last},Feast,closed\n");
        let files = [
            ("registers/calendars.yaml", calendar),
            ("registers/holidays/de.csv", holidays.as_str()),
            ("services/repair.md", service),
        ];
        told("time/calendar-runs-out", &files)
    }

    const TEN: &str = "standards: {a: {kind: timeliness, limit: 10bd}, b: {kind: timeliness, limit: 4bh}}\n";

    #[test]
    fn holidays_must_reach_a_year_and_the_longest_limit_ahead() {
        let says = "registers/calendars.yaml:1 the holidays of `shop` are known to 2026-12-31, but limits of up to 10 business days \
             that begin within twelve months reach to 2027-12-06 → add the holidays of 2027 to registers/holidays/de.csv, or a file of their own here";
        assert_eq!(of("2026-12-25", TEN), [says]);
        assert_eq!(of("2027-01-01", TEN), [""; 0]);
    }

    #[test]
    fn a_limit_that_reaches_into_another_year_needs_that_one_too() {
        let lines = of("2026-12-25", &TEN.replace("10bd", "40bd"));
        assert!(lines[0].contains("add the holidays of 2027 to 2028"), "{lines:?}");
        assert_eq!(of("2027-01-01", &TEN.replace("10bd", "40bd")).len(), 1);
    }

    #[test]
    fn a_calendar_that_counts_no_limit_may_end() {
        assert_eq!(of("2025-12-25", "standards: {a: {kind: timeliness, limit: 10d}}\n"), [""; 0]);
        assert_eq!(of("2025-12-25", ""), [""; 0]);
    }
}
