//! Which of two durations ends later, where they run on different clocks.
//!
//! Not here: what follows from it for a promise (`checks`). Without a calendar nothing is guessed.

use std::cmp::Ordering;

use jiff::Timestamp;

use super::Calendar;
use super::working::starts;
use crate::units::duration::Duration;

/// How one duration compares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Both run on one clock and compare as numbers.
    Exactly(Ordering),
    /// Found through a calendar, over a year of starts ([`super::working::year_of_starts`]).
    Through {
        /// The start from which the first is due farthest after the second; nothing if it never is.
        later: Option<Difference>,
        /// The start from which the first is due farthest before the second; nothing if it never is.
        sooner: Option<Difference>,
    },
}

/// A start from which two durations are due at different times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The start.
    pub start: Timestamp,
    /// How many seconds lie between the two deadlines.
    pub seconds: u64,
}

impl Compared {
    /// Tells whether the first is due after the second from no start: what "internal ≤ limit ≤ legal" asks.
    pub fn is_never_later(self) -> bool {
        self.worst_case() != Ordering::Greater
    }

    /// Gives the order in the worst case: greater if the first is due later from any start, however seldom.
    ///
    /// So of two durations of which now the one and now the other is due later, each is greater than the other.
    pub fn worst_case(self) -> Ordering {
        match self {
            Compared::Exactly(order) => order,
            Compared::Through { later: Some(_), .. } => Ordering::Greater,
            Compared::Through { sooner: Some(_), .. } => Ordering::Less,
            Compared::Through { .. } => Ordering::Equal,
        }
    }
}

/// Compares two durations, through a calendar where they run on different clocks.
///
/// Nothing comes of different clocks without a calendar, or of a duration that has no deadline in it. Through a
/// calendar it tries some thousand starts, which takes milliseconds: ask once for each pair.
pub fn compare(first: Duration, second: Duration, through: Option<&Calendar>) -> Option<Compared> {
    if let Some(order) = first.compare_same_clock(second) {
        return Some(Compared::Exactly(order));
    }
    let calendar = through?;
    let (starts, _) = starts(calendar, &[first, second])?;
    let (mut later, mut sooner): (Option<Difference>, Option<Difference>) = (None, None);
    for start in starts {
        let due = (calendar.due(start, first).ok()?, calendar.due(start, second).ok()?);
        let side = match due.0.cmp(&due.1) {
            Ordering::Greater => &mut later,
            Ordering::Less => &mut sooner,
            Ordering::Equal => continue,
        };
        let seconds = due.0.as_second().abs_diff(due.1.as_second());
        if side.is_none_or(|known| known.seconds < seconds) {
            *side = Some(Difference { start, seconds });
        }
    }
    Some(Compared::Through { later, sooner })
}

#[cfg(test)]
mod tests {
    use super::super::examples::{desk, parts, shop, workshop};
    use super::*;

    fn duration(text: &str) -> Duration {
        Duration::parse(text).unwrap()
    }

    fn order(first: &str, second: &str, calendar: &Calendar) -> Ordering {
        compare(duration(first), duration(second), Some(calendar)).unwrap().worst_case()
    }

    #[test]
    fn durations_of_one_clock_need_no_calendar() {
        assert_eq!(compare(duration("7bd"), duration("10bd"), None), Some(Compared::Exactly(Ordering::Less)));
    }

    #[test]
    fn durations_of_two_clocks_do_not_compare_without_a_calendar() {
        assert_eq!(compare(duration("10bd"), duration("30d"), None), None);
        assert_eq!(compare(duration("8bh"), duration("1bd"), None), None);
        assert_eq!(compare(duration("1d"), duration("24h"), None), None);
    }

    #[test]
    fn a_business_limit_is_compared_by_its_worst_start() {
        assert_eq!(order("10bd", "30d", &workshop()), Ordering::Less);
        assert_eq!(order("10bd", "2w", &workshop()), Ordering::Greater);
        assert_eq!(order("10bd", "1mo", &workshop()), Ordering::Less);
        assert_eq!(order("20bd", "1mo", &workshop()), Ordering::Greater);
    }

    #[test]
    fn the_worst_start_is_named() {
        let Some(Compared::Through { later: Some(later), .. }) =
            compare(duration("1bd"), duration("4d"), Some(&workshop()))
        else {
            panic!("a business day is later than four days over Easter")
        };
        let limit = |text| workshop().due(later.start, duration(text)).unwrap();
        assert_eq!(limit("1bd").duration_since(limit("4d")).as_secs() as u64, later.seconds);
        assert_eq!(workshop().date_of(later.start).to_string(), "2026-04-01");
    }

    #[test]
    fn of_two_that_take_turns_each_is_greater() {
        assert_eq!(order("24h", "1d", &Calendar::always()), Ordering::Less);
        // From the last second before a day of 23 hours.
        assert_eq!(order("24h", "1d", &workshop()), Ordering::Greater);
        assert_eq!(order("48h", "1d", &workshop()), Ordering::Greater);
        assert_eq!(order("36h", "1d", &workshop()), Ordering::Greater);
        assert_eq!(order("1d", "36h", &workshop()), Ordering::Greater);
        assert_eq!(order("1mo", "30d", &desk()), Ordering::Greater);
        assert_eq!(order("30d", "1mo", &desk()), Ordering::Greater);
    }

    #[test]
    fn business_hours_compare_with_business_days() {
        assert_eq!(order("4bh", "1bd", &workshop()), Ordering::Less);
        assert_eq!(order("8bh", "1bd", &workshop()), Ordering::Less);
        assert_eq!(order("17bh", "1bd", &workshop()), Ordering::Greater);
        assert_eq!(order("1bh", "1bd", &shop()), Ordering::Less);
    }

    #[test]
    fn equal_ends_are_equal() {
        let always = Calendar::always();
        assert_eq!(order("24bh", "24h", &always), Ordering::Equal);
        assert_eq!(order("1bd", "1d", &always), Ordering::Equal);
        assert_eq!(order("1bd", "24bh", &always), Ordering::Greater);
    }

    #[test]
    fn what_has_no_deadline_does_not_compare() {
        let shut = Calendar::new(parts("UTC", ""));
        assert_eq!(compare(duration("1bd"), duration("1d"), Some(&shut)), None);
    }
}
