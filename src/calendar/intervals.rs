//! A calendar spelled out for the browser: opening intervals as instants and closing times, date by date.
//!
//! Not here: the script that walks it. The script knows neither zones nor holidays; all that depends on them is here.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::working::dates;
use super::{Calendar, CountFrom, zone};

/// A stretch of local dates of a calendar. All times are seconds: instants since 1970 in UTC, others since the
/// instant at which the local date begins, so that the nights in which clocks change need no thought.
///
/// The instant at which date number *n* begins is `start` + 86,400 *n* + the `odd_days` before it. A date's opening
/// intervals are `patterns[days[n]].open`, its closing time the last number there; a date without any is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Openings {
    /// The time zone's IANA name, to be shown.
    pub zone: String,
    /// The first date, `2026-01-01`.
    pub first: String,
    /// The last date, to its end.
    pub last: String,
    /// The first date of which the holidays are known, where the calendar has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_from: Option<String>,
    /// The last date of which the holidays are known, where the calendar has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_until: Option<String>,
    /// Whether the day of receipt is day one of a limit in business days.
    pub same_day: bool,
    /// The instant at which the first date begins.
    pub start: i64,
    /// The dates that are longer or shorter than 86,400 seconds, by number, with the difference.
    pub odd_days: Vec<(u32, i64)>,
    /// The zone's offsets from UTC, each with the instant from which it holds; the first holds from `start`.
    pub offsets: Vec<(i64, i32)>,
    /// The different days that there are.
    pub patterns: Vec<Pattern>,
    /// The pattern of each date.
    pub days: Vec<u16>,
    /// The names of holidays and, on dates with opening hours, of make-up working days, by the number of the date.
    pub names: BTreeMap<u32, String>,
}

/// What a date can look like; times in seconds since it began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pattern {
    /// Opening and closing in turn.
    pub open: Vec<i64>,
    /// The cut-off of a business day: what comes in after this second counts as received on the next business day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<i64>,
}

impl Openings {
    /// Spells a calendar out from one date to another, at most a hundred years.
    pub fn new(calendar: &Calendar, first: Date, last: Date) -> Self {
        let start = zone::start_of_day(calendar.zone(), first).as_second();
        let mut openings = Self {
            zone: calendar.zone().iana_name().unwrap_or("UTC").to_owned(),
            first: first.to_string(),
            last: last.to_string(),
            known_from: calendar.known_from().map(|date| date.to_string()),
            known_until: calendar.known_until().map(|date| date.to_string()),
            same_day: calendar.count_from() == CountFrom::SameDay,
            start,
            odd_days: Vec::new(),
            offsets: Vec::new(),
            patterns: Vec::new(),
            days: Vec::new(),
            names: BTreeMap::new(),
        };
        for (number, date) in (0..MOST_DATES).zip(dates(first, last)) {
            openings.add(calendar, number, date);
        }
        openings.offsets = offsets(calendar, start, zone::end_of_day(calendar.zone(), last).as_second());
        openings
    }

    fn add(&mut self, calendar: &Calendar, number: u32, date: Date) {
        let begin = zone::start_of_day(calendar.zone(), date).as_second();
        let length = zone::end_of_day(calendar.zone(), date).as_second() - begin;
        if length != DAY {
            self.odd_days.push((number, length - DAY));
        }
        let pattern = pattern(calendar, date, begin);
        let known = self.patterns.iter().position(|other| *other == pattern);
        let at = known.unwrap_or(self.patterns.len());
        if known.is_none() {
            self.patterns.push(pattern);
        }
        self.days.push(u16::try_from(at).unwrap_or(u16::MAX));
        if let Some((_, name)) = calendar.special_day(date) {
            self.names.insert(number, name.to_string());
        }
    }
}

const DAY: i64 = 86_400;

/// More dates than a hundred years have are not spelled out; so many patterns fit their number.
const MOST_DATES: u32 = 36_525;

fn pattern(calendar: &Calendar, date: Date, begin: i64) -> Pattern {
    let open: Vec<i64> =
        calendar.opening(date).flat_map(|(a, b)| [a.as_second() - begin, b.as_second() - begin]).collect();
    let cut_off = calendar.cut_off().filter(|_| !open.is_empty());
    let cut_off = cut_off.map(|time| zone::instant(calendar.zone(), date, time).as_second() - begin);
    Pattern { open, cut_off }
}

fn offsets(calendar: &Calendar, start: i64, end: i64) -> Vec<(i64, i32)> {
    let Ok(from) = jiff::Timestamp::from_second(start) else { return Vec::new() };
    let first = (start, calendar.zone().to_offset(from).seconds());
    let changes =
        calendar.zone().following(from).map(|change| (change.timestamp().as_second(), change.offset().seconds()));
    let mut offsets = vec![first];
    for change in changes.take_while(|(at, _)| *at < end) {
        if offsets.last().is_none_or(|(_, offset)| *offset != change.1) {
            offsets.push(change);
        }
    }
    offsets
}

#[cfg(test)]
mod tests {
    use super::super::examples::{desk, shop, workshop};
    use super::*;
    use crate::units::duration::{Clock, Duration};
    use jiff::Timestamp;
    use jiff::civil::date;

    fn two_years(calendar: &Calendar) -> Openings {
        Openings::new(calendar, date(2026, 1, 1), date(2027, 12, 31))
    }

    /// Walks the intervals as the script in the page does: without a zone, without a holiday.
    struct Script {
        openings: Openings,
        begins: Vec<i64>,
    }

    impl Script {
        fn new(openings: Openings) -> Self {
            let odd = |n: u32| openings.odd_days.iter().filter(|(day, _)| *day < n).map(|(_, more)| more).sum::<i64>();
            let begins =
                (0..=openings.days.len() as u32).map(|n| openings.start + i64::from(n) * DAY + odd(n)).collect();
            Self { openings, begins }
        }

        fn pattern(&self, day: usize) -> &Pattern {
            &self.openings.patterns[usize::from(self.openings.days[day])]
        }

        fn due(&self, start: i64, limit: Duration) -> i64 {
            let first = self.begins.partition_point(|begin| *begin <= start) - 1;
            match limit.clock() {
                Clock::Elapsed => start + limit.on_clock() as i64,
                Clock::BusinessHours => self.business_hours(start, first, limit.on_clock() as i64 * 3600),
                Clock::BusinessDays => self.business_days(start, first, limit.on_clock() as usize),
                Clock::Dates => self.begins[first + limit.on_clock() as usize + 1],
                Clock::Months => {
                    let zero: Date = self.openings.first.parse().unwrap();
                    let from = zero.checked_add(jiff::Span::new().days(first as i64)).unwrap();
                    let last = from.checked_add(jiff::Span::new().months(limit.on_clock() as i64)).unwrap();
                    self.begins[zero.until(last).unwrap().get_days() as usize + 1]
                }
            }
        }

        fn business_hours(&self, start: i64, first: usize, mut left: i64) -> i64 {
            for day in first.. {
                for open in self.pattern(day).open.chunks(2) {
                    let (from, to) = ((self.begins[day] + open[0]).max(start), self.begins[day] + open[1]);
                    if to - from >= left {
                        return from + left;
                    }
                    left -= (to - from).max(0);
                }
            }
            unreachable!()
        }

        fn business_days(&self, start: i64, first: usize, count: usize) -> i64 {
            let in_time = |day: usize| {
                let (pattern, since) = (self.pattern(day), start - self.begins[day]);
                since < pattern.open[pattern.open.len() - 1] && pattern.cut_off.is_none_or(|cut_off| since <= cut_off)
            };
            let business = |day: &usize| !self.pattern(*day).open.is_empty();
            let mut days = (first..).filter(business).skip_while(|day| !in_time(*day));
            let day = days.nth(count - usize::from(self.openings.same_day)).unwrap();
            self.begins[day] + self.pattern(day).open.last().unwrap()
        }
    }

    #[test]
    fn every_worked_case_comes_out_without_knowing_zones_or_holidays() {
        let scripts = [("workshop", workshop()), ("shop", shop()), ("desk", desk())];
        let scripts = scripts.map(|(name, calendar)| (name, Script::new(two_years(&calendar))));
        for case in include_str!("../../tests/deadlines/vectors.csv").lines().skip(1) {
            let [name, start, limit, due] = case.split(',').collect::<Vec<_>>()[..] else { panic!("{case}") };
            let script = &scripts.iter().find(|(other, _)| *other == name).unwrap().1;
            let second = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
            assert_eq!(script.due(second(start), Duration::parse(limit).unwrap()), second(due), "{case}");
        }
    }

    #[test]
    fn days_of_clock_changes_are_listed() {
        let openings = two_years(&workshop());
        assert_eq!(openings.odd_days, [(87, -3600), (297, 3600), (451, -3600), (668, 3600)]);
        let offsets: Vec<i32> = openings.offsets.iter().map(|(_, offset)| *offset).collect();
        assert_eq!(offsets, [3600, 7200, 3600, 7200, 3600]);
        assert_eq!(two_years(&shop()).offsets.len(), 1);
    }

    #[test]
    fn names_stand_at_their_dates() {
        let openings = two_years(&workshop());
        assert_eq!(openings.names[&92], "Karfreitag");
        assert!(openings.patterns[usize::from(openings.days[92])].open.is_empty());
    }

    #[test]
    fn two_years_are_small() {
        for calendar in [workshop(), shop(), desk()] {
            let openings = two_years(&calendar);
            assert!(openings.patterns.len() <= 6, "{:?}", openings.patterns);
            assert!(serde_json::to_string(&openings).unwrap().len() < 4096);
        }
    }

    #[test]
    fn a_stretch_that_ends_before_it_begins_is_empty() {
        let openings = Openings::new(&workshop(), date(2026, 2, 1), date(2026, 1, 1));
        assert!(openings.days.is_empty() && openings.patterns.is_empty());
        let long = Openings::new(&Calendar::always(), Date::MIN, Date::MAX);
        assert_eq!(long.days.len(), MOST_DATES as usize);
    }
}
