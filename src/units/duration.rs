//! Durations: a whole number and a unit, `10 business days` or `10bd`.
//!
//! Not here: when a duration ends (`calendar::deadline`) and how two durations of different kinds compare
//! (`calendar::compare`): business and calendar time are never converted without a calendar.

use std::cmp::Ordering;
use std::fmt;

use super::Malformed;
use super::duration_faults;

/// A length of time, above zero. It has no order of its own: `2bd` and `48h` compare only through a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many units, at least one.
    pub count: u32,
    /// The unit.
    pub unit: Unit,
}

/// What a duration is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Elapsed seconds.
    Second,
    /// Elapsed minutes.
    Minute,
    /// Elapsed hours.
    Hour,
    /// Hours while the calendar is open.
    BusinessHour,
    /// Local dates with opening hours.
    BusinessDay,
    /// Local dates.
    CalendarDay,
    /// Seven local dates.
    Week,
    /// Months of the civil calendar.
    Month,
    /// Years of the civil calendar.
    Year,
}

/// How durations are measured; inside one clock they compare and add as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clock {
    /// Elapsed time: seconds, minutes, hours.
    Elapsed,
    /// Business hours.
    BusinessHours,
    /// Business days.
    BusinessDays,
    /// Local dates: calendar days and weeks.
    Dates,
    /// Months and years.
    Months,
}

impl Unit {
    /// All units, from the shortest.
    pub const ALL: [Unit; 9] = [
        Unit::Second,
        Unit::Minute,
        Unit::Hour,
        Unit::BusinessHour,
        Unit::BusinessDay,
        Unit::CalendarDay,
        Unit::Week,
        Unit::Month,
        Unit::Year,
    ];

    /// Gives the short form: `s` `min` `h` `bh` `bd` `d` `w` `mo` `y`.
    pub fn short(self) -> &'static str {
        match self {
            Unit::Second => "s",
            Unit::Minute => "min",
            Unit::Hour => "h",
            Unit::BusinessHour => "bh",
            Unit::BusinessDay => "bd",
            Unit::CalendarDay => "d",
            Unit::Week => "w",
            Unit::Month => "mo",
            Unit::Year => "y",
        }
    }

    /// Gives the long form for one of it: `business day`.
    pub fn singular(self) -> &'static str {
        match self {
            Unit::Second => "second",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::BusinessHour => "business hour",
            Unit::BusinessDay => "business day",
            Unit::CalendarDay => "calendar day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    /// Gives the long form for several of it: `business days`.
    pub fn plural(self) -> &'static str {
        match self {
            Unit::Second => "seconds",
            Unit::Minute => "minutes",
            Unit::Hour => "hours",
            Unit::BusinessHour => "business hours",
            Unit::BusinessDay => "business days",
            Unit::CalendarDay => "calendar days",
            Unit::Week => "weeks",
            Unit::Month => "months",
            Unit::Year => "years",
        }
    }

    /// Reads a unit in its short or long form, for one or several of it.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| [unit.short(), unit.singular(), unit.plural()].contains(&word))
    }

    /// Gives the clock that the unit runs on, and how many of the clock's smallest units it holds.
    fn on_clock(self) -> (Clock, u64) {
        match self {
            Unit::Second => (Clock::Elapsed, 1),
            Unit::Minute => (Clock::Elapsed, 60),
            Unit::Hour => (Clock::Elapsed, 3600),
            Unit::BusinessHour => (Clock::BusinessHours, 1),
            Unit::BusinessDay => (Clock::BusinessDays, 1),
            Unit::CalendarDay => (Clock::Dates, 1),
            Unit::Week => (Clock::Dates, 7),
            Unit::Month => (Clock::Months, 1),
            Unit::Year => (Clock::Months, 12),
        }
    }
}

impl Duration {
    /// Makes a duration; nothing comes of a count of zero.
    pub fn new(count: u32, unit: Unit) -> Option<Self> {
        (count > 0).then_some(Self { count, unit })
    }

    /// Reads `10 business days`, `10bd`, `10 bd`, `1 year`: a whole number above zero, at most one space, a unit.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        Self::read(text).ok_or_else(|| duration_faults::explain(text))
    }

    /// Reads a duration, and does not say why it cannot.
    pub(super) fn read(text: &str) -> Option<Self> {
        let end = text.bytes().position(|b| !b.is_ascii_digit())?;
        let (number, rest) = text.split_at_checked(end)?;
        let unit = Unit::parse(rest.strip_prefix(' ').unwrap_or(rest))?;
        if number.starts_with('0') { None } else { Self::new(number.parse().ok()?, unit) }
    }

    /// Gives the short form: `10bd`.
    pub fn short(self) -> String {
        format!("{}{}", self.count, self.unit.short())
    }

    /// Tells whether it runs only while a calendar is open: business hours and business days.
    pub fn is_business(self) -> bool {
        matches!(self.unit, Unit::BusinessHour | Unit::BusinessDay)
    }

    /// Gives the elapsed seconds of seconds, minutes and hours, and nothing for other units.
    pub fn seconds(self) -> Option<u64> {
        (self.clock() == Clock::Elapsed).then(|| self.on_clock())
    }

    /// Gives the clock that it runs on.
    pub fn clock(self) -> Clock {
        self.unit.on_clock().0
    }

    /// Gives its length in the smallest unit of its clock: seconds, business hours, business days, dates or months.
    pub fn on_clock(self) -> u64 {
        u64::from(self.count) * self.unit.on_clock().1
    }

    /// Compares two durations of the same clock exactly, and gives nothing where a calendar would be needed.
    pub fn compare_same_clock(self, other: Self) -> Option<Ordering> {
        (self.clock() == other.clock()).then(|| self.on_clock().cmp(&other.on_clock()))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.count == 1 { self.unit.singular() } else { self.unit.plural() };
        write!(f, "{} {unit}", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duration(text: &str) -> Duration {
        Duration::parse(text).unwrap()
    }

    #[test]
    fn every_unit_is_read_in_its_long_and_short_form() {
        let forms = [
            ("45 seconds", "45s"),
            ("90 minutes", "90min"),
            ("24 hours", "24h"),
            ("4 business hours", "4bh"),
            ("10 business days", "10bd"),
            ("30 calendar days", "30d"),
            ("2 weeks", "2w"),
            ("12 months", "12mo"),
            ("5 years", "5y"),
        ];
        for (long, short) in forms {
            assert_eq!(duration(long), duration(short));
            assert_eq!(duration(short).to_string(), long);
            assert_eq!(duration(long).short(), short);
        }
    }

    #[test]
    fn one_space_or_none_stands_between_number_and_unit() {
        assert_eq!(duration("10 bd"), duration("10bd"));
        assert_eq!(duration("10business days"), duration("10bd"));
    }

    #[test]
    fn one_of_a_unit_is_written_in_the_singular() {
        assert_eq!(duration("1bd").to_string(), "1 business day");
        assert_eq!(duration("1 year"), duration("1y"));
        assert_eq!(duration("1 hours").to_string(), "1 hour");
    }

    #[test]
    fn the_longest_count_is_read() {
        assert_eq!(duration("4294967295y").count, u32::MAX);
        assert_eq!(duration("4294967295h").seconds(), Some(4_294_967_295 * 3600));
    }

    #[test]
    fn durations_of_one_clock_compare_as_numbers() {
        let compare = |a, b| duration(a).compare_same_clock(duration(b));
        assert_eq!(compare("90min", "1h"), Some(Ordering::Greater));
        assert_eq!(compare("3600s", "1h"), Some(Ordering::Equal));
        assert_eq!(compare("2w", "15d"), Some(Ordering::Less));
        assert_eq!(compare("1y", "12mo"), Some(Ordering::Equal));
        assert_eq!(compare("7bd", "10bd"), Some(Ordering::Less));
    }

    #[test]
    fn durations_of_two_clocks_do_not_compare() {
        for (a, b) in [("1d", "24h"), ("1mo", "30d"), ("8bh", "1bd"), ("2bd", "48h"), ("4bh", "4h"), ("4w", "1mo")] {
            assert_eq!(duration(a).compare_same_clock(duration(b)), None, "{a} {b}");
        }
    }

    #[test]
    fn only_seconds_minutes_and_hours_have_seconds() {
        assert_eq!(duration("90min").seconds(), Some(5400));
        assert_eq!(duration("1d").seconds(), None);
        assert_eq!(duration("1bh").seconds(), None);
        assert!(duration("1bh").is_business() && duration("1bd").is_business() && !duration("1d").is_business());
    }
}
