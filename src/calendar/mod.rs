//! Working time: opening hours, holidays, deadlines, each explained day by day.
//!
//! Not here: reading registers and holiday files (`model`), words for a reader (`locale`), and today, which no
//! answer depends on.

pub mod budget;
pub mod compare;
mod critical_path;
pub mod deadline;
pub mod hours;
pub mod instant;
pub mod intervals;
pub mod working;
pub mod zone;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::units::time_of_day::TimeOfDay;
use hours::{Interval, OpeningHours};

/// Which day is the first of a limit in business days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CountFrom {
    /// The day of receipt is not counted (as in § 187 of the German and article 201 of the Chinese civil code).
    #[default]
    NextDay,
    /// The day of receipt is day one.
    SameDay,
}

/// What a holiday file says of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Day {
    /// Closed all day.
    Closed,
    /// A make-up working day, open although its weekday need not be.
    Open,
}

/// A line of a holiday file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The local date.
    pub date: Date,
    /// Its name, in the words of the file.
    pub name: Arc<str>,
    /// Whether it closes or opens the date.
    pub day: Day,
}

/// What a calendar is made of; the fields of a calendar in its register.
#[derive(Clone, Debug)]
pub struct CalendarParts {
    /// The time zone of all its dates and times.
    pub zone: TimeZone,
    /// The opening hours of the seven weekdays.
    pub hours: OpeningHours,
    /// The lines of the holiday file, in any order; none where there is no file.
    pub holidays: Vec<Holiday>,
    /// Which day is the first of a limit in business days.
    pub count_from: CountFrom,
    /// What comes in later counts as received on the next business day; the cut-off itself is in time.
    pub cut_off: Option<TimeOfDay>,
    /// The weekday whose hours a make-up working day has.
    pub open_like: Weekday,
}

/// A calendar of working time.
///
/// A date that the holidays name twice is closed if one of the lines closes it; otherwise the first line stays.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    hours: OpeningHours,
    special: BTreeMap<Date, (Day, Arc<str>)>,
    count_from: CountFrom,
    cut_off: Option<TimeOfDay>,
    open_like: Weekday,
    remembered: working::Remembered,
}

impl Calendar {
    /// Makes a calendar of its parts.
    pub fn new(parts: CalendarParts) -> Self {
        let mut special: BTreeMap<Date, (Day, Arc<str>)> = BTreeMap::new();
        for Holiday { date, name, day } in parts.holidays {
            let kept = special.get(&date).map(|(day, _)| *day);
            if kept.is_none() || (kept == Some(Day::Open) && day == Day::Closed) {
                special.insert(date, (day, name));
            }
        }
        let CalendarParts { zone, hours, count_from, cut_off, open_like, .. } = parts;
        let remembered = working::Remembered::default();
        Self { zone, hours, special, count_from, cut_off, open_like, remembered }
    }

    /// Makes the built-in calendar `always`: open round the clock, in UTC, without holidays.
    pub fn always() -> Self {
        Self {
            zone: TimeZone::UTC,
            hours: OpeningHours::round_the_clock(),
            special: BTreeMap::new(),
            count_from: CountFrom::NextDay,
            cut_off: None,
            open_like: Weekday::Monday,
            remembered: working::Remembered::default(),
        }
    }

    /// Gives the time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Gives the opening hours of the seven weekdays.
    pub fn hours(&self) -> &OpeningHours {
        &self.hours
    }

    /// Tells which day is the first of a limit in business days.
    pub fn count_from(&self) -> CountFrom {
        self.count_from
    }

    /// Gives the cut-off.
    pub fn cut_off(&self) -> Option<TimeOfDay> {
        self.cut_off
    }

    /// Gives the weekday whose hours a make-up working day has.
    pub fn open_like(&self) -> Weekday {
        self.open_like
    }

    /// Gives the first day of which the holidays are known: the first of January of the earliest line's year.
    pub fn known_from(&self) -> Option<Date> {
        self.special.keys().next().map(|date| date.first_of_year())
    }

    /// Gives the last day of which the holidays are known: the end of the year of the last line.
    ///
    /// Holidays are published by the year, so a file whose last line is in October is complete to the end of December.
    /// A calendar without holidays has no such day, and gives no warning.
    pub fn known_until(&self) -> Option<Date> {
        self.special.keys().next_back().map(|date| date.last_of_year())
    }

    /// Gives what the holiday file says of a date, with the name.
    pub fn special_day(&self, date: Date) -> Option<(Day, &Arc<str>)> {
        self.special.get(&date).map(|(day, name)| (*day, name))
    }

    /// Gives the opening hours of a date, in order; none where it is closed.
    pub fn hours_on(&self, date: Date) -> &[Interval] {
        match self.special.get(&date) {
            Some((Day::Closed, _)) => &[],
            Some((Day::Open, _)) => self.hours.on(self.open_like),
            None => self.hours.on(date.weekday()),
        }
    }

    /// Tells whether a date has opening hours.
    pub fn is_business_day(&self, date: Date) -> bool {
        !self.hours_on(date).is_empty()
    }

    /// Gives the opening intervals of a date as instants, in order.
    ///
    /// Hours that the clocks skip are shortened, if need be to nothing; of an end that they repeat, the first passing counts.
    pub fn opening(&self, date: Date) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let instant = move |time| zone::instant(&self.zone, date, time);
        self.hours_on(date).iter().map(move |open| (instant(open.from), instant(open.to)))
    }

    /// Gives the closing time of a business day.
    pub fn closing(&self, date: Date) -> Option<Timestamp> {
        self.hours_on(date).last().map(|open| zone::instant(&self.zone, date, open.to))
    }

    /// Gives the local date of an instant.
    pub fn date_of(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// Gives the length of a typical business day in seconds: the commonest length among the open weekdays, of equally
    /// common ones the longest; nothing where no weekday is open.
    pub fn typical_day(&self) -> Option<u32> {
        let lengths: Vec<u32> = self.hours.lengths().filter(|seconds| *seconds > 0).collect();
        let times = |length: u32| lengths.iter().filter(|other| **other == length).count();
        lengths.iter().copied().max_by_key(|length| (times(*length), *length))
    }
}

#[cfg(test)]
mod deadline_properties;

#[cfg(test)]
pub(crate) mod examples {
    //! The three calendars of `tests/deadlines/`, and how to make others in a line.

    use super::*;
    use crate::units::date::parse_date;

    const DE: &str = include_str!("../../tests/deadlines/holidays/de-nw.csv");
    const CN: &str = include_str!("../../tests/deadlines/holidays/cn.csv");
    const US: &str = include_str!("../../tests/deadlines/holidays/us.csv");

    /// Reads a holiday file whose names hold no comma.
    pub(crate) fn holidays(csv: &str) -> Vec<Holiday> {
        let line = |line: &str| {
            let parts: Vec<&str> = line.split(',').collect();
            let day = if parts[2] == "open" { Day::Open } else { Day::Closed };
            Holiday { date: parse_date(parts[0]).unwrap(), name: parts[1].into(), day }
        };
        csv.lines().skip(1).map(line).collect()
    }

    /// Makes the parts of a calendar without holidays from `mon-fri 09:00-17:00; sat 09:00-13:00`.
    pub(crate) fn parts(zone: &str, week: &str) -> CalendarParts {
        let mut hours = OpeningHours::default();
        for entry in week.split("; ").filter(|entry| !entry.is_empty()) {
            let (key, value) = entry.split_once(' ').unwrap();
            hours.set(&hours::parse_weekdays(key).unwrap(), &hours::parse_intervals(value).unwrap()).unwrap();
        }
        CalendarParts {
            zone: zone::time_zone(zone).unwrap(),
            hours,
            holidays: Vec::new(),
            count_from: CountFrom::NextDay,
            cut_off: None,
            open_like: Weekday::Monday,
        }
    }

    pub(crate) fn time(text: &str) -> Option<TimeOfDay> {
        Some(TimeOfDay::parse(text).unwrap())
    }

    pub(crate) fn workshop_parts() -> CalendarParts {
        let parts = parts("Europe/Berlin", "mon-fri 09:00-17:00");
        CalendarParts { holidays: holidays(DE), cut_off: time("16:00"), ..parts }
    }

    pub(crate) fn workshop() -> Calendar {
        Calendar::new(workshop_parts())
    }

    pub(crate) fn shop() -> Calendar {
        let parts = parts("Asia/Shanghai", "mon-fri 09:00-12:00, 13:30-18:00");
        Calendar::new(CalendarParts { holidays: holidays(CN), ..parts })
    }

    pub(crate) fn desk() -> Calendar {
        let parts = parts("America/New_York", "mon-fri 08:00-20:00; sat 09:00-13:00");
        let count_from = CountFrom::SameDay;
        Calendar::new(CalendarParts { holidays: holidays(US), count_from, cut_off: time("18:00"), ..parts })
    }
}

#[cfg(test)]
mod tests {
    use super::examples::{holidays, parts, shop, workshop, workshop_parts};
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_holiday_closes_a_date_and_a_make_up_day_opens_one() {
        let shop = shop();
        assert!(!shop.is_business_day(date(2026, 10, 1)));
        assert!(shop.is_business_day(date(2026, 10, 10)));
        assert_eq!(shop.hours_on(date(2026, 10, 10)), shop.hours_on(date(2026, 10, 12)));
        assert!(!shop.is_business_day(date(2026, 10, 17)));
    }

    #[test]
    fn a_make_up_day_has_the_hours_of_the_weekday_that_is_named() {
        let parts = parts("UTC", "mon 08:00-09:00; tue 08:00-12:00; sat 10:00-11:00");
        let lines = holidays("date,name,day\n2026-03-07,Swap,open\n");
        let calendar = Calendar::new(CalendarParts { holidays: lines, open_like: Weekday::Tuesday, ..parts });
        assert_eq!(calendar.hours_on(date(2026, 3, 7)), calendar.hours_on(date(2026, 3, 10)));
        assert_eq!(calendar.hours_on(date(2026, 3, 14))[0].from, TimeOfDay::parse("10:00").unwrap());
    }

    #[test]
    fn holidays_are_known_for_whole_years() {
        assert_eq!(shop().known_from(), Some(date(2026, 1, 1)));
        assert_eq!(shop().known_until(), Some(date(2026, 12, 31)));
        assert_eq!(workshop().known_until(), Some(date(2027, 12, 31)));
        assert_eq!(Calendar::always().known_until(), None);
    }

    #[test]
    fn a_date_named_twice_is_closed_if_one_line_closes_it() {
        for csv in [
            "date,name,day\n2026-03-07,A,open\n2026-03-07,B,closed\n",
            "date,name,day\n2026-03-07,B,closed\n2026-03-07,A,open\n",
        ] {
            let calendar = Calendar::new(CalendarParts { holidays: holidays(csv), ..workshop_parts() });
            assert_eq!(
                calendar.special_day(date(2026, 3, 7)).map(|(day, name)| (day, name.as_ref())),
                Some((Day::Closed, "B"))
            );
        }
    }

    #[test]
    fn a_typical_day_is_the_commonest_length() {
        assert_eq!(workshop().typical_day(), Some(8 * 3600));
        assert_eq!(shop().typical_day(), Some(15 * 1800));
        assert_eq!(super::examples::desk().typical_day(), Some(12 * 3600));
        assert_eq!(Calendar::always().typical_day(), Some(24 * 3600));
        let even = Calendar::new(parts("UTC", "mon 09:00-10:00; tue 09:00-12:00"));
        assert_eq!(even.typical_day(), Some(3 * 3600));
        assert_eq!(Calendar::new(parts("UTC", "")).typical_day(), None);
    }

    #[test]
    fn hours_in_the_skipped_hour_of_spring_are_shortened_if_need_be_to_nothing() {
        let open = |hours: &str| {
            let calendar = Calendar::new(parts("Europe/Berlin", &format!("sun {hours}")));
            calendar.opening(date(2026, 3, 29)).map(|(from, to)| to.duration_since(from).as_mins()).collect::<Vec<_>>()
        };
        assert_eq!(open("01:00-04:00"), [120]);
        assert_eq!(open("02:30-04:00"), [60]);
        assert_eq!(open("02:15-02:45"), [0]);
        assert_eq!(open("00:00-24:00"), [23 * 60]);
    }

    #[test]
    fn hours_in_the_repeated_hour_of_autumn_follow_the_clock() {
        let calendar = Calendar::new(parts("Europe/Berlin", "sun 01:00-04:00"));
        let hours: Vec<_> = calendar.opening(date(2026, 10, 25)).map(|(a, b)| b.duration_since(a).as_hours()).collect();
        assert_eq!(hours, [4]);
    }
}
