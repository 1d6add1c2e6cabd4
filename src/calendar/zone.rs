//! Time zones: their names, and the instant of a local time in the nights when clocks change.
//!
//! Not here: local times that people type (`instant`), where a skipped or repeated time is a fault. Zones come from
//! jiff's bundled copy of the IANA database, so that a build gives the same on every machine.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use crate::units::nearest::nearest;
use crate::units::time_of_day::TimeOfDay;
use crate::units::{Malformed, quoted};

/// Finds a time zone by its IANA name, such as `Europe/Berlin`; the name is read as it is written in the database.
pub fn time_zone(name: &str) -> Result<TimeZone, Malformed> {
    let database = TimeZoneDatabase::bundled();
    match database.get(name) {
        Ok(zone) if zone.iana_name() == Some(name) => Ok(zone),
        _ => Err(unknown(name, &database)),
    }
}

/// Gives the instant of a local time: of a repeated one the first, of a skipped one the moment of the change.
///
/// So a later local time of a date never gives an earlier instant. Beyond the year 9999 it gives the last instant.
pub fn instant(zone: &TimeZone, date: Date, time: TimeOfDay) -> Timestamp {
    let local = match time.minutes() {
        1440 => date.tomorrow().ok().map(|next| next.at(0, 0, 0, 0)),
        _ => Some(date.at(time.hour() as i8, time.minute() as i8, 0, 0)),
    };
    let Some(local) = local else { return Timestamp::MAX };
    let at = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local),
        AmbiguousOffset::Gap { before, after } => {
            let change = after.to_timestamp(local).ok().and_then(|early| zone.following(early).next());
            change.map_or_else(|| before.to_timestamp(local), |change| Ok(change.timestamp()))
        }
    };
    at.unwrap_or(if date.year() < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// Gives the end of a local date, which is the beginning of the next.
pub fn end_of_day(zone: &TimeZone, date: Date) -> Timestamp {
    instant(zone, date, TimeOfDay::END_OF_DAY)
}

/// Gives the beginning of a local date; it is not midnight where the clocks skip midnight.
pub fn start_of_day(zone: &TimeZone, date: Date) -> Timestamp {
    instant(zone, date, TimeOfDay::MIDNIGHT)
}

/// Towns and abbreviations that are no names of the database.
const OTHER_NAMES: [(&str, &str); 6] = [
    ("beijing", "Asia/Shanghai"),
    ("peking", "Asia/Shanghai"),
    ("mez", "Europe/Berlin"),
    ("munich", "Europe/Berlin"),
    ("washington", "America/New_York"),
    ("san francisco", "America/Los_Angeles"),
];

fn unknown(name: &str, database: &TimeZoneDatabase) -> Malformed {
    let message = format!("{} is no time zone", quoted(name));
    let names: Vec<String> = database.available().map(|known| known.to_string()).collect();
    let lower = name.to_lowercase().replace(' ', "_");
    let town = |known: &str| known.rsplit('/').next().unwrap_or(known).to_lowercase();
    let own_town = lower.rsplit('/').next().unwrap_or(&lower);
    let found = names
        .iter()
        .find(|known| known.to_lowercase() == lower)
        .or_else(|| names.iter().find(|known| town(known) == own_town))
        .map(String::as_str)
        .or_else(|| OTHER_NAMES.iter().find(|(other, _)| own_town == *other).map(|(_, known)| *known))
        .or_else(|| nearest(name, names.iter().map(String::as_str)));
    match found {
        Some(known) => {
            let fault = Malformed::new(message, format!("did you mean `{known}`?"));
            let same = known.to_lowercase() == lower || names.iter().filter(|name| town(name) == own_town).count() == 1;
            if same && !OTHER_NAMES.iter().any(|(other, _)| *other == own_town) { fault.instead(known) } else { fault }
        }
        None => {
            Malformed::new(message, "write a name of the IANA list, such as `Europe/Berlin`, `Asia/Shanghai` or `UTC`")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn time(text: &str) -> TimeOfDay {
        TimeOfDay::parse(text).unwrap()
    }

    fn at(zone: &str, day: Date, text: &str) -> String {
        instant(&time_zone(zone).unwrap(), day, time(text)).to_string()
    }

    #[test]
    fn a_zone_is_found_by_its_name_alone() {
        assert_eq!(time_zone("Europe/Berlin").unwrap().iana_name(), Some("Europe/Berlin"));
        assert_eq!(time_zone("UTC").unwrap().iana_name(), Some("UTC"));
        for (name, action) in [
            ("Europe/Berln", "did you mean `Europe/Berlin`?"),
            ("europe/berlin", "did you mean `Europe/Berlin`?"),
            ("Berlin", "did you mean `Europe/Berlin`?"),
            ("Germany/Berlin", "did you mean `Europe/Berlin`?"),
            ("New York", "did you mean `America/New_York`?"),
            ("Asia/Beijing", "did you mean `Asia/Shanghai`?"),
        ] {
            assert_eq!(time_zone(name).unwrap_err().action, action, "{name}");
        }
    }

    #[test]
    fn what_is_no_zone_is_refused_without_a_guess() {
        for name in ["", "+01:00", "local", "here or there", "Europe/", "服务"] {
            assert!(time_zone(name).unwrap_err().action.starts_with("write a name"), "{name}");
        }
    }

    #[test]
    fn a_local_time_is_its_instant() {
        assert_eq!(at("Europe/Berlin", date(2026, 7, 1), "09:00"), "2026-07-01T07:00:00Z");
        assert_eq!(at("Europe/Berlin", date(2026, 12, 31), "24:00"), "2026-12-31T23:00:00Z");
    }

    #[test]
    fn a_skipped_time_is_the_moment_of_the_change() {
        for text in ["02:00", "02:30", "02:59", "03:00"] {
            assert_eq!(at("Europe/Berlin", date(2026, 3, 29), text), "2026-03-29T01:00:00Z", "{text}");
        }
    }

    #[test]
    fn a_repeated_time_is_its_first_passing() {
        assert_eq!(at("Europe/Berlin", date(2026, 10, 25), "02:30"), "2026-10-25T00:30:00Z");
        assert_eq!(at("Europe/Berlin", date(2026, 10, 25), "03:00"), "2026-10-25T02:00:00Z");
    }

    #[test]
    fn a_day_begins_where_the_one_before_ends_even_if_midnight_is_skipped() {
        // Lebanon sets its clocks forward at midnight.
        let zone = time_zone("Asia/Beirut").unwrap();
        assert_eq!(end_of_day(&zone, date(2026, 3, 28)), start_of_day(&zone, date(2026, 3, 29)));
        assert_eq!(start_of_day(&zone, date(2026, 3, 29)).to_string(), "2026-03-28T22:00:00Z");
    }

    #[test]
    fn a_date_that_a_country_skipped_is_empty() {
        let zone = time_zone("Pacific/Apia").unwrap();
        assert_eq!(start_of_day(&zone, date(2011, 12, 30)), end_of_day(&zone, date(2011, 12, 30)));
    }

    #[test]
    fn the_end_of_time_is_no_panic() {
        let zone = time_zone("America/New_York").unwrap();
        assert_eq!(end_of_day(&zone, Date::MAX), Timestamp::MAX);
        assert_eq!(instant(&zone, Date::MAX, time("23:59")), Timestamp::MAX);
        let east = time_zone("Asia/Shanghai").unwrap();
        assert_eq!(start_of_day(&east, Date::MIN), Timestamp::MIN);
    }
}
