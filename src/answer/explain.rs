//! A deadline in words: the moment, and day by day what each date did to the limit.

use jiff::civil::{Date, Weekday};
use serde::Serialize;

use crate::calendar::deadline::{DayStep, Deadline, Reason};
use crate::calendar::{Calendar, zone};
use crate::locale::Locale;
use crate::units::duration::{Duration, Unit};

/// What one date did to a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedDay {
    /// The local date, `2026-04-03`.
    pub date: String,
    /// The date in words: `Fri 3 Apr`.
    pub date_words: String,
    /// Why it counts or not: `start`, `received`, `counted`, `ran`, `holiday`, `closed`, `after-closing`, `after-cut-off`.
    pub reason: &'static str,
    /// Which business day, day, week, month or year of the limit it completes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// How many seconds of the limit ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
    /// The name of the holiday, or of the make-up working day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The reason in words.
    pub words: String,
}

/// Explains a deadline day by day.
pub fn days(deadline: &Deadline, limit: Duration, locale: &Locale) -> Vec<ExplainedDay> {
    let last = deadline.days.last().map(|step| step.date);
    let years = deadline.days.first().map(|step| step.date.year()) != last.map(|date| date.year());
    let explained = |(at, step): (usize, &DayStep)| {
        let mut words = reason_words(step, limit.unit, locale);
        if at + 1 == deadline.days.len() {
            words.push(due_words(deadline, step.date, locale));
        }
        let (number, seconds, name) = match &step.reason {
            Reason::Counted(n) | Reason::CountedAtMonthEnd(n) => (Some(*n), None, None),
            Reason::Ran(seconds) => (None, Some(*seconds), None),
            Reason::Holiday(name) => (None, None, Some(name)),
            _ => (None, None, None),
        };
        ExplainedDay {
            date: step.date.to_string(),
            date_words: if years { locale.date_with_weekday(step.date) } else { locale.day(step.date) },
            reason: reason_name(&step.reason),
            number,
            seconds,
            name: name.or(step.make_up.as_ref()).map(|name| name.to_string()),
            words: words.join(" · "),
        }
    };
    deadline.days.iter().enumerate().map(explained).collect()
}

/// Writes the moment of a deadline with its weekday; the end of a day is 24:00 of it.
pub fn moment_words(deadline: &Deadline, locale: &Locale) -> String {
    let due = deadline.due.datetime();
    match end_of_day(deadline) {
        Some(date) => {
            let time = locale.phrase("date.time", &[("hh", "24"), ("hour", "24"), ("minute", "00")]);
            locale.phrase("date.date_time", &[("date", &locale.date_with_weekday(date)), ("time", &time)])
        }
        None => locale.date_time(due),
    }
}

/// Warns where the answer depends on holidays that the calendar does not know.
pub fn warning(deadline: &Deadline, start: Date, calendar: &Calendar, locale: &Locale) -> Option<String> {
    if !deadline.beyond_known_holidays {
        return None;
    }
    let phrase = |key: &str, date: Date| locale.phrase(key, &[("date", &locale.date(date))]);
    let before = calendar.known_from().filter(|from| start < *from);
    let last = deadline.days.last().map_or(start, |step| step.date);
    let beyond = calendar.known_until().filter(|until| last > *until);
    let before = before.map(|from| phrase("deadline.before_holidays", from));
    let beyond = beyond.map(|until| phrase("deadline.beyond_holidays", until));
    Some(before.into_iter().chain(beyond).collect::<Vec<_>>().join(" "))
}

/// Gives the date that a deadline ends with, where it is the very end of one.
fn end_of_day(deadline: &Deadline) -> Option<Date> {
    let last = deadline.days.last()?.date;
    let ends = zone::end_of_day(deadline.due.time_zone(), last) == deadline.due.timestamp();
    (ends && last < deadline.due.date()).then_some(last)
}

fn due_words(deadline: &Deadline, date: Date, locale: &Locale) -> String {
    if end_of_day(deadline).is_some() {
        return locale.word("deadline.reason.due_end_of_day").to_owned();
    }
    let due = deadline.due.datetime();
    let time = if due.date() == date { locale.time(due.time()) } else { locale.date_time(due) };
    locale.phrase("deadline.reason.due", &[("time", &time)])
}

fn reason_name(reason: &Reason) -> &'static str {
    match reason {
        Reason::Start => "start",
        Reason::Received => "received",
        Reason::Counted(_) | Reason::CountedAtMonthEnd(_) => "counted",
        Reason::Ran(_) => "ran",
        Reason::Holiday(_) => "holiday",
        Reason::Closed => "closed",
        Reason::AfterClosing => "after-closing",
        Reason::AfterCutOff(_) => "after-cut-off",
    }
}

fn reason_words(step: &DayStep, unit: Unit, locale: &Locale) -> Vec<String> {
    let word = |key: &str| locale.word(&format!("deadline.reason.{key}")).to_owned();
    let phrase =
        |key: &str, name: &str, value: &str| locale.phrase(&format!("deadline.reason.{key}"), &[(name, value)]);
    let counted = |n: u32| phrase(unit_key(unit), "n", &n.to_string());
    let weekend = matches!(step.date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let mut words = match &step.reason {
        Reason::Start => vec![word("start")],
        Reason::Received => vec![word("received")],
        Reason::Counted(n) => vec![counted(*n)],
        Reason::CountedAtMonthEnd(n) => vec![counted(*n), word("month_end")],
        Reason::Ran(seconds) => vec![phrase("ran", "amount", &locale.elapsed(*seconds))],
        Reason::Holiday(name) => vec![phrase("holiday", "name", name)],
        Reason::Closed => vec![word(if weekend { "weekend" } else { "closed" })],
        Reason::AfterClosing => vec![word("after_closing")],
        Reason::AfterCutOff(time) => vec![phrase("after_cut_off", "time", &time.to_string())],
    };
    words.extend(step.make_up.iter().map(|name| phrase("make_up", "name", name)));
    words
}

fn unit_key(unit: Unit) -> &'static str {
    match unit {
        Unit::BusinessDay => "business_day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
        _ => "calendar_day",
    }
}
