//! `review/overdue`: a service that should have been looked at again.

use jiff::civil::Date;
use jiff::{Span, ToSpan, Unit as DateUnit};

use crate::checks::check::{Check, Finder};
use crate::checks::inspection::Inspection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::document::Document;
use crate::model::handbook::Handbook;
use crate::model::service::Service;
use crate::source::Span as Place;
use crate::units::duration::{Duration, Unit};

/// The check.
pub const CHECK: Check = Check {
    name: "review/overdue",
    severity: Severity::Warning,
    finds: "The next review of a service is past, or its last one is said to be yet to come.",
    why: "Standards age: the work changes, the figures move, and a promise that nobody has looked at for years is kept by \
          accident or not at all. A review asks whether limit, target and steps still hold. Do it and write the day, or \
          decide on a longer period and stand by it; moving the date alone helps nobody.",
    wrong: &[("services/repair.md", "owner: desk\nreview: {last: 2019-06-30, every: 12 months}\n")],
    right: &[("services/repair.md", "owner: desk\nreview: {last: 2026-10-01, every: 12 months}\n")],
    finder: Finder::Run(run),
};

/// When a service is to be reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The day of the last review.
    pub last: Date,
    /// How often it is reviewed.
    pub every: Duration,
    /// The day by which the next review is due.
    pub on: Date,
    /// Where the last review is written.
    pub place: Place,
}

fn run(inspection: &Inspection<'_>, found: &mut Vec<Diagnostic>) {
    let handbook = inspection.handbook();
    for service in handbook.services.values() {
        let Some(due) = due(handbook, service) else { continue };
        // A day of grace, since it may be tomorrow already where the review was held.
        if inspection.today.tomorrow().is_ok_and(|tomorrow| due.last > tomorrow) {
            let message = format!("`{}` cannot have been reviewed on {}, which is yet to come", service.id, due.last);
            found.push(CHECK.told(due.place, message).action("write the day on which it was last reviewed"));
        }
        if due.on >= inspection.today {
            continue;
        }
        let message = format!(
            "the review of `{}` was due on {}, {} ago; it is to be reviewed every {}",
            service.id,
            due.on,
            since(due.on, inspection.today),
            due.every
        );
        let who = owner(&service.fields).map_or_else(String::new, |owner| format!("let `{owner}` "));
        let action = format!("{who}review the service, then write the day of it here");
        found.push(CHECK.told(due.place, message).action(action));
    }
}

/// Says when a service is to be reviewed; nothing where that cannot be known, or lies beyond all dates.
pub fn due(handbook: &Handbook, service: &Document<Service>) -> Option<Due> {
    let review = service.fields.review.as_ref().filter(|review| !review.faulty.contains(&"every"))?;
    let last = review.last.as_ref()?;
    if review.every.is_none() && handbook.unknown.settings {
        return None;
    }
    let every = review.every.as_ref().map_or_else(|| handbook.config.review_period(), |every| every.value);
    Some(Due { last: last.value, every, on: after(last.value, every)?, place: last.span })
}

fn owner(service: &Service) -> Option<&str> {
    service.owner.as_ref().map(|owner| owner.id.as_str())
}

/// Gives the date that lies a period after another; business time counts as if each day were one.
fn after(date: Date, period: Duration) -> Option<Date> {
    let count = i64::from(period.count);
    let span = match period.unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::BusinessHour => Ok(0.days()),
        Unit::BusinessDay | Unit::CalendarDay => Span::new().try_days(count),
        Unit::Week => Span::new().try_weeks(count),
        Unit::Month => Span::new().try_months(count),
        Unit::Year => Span::new().try_years(count),
    };
    date.checked_add(span.ok()?).ok()
}

/// Says how long ago a day was, in its two largest units at most: `7 years and 4 months`, `12 days`.
fn since(day: Date, today: Date) -> String {
    let Ok(span) = day.until((DateUnit::Year, today)) else { return "long".to_owned() };
    let part = |count: i64, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let (years, months) = (part(span.get_years().into(), "year"), part(span.get_months().into(), "month"));
    let days = part(span.get_days().into(), "day").filter(|_| years.is_none());
    [years, months, days].into_iter().flatten().take(2).collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use super::since;
    use crate::checks::bench::{TODAY, told};
    use jiff::civil::date;

    /// Says what is found of a review in a service that has nothing else.
    fn found(review: &str, settings: &str) -> Vec<String> {
        let handbook = format!("title: {{en: H, de: H}}\nlanguages: [en, de]\ncalendar: shop\n{settings}");
        let service = format!("owner: desk\nreview: {{{review}}}\n");
        told("review/overdue", &[("services/repair.md", &service), ("handbook.yaml", &handbook)])
    }

    #[test]
    fn a_review_that_is_due_today_is_not_yet_late_and_the_day_after_it_is() {
        assert_eq!(found("last: 2025-11-21, every: 12 months", ""), [""; 0]);
        assert_eq!(
            found("last: 2025-11-20, every: 12 months", ""),
            [
                "services/repair.md:3 the review of `repair` was due on 2026-11-20, 1 day ago; it is to be reviewed every 12 \
              months → let `desk` review the service, then write the day of it here"
            ]
        );
    }

    #[test]
    fn a_review_that_is_yet_to_come_was_none() {
        assert_eq!(found("last: 2026-11-22, every: 12 months", ""), [""; 0]);
        assert_eq!(
            found("last: 2028-09-07, every: 12 months", ""),
            [
                "services/repair.md:3 `repair` cannot have been reviewed on 2028-09-07, which is yet to come → write the day on which it was last reviewed"
            ]
        );
    }

    #[test]
    fn the_handbook_says_how_often_where_the_service_does_not() {
        assert_eq!(found("last: 2026-01-01", ""), [""; 0]);
        assert_eq!(found("last: 2026-01-01", "review: {every: 6 months}\n").len(), 1);
        assert_eq!(found("last: 2026-01-01, every: 2 years", "review: {every: 6 months}\n"), [""; 0]);
    }

    #[test]
    fn a_month_ends_where_the_next_one_has_no_such_day() {
        assert_eq!(found("last: 2026-08-31, every: 1 month", "").len(), 1);
        assert_eq!(found("last: 2026-10-31, every: 1 month", ""), [""; 0]);
    }

    #[test]
    fn a_period_beyond_all_dates_is_never_over() {
        assert_eq!(found("last: 2026-01-01, every: 9999 years", ""), [""; 0]);
    }

    #[test]
    fn how_late_it_is_stands_in_two_units_at_most() {
        assert_eq!(since(date(2020, 6, 30), TODAY), "6 years and 4 months");
        assert_eq!(since(date(2026, 9, 1), TODAY), "2 months and 20 days");
        assert_eq!(since(date(2026, 11, 9), TODAY), "12 days");
        assert_eq!(since(date(2025, 11, 21), TODAY), "1 year");
    }
}
