//! What the steps of a service take together: the critical path, in one measure with the limits they must keep.
//!
//! Not here: which steps belong to a limit and which step comes after which (`model`), and how a bar is drawn (`view`).

use std::fmt;

use super::Calendar;
use super::critical_path::{in_order, longest, path, stretches};
use super::working::{Extremes, Measure, extremes};
use crate::units::duration::{Clock, Duration, Unit};

/// A step, as far as its time goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What it takes; nothing where that is not said.
    pub takes: Option<Duration>,
    /// The steps that it waits for, as positions in the list of steps.
    pub after: Vec<usize>,
    /// Whether the limit's clock stands still meanwhile.
    pub pauses: bool,
    /// Whether it lies within the limit.
    pub counts: bool,
}

/// What the amounts of a budget are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Seconds on the clock.
    Seconds,
    /// Seconds while the calendar is open; `day` is the length of a typical day, where a calendar is known.
    WorkingSeconds {
        /// Seconds of a typical business day.
        day: Option<u32>,
    },
    /// Business days, where no calendar tells how long they are.
    BusinessDays,
    /// Local dates.
    Dates,
    /// Months.
    Months,
}

/// When a step runs on the budget's scale, counted from the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Its begin.
    pub start: u64,
    /// Its end; that of a step which pauses or does not count is its begin.
    pub end: u64,
}

/// What steps take together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// What all amounts are counted in.
    pub scale: Scale,
    /// The length of the critical path.
    pub total: u64,
    /// Each step's place, in the order of the steps.
    pub steps: Vec<Stretch>,
    /// The steps of the critical path that take time, in order.
    pub path: Vec<usize>,
    /// The step that takes longest, of equally long ones the first.
    pub longest: Option<usize>,
    /// The limits on the same scale, in their order; nothing where one cannot be converted.
    pub limits: Vec<Option<u64>>,
    /// Whether clock and business time were converted by their worst case: steps at their most, limits at their least.
    pub by_worst_case: bool,
}

/// Why steps have no sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// Two steps run on different clocks, and no calendar is known to convert one.
    MixedClocks {
        /// A step.
        first: usize,
        /// A step on another clock.
        second: usize,
    },
    /// Steps wait for each other, in this order; the first waits for the last.
    Circle(Vec<usize>),
    /// A step waits for one that does not exist.
    UnknownStep {
        /// The step that waits.
        step: usize,
        /// The position that it names.
        after: usize,
    },
    /// A step cannot be converted: the calendar is never open, or the step lasts beyond a hundred years.
    NoMeasure {
        /// The step.
        step: usize,
    },
}

impl Budget {
    /// Adds the steps up along the critical path, and puts the limits on the same scale.
    ///
    /// Steps that wait for the same step run side by side. Business days are as many typical days of the calendar.
    /// The first limit is the one that matters most: the steps and it choose the scale. What runs on another clock is
    /// converted through the calendar by the worst case over a year of starts.
    pub fn new(steps: &[Step], limits: &[Duration], calendar: Option<&Calendar>) -> Result<Self, Impossible> {
        let order = in_order(steps)?;
        let taken: Vec<(usize, Duration)> =
            steps.iter().enumerate().filter_map(|(n, step)| Some((n, step.taken()?))).collect();
        let converter = Converter { scale: scale(&taken, limits, calendar)?, calendar };
        let mut lengths = vec![0; steps.len()];
        for (step, duration) in &taken {
            lengths[*step] = converter.most(*duration).ok_or(Impossible::NoMeasure { step: *step })?;
        }
        let stretches = stretches(steps, &order, &lengths);
        let converted = |duration: &Duration| calendar.is_some() && converter.scale.amount(*duration).is_none();
        Ok(Self {
            scale: converter.scale,
            total: stretches.iter().map(|stretch| stretch.end).max().unwrap_or(0),
            path: path(steps, &stretches),
            longest: longest(&lengths),
            limits: limits.iter().map(|limit| converter.least(*limit)).collect(),
            by_worst_case: taken.iter().map(|(_, duration)| duration).chain(limits).any(converted),
            steps: stretches,
        })
    }

    /// Gives an amount of this budget in a unit, rounded up to a tenth; nothing where the unit does not fit its scale.
    pub fn amount_in(&self, amount: u64, unit: Unit) -> Option<Tenths> {
        self.scale.size(unit).filter(|size| *size > 0).map(|size| Tenths::of(amount, size))
    }

    /// Gives the total in a unit, rounded up to a tenth: 6.5 business days.
    pub fn total_in(&self, unit: Unit) -> Option<Tenths> {
        self.amount_in(self.total, unit)
    }

    /// Gives the difference between the total and what is allowed, in a unit: what is left, or how much it is too much.
    ///
    /// It is that of the amounts as they are shown, which are rounded up, so that used and left add up to allowed; what
    /// is too much is at least a tenth.
    pub fn difference_in(&self, allowed: u64, unit: Unit) -> Option<Tenths> {
        let (used, shown) = (self.total_in(unit)?.0, self.amount_in(allowed, unit)?.0);
        Some(Tenths(if self.total > allowed { used.saturating_sub(shown).max(1) } else { shown.saturating_sub(used) }))
    }

    /// Gives the unit in which the total is said best: business hours or days, hours, days or months.
    pub fn plain_unit(&self) -> Unit {
        match self.scale {
            Scale::Seconds if self.total < 3600 => Unit::Minute,
            Scale::Seconds => Unit::Hour,
            Scale::WorkingSeconds { day: Some(day) } if self.total >= u64::from(day) => Unit::BusinessDay,
            Scale::WorkingSeconds { .. } => Unit::BusinessHour,
            Scale::BusinessDays => Unit::BusinessDay,
            Scale::Dates => Unit::CalendarDay,
            Scale::Months => Unit::Month,
        }
    }
}

impl Step {
    /// Gives what the step adds to the limit; a step that pauses or does not count adds nothing.
    pub fn taken(&self) -> Option<Duration> {
        self.takes.filter(|_| self.counts && !self.pauses)
    }
}

impl Scale {
    /// Gives a unit's size on this scale, where it is exact.
    pub fn size(self, unit: Unit) -> Option<u64> {
        self.amount(Duration { count: 1, unit })
    }

    /// Gives a duration's amount on this scale, where it needs no worst case.
    pub fn amount(self, duration: Duration) -> Option<u64> {
        let length = duration.on_clock();
        match (self, duration.clock()) {
            (Scale::Seconds, Clock::Elapsed) => Some(length),
            (Scale::WorkingSeconds { .. }, Clock::BusinessHours) => length.checked_mul(3600),
            (Scale::WorkingSeconds { day }, Clock::BusinessDays) => length.checked_mul(u64::from(day?)),
            (Scale::BusinessDays, Clock::BusinessDays) => Some(length),
            (Scale::Dates, Clock::Dates) => Some(length),
            (Scale::Months, Clock::Months) => Some(length),
            _ => None,
        }
    }
}

/// A number with one decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths(pub u64);

impl Tenths {
    /// Divides, and rounds up to the next tenth, so that what exceeds a limit never looks as if it kept it.
    fn of(amount: u64, size: u64) -> Self {
        let tenths = (u128::from(amount) * 10).div_ceil(u128::from(size));
        Self(u64::try_from(tenths).unwrap_or(u64::MAX))
    }

    /// Says it with its unit: `6.5 business days`.
    pub fn of_unit(self, unit: Unit) -> String {
        format!("{self} {}", if self.0 == 10 { unit.singular() } else { unit.plural() })
    }

    /// Gives the whole number above it.
    pub fn rounded_up(self) -> u64 {
        self.0.div_ceil(10)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, tenth) => write!(f, "{whole}.{tenth}"),
        }
    }
}

/// Chooses the scale on which all steps can be added up and, where a calendar is known, the first limit compared.
fn scale(taken: &[(usize, Duration)], limits: &[Duration], calendar: Option<&Calendar>) -> Result<Scale, Impossible> {
    let day = calendar.and_then(Calendar::typical_day);
    let clock = |entry: &(usize, Duration)| entry.1.clock();
    if calendar.is_none()
        && let Some(first) = taken.first()
        && let Some(second) = taken.iter().find(|other| clock(other) != clock(first))
    {
        return Err(Impossible::MixedClocks { first: first.0, second: second.0 });
    }
    let first_limit = limits.get(..1).filter(|_| calendar.is_some() || taken.is_empty()).unwrap_or_default();
    let mut clocks = taken.iter().map(clock).chain(first_limit.iter().map(|limit| limit.clock()));
    let Some(first) = clocks.next() else { return Ok(Scale::WorkingSeconds { day }) };
    let (mut mixed, mut business) = (false, is_business(first));
    for other in clocks {
        mixed |= other != first;
        business |= is_business(other);
    }
    Ok(match first {
        _ if business && day.is_some() => Scale::WorkingSeconds { day },
        _ if mixed => Scale::Seconds,
        Clock::Elapsed => Scale::Seconds,
        Clock::BusinessHours => Scale::WorkingSeconds { day },
        Clock::BusinessDays => Scale::BusinessDays,
        Clock::Dates => Scale::Dates,
        Clock::Months => Scale::Months,
    })
}

fn is_business(clock: Clock) -> bool {
    matches!(clock, Clock::BusinessHours | Clock::BusinessDays)
}

/// Puts durations on a scale.
struct Converter<'c> {
    scale: Scale,
    calendar: Option<&'c Calendar>,
}

impl Converter<'_> {
    fn most(&self, duration: Duration) -> Option<u64> {
        self.scale.amount(duration).or_else(|| self.extremes(duration).map(|found| found.most))
    }

    fn least(&self, duration: Duration) -> Option<u64> {
        self.scale.amount(duration).or_else(|| self.extremes(duration).map(|found| found.least))
    }

    fn extremes(&self, duration: Duration) -> Option<Extremes> {
        let measure = match self.scale {
            Scale::Seconds => Measure::Elapsed,
            Scale::WorkingSeconds { .. } => Measure::Working,
            Scale::BusinessDays | Scale::Dates | Scale::Months => return None,
        };
        extremes(self.calendar?, duration, measure)
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{parts, shop, workshop};
    use super::*;

    fn duration(text: &str) -> Duration {
        Duration::parse(text).unwrap()
    }

    /// Makes a step of `2bd`, `2bd after 0 1`, `pauses after 0`, `2bd outside`.
    fn step(text: &str) -> Step {
        let (takes, after) = text.split_once(" after ").unwrap_or((text, ""));
        let after = after.split_whitespace().map(|after| after.parse().unwrap()).collect();
        let first = takes.split(' ').next().unwrap();
        let (pauses, counts) = (takes.contains("pauses"), !takes.contains("outside"));
        Step { takes: Duration::parse(first).ok(), after, pauses, counts }
    }

    /// Makes steps that each come after the one before.
    fn chain(texts: &[&str]) -> Vec<Step> {
        let after = |n: usize| n.checked_sub(1).into_iter().collect();
        texts.iter().enumerate().map(|(n, text)| Step { after: after(n), ..step(text) }).collect()
    }

    fn budget(steps: &[Step], limits: &[&str], calendar: Option<&Calendar>) -> Result<Budget, Impossible> {
        let limits: Vec<Duration> = limits.iter().map(|limit| duration(limit)).collect();
        Budget::new(steps, &limits, calendar)
    }

    fn total(steps: &[Step], unit: Unit, calendar: Option<&Calendar>) -> String {
        budget(steps, &[], calendar).unwrap().total_in(unit).unwrap().to_string()
    }

    #[test]
    fn the_repair_takes_six_and_a_half_business_days() {
        let steps = chain(&["2bh", "2bd", "4bh", "10bd pauses", "2bd", "1bd", "4bh", "2bh"]);
        let found = budget(&steps, &["7bd", "10bd", "20bd"], Some(&workshop())).unwrap();
        assert_eq!(found.total, 52 * 3600);
        assert_eq!(found.total_in(Unit::BusinessHour).unwrap().to_string(), "52");
        assert_eq!(found.total_in(Unit::BusinessDay).unwrap().to_string(), "6.5");
        assert_eq!(found.limits, [Some(56 * 3600), Some(80 * 3600), Some(160 * 3600)]);
        assert_eq!(found.path, [0, 1, 2, 4, 5, 6, 7]);
        assert_eq!(found.longest, Some(1));
        assert_eq!(found.plain_unit(), Unit::BusinessDay);
        assert!(!found.by_worst_case);
    }

    #[test]
    fn tenths_are_said_with_their_unit() {
        let said = |tenths: u64| Tenths(tenths).of_unit(Unit::BusinessDay);
        assert_eq!([said(10), said(65), said(90)], ["1 business day", "6.5 business days", "9 business days"]);
        assert_eq!([Tenths(61), Tenths(60)].map(Tenths::rounded_up), [7, 6]);
    }

    #[test]
    fn each_step_has_its_place_on_the_bar() {
        let found = budget(&chain(&["2bh", "3bd pauses", "4bh"]), &[], Some(&workshop())).unwrap();
        let hours: Vec<_> = found.steps.iter().map(|stretch| (stretch.start / 3600, stretch.end / 3600)).collect();
        assert_eq!(hours, [(0, 2), (2, 2), (2, 6)]);
    }

    #[test]
    fn steps_after_the_same_step_run_side_by_side() {
        let steps = [step("1bd"), step("1bd after 0"), step("3bd after 0"), step("1bd after 1 2")];
        let found = budget(&steps, &[], Some(&workshop())).unwrap();
        assert_eq!(found.total_in(Unit::BusinessDay), Some(Tenths(50)));
        assert_eq!(found.path, [0, 2, 3]);
    }

    #[test]
    fn the_longest_step_may_lie_beside_the_critical_path() {
        let steps = [step("2bd"), step("2bd after 0"), step("3bd")];
        let found = budget(&steps, &[], None).unwrap();
        assert_eq!((found.total, found.longest), (4, Some(2)));
        assert_eq!(found.path, [0, 1]);
    }

    #[test]
    fn steps_that_pause_or_lie_outside_add_nothing() {
        let steps = chain(&["1bd", "5bd outside", "9bd pauses", "unsaid", "1bd"]);
        assert_eq!(total(&steps, Unit::BusinessDay, None), "2");
        assert_eq!(budget(&chain(&["9bd pauses"]), &[], None).unwrap().longest, None);
    }

    #[test]
    fn one_clock_needs_no_calendar() {
        assert_eq!(total(&chain(&["90min", "1h"]), Unit::Hour, None), "2.5");
        assert_eq!(total(&chain(&["2bh", "4bh"]), Unit::BusinessHour, None), "6");
        assert_eq!(total(&chain(&["1w", "3d"]), Unit::CalendarDay, None), "10");
        assert_eq!(total(&chain(&["1y", "6mo"]), Unit::Month, None), "18");
    }

    #[test]
    fn mixed_clocks_without_a_calendar_are_impossible() {
        assert_eq!(
            budget(&chain(&["1bd", "2bd", "24h"]), &[], None),
            Err(Impossible::MixedClocks { first: 0, second: 2 })
        );
        assert_eq!(budget(&chain(&["1bd", "2bh"]), &[], None), Err(Impossible::MixedClocks { first: 0, second: 1 }));
        assert!(budget(&chain(&["1bd", "24h pauses"]), &[], None).is_ok());
    }

    #[test]
    fn mixed_clocks_are_converted_by_the_worst_case() {
        let found = budget(&chain(&["1bd", "24h"]), &["10bd"], Some(&workshop())).unwrap();
        assert_eq!(found.total_in(Unit::BusinessDay).unwrap().to_string(), "2");
        assert!(found.by_worst_case);
    }

    #[test]
    fn a_limit_of_another_clock_counts_with_the_least_it_allows() {
        let found = budget(&chain(&["3bd"]), &["10bd", "1w"], Some(&workshop())).unwrap();
        assert_eq!(found.limits, [Some(80 * 3600), Some(24 * 3600)]);
        assert!(found.by_worst_case);
        let without = budget(&chain(&["3bd"]), &["10bd", "1w"], None).unwrap();
        assert_eq!(without.limits, [Some(10), None]);
        assert!(!without.by_worst_case);
    }

    #[test]
    fn clock_steps_are_put_on_the_scale_of_a_business_limit() {
        let found = budget(&chain(&["4h", "30min"]), &["2bd"], Some(&workshop())).unwrap();
        assert_eq!(found.total_in(Unit::BusinessHour).unwrap().to_string(), "4.5");
        assert_eq!(found.limits, [Some(16 * 3600)]);
    }

    #[test]
    fn a_further_limit_leaves_steps_and_first_limit_on_their_clock() {
        let found = budget(&chain(&["4h"]), &["48h", "1bd"], Some(&workshop())).unwrap();
        assert_eq!((found.scale, found.total), (Scale::Seconds, 4 * 3600));
        // Received at 16:00 on a working day, the next one ends 25 hours later; before a clock change no sooner.
        assert_eq!(found.limits, [Some(48 * 3600), Some(25 * 3600)]);
    }

    #[test]
    fn dates_and_hours_meet_on_the_clock() {
        let found = budget(&chain(&["1d", "2h"]), &[], Some(&Calendar::always())).unwrap();
        assert_eq!((found.scale, found.total), (Scale::Seconds, 50 * 3600));
    }

    #[test]
    fn a_typical_day_is_that_of_the_calendar() {
        assert_eq!(total(&chain(&["1bd", "3bh"]), Unit::BusinessDay, Some(&shop())), "1.4");
        assert_eq!(total(&chain(&["1bd", "3bh"]), Unit::BusinessHour, Some(&shop())), "10.5");
    }

    #[test]
    fn a_tenth_is_rounded_up() {
        assert_eq!(Tenths::of(7 * 80 + 1, 80).to_string(), "7.1");
        assert_eq!(Tenths::of(0, 80).to_string(), "0");
        assert_eq!(Tenths::of(u64::MAX, 1), Tenths(u64::MAX));
    }

    #[test]
    fn used_and_left_add_up_to_allowed_as_they_are_shown() {
        let shown = |takes: &str, limit: &str| {
            let found = budget(&chain(&[takes]), &[limit], Some(&workshop())).unwrap();
            let day = Unit::BusinessDay;
            (found.total_in(day).unwrap().0, found.difference_in(found.limits[0].unwrap(), day).unwrap().0)
        };
        assert_eq!(shown("1bh", "2bd"), (2, 18), "0.125 of 2 days");
        assert_eq!(shown("2bd", "2bd"), (20, 0));
        assert_eq!(shown("17bh", "2bd"), (22, 2), "2.125 of 2 days");
        assert_eq!(shown("5bh", "5bh").1, 0);
    }

    #[test]
    fn what_is_too_much_is_never_nothing() {
        let found = budget(&chain(&["81min"]), &["80min"], None).unwrap();
        assert_eq!(
            (found.total_in(Unit::Hour), found.difference_in(4800, Unit::Hour)),
            (Some(Tenths(14)), Some(Tenths(1)))
        );
    }

    #[test]
    fn steps_in_a_circle_are_named() {
        let steps = [step("1bd"), step("1bd after 3"), step("1bd after 1"), step("1bd after 2"), step("1bd after 3")];
        assert_eq!(budget(&steps, &[], None), Err(Impossible::Circle(vec![2, 3, 1])));
        assert_eq!(budget(&[step("1bd after 0")], &[], None), Err(Impossible::Circle(vec![0])));
    }

    #[test]
    fn a_step_after_an_unknown_one_is_named() {
        assert_eq!(budget(&[step("1bd after 7")], &[], None), Err(Impossible::UnknownStep { step: 0, after: 7 }));
    }

    #[test]
    fn a_step_that_cannot_be_measured_is_named() {
        let shut = Calendar::new(parts("UTC", ""));
        assert_eq!(budget(&chain(&["1h", "1bd"]), &[], Some(&shut)), Err(Impossible::NoMeasure { step: 1 }));
        assert_eq!(total(&chain(&["1bd", "2bd"]), Unit::BusinessDay, Some(&shut)), "3");
    }

    #[test]
    fn no_steps_take_no_time() {
        let found = budget(&[], &["10bd"], None).unwrap();
        assert_eq!((found.total, found.limits), (0, vec![Some(10)]));
        assert_eq!(budget(&[], &["5bd"], Some(&workshop())).unwrap().limits, [Some(40 * 3600)]);
    }

    #[test]
    fn the_longest_steps_do_not_overflow() {
        let found = budget(&chain(&["4294967295y", "4294967295y"]), &["4294967295bd"], None).unwrap();
        assert_eq!(found.total, 2 * 12 * u64::from(u32::MAX));
        assert_eq!(
            budget(&chain(&["4294967295h"]), &["1bd"], Some(&workshop())),
            Err(Impossible::NoMeasure { step: 0 })
        );
    }
}
