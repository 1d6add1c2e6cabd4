//! Opening hours as they are written: `{mon-fri: "09:00-12:00, 13:30-18:00", sat: closed}`.
//!
//! Not here: holidays, and the instants that the hours of a date are (`calendar`).

use jiff::civil::Weekday;

use crate::units::nearest::{certain_meaning, nearest};
use crate::units::time_of_day::TimeOfDay;
use crate::units::{Malformed, quoted};

/// A stretch of open time within a day; `from` is before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// When it opens.
    pub from: TimeOfDay,
    /// When it closes.
    pub to: TimeOfDay,
}

/// The opening hours of the seven weekdays; a weekday that is not set is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpeningHours {
    week: [Option<Vec<Interval>>; 7],
}

impl OpeningHours {
    /// Gives hours that never close.
    pub fn round_the_clock() -> Self {
        let day = Interval { from: TimeOfDay::MIDNIGHT, to: TimeOfDay::END_OF_DAY };
        Self { week: std::array::from_fn(|_| Some(vec![day])) }
    }

    /// Sets the hours of weekdays, one entry of a register; no intervals close them.
    ///
    /// Refuses a weekday that is set already, and then sets none.
    pub fn set(&mut self, days: &[Weekday], intervals: &[Interval]) -> Result<(), Malformed> {
        if let Some(twice) = days.iter().find(|day| self.week[index(**day)].is_some()) {
            let word = word(*twice);
            return Err(Malformed::new(
                format!("`{word}` has its hours twice"),
                format!("name `{word}` under one key alone"),
            ));
        }
        for day in days {
            self.week[index(*day)] = Some(intervals.to_vec());
        }
        Ok(())
    }

    /// Gives the hours of a weekday, in order.
    pub fn on(&self, day: Weekday) -> &[Interval] {
        self.week[index(day)].as_deref().unwrap_or(&[])
    }

    /// Tells whether no weekday is open.
    pub fn is_closed(&self) -> bool {
        self.week.iter().flatten().all(Vec::is_empty)
    }

    /// Gives the open seconds of each weekday on the local clock, from Monday.
    pub fn lengths(&self) -> impl Iterator<Item = u32> {
        let minutes = |open: &Interval| u32::from(open.to.minutes().saturating_sub(open.from.minutes()));
        self.week.iter().map(move |day| day.iter().flatten().map(minutes).sum::<u32>() * 60)
    }
}

/// Reads the hours of a day, `09:00-12:00, 13:30-18:00` or `closed`; gives them in order.
pub fn parse_intervals(text: &str) -> Result<Vec<Interval>, Malformed> {
    read_intervals(text).map_err(|fault| Malformed { instead: meant_intervals(text), ..fault })
}

fn read_intervals(text: &str) -> Result<Vec<Interval>, Malformed> {
    match text.trim() {
        "" => Err(Malformed::new("there are no hours here", "write hours such as `09:00-17:00`, or `closed`")),
        "closed" => Ok(Vec::new()),
        hours => in_order(hours.split(',').map(|part| parse_interval(part.trim())).collect::<Result<Vec<_>, _>>()?),
    }
}

/// Reads the weekdays of a key: `mon-fri`, `sat`, `mon,wed,fri`; gives them as they are named, each once.
pub fn parse_weekdays(text: &str) -> Result<Vec<Weekday>, Malformed> {
    read_weekdays(text).map_err(|fault| Malformed { instead: meant_weekdays(text), ..fault })
}

fn read_weekdays(text: &str) -> Result<Vec<Weekday>, Malformed> {
    let mut days = Vec::new();
    for part in text.split(',') {
        let part = part.trim();
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (parse_weekday(first.trim())?, parse_weekday(last.trim())?);
        let through = usize::from(first.until(last).unsigned_abs());
        for day in first.cycle_forward().take(through + 1) {
            if days.contains(&day) {
                return Err(Malformed::new(
                    format!("{} names `{}` twice", quoted(text), word(day)),
                    "name each weekday once",
                ));
            }
            days.push(day);
        }
    }
    Ok(days)
}

/// Reads one weekday, `mon` to `sun`.
pub fn parse_weekday(text: &str) -> Result<Weekday, Malformed> {
    if let Some((_, day)) = WEEKDAYS.iter().find(|(word, _)| *word == text) {
        return Ok(*day);
    }
    let message =
        if text.is_empty() { "a weekday is missing".to_owned() } else { format!("{} is no weekday", quoted(text)) };
    let action = match meant_weekday(text) {
        Some(day) => format!("did you mean `{}`?", word(day)),
        None => "write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`".to_owned(),
    };
    let fault = Malformed::new(message, action);
    Err(match certain_weekday(text) {
        Some(day) => fault.instead(word(day)),
        None => fault,
    })
}

/// Writes hours that are certainly meant: `9-17`, `9am to 5pm`, `9:00–12:00`.
fn meant_intervals(text: &str) -> Option<String> {
    if matches!(text.trim().to_lowercase().as_str(), "closed" | "geschlossen" | "休息") {
        return Some("closed".to_owned());
    }
    let time = |text: &str| {
        let text = text.trim();
        TimeOfDay::parse(text).or_else(|fault| TimeOfDay::parse(fault.instead.as_deref().unwrap_or_default())).ok()
    };
    let interval = |text: &str| {
        let parts: Vec<&str> = sides(text);
        let [from, to] = parts.as_slice() else { return None };
        Some(format!("{}-{}", time(from)?, time(to)?))
    };
    let parts: Option<Vec<String>> = text.split([',', '，', '、', ';']).map(interval).collect();
    parts.map(|parts| parts.join(", ")).filter(|meant| read_intervals(meant).is_ok())
}

/// Splits hours at whatever stands between the beginning and the end.
fn sides(text: &str) -> Vec<&str> {
    let parts = text.split(['-', '–', '—', '~', '至']);
    parts.flat_map(|part| part.split(" to ")).flat_map(|part| part.split(" bis ")).collect()
}

/// Writes the weekdays of a key that are certainly meant: `Mon-Fri`, `monday`, `mo–fr`.
fn meant_weekdays(text: &str) -> Option<String> {
    let day = |text: &str| parse_weekday(text.trim()).ok().or_else(|| certain_weekday(text.trim())).map(word);
    let part = |text: &str| {
        let days: Option<Vec<&str>> = text.split(['-', '–']).map(day).collect();
        days.filter(|days| days.len() <= 2).map(|days| days.join("-"))
    };
    let parts: Option<Vec<String>> = text.split(',').map(part).collect();
    parts.map(|parts| parts.join(",")).filter(|meant| read_weekdays(meant).is_ok())
}

/// Finds the weekday that another word certainly means.
fn certain_weekday(text: &str) -> Option<Weekday> {
    let long = WEEKDAYS.iter().zip(LONG_NAMES).flat_map(|((_, day), names)| names.map(|name| (name, *day)));
    let lower = text.to_lowercase();
    let begun = |name: &str| lower.len() >= 3 && name.starts_with(&lower);
    let named = long.clone().find(|(name, _)| *name == lower || begun(name)).map(|(_, day)| day);
    named.or_else(|| certain_meaning(&lower, long.filter(|(name, _)| name.len() > 4)))
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// Other names of the weekdays, from Monday.
const LONG_NAMES: [[&str; 4]; 7] = [
    ["monday", "montag", "mo", "周一"],
    ["tuesday", "dienstag", "di", "周二"],
    ["wednesday", "mittwoch", "mi", "周三"],
    ["thursday", "donnerstag", "do", "周四"],
    ["friday", "freitag", "fr", "周五"],
    ["saturday", "samstag", "sa", "周六"],
    ["sunday", "sonntag", "so", "周日"],
];

fn index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs()) % 7
}

fn word(day: Weekday) -> &'static str {
    WEEKDAYS[index(day)].0
}

fn meant_weekday(text: &str) -> Option<Weekday> {
    let lower = text.to_lowercase();
    let named = LONG_NAMES.iter().position(|names| names.contains(&lower.as_str()));
    let begun = || WEEKDAYS.iter().position(|(word, _)| lower.len() < 6 && lower.starts_with(word));
    let slip = || {
        let near =
            nearest(&lower, LONG_NAMES.iter().map(|names| names[0]).chain(WEEKDAYS.iter().map(|(word, _)| *word)))?;
        WEEKDAYS.iter().position(|(word, _)| near.starts_with(word))
    };
    named.or_else(begun).or_else(slip).map(|at| WEEKDAYS[at].1)
}

fn parse_interval(text: &str) -> Result<Interval, Malformed> {
    if text.is_empty() {
        return Err(Malformed::new(
            "there is a comma without hours beside it",
            "write hours such as `09:00-12:00, 13:30-18:00`",
        ));
    }
    let Some((from, to)) = text.split_once('-') else { return Err(no_interval(text)) };
    let (from, to) = (TimeOfDay::parse(from.trim())?, TimeOfDay::parse(to.trim())?);
    match from.cmp(&to) {
        std::cmp::Ordering::Less => Ok(Interval { from, to }),
        std::cmp::Ordering::Equal => Err(Malformed::new(
            format!("{} ends when it begins", quoted(text)),
            "write a later end, or `00:00-24:00` for open round the clock",
        )),
        std::cmp::Ordering::Greater => Err(ends_first(text, from, to)),
    }
}

fn no_interval(text: &str) -> Malformed {
    let parts = sides(text);
    let times: Vec<TimeOfDay> = parts.iter().filter_map(|part| TimeOfDay::parse(part.trim()).ok()).collect();
    let message = format!("{} does not say from when to when", quoted(text));
    match times.as_slice() {
        [from, to] if parts.len() == 2 => Malformed::new(message, format!("write `{from}-{to}` with a hyphen")),
        _ => Malformed::new(message, "write hours such as `09:00-17:00`, or `closed`"),
    }
}

fn ends_first(text: &str, from: TimeOfDay, to: TimeOfDay) -> Malformed {
    let next = if to == TimeOfDay::MIDNIGHT { String::new() } else { format!(" and give the next day `00:00-{to}`") };
    Malformed::new(
        format!("{} ends before it begins", quoted(text)),
        format!("for hours past midnight write `{from}-24:00`{next}"),
    )
}

fn in_order(mut intervals: Vec<Interval>) -> Result<Vec<Interval>, Malformed> {
    intervals.sort_by_key(|open| (open.from, open.to));
    for pair in intervals.windows(2) {
        if let [a, b] = pair
            && b.from < a.to
        {
            return Err(Malformed::new(
                format!("`{}-{}` and `{}-{}` overlap", a.from, a.to, b.from, b.to),
                format!("write `{}-{}`, or leave a break between them", a.from, a.to.max(b.to)),
            ));
        }
    }
    Ok(intervals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        parse_intervals(text).unwrap().iter().map(|open| format!("{}-{}", open.from, open.to)).collect()
    }

    fn fault(text: &str) -> String {
        parse_intervals(text).unwrap_err().to_string()
    }

    #[test]
    fn hours_are_read_with_their_breaks() {
        assert_eq!(shown("09:00-12:00, 13:30-18:00"), ["09:00-12:00", "13:30-18:00"]);
        assert_eq!(shown("09:00-12:00,13:30-18:00"), ["09:00-12:00", "13:30-18:00"]);
        assert_eq!(shown("00:00-24:00"), ["00:00-24:00"]);
        assert_eq!(shown("closed"), [""; 0]);
    }

    #[test]
    fn hours_are_put_in_order() {
        assert_eq!(shown("13:30-18:00, 09:00-12:00"), ["09:00-12:00", "13:30-18:00"]);
        assert_eq!(shown("12:00-18:00, 09:00-12:00"), ["09:00-12:00", "12:00-18:00"]);
    }

    #[test]
    fn each_fault_of_hours_is_told() {
        assert_eq!(
            fault("09:00-12:00, 11:00-18:00"),
            "`09:00-12:00` and `11:00-18:00` overlap; write `09:00-18:00`, or leave a break between them"
        );
        assert_eq!(
            fault("17:00-09:00"),
            "`17:00-09:00` ends before it begins; for hours past midnight write `17:00-24:00` and give the next day `00:00-09:00`"
        );
        assert_eq!(
            fault("17:00-00:00"),
            "`17:00-00:00` ends before it begins; for hours past midnight write `17:00-24:00`"
        );
        assert_eq!(
            fault("09:00-09:00"),
            "`09:00-09:00` ends when it begins; write a later end, or `00:00-24:00` for open round the clock"
        );
        assert_eq!(fault("9-17"), "`9` is not written as a time of day is here; write `09:00`");
        assert_eq!(
            fault("09:00–17:00"),
            "`09:00–17:00` does not say from when to when; write `09:00-17:00` with a hyphen"
        );
        assert_eq!(fault(""), "there are no hours here; write hours such as `09:00-17:00`, or `closed`");
        assert_eq!(
            fault("09:00-12:00,"),
            "there is a comma without hours beside it; write hours such as `09:00-12:00, 13:30-18:00`"
        );
    }

    #[test]
    fn weekdays_are_read_singly_as_ranges_and_as_lists() {
        let names = |text| parse_weekdays(text).unwrap().into_iter().map(word).collect::<Vec<_>>().join(" ");
        assert_eq!(names("mon-fri"), "mon tue wed thu fri");
        assert_eq!(names("sat"), "sat");
        assert_eq!(names("mon,wed,fri"), "mon wed fri");
        assert_eq!(names("mon-tue, thu"), "mon tue thu");
        assert_eq!(names("sat-mon"), "sat sun mon");
    }

    #[test]
    fn a_mistyped_weekday_is_told_with_the_nearest() {
        let action = |text| parse_weekdays(text).unwrap_err().action;
        assert_eq!(action("mon-fry"), "did you mean `fri`?");
        assert_eq!(action("Monday"), "did you mean `mon`?");
        assert_eq!(action("tues"), "did you mean `tue`?");
        assert_eq!(action("wendesday"), "did you mean `wed`?");
        assert_eq!(action("mo-fr"), "did you mean `mon`?");
        assert_eq!(action("SAT"), "did you mean `sat`?");
        assert_eq!(action("weekdays"), "write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`");
        assert_eq!(action("mon-"), "write `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`");
        assert_eq!(parse_weekdays("mon,mon").unwrap_err().message, "`mon,mon` names `mon` twice");
    }

    #[test]
    fn a_weekday_has_its_hours_once() {
        let mut hours = OpeningHours::default();
        let day = parse_intervals("09:00-17:00").unwrap();
        hours.set(&parse_weekdays("mon-fri").unwrap(), &day).unwrap();
        let fault = hours.set(&[Weekday::Saturday, Weekday::Friday], &day).unwrap_err();
        assert_eq!(fault.message, "`fri` has its hours twice");
        assert!(hours.on(Weekday::Saturday).is_empty());
        assert_eq!(hours.lengths().collect::<Vec<_>>(), [28800, 28800, 28800, 28800, 28800, 0, 0]);
    }

    #[test]
    fn a_week_without_hours_is_closed() {
        let mut hours = OpeningHours::default();
        assert!(hours.is_closed());
        hours.set(&[Weekday::Monday], &[]).unwrap();
        assert!(hours.is_closed());
        assert!(!OpeningHours::round_the_clock().is_closed());
    }

    #[test]
    fn hours_that_are_certainly_meant_can_be_written_without_asking() {
        let instead = |text: &str| parse_intervals(text).unwrap_err().instead;
        for (text, meant) in [
            ("9-17", "09:00-17:00"),
            ("9am to 5pm", "09:00-17:00"),
            ("9:00–12:00, 13.30-18:00", "09:00-12:00, 13:30-18:00"),
            ("9:00至18:00", "09:00-18:00"),
            ("Closed", "closed"),
        ] {
            assert_eq!(instead(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["9-5", "22:00-02:00", "9:00", "8,5-12", "9:00-12:00, 11:00-13:00", "by appointment", ""] {
            assert_eq!(instead(text), None, "{text}");
        }
    }

    #[test]
    fn weekdays_that_are_certainly_meant_can_be_written_without_asking() {
        let instead = |text: &str| parse_weekdays(text).unwrap_err().instead;
        for (text, meant) in [
            ("Mon-Fri", "mon-fri"),
            ("Monday", "mon"),
            ("mo–fr", "mon-fri"),
            ("tues, thurs", "tue,thu"),
            ("wendesday", "wed"),
            ("周一", "mon"),
        ] {
            assert_eq!(instead(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["mon,Monday", "month", "weekdays", "s", "mon-wed-fri", ""] {
            assert_eq!(instead(text), None, "{text}");
        }
    }
}
