//! Times of day as they are written in a handbook: `09:00`, on the 24-hour clock.
//!
//! Not here: time zones and the nights in which clocks change (`calendar`).

use std::fmt;

use super::{Malformed, quoted};

/// Minutes since midnight on the local clock, 0 to 1440; `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The beginning of the day, `00:00`.
    pub const MIDNIGHT: TimeOfDay = TimeOfDay(0);
    /// The end of the day, `24:00`.
    pub const END_OF_DAY: TimeOfDay = TimeOfDay(1440);

    /// Reads `HH:MM`, `00:00` to `24:00`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let Some((hours, minutes)) = strict(text) else { return Err(other_form(text)) };
        Self::from_clock(hours, minutes).ok_or_else(|| {
            Malformed::new(format!("{} is no time of day", quoted(text)), "write a time from `00:00` to `24:00`")
        })
    }

    /// Makes a time of day of minutes since midnight, at most 1440.
    pub fn from_minutes(minutes: u16) -> Option<Self> {
        (minutes <= 1440).then_some(Self(minutes))
    }

    /// Gives the minutes since midnight, 0 to 1440.
    pub fn minutes(self) -> u16 {
        self.0
    }

    /// Gives the hour, 0 to 24.
    pub fn hour(self) -> u16 {
        self.0 / 60
    }

    /// Gives the minute of the hour, 0 to 59.
    pub fn minute(self) -> u16 {
        self.0 % 60
    }

    fn from_clock(hours: u16, minutes: u16) -> Option<Self> {
        let sum = hours.checked_mul(60)?.checked_add(minutes)?;
        if minutes < 60 { Self::from_minutes(sum) } else { None }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())
    }
}

fn strict(text: &str) -> Option<(u16, u16)> {
    let (hours, minutes) = text.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 { None } else { Some((number(hours)?, number(minutes)?)) }
}

fn number(text: &str) -> Option<u16> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

fn other_form(text: &str) -> Malformed {
    let message = format!("{} is not written as a time of day is here", quoted(text));
    match meant(text) {
        Some(time) => Malformed::new(message, format!("write `{time}`")).instead(time.to_string()),
        None => Malformed::new(message, "write hours and minutes on the 24-hour clock, such as `09:00`"),
    }
}

/// Finds the time that another way of writing means: `9:00`, `9.30`, `9`, `9 Uhr`, `5pm`, `5:30 p.m.`, `0930`.
fn meant(text: &str) -> Option<TimeOfDay> {
    let lower = text.trim().to_lowercase().replace('：', ":");
    let dotless = lower.replace("p.m.", "pm").replace("a.m.", "am");
    let (clock, half) = match (dotless.strip_suffix("pm"), dotless.strip_suffix("am")) {
        (Some(clock), _) => (clock, Some(12)),
        (_, Some(clock)) => (clock, Some(0)),
        _ => (dotless.as_str(), None),
    };
    let clock = clock.trim_end().trim_end_matches("uhr").trim_end_matches('h').trim_end();
    let parts: Vec<&str> = clock.split([':', '.']).collect();
    let (hours, minutes) = match parts.as_slice() {
        [packed] if packed.len() == 4 => (number(packed.get(..2)?)?, number(packed.get(2..)?)?),
        [hours] => (number(hours)?, 0),
        [hours, minutes] if minutes.len() == 2 => (number(hours)?, number(minutes)?),
        [hours, minutes, "00"] if minutes.len() == 2 => (number(hours)?, number(minutes)?),
        _ => return None,
    };
    match half {
        Some(_) if !(1..=12).contains(&hours) => None,
        Some(half) => TimeOfDay::from_clock(hours % 12 + half, minutes),
        None => TimeOfDay::from_clock(hours, minutes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(text: &str) -> String {
        TimeOfDay::parse(text).unwrap_err().action
    }

    #[test]
    fn a_time_is_read_and_written_the_same() {
        for (text, minutes) in [("00:00", 0), ("09:05", 545), ("13:30", 810), ("23:59", 1439), ("24:00", 1440)] {
            let time = TimeOfDay::parse(text).unwrap();
            assert_eq!(time.minutes(), minutes);
            assert_eq!(time.to_string(), text);
        }
    }

    #[test]
    fn times_that_do_not_exist_are_refused() {
        for text in ["24:01", "25:00", "09:60", "99:99"] {
            assert_eq!(action(text), "write a time from `00:00` to `24:00`");
        }
    }

    #[test]
    fn other_ways_of_writing_are_recognised() {
        assert_eq!(action("9:00"), "write `09:00`");
        assert_eq!(action("9.30"), "write `09:30`");
        assert_eq!(action("9"), "write `09:00`");
        assert_eq!(action("17 Uhr"), "write `17:00`");
        assert_eq!(action("5pm"), "write `17:00`");
        assert_eq!(action("12:30 p.m."), "write `12:30`");
        assert_eq!(action("12 AM"), "write `00:00`");
        assert_eq!(action("09：00"), "write `09:00`");
        assert_eq!(action("0930"), "write `09:30`");
        assert_eq!(action("09:00:00"), "write `09:00`");
        assert_eq!(TimeOfDay::parse("5pm").unwrap_err().instead.as_deref(), Some("17:00"));
    }

    #[test]
    fn what_is_no_time_is_refused_without_a_guess() {
        for text in ["", ":", "noon", "-9:00", "+9:00", "13pm", "０９:００", "九点", "9:5", "09:00:30", "1:2:3:4"]
        {
            assert_eq!(action(text), "write hours and minutes on the 24-hour clock, such as `09:00`", "{text}");
        }
    }
}
