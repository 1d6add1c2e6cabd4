//! How much working time a stretch of the clock can hold, over a year of starts.
//!
//! Not here: the deadlines themselves (`deadline`), and what the numbers are compared with (`compare`, `budget`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Calendar, zone};
use crate::units::duration::{Clock, Duration};

/// What a stretch of time is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Seconds on the clock.
    Elapsed,
    /// Seconds while the calendar is open.
    Working,
}

/// The least and the most seconds that a duration can hold, over a year of starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Extremes {
    /// At the start that gives least.
    pub least: u64,
    /// At the start that gives most.
    pub most: u64,
}

/// The answers that were found already, shared by all copies of a calendar.
#[derive(Clone, Debug, Default)]
pub(super) struct Remembered(Arc<Mutex<Answers>>);

type Answers = HashMap<(Duration, Measure), Option<Extremes>>;

impl Remembered {
    fn get(&self, key: (Duration, Measure), find: impl FnOnce() -> Option<Extremes>) -> Option<Extremes> {
        let known = self.0.lock().ok().and_then(|answers| answers.get(&key).copied());
        known.unwrap_or_else(|| {
            let found = find();
            if let Ok(mut answers) = self.0.lock() {
                answers.insert(key, found);
            }
            found
        })
    }
}

/// Finds how little and how much a duration can hold from its start to its deadline.
///
/// Nothing comes of a duration that has no deadline in this calendar.
///
/// The calendar remembers the answer, since many standards share a duration.
pub fn extremes(calendar: &Calendar, duration: Duration, measure: Measure) -> Option<Extremes> {
    calendar.remembered.get((duration, measure), || find_extremes(calendar, duration, measure))
}

fn find_extremes(calendar: &Calendar, duration: Duration, measure: Measure) -> Option<Extremes> {
    let (starts, open) = starts(calendar, &[duration])?;
    let held = |start: &Timestamp| {
        let due = calendar.due(*start, duration).ok()?;
        let seconds = match measure {
            Measure::Elapsed => due.as_second() - start.as_second(),
            Measure::Working => open.before(due.as_second()) - open.before(start.as_second()),
        };
        u64::try_from(seconds).ok()
    };
    let held = starts.iter().map(held).collect::<Option<Vec<u64>>>()?;
    Some(Extremes { least: held.iter().copied().min()?, most: held.iter().copied().max()? })
}

/// Gives the first day of the year of starts over which worst cases are sought.
///
/// It is the last year but one of those whose holidays are known, so that the deadlines of the year fall among known
/// holidays where they can; the only known year; or 2027 where no holidays are known, an ordinary year of 365 days.
pub fn year_of_starts(calendar: &Calendar) -> Date {
    match (calendar.known_from(), calendar.known_until()) {
        (Some(from), Some(until)) if from.year() < until.year() => Date::constant(until.year() - 1, 1, 1),
        (Some(from), _) => from,
        _ => Date::constant(2027, 1, 1),
    }
}

/// Lists the starts of a year at which the deadlines of durations can be relatively earliest or latest.
///
/// Between two neighbours every deadline moves evenly or stands still, so that no start between them is a worse case.
/// The opening time comes along, as far as the deadlines reach.
pub(super) fn starts(calendar: &Calendar, durations: &[Duration]) -> Option<(Vec<Timestamp>, OpenTime)> {
    let first = year_of_starts(calendar);
    let last = first.last_of_year();
    let end = zone::end_of_day(calendar.zone(), last);
    let reach = durations.iter().map(|duration| calendar.due(end, *duration)).collect::<Result<Vec<_>, _>>().ok()?;
    let open = OpenTime::new(calendar, first, calendar.date_of(reach.into_iter().max()?));
    let mut edges = day_edges(calendar, first, last);
    for duration in durations {
        match duration.clock() {
            Clock::Elapsed => {
                let length = i64::try_from(duration.on_clock()).ok()?;
                edges.extend(open.edges().map(|edge| edge.saturating_sub(length)));
            }
            Clock::BusinessHours => {
                let length = i64::try_from(duration.on_clock()).ok()?.checked_mul(3600)?;
                edges
                    .extend(open.spans.iter().filter_map(|span| open.at(span.before + (span.to - span.from) - length)));
            }
            Clock::BusinessDays | Clock::Dates | Clock::Months => {}
        }
    }
    let (from, until) = (zone::start_of_day(calendar.zone(), first).as_second(), end.as_second());
    let mut seconds: Vec<i64> = edges.into_iter().flat_map(|edge| [edge - 1, edge, edge + 1]).collect();
    seconds.retain(|second| (from..until).contains(second));
    seconds.sort_unstable();
    seconds.dedup();
    let starts = seconds.into_iter().map(Timestamp::from_second).collect::<Result<Vec<_>, _>>().ok()?;
    Some((starts, open))
}

/// Lists the midnights, openings, closings and cut-offs of dates, in seconds since 1970.
fn day_edges(calendar: &Calendar, first: Date, last: Date) -> Vec<i64> {
    let mut edges = Vec::new();
    for date in dates(first, last) {
        edges.push(zone::start_of_day(calendar.zone(), date).as_second());
        edges.extend(calendar.opening(date).flat_map(|(from, to)| [from.as_second(), to.as_second()]));
        edges.extend(calendar.cut_off().map(|time| zone::instant(calendar.zone(), date, time).as_second()));
    }
    edges
}

/// Walks the dates from the first to the last.
pub(super) fn dates(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |date| date.tomorrow().ok()).take_while(move |date| *date <= last)
}

/// The opening time of a stretch of dates, to be asked for often.
pub(super) struct OpenTime {
    spans: Vec<OpenSpan>,
}

/// One opening, in seconds since 1970, and the open seconds before it.
struct OpenSpan {
    from: i64,
    to: i64,
    before: i64,
}

impl OpenTime {
    fn new(calendar: &Calendar, first: Date, last: Date) -> Self {
        let mut spans: Vec<OpenSpan> = Vec::new();
        let mut before = 0;
        for (from, to) in dates(first, last).flat_map(|date| calendar.opening(date)) {
            let (from, to) = (from.as_second(), to.as_second());
            spans.push(OpenSpan { from, to, before });
            before += to - from;
        }
        Self { spans }
    }

    /// Counts the open seconds before an instant, from the first date on.
    fn before(&self, at: i64) -> i64 {
        match self.spans.partition_point(|span| span.from < at).checked_sub(1).and_then(|n| self.spans.get(n)) {
            Some(span) => span.before + (at.min(span.to) - span.from),
            None => 0,
        }
    }

    /// Finds the instant before which so many seconds are open; nothing where it is not inside an opening.
    fn at(&self, seconds: i64) -> Option<i64> {
        let span = self.spans.get(self.spans.partition_point(|span| span.before < seconds).checked_sub(1)?)?;
        let at = span.from + (seconds - span.before);
        (at <= span.to).then_some(at)
    }

    fn edges(&self) -> impl Iterator<Item = i64> {
        self.spans.iter().flat_map(|span| [span.from, span.to])
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{desk, parts, shop, workshop};
    use super::*;

    fn hours(calendar: &Calendar, duration: &str, measure: Measure) -> (u64, u64) {
        let found = extremes(calendar, Duration::parse(duration).unwrap(), measure).unwrap();
        assert_eq!((found.least % 3600, found.most % 3600), (0, 0), "{duration} {found:?}");
        (found.least / 3600, found.most / 3600)
    }

    #[test]
    fn the_working_time_of_a_day_is_a_working_day_at_most_and_none_at_worst() {
        assert_eq!(hours(&workshop(), "24h", Measure::Working), (0, 8));
        assert_eq!(hours(&workshop(), "4h", Measure::Working), (0, 4));
        assert_eq!(hours(&desk(), "24h", Measure::Working), (0, 12));
        assert_eq!(hours(&Calendar::always(), "24h", Measure::Working), (24, 24));
    }

    #[test]
    fn a_week_of_dates_holds_least_over_holidays() {
        // Started at the end of Thursday 28 March 2024 the week would hold Good Friday and Easter Monday; so in 2026.
        let (least, most) = hours(&workshop(), "1w", Measure::Working);
        assert_eq!((least, most), (24, 48));
    }

    #[test]
    fn the_clock_changes_are_among_the_worst_cases() {
        let berlin = Calendar::new(parts("Europe/Berlin", "mon-sun 00:00-24:00"));
        let found = extremes(&berlin, Duration::parse("1d").unwrap(), Measure::Elapsed).unwrap();
        assert_eq!(found, Extremes { least: 23 * 3600 + 1, most: 49 * 3600 });
    }

    #[test]
    fn the_edges_find_what_trying_every_ten_minutes_finds() {
        for (calendar, duration) in
            [(shop(), "5h"), (desk(), "30h"), (workshop(), "5bh"), (desk(), "2d"), (shop(), "1bd")]
        {
            let duration = Duration::parse(duration).unwrap();
            let found = extremes(&calendar, duration, Measure::Elapsed).unwrap();
            let begin = zone::start_of_day(calendar.zone(), year_of_starts(&calendar)).as_second();
            for start in (begin..begin + 365 * 86_400).step_by(600) {
                let due = calendar.due(Timestamp::from_second(start).unwrap(), duration).unwrap().as_second();
                let held = (due - start) as u64;
                assert!((found.least..=found.most).contains(&held), "{duration} from {start}: {held} beyond {found:?}");
            }
        }
    }

    #[test]
    fn the_year_of_starts_has_known_holidays_behind_it_where_it_can() {
        assert_eq!(year_of_starts(&workshop()).year(), 2026);
        assert_eq!(year_of_starts(&shop()).year(), 2026);
        assert_eq!(year_of_starts(&Calendar::always()).year(), 2027);
    }

    #[test]
    fn a_duration_without_a_deadline_has_no_extremes() {
        let shut = Calendar::new(parts("UTC", ""));
        assert_eq!(extremes(&shut, Duration::parse("1bd").unwrap(), Measure::Elapsed), None);
        assert_eq!(extremes(&workshop(), Duration::parse("101y").unwrap(), Measure::Working), None);
        assert_eq!(hours(&shut, "1d", Measure::Working), (0, 0));
    }
}
