//! A moment as somebody types it: `2026-04-02T16:30`, in a calendar's local time or with an offset of its own.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use crate::units::{Malformed, quoted};

/// How a moment is written.
const EXAMPLE: &str = "write a date and a time such as `2026-04-02T16:30`, or with an offset, `2026-04-02T16:30+02:00`";

/// Reads a moment; one without an offset is local time of the zone.
///
/// A local time that the clocks skip or pass twice is refused, because it names no moment.
pub fn read(text: &str, zone: &TimeZone) -> Result<Timestamp, Malformed> {
    let no_moment = || Malformed::new(format!("{} is no date and time", quoted(text)), EXAMPLE);
    if text.is_empty() {
        return Err(Malformed::new("there is no time here", EXAMPLE));
    }
    let pieces = Pieces::parse(text).map_err(|_| no_moment())?;
    if pieces.time_zone_annotation().is_some() {
        let message = format!("{} names a time zone in brackets", quoted(text));
        return Err(Malformed::new(message, "leave the brackets out: the calendar has its zone, or write an offset"));
    }
    let Some(time) = pieces.time() else {
        let example = format!("write `{}T09:00`", pieces.date());
        return Err(Malformed::new(format!("{} has no time of day", quoted(text)), example));
    };
    let local = pieces.date().to_datetime(time);
    match pieces.to_numeric_offset() {
        Some(offset) => offset.to_timestamp(local).map_err(|_| no_moment()),
        None => of_local(local, zone),
    }
}

/// Writes a moment as ISO 8601 with the zone's offset, to the second.
pub fn iso(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Gives the name of a zone.
pub fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

fn of_local(local: DateTime, zone: &TimeZone) -> Result<Timestamp, Malformed> {
    let with = |offset: Offset| offset.to_timestamp(local).map(|at| iso(at, zone)).unwrap_or_default();
    let name = zone_name(zone);
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            let too_far = |_| Malformed::new(format!("`{local}` is too far away"), EXAMPLE);
            offset.to_timestamp(local).map_err(too_far)
        }
        AmbiguousOffset::Gap { before, after } => Err(Malformed::new(
            format!("the local time `{local}` does not exist in {name}: the clocks go forward past it"),
            format!("write `{}` or `{}`", with(after), with(before)),
        )),
        AmbiguousOffset::Fold { before, after } => {
            let with = |offset: Offset| format!("{}{}", local.strftime("%Y-%m-%dT%H:%M:%S"), offset_words(offset));
            Err(Malformed::new(
                format!("the local time `{local}` comes twice in {name}: the clocks go back over it"),
                format!("write `{}` for the first or `{}` for the second time", with(before), with(after)),
            ))
        }
    }
}

/// Writes an offset as `+02:00`.
fn offset_words(offset: Offset) -> String {
    let seconds = offset.seconds().unsigned_abs();
    let sign = if offset.seconds() < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::zone::time_zone;

    fn berlin() -> TimeZone {
        time_zone("Europe/Berlin").unwrap()
    }

    fn at(text: &str) -> String {
        iso(read(text, &berlin()).unwrap(), &berlin())
    }

    fn fault(text: &str) -> String {
        read(text, &berlin()).unwrap_err().to_string()
    }

    #[test]
    fn a_time_without_an_offset_is_local() {
        assert_eq!(at("2026-04-02T16:30"), "2026-04-02T16:30:00+02:00");
        assert_eq!(at("2026-12-02 16:30:59"), "2026-12-02T16:30:59+01:00");
    }

    #[test]
    fn a_time_with_an_offset_is_that_moment_wherever_it_was() {
        assert_eq!(at("2026-04-02T16:30+02:00"), "2026-04-02T16:30:00+02:00");
        assert_eq!(at("2026-04-02T16:30:00Z"), "2026-04-02T18:30:00+02:00");
        assert_eq!(at("2026-04-02T22:30:00+08:00"), "2026-04-02T16:30:00+02:00");
        assert_eq!(at("2026-03-29T02:30:00+01:00"), "2026-03-29T03:30:00+02:00");
    }

    #[test]
    fn a_skipped_local_time_is_refused_with_the_times_around_it() {
        assert_eq!(
            fault("2026-03-29T02:30"),
            "the local time `2026-03-29T02:30:00` does not exist in Europe/Berlin: the clocks go forward past it; write \
             `2026-03-29T01:30:00+01:00` or `2026-03-29T03:30:00+02:00`"
        );
        assert_eq!(at("2026-03-29T03:00"), "2026-03-29T03:00:00+02:00");
    }

    #[test]
    fn a_repeated_local_time_is_refused_and_each_of_its_two_moments_is_read() {
        assert_eq!(
            fault("2026-10-25T02:30"),
            "the local time `2026-10-25T02:30:00` comes twice in Europe/Berlin: the clocks go back over it; write \
             `2026-10-25T02:30:00+02:00` for the first or `2026-10-25T02:30:00+01:00` for the second time"
        );
        for text in ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"] {
            assert_eq!(at(text), text);
        }
    }

    #[test]
    fn what_is_no_moment_is_refused_with_what_to_write() {
        assert_eq!(fault("2026-04-02"), "`2026-04-02` has no time of day; write `2026-04-02T09:00`");
        for text in ["", "now", "16:30", "2026-02-30T10:00", "02.04.2026 16:30", "2026-04-02T24:00", "2026-04-02T9:00"]
        {
            assert!(fault(text).ends_with(EXAMPLE), "{text}: {}", fault(text));
        }
        assert!(fault("2026-04-02T16:30[Europe/Paris]").contains("leave the brackets out"));
    }

    #[test]
    fn the_ends_of_time_are_no_panic() {
        for text in ["9999-12-31T23:59:59", "-009999-01-01T00:00", "9999-12-31T23:59:59-12:00"] {
            let _ = read(text, &berlin());
        }
    }
}
