//! Starts of a limit as people type them: `2026-04-02T16:30`, ISO 8601 with or without an offset.
//!
//! Not here: "now" and "yesterday"; the clock is an argument of the program.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use super::Calendar;
use crate::units::date::parse_date;
use crate::units::time_of_day::TimeOfDay;
use crate::units::{Malformed, quoted};

/// Reads an instant; a time without an offset is the calendar's local time.
///
/// Fractions of a second are dropped. Refuses a local time that the clocks
/// skip or repeat, and names the two offsets to choose from.
pub fn parse_start(text: &str, calendar: &Calendar) -> Result<Timestamp, Malformed> {
    let (date, time) = split(text)?;
    let (time, offset) = split_offset(time);
    let local = parse_date(date)?.to_datetime(parse_time(text, date, time)?);
    let at = match offset {
        Some(offset) => parse_offset(offset).ok_or_else(|| bad_offset(text, offset))?.to_timestamp(local),
        None => offset_at(local, &format!("{date}T{time}"), calendar.zone())?.to_timestamp(local),
    };
    at.map_err(|_| Malformed::new(format!("{} is out of reach", quoted(text)), "write a time of this age"))
}

fn split(text: &str) -> Result<(&str, &str), Malformed> {
    let parts = text.split_once('T').or_else(|| text.split_once(' '));
    parts.ok_or_else(|| match parse_date(text) {
        Ok(date) => Malformed::new(
            format!("{} has no time of day", quoted(text)),
            format!("write the time too, such as `{date}T09:00`"),
        ),
        Err(_) => Malformed::new(
            format!("{} is no date with a time", quoted(text)),
            "write `2026-04-02T16:30` for local time, or `2026-04-02T16:30+02:00` with an offset",
        ),
    })
}

/// Splits the offset off a time; nothing where there is none.
fn split_offset(time: &str) -> (&str, Option<&str>) {
    match time.find(['Z', '+', '-', '−']) {
        Some(at) => (&time[..at], Some(&time[at..])),
        None => (time, None),
    }
}

fn parse_time(text: &str, date: &str, time: &str) -> Result<jiff::civil::Time, Malformed> {
    let (clock, seconds) = match time.match_indices(':').nth(1) {
        Some((colon, _)) => (&time[..colon], &time[colon + 1..]),
        None => (time, "00"),
    };
    let clock = TimeOfDay::parse(clock)?;
    if clock == TimeOfDay::END_OF_DAY {
        let next =
            parse_date(date)?.tomorrow().map(|next| format!("write `{next}T00:00`, the beginning of the next day"));
        let action = next.unwrap_or_else(|_| "write an earlier time".to_owned());
        return Err(Malformed::new(format!("{} is the end of a day", quoted(text)), action));
    }
    let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let second =
        whole.parse::<i8>().ok().filter(|second| *second < 60 && whole.len() == 2 && digits(whole) && digits(fraction));
    let read =
        second.and_then(|second| jiff::civil::Time::new(clock.hour() as i8, clock.minute() as i8, second, 0).ok());
    read.ok_or_else(|| {
        Malformed::new(
            format!("{} has seconds that do not exist", quoted(text)),
            "write seconds from `00` to `59`, or none",
        )
    })
}

/// Reads `Z`, `+02:00`, `+0200` or `+02`.
fn parse_offset(text: &str) -> Option<Offset> {
    if text == "Z" {
        return Some(Offset::UTC);
    }
    let (sign, number) = match text.strip_prefix('+') {
        Some(number) => (1, number),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = match (number.len(), number.split_once(':')) {
        (5, Some((hours, minutes))) if hours.len() == 2 => (hours, minutes),
        (4, None) => number.split_at_checked(2)?,
        (2, None) => (number, "00"),
        _ => return None,
    };
    if !hours.bytes().chain(minutes.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
    if hours > 23 || minutes > 59 { None } else { Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok() }
}

fn bad_offset(text: &str, offset: &str) -> Malformed {
    let message = format!("{} has the unknown offset {}", quoted(text), quoted(offset));
    Malformed::new(message, "write it as `+02:00`, `-05:00` or `Z`, or leave it out for the calendar's local time")
}

fn offset_at(local: DateTime, written: &str, zone: &TimeZone) -> Result<Offset, Malformed> {
    let name = zone.iana_name().unwrap_or("the calendar's zone");
    let with = |offset: Offset| format!("`{written}{}`", shown(offset));
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => Ok(offset),
        AmbiguousOffset::Gap { before, after } => Err(Malformed::new(
            format!("`{written}` does not exist in {name}, where the clocks are set forward then"),
            format!(
                "write {} (by the clock before the change) or {} (by the clock after it)",
                with(before),
                with(after)
            ),
        )),
        AmbiguousOffset::Fold { before, after } => Err(Malformed::new(
            format!("`{written}` happens twice in {name}, where the clocks are set back then"),
            format!("write {} for the first time or {} for the second", with(before), with(after)),
        )),
    }
}

fn shown(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::super::examples::{parts, workshop};
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        parse_start(text, &workshop()).map(|at| at.to_string()).map_err(|fault| fault.to_string())
    }

    fn is(text: &str, instant: &str) {
        assert_eq!(read(text).as_deref(), Ok(instant), "{text}");
    }

    #[test]
    fn a_time_without_an_offset_is_local() {
        is("2026-04-02T16:30", "2026-04-02T14:30:00Z");
        is("2026-01-02T16:30:15", "2026-01-02T15:30:15Z");
        is("2026-04-02 16:30", "2026-04-02T14:30:00Z");
    }

    #[test]
    fn a_time_with_an_offset_is_that_instant() {
        is("2026-04-02T16:30+02:00", "2026-04-02T14:30:00Z");
        is("2026-04-02T16:30:00-05:00", "2026-04-02T21:30:00Z");
        is("2026-04-02T16:30Z", "2026-04-02T16:30:00Z");
        is("2026-04-02T16:30+0530", "2026-04-02T11:00:00Z");
        is("2026-04-02T16:30+08", "2026-04-02T08:30:00Z");
        is("2026-04-02T16:30:00.75Z", "2026-04-02T16:30:00Z");
    }

    #[test]
    fn a_skipped_time_is_refused_with_both_offsets() {
        assert_eq!(
            read("2026-03-29T02:30").unwrap_err(),
            "`2026-03-29T02:30` does not exist in Europe/Berlin, where the clocks are set forward then; \
             write `2026-03-29T02:30+01:00` (by the clock before the change) or `2026-03-29T02:30+02:00` (by the clock after it)"
        );
        is("2026-03-29T02:30+01:00", "2026-03-29T01:30:00Z");
        is("2026-03-29T03:00", "2026-03-29T01:00:00Z");
    }

    #[test]
    fn a_repeated_time_is_refused_with_both_offsets() {
        assert_eq!(
            read("2026-10-25T02:00").unwrap_err(),
            "`2026-10-25T02:00` happens twice in Europe/Berlin, where the clocks are set back then; \
             write `2026-10-25T02:00+02:00` for the first time or `2026-10-25T02:00+01:00` for the second"
        );
        is("2026-10-25T02:00+01:00", "2026-10-25T01:00:00Z");
        is("2026-10-25T03:00", "2026-10-25T02:00:00Z");
    }

    #[test]
    fn half_hour_offsets_west_of_greenwich_are_shown_right() {
        let calendar = Calendar::new(parts("America/St_Johns", "mon 09:00-17:00"));
        let fault = parse_start("2026-11-01T01:30", &calendar).unwrap_err();
        assert!(fault.action.contains("-02:30") && fault.action.contains("-03:30"), "{fault}");
    }

    #[test]
    fn what_is_missing_is_told() {
        assert_eq!(
            read("2026-04-02").unwrap_err(),
            "`2026-04-02` has no time of day; write the time too, such as `2026-04-02T09:00`"
        );
        assert_eq!(
            read("2026-04-02T24:00").unwrap_err(),
            "`2026-04-02T24:00` is the end of a day; write `2026-04-03T00:00`, the beginning of the next day"
        );
        assert_eq!(read("2026-02-30T10:00").unwrap_err(), parse_date("2026-02-30").unwrap_err().to_string());
        assert_eq!(
            read("2026-04-02T9:30").unwrap_err(),
            "`9:30` is not written as a time of day is here; write `09:30`"
        );
        assert!(
            read("2026-04-02T16:30+2").unwrap_err().starts_with("`2026-04-02T16:30+2` has the unknown offset `+2`")
        );
        assert!(read("2026-04-02T16:30:60").unwrap_err().contains("seconds that do not exist"));
    }

    #[test]
    fn any_text_is_refused_without_a_panic() {
        for text in [
            "",
            "T",
            "now",
            "T−",
            "2026-04-02T",
            "2026-04-02T16:30−05:00",
            "2026-04-02T16:30+é:00",
            "2026-04-02T::",
            "9999-12-31T23:59-23:59",
            "2026-04-02T16:30+99:00",
            "服T务",
            "2026-04-02T16:30+00:0é",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
