//! Registers of calendars, with lines of holidays behind a line `date,name,day`: deadlines on whatever could be read.

use jiff::{SignedDuration, Timestamp};
use pledgebook::calendar::Calendar;
use pledgebook::calendar::deadline::{Deadline, NoDeadline, Reason};
use pledgebook::calendar::instant::parse_start;
use pledgebook::model::handbook::ALWAYS;
use pledgebook::parse::parse;
use pledgebook::source::SourceTree;
use pledgebook::units::duration::Duration;

use super::findings;

/// What the lines of holidays begin with.
const HOLIDAYS: &str = "\ndate,name,day\n";
/// So many calendars of a register are tried.
const TRIED: usize = 2;
/// Ordinary days, a new year, clock changes, a date that a country left out, and the end of what can be counted.
const STARTS: [&str; 7] = [
    "2011-12-29T11:59:59Z",
    "2026-03-28T22:30:00Z",
    "2026-04-02T14:30:00Z",
    "2026-10-25T00:59:59Z",
    "2026-12-31T23:00:00Z",
    "2027-02-28T12:00:00Z",
    "9900-01-01T00:00:00Z",
];
/// Each clock, a little and more of it.
const LIMITS: [[&str; 2]; 6] =
    [["1s", "90min"], ["23h", "25h"], ["1bh", "9bh"], ["1bd", "4bd"], ["1d", "1w"], ["1mo", "2y"]];

/// Reads a text as a register, and counts on its calendars.
pub fn hold(text: &str) {
    let at = text.find(HOLIDAYS).map_or(text.len(), |at| at + 1);
    let (register, holidays) = text.split_at(at);
    let tree = SourceTree::from_texts([
        ("handbook.yaml", "title: H\nlanguages: [en, de]\n"),
        ("registers/calendars.yaml", register),
        ("registers/holidays/x.csv", holidays),
    ]);
    let parsed = parse(&tree, "");
    findings::hold(&parsed.diagnostics, &tree);
    findings::print(&parsed.diagnostics, &tree);
    let written = parsed.handbook.working.iter().filter(|(id, _)| *id != ALWAYS);
    for (_, calendar) in written.take(TRIED) {
        starts_are_local(calendar);
        LIMITS.iter().for_each(|limits| ends_in_order(calendar, limits.map(|limit| Duration::parse(limit).unwrap())));
    }
}

/// Holds a later start and a longer limit to end no earlier, and every end to be explained.
fn ends_in_order(calendar: &Calendar, limits: [Duration; 2]) {
    let mut before = [None; 2];
    for start in STARTS.iter().map(|start| start.parse::<Timestamp>().expect("it is an instant")) {
        if calendar.due(start, limits[0]) == Err(NoDeadline::NeverOpen) {
            // To find that out takes a hundred years, from whichever start.
            return;
        }
        let due = limits.map(|limit| calendar.due(start, limit).ok());
        for ((due, before), limit) in due.into_iter().zip(before).zip(limits) {
            let Some(due) = due else { continue };
            assert!(Some(due) >= before, "{start} {limit} {calendar:?}");
            let explained = calendar.deadline(start, limit).expect("what has an end has an explanation");
            assert_eq!(explained.due.timestamp(), due);
            is_explained(&explained, (start, limit), calendar);
        }
        assert!(due[1].is_none() || due[0] <= due[1], "{start} {limits:?} {calendar:?}");
        before = due;
    }
}

fn is_explained(deadline: &Deadline, (start, limit): (Timestamp, Duration), calendar: &Calendar) {
    let due = deadline.due.timestamp();
    assert!(due >= start, "{due} is before {start} in {calendar:?}");
    assert!(deadline.days.is_sorted_by(|a, b| a.date <= b.date), "{deadline:?}");
    let counted = deadline.days.iter().filter_map(|day| match day.reason {
        Reason::Counted(number) | Reason::CountedAtMonthEnd(number) => Some(number),
        _ => None,
    });
    let ran = deadline.days.iter().filter_map(|day| match day.reason {
        Reason::Ran(seconds) => Some(seconds),
        _ => None,
    });
    match limit.seconds() {
        Some(seconds) => assert_eq!(ran.sum::<u64>(), seconds, "{deadline:?}"),
        None if limit.is_business() && counted.clone().next().is_none() => {
            assert_eq!(ran.sum::<u64>(), limit.on_clock() * 3600, "{deadline:?}");
        }
        None => assert!(counted.eq(1..=limit.count), "{deadline:?}"),
    }
}

/// Holds a local time without an offset to be that time where it is read.
fn starts_are_local(calendar: &Calendar) {
    for written in ["2026-03-29T02:30", "2026-06-15T09:00", "2026-10-25T02:30"] {
        if let Ok(start) = parse_start(written, calendar) {
            let local = start.to_zoned(calendar.zone().clone());
            assert_eq!(local.strftime("%FT%R").to_string(), written);
            let later = start.checked_add(SignedDuration::from_secs(1)).expect("it is far from the end");
            assert!(later.to_zoned(calendar.zone().clone()) > local);
        }
    }
}
