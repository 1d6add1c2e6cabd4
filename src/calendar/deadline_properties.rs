//! What holds of every deadline, tried on calendars, starts and limits that nobody thought of.
//!
//! Not here: worked cases (`deadline`).

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, proptest};

use super::compare::{Compared, compare};
use super::deadline::{Deadline, Reason};
use super::hours::{Interval, OpeningHours};
use super::working::year_of_starts;
use super::{Calendar, CalendarParts, CountFrom, Day, Holiday, zone};
use crate::units::duration::{Clock, Duration, Unit};
use crate::units::time_of_day::TimeOfDay;

/// Zones with changes at midnight, of half an hour, at odd offsets, and without any.
const ZONES: [&str; 9] = [
    "Europe/Berlin",
    "Asia/Shanghai",
    "America/New_York",
    "Asia/Beirut",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Kathmandu",
    "UTC",
];

fn time(minutes: u16) -> TimeOfDay {
    TimeOfDay::from_minutes(minutes).unwrap()
}

/// Gives none, one or two intervals of a day.
fn intervals() -> impl Strategy<Value = Vec<Interval>> {
    prop::collection::btree_set(0_u16..=1440, 0..=4).prop_map(|times| {
        let times: Vec<u16> = times.into_iter().collect();
        times.chunks_exact(2).map(|pair| Interval { from: time(pair[0]), to: time(pair[1]) }).collect()
    })
}

fn date() -> impl Strategy<Value = Date> {
    (0_i32..2200).prop_map(|days| jiff::civil::date(2025, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap())
}

fn holiday() -> impl Strategy<Value = Holiday> {
    let day = prop::sample::select(vec![Day::Closed, Day::Closed, Day::Open]);
    (date(), day).prop_map(|(date, day)| Holiday { date, name: "a holiday".into(), day })
}

/// Makes the parts of calendars that are open at least on Mondays.
fn parts() -> impl Strategy<Value = CalendarParts> {
    let week = prop::collection::vec(intervals(), 7);
    let holidays = prop::collection::vec(holiday(), 0..60);
    let count_from = prop::sample::select(vec![CountFrom::NextDay, CountFrom::SameDay]);
    let cut_off = prop::option::of((0_u16..=1440).prop_map(time));
    (prop::sample::select(&ZONES[..]), week, holidays, count_from, cut_off).prop_map(
        |(zone, week, holidays, count_from, cut_off)| {
            let mut hours = OpeningHours::default();
            for (day, intervals) in Weekday::Monday.cycle_forward().zip(week) {
                let always_open = [Interval { from: time(540), to: time(1020) }];
                let empty_monday = day == Weekday::Monday && intervals.is_empty();
                hours.set(&[day], if empty_monday { &always_open } else { &intervals }).unwrap();
            }
            let zone = zone::time_zone(zone).unwrap();
            CalendarParts { zone, hours, holidays, count_from, cut_off, open_like: Weekday::Monday }
        },
    )
}

fn calendar() -> impl Strategy<Value = Calendar> {
    parts().prop_map(Calendar::new)
}

/// Gives instants from 2025 to 2030.
fn start() -> impl Strategy<Value = Timestamp> {
    (1_735_689_600_i64..1_900_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn limit() -> impl Strategy<Value = Duration> {
    (1_u32..60, prop::sample::select(&Unit::ALL[..])).prop_map(|(count, unit)| Duration { count, unit })
}

/// Adds up the seconds that ran.
fn ran(deadline: &Deadline) -> u64 {
    let seconds = |reason: &Reason| if let Reason::Ran(seconds) = reason { *seconds } else { 0 };
    deadline.days.iter().map(|day| seconds(&day.reason)).sum()
}

/// Sets the number of cases; a failing one is printed, and no file is written beside the sources.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_longer_limit_is_never_due_earlier(
        calendar in calendar(),
        start in start(),
        limit in limit(),
        more in 1_u32..40,
    ) {
        let longer = Duration { count: limit.count + more, ..limit };
        prop_assert!(calendar.due(start, limit).unwrap() <= calendar.due(start, longer).unwrap());
    }

    #[test]
    fn a_later_start_is_never_due_earlier(
        calendar in calendar(),
        start in start(),
        limit in limit(),
        later in 0_i64..2_000_000,
    ) {
        let later = Timestamp::from_second(start.as_second() + later).unwrap();
        prop_assert!(calendar.due(start, limit).unwrap() <= calendar.due(later, limit).unwrap());
    }

    #[test]
    fn a_limit_is_due_after_its_start(calendar in calendar(), start in start(), limit in limit()) {
        prop_assert!(calendar.due(start, limit).unwrap() > start);
    }

    #[test]
    fn business_days_end_on_a_business_day_at_closing_time(
        calendar in calendar(),
        start in start(),
        count in 1_u32..60,
    ) {
        let deadline = calendar.deadline(start, Duration { count, unit: Unit::BusinessDay }).unwrap();
        let last = deadline.days.last().unwrap();
        prop_assert!(calendar.is_business_day(last.date));
        prop_assert_eq!(Some(deadline.due.timestamp()), calendar.closing(last.date));
        prop_assert_eq!(&last.reason, &Reason::Counted(count));
        prop_assert!(calendar.is_business_day(deadline.received.unwrap()));
    }

    #[test]
    fn a_further_holiday_never_makes_a_deadline_earlier(
        parts in parts(),
        start in start(),
        limit in limit(),
        after in 0_i32..90,
    ) {
        let calendar = Calendar::new(parts.clone());
        let date = calendar.date_of(start).checked_add(jiff::Span::new().days(after)).unwrap();
        let mut more = parts;
        more.holidays.push(Holiday { date, name: "one more".into(), day: Day::Closed });
        prop_assert!(Calendar::new(more).due(start, limit).unwrap() >= calendar.due(start, limit).unwrap());
    }

    #[test]
    fn business_hours_may_be_split(calendar in calendar(), start in start(), first in 1_u32..40, second in 1_u32..40) {
        let hours = |count| Duration { count, unit: Unit::BusinessHour };
        let between = calendar.due(start, hours(first)).unwrap();
        prop_assert_eq!(calendar.due(between, hours(second)).unwrap(), calendar.due(start, hours(first + second)).unwrap());
    }

    #[test]
    fn the_explanation_accounts_for_the_whole_limit(calendar in calendar(), start in start(), limit in limit()) {
        let deadline = calendar.deadline(start, limit).unwrap();
        prop_assert_eq!(deadline.due.timestamp(), calendar.due(start, limit).unwrap());
        prop_assert_eq!(deadline.days[0].date, calendar.date_of(start));
        prop_assert!(deadline.days.windows(2).all(|pair| pair[0].date < pair[1].date));
        match limit.clock() {
            Clock::Elapsed => prop_assert_eq!(ran(&deadline), limit.on_clock()),
            Clock::BusinessHours => prop_assert_eq!(ran(&deadline), limit.on_clock() * 3600),
            Clock::BusinessDays | Clock::Dates | Clock::Months => {
                let last = &deadline.days.last().unwrap().reason;
                prop_assert!(*last == Reason::Counted(limit.count) || *last == Reason::CountedAtMonthEnd(limit.count));
            }
        }
    }

    #[test]
    fn any_start_and_limit_have_an_answer(
        calendar in calendar(),
        second in any::<i64>(),
        count in 1_u32..,
        unit in prop::sample::select(&Unit::ALL[..]),
    ) {
        let range = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
        let start = Timestamp::from_second(second.clamp(*range.start(), *range.end())).unwrap();
        let _ = calendar.deadline(start, Duration { count, unit });
        let _ = calendar.deadline(start, Duration { count: 1, unit });
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn no_start_of_the_year_is_worse_than_the_worst(
        calendar in calendar(),
        a in limit(),
        b in limit(),
        after in prop::collection::vec(0_i64..31_500_000, 200),
    ) {
        let Some(Compared::Through { later, sooner }) = compare(a, b, Some(&calendar)) else { return Ok(()) };
        let first = zone::start_of_day(calendar.zone(), year_of_starts(&calendar)).as_second();
        for after in after {
            let start = Timestamp::from_second(first + after).unwrap();
            let gap = calendar.due(start, a).unwrap().as_second() - calendar.due(start, b).unwrap().as_second();
            let worst = if gap > 0 { later } else { sooner };
            prop_assert!(gap.unsigned_abs() <= worst.map_or(0, |worst| worst.seconds), "{} {} from {}: {}", a, b, start, gap);
        }
    }
}
