//! When a limit ends, and why: the one engine for every deadline, explained day by day.
//!
//! Not here: comparing limits (`compare`), and words for the reasons (`locale`). Nothing steps by the minute: the walk
//! goes by local dates, and ends after a hundred years.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp, Zoned};

use super::{Calendar, CountFrom, Day, zone};
use crate::units::duration::{Clock, Duration, Unit};
use crate::units::time_of_day::TimeOfDay;

/// A deadline with its explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// The moment at which the limit ends, in the calendar's time zone. The end of a day is `00:00` of the next.
    pub due: Zoned,
    /// The business day on which the case counts as received; only for limits in business days.
    pub received: Option<Date>,
    /// What each date did to the limit, in order. Weeks, months and years list the dates on which one is complete.
    pub days: Vec<DayStep>,
    /// Whether the answer depends on holidays that the calendar does not know; only business limits can.
    pub beyond_known_holidays: bool,
}

/// What one date did to a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayStep {
    /// The local date.
    pub date: Date,
    /// Why it counts or does not.
    pub reason: Reason,
    /// The name of the make-up working day that the date is.
    pub make_up: Option<Arc<str>>,
}

/// Why a date counts towards a limit or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The date of the start, which limits in days, weeks, months and years do not count.
    Start,
    /// The day of receipt, where counting begins on the next business day.
    Received,
    /// The unit with this number (day, week, month, year) is complete at the end of this date.
    Counted(u32),
    /// The same, moved to the last day of a month in which the day number of the start does not exist.
    CountedAtMonthEnd(u32),
    /// So many seconds of the limit ran on this date.
    Ran(u64),
    /// Closed by the holiday of this name.
    Holiday(Arc<str>),
    /// A weekday without opening hours.
    Closed,
    /// What came in came in at or after closing time.
    AfterClosing,
    /// What came in came in after this time, the cut-off.
    AfterCutOff(TimeOfDay),
}

/// Why a limit has no deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoDeadline {
    /// The calendar has not enough opening hours, ever.
    NeverOpen,
    /// The deadline would be more than [`FARTHEST_YEARS`] years away, or after the year 9999.
    TooFar,
}

impl std::fmt::Display for NoDeadline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            NoDeadline::NeverOpen => f.write_str("the calendar is never open long enough"),
            NoDeadline::TooFar => write!(f, "the deadline is more than {FARTHEST_YEARS} years away"),
        }
    }
}

impl std::error::Error for NoDeadline {}

/// No deadline is looked for farther away than so many years after its start.
pub const FARTHEST_YEARS: i32 = 100;

impl Calendar {
    /// Finds when a limit ends that starts at an instant, and explains it.
    pub fn deadline(&self, start: Timestamp, limit: Duration) -> Result<Deadline, NoDeadline> {
        let mut days = Vec::new();
        let mut tell = |date, reason| days.push(self.step(date, reason));
        let walk = Walk::new(self, start)?;
        let end = walk.end(limit, &mut tell)?;
        match limit.clock() {
            Clock::Elapsed => walk.explain_elapsed(end.due, &mut tell),
            Clock::Dates | Clock::Months => walk.explain_dates(limit, &mut tell)?,
            Clock::BusinessHours | Clock::BusinessDays => {}
        }
        let first = self.date_of(start);
        let unknown = self.known_from().is_some_and(|from| first < from)
            || self.known_until().is_some_and(|until| end.last > until);
        Ok(Deadline {
            due: end.due.to_zoned(self.zone().clone()),
            received: end.received,
            days,
            beyond_known_holidays: limit.is_business() && unknown,
        })
    }

    /// Finds when a limit ends, without the explanation.
    pub fn due(&self, start: Timestamp, limit: Duration) -> Result<Timestamp, NoDeadline> {
        Walk::new(self, start)?.end(limit, &mut |_, _| ()).map(|end| end.due)
    }

    fn step(&self, date: Date, reason: Reason) -> DayStep {
        let make_up = self.special_day(date).filter(|(day, _)| *day == Day::Open).map(|(_, name)| name.clone());
        DayStep { date, reason, make_up }
    }
}

/// Takes each date with its reason.
type Tell<'t> = &'t mut dyn FnMut(Date, Reason);

/// Where a walk ended.
struct End {
    due: Timestamp,
    received: Option<Date>,
    last: Date,
}

/// A walk along the dates of a calendar, from the date of the start to the horizon.
struct Walk<'c> {
    calendar: &'c Calendar,
    start: Timestamp,
    first: Date,
    horizon: Date,
}

impl<'c> Walk<'c> {
    fn new(calendar: &'c Calendar, start: Timestamp) -> Result<Self, NoDeadline> {
        let first = calendar.date_of(start);
        let horizon = first.checked_add(Span::new().years(FARTHEST_YEARS)).map_err(|_| NoDeadline::TooFar)?;
        Ok(Self { calendar, start, first, horizon })
    }

    /// Finds the end of a limit, and tells the dates of business limits, which it must walk along anyway.
    fn end(&self, limit: Duration, tell: Tell) -> Result<End, NoDeadline> {
        match limit.clock() {
            Clock::Elapsed => self.elapsed(limit.on_clock()),
            Clock::BusinessHours => self.business_hours(limit.on_clock(), tell),
            Clock::BusinessDays => self.business_days(limit.count, tell),
            Clock::Dates | Clock::Months => self.dates(limit),
        }
    }

    fn dates_from(&self, date: Date) -> impl Iterator<Item = Date> + use<> {
        let horizon = self.horizon;
        std::iter::successors(Some(date), |date| date.tomorrow().ok()).take_while(move |date| *date <= horizon)
    }

    fn given_up(&self) -> NoDeadline {
        if self.calendar.hours().is_closed() { NoDeadline::NeverOpen } else { NoDeadline::TooFar }
    }

    /// Gives the reason for a date without opening hours.
    fn why_closed(&self, date: Date) -> Reason {
        match self.calendar.special_day(date) {
            Some((Day::Closed, name)) => Reason::Holiday(name.clone()),
            _ => Reason::Closed,
        }
    }

    /// Runs seconds on the clock, through nights and clock changes.
    fn elapsed(&self, seconds: u64) -> Result<End, NoDeadline> {
        let length = i64::try_from(seconds).map(SignedDuration::from_secs).map_err(|_| NoDeadline::TooFar)?;
        let due = self.start.checked_add(length).map_err(|_| NoDeadline::TooFar)?;
        let last = self.calendar.date_of(due);
        if last > self.horizon { Err(NoDeadline::TooFar) } else { Ok(End { due, received: None, last }) }
    }

    fn explain_elapsed(&self, due: Timestamp, tell: Tell) {
        let mut from = self.start;
        for date in self.dates_from(self.first) {
            let until = zone::end_of_day(self.calendar.zone(), date).min(due);
            if until > from {
                tell(date, Reason::Ran(whole_seconds(until.duration_since(from))));
                from = until;
            }
            if until >= due {
                break;
            }
        }
    }

    /// Runs hours while the calendar is open.
    fn business_hours(&self, hours: u64, tell: Tell) -> Result<End, NoDeadline> {
        let seconds =
            hours.checked_mul(3600).and_then(|seconds| i64::try_from(seconds).ok()).ok_or(NoDeadline::TooFar)?;
        let mut left = SignedDuration::from_secs(seconds);
        for date in self.dates_from(self.first) {
            if !self.calendar.is_business_day(date) {
                tell(date, self.why_closed(date));
                continue;
            }
            let before = left;
            for (from, to) in self.calendar.opening(date) {
                let from = from.max(self.start);
                let open = to.duration_since(from).max(SignedDuration::ZERO);
                if open >= left {
                    tell(date, Reason::Ran(whole_seconds(before)));
                    let due = from.checked_add(left).map_err(|_| NoDeadline::TooFar)?;
                    return Ok(End { due, received: None, last: date });
                }
                left -= open;
            }
            let ran = before - left;
            tell(date, if ran.is_zero() { Reason::AfterClosing } else { Reason::Ran(whole_seconds(ran)) });
        }
        Err(self.given_up())
    }

    /// Counts business days after, or from, the day of receipt.
    fn business_days(&self, count: u32, tell: Tell) -> Result<End, NoDeadline> {
        let received = self.receipt(tell)?;
        let same_day = self.calendar.count_from() == CountFrom::SameDay;
        let mut counted = 0;
        for date in self.dates_from(received) {
            if !self.calendar.is_business_day(date) {
                tell(date, self.why_closed(date));
                continue;
            }
            if date == received && !same_day {
                tell(date, Reason::Received);
                continue;
            }
            counted += 1;
            tell(date, Reason::Counted(counted));
            if counted == count {
                let due = self.calendar.closing(date).ok_or(NoDeadline::NeverOpen)?;
                return Ok(End { due, received: Some(received), last: date });
            }
        }
        Err(self.given_up())
    }

    /// Finds the business day on which the start counts as received.
    fn receipt(&self, tell: Tell) -> Result<Date, NoDeadline> {
        for date in self.dates_from(self.first) {
            match self.calendar.closing(date) {
                None => tell(date, self.why_closed(date)),
                Some(closing) if self.start >= closing => tell(date, Reason::AfterClosing),
                Some(_) => match self.passed_cut_off(date) {
                    Some(time) => tell(date, Reason::AfterCutOff(time)),
                    None => return Ok(date),
                },
            }
        }
        Err(self.given_up())
    }

    fn passed_cut_off(&self, date: Date) -> Option<TimeOfDay> {
        self.calendar.cut_off().filter(|time| self.start > zone::instant(self.calendar.zone(), date, *time))
    }

    /// Counts local dates, weeks, months or years after the date of the start.
    fn dates(&self, limit: Duration) -> Result<End, NoDeadline> {
        let last = self.after(limit.unit, limit.count)?;
        Ok(End { due: zone::end_of_day(self.calendar.zone(), last), received: None, last })
    }

    fn explain_dates(&self, limit: Duration, tell: Tell) -> Result<(), NoDeadline> {
        tell(self.first, Reason::Start);
        for number in 1..=limit.count {
            let date = self.after(limit.unit, number)?;
            let moved = limit.clock() == Clock::Months && date.day() != self.first.day();
            tell(date, if moved { Reason::CountedAtMonthEnd(number) } else { Reason::Counted(number) });
        }
        Ok(())
    }

    /// Gives the date that lies so many units after the date of the start, at most at the horizon.
    fn after(&self, unit: Unit, count: u32) -> Result<Date, NoDeadline> {
        let count = i64::from(count);
        let span = match unit {
            Unit::Week => Span::new().try_weeks(count),
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
            _ => Span::new().try_days(count),
        };
        let date = span.and_then(|span| self.first.checked_add(span)).map_err(|_| NoDeadline::TooFar)?;
        if date > self.horizon { Err(NoDeadline::TooFar) } else { Ok(date) }
    }
}

fn whole_seconds(length: SignedDuration) -> u64 {
    u64::try_from(length.as_secs()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::examples::{desk, parts, shop, workshop};
    use super::*;

    fn due(calendar: &Calendar, start: &str, limit: &str) -> String {
        answer(calendar, start, limit)
            .due
            .timestamp()
            .to_zoned(calendar.zone().clone())
            .strftime("%FT%T%:z")
            .to_string()
    }

    fn answer(calendar: &Calendar, start: &str, limit: &str) -> Deadline {
        calendar.deadline(start.parse().unwrap(), Duration::parse(limit).unwrap()).unwrap()
    }

    fn days(calendar: &Calendar, start: &str, limit: &str) -> Vec<String> {
        let step = |step: &DayStep| format!("{} {:?}", step.date.strftime("%a %d"), step.reason);
        answer(calendar, start, limit).days.iter().map(step).collect()
    }

    #[test]
    fn every_worked_case_comes_out_to_the_second() {
        let cases = include_str!("../../tests/deadlines/vectors.csv");
        let mut tried = 0;
        for case in cases.lines().skip(1) {
            let [name, start, limit, expected] = case.split(',').collect::<Vec<_>>()[..] else { panic!("{case}") };
            let calendar = match name {
                "workshop" => workshop(),
                "shop" => shop(),
                _ => desk(),
            };
            assert_eq!(due(&calendar, start, limit), expected, "{case}");
            tried += 1;
        }
        assert_eq!(tried, 128);
    }

    #[test]
    fn business_days_are_explained_with_the_reason_for_each_skipped_day() {
        assert_eq!(
            days(&workshop(), "2026-04-02T16:30:00+02:00", "1bd"),
            [
                "Thu 02 AfterCutOff(TimeOfDay(960))",
                "Fri 03 Holiday(\"Karfreitag\")",
                "Sat 04 Closed",
                "Sun 05 Closed",
                "Mon 06 Holiday(\"Ostermontag\")",
                "Tue 07 Received",
                "Wed 08 Counted(1)",
            ]
        );
        assert_eq!(answer(&workshop(), "2026-04-02T16:30:00+02:00", "1bd").received.unwrap().to_string(), "2026-04-07");
    }

    #[test]
    fn business_hours_are_explained_with_the_seconds_of_each_day() {
        assert_eq!(
            days(&shop(), "2026-09-18T17:00:00+08:00", "5bh"),
            ["Fri 18 Ran(3600)", "Sat 19 Closed", "Sun 20 Ran(14400)"]
        );
        let made_up = answer(&shop(), "2026-09-18T17:00:00+08:00", "5bh").days[2].make_up.clone();
        assert_eq!(made_up.as_deref(), Some("国庆节调休"));
        assert_eq!(days(&workshop(), "2026-03-05T17:00:00+01:00", "1bh"), ["Thu 05 AfterClosing", "Fri 06 Ran(3600)"]);
    }

    #[test]
    fn elapsed_time_is_explained_with_the_length_of_each_day() {
        assert_eq!(
            days(&workshop(), "2026-03-28T12:00:00+01:00", "36h"),
            ["Sat 28 Ran(43200)", "Sun 29 Ran(82800)", "Mon 30 Ran(3600)"]
        );
        assert_eq!(days(&workshop(), "2026-03-02T12:00:00+01:00", "12h"), ["Mon 02 Ran(43200)"]);
    }

    #[test]
    fn a_month_ends_on_the_last_day_where_the_day_number_does_not_exist() {
        let always = Calendar::always();
        assert_eq!(due(&always, "2026-01-31T10:00:00Z", "1mo"), "2026-03-01T00:00:00+00:00");
        assert_eq!(due(&always, "2028-01-31T10:00:00Z", "1mo"), "2028-03-01T00:00:00+00:00");
        assert_eq!(due(&always, "2028-02-29T10:00:00Z", "1y"), "2029-03-01T00:00:00+00:00");
        assert_eq!(due(&always, "2028-02-29T10:00:00Z", "4y"), "2032-03-01T00:00:00+00:00");
        assert_eq!(
            days(&always, "2026-01-31T10:00:00Z", "3mo"),
            ["Sat 31 Start", "Sat 28 CountedAtMonthEnd(1)", "Tue 31 Counted(2)", "Thu 30 CountedAtMonthEnd(3)"]
        );
    }

    #[test]
    fn the_cut_off_itself_is_in_time() {
        assert_eq!(due(&workshop(), "2026-03-04T16:00:00+01:00", "1bd"), "2026-03-05T17:00:00+01:00");
        assert_eq!(due(&workshop(), "2026-03-04T16:00:01+01:00", "1bd"), "2026-03-06T17:00:00+01:00");
        assert_eq!(due(&desk(), "2026-03-04T18:00:00-05:00", "1bd"), "2026-03-04T20:00:00-05:00");
        assert_eq!(due(&desk(), "2026-03-04T18:00:01-05:00", "1bd"), "2026-03-05T20:00:00-05:00");
    }

    #[test]
    fn closing_time_is_too_late() {
        assert_eq!(due(&shop(), "2026-03-04T17:59:59+08:00", "1bd"), "2026-03-05T18:00:00+08:00");
        assert_eq!(due(&shop(), "2026-03-04T18:00:00+08:00", "1bd"), "2026-03-06T18:00:00+08:00");
        assert_eq!(due(&shop(), "2026-03-04T18:00:00+08:00", "1bh"), "2026-03-05T10:00:00+08:00");
        assert_eq!(days(&desk(), "2026-03-07T19:00:00-05:00", "1bd")[0], "Sat 07 AfterClosing");
    }

    #[test]
    fn a_start_in_the_lunch_break_waits_for_the_afternoon() {
        assert_eq!(due(&shop(), "2026-03-04T12:30:00+08:00", "1bh"), "2026-03-04T14:30:00+08:00");
        assert_eq!(due(&shop(), "2026-03-04T12:00:00+08:00", "1bh"), "2026-03-04T14:30:00+08:00");
        assert_eq!(due(&shop(), "2026-03-04T12:30:00+08:00", "1bd"), "2026-03-05T18:00:00+08:00");
        assert_eq!(due(&shop(), "2026-03-04T11:00:00+08:00", "1bh"), "2026-03-04T12:00:00+08:00");
    }

    #[test]
    fn the_year_ends_like_any_other_day() {
        assert_eq!(due(&workshop(), "2026-12-31T15:00:00+01:00", "3bh"), "2027-01-04T10:00:00+01:00");
        assert_eq!(due(&workshop(), "2026-12-31T23:59:59+01:00", "1d"), "2027-01-02T00:00:00+01:00");
        assert_eq!(due(&workshop(), "2026-12-31T15:00:00+01:00", "1bd"), "2027-01-04T17:00:00+01:00");
    }

    #[test]
    fn clock_changes_lengthen_and_shorten_business_hours_at_night() {
        let night = Calendar::new(parts("Europe/Berlin", "mon-sun 00:00-24:00"));
        assert_eq!(due(&night, "2026-03-29T00:00:00+01:00", "23bh"), "2026-03-30T00:00:00+02:00");
        assert_eq!(due(&night, "2026-10-25T00:00:00+02:00", "25bh"), "2026-10-26T00:00:00+01:00");
        assert_eq!(due(&night, "2026-10-25T02:30:00+02:00", "1bh"), "2026-10-25T02:30:00+01:00");
        assert_eq!(due(&night, "2026-10-25T02:30:00+01:00", "1d"), "2026-10-27T00:00:00+01:00");
    }

    #[test]
    fn always_is_open_round_the_clock() {
        let always = Calendar::always();
        assert_eq!(due(&always, "2026-03-04T12:00:00Z", "36bh"), "2026-03-06T00:00:00+00:00");
        assert_eq!(due(&always, "2026-03-04T12:00:00Z", "1bd"), "2026-03-06T00:00:00+00:00");
    }

    #[test]
    fn a_deadline_beyond_the_known_holidays_says_so() {
        let unknown = |start, limit| answer(&shop(), start, limit).beyond_known_holidays;
        assert!(!unknown("2026-12-30T10:00:00+08:00", "1bd"));
        assert!(unknown("2026-12-30T10:00:00+08:00", "2bd"));
        assert!(unknown("2025-12-30T10:00:00+08:00", "4bd"));
        assert!(!unknown("2026-12-30T10:00:00+08:00", "30d"));
        let plain = Calendar::new(parts("Europe/Berlin", "mon-fri 09:00-17:00"));
        assert!(!answer(&plain, "2026-12-30T10:00:00+01:00", "20bd").beyond_known_holidays);
    }

    #[test]
    fn a_calendar_that_is_never_open_gives_an_error() {
        let shut = Calendar::new(parts("Europe/Berlin", "mon-sun closed"));
        let start = "2026-03-04T12:00:00Z".parse().unwrap();
        for limit in ["1bd", "1bh", "4294967295bd"] {
            assert_eq!(shut.deadline(start, Duration::parse(limit).unwrap()), Err(NoDeadline::NeverOpen));
        }
        assert!(shut.deadline(start, Duration::parse("1d").unwrap()).is_ok());
    }

    #[test]
    fn the_longest_limits_are_too_far_and_end_soon() {
        let start = "2026-03-04T12:00:00Z".parse().unwrap();
        for unit in Unit::ALL {
            let limit = Duration { count: u32::MAX, unit };
            assert_eq!(workshop().deadline(start, limit), Err(NoDeadline::TooFar), "{limit}");
        }
        let last = Timestamp::MAX;
        assert_eq!(workshop().deadline(last, Duration::parse("1s").unwrap()), Err(NoDeadline::TooFar));
        assert_eq!(due(&Calendar::always(), "2026-03-04T12:00:00Z", "100y"), "2126-03-05T00:00:00+00:00");
    }
}
