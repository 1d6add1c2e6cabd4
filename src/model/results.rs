//! What was measured: one line a standard and a period.

use std::fmt;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::model::kind::{Channel, Ref, Standard};
use crate::source::Spanned;
use crate::units::date::parse_date;
use crate::units::duration::Duration;
use crate::units::{Malformed, quoted};

/// The results of all files, in the order of files and lines.
#[derive(Clone, Debug, Default)]
pub struct Results {
    files: Vec<Arc<[Measured]>>,
}

impl Results {
    /// Adds the results of one more file.
    pub fn add(&mut self, file: Arc<[Measured]>) {
        self.files.push(file);
    }

    /// Walks over all results.
    pub fn iter(&self) -> impl Iterator<Item = &Measured> {
        self.files.iter().flat_map(|file| file.iter())
    }

    /// Walks over the results that stand one after the other and are about the same standard, as long as they are.
    pub fn by_standard(&self) -> impl Iterator<Item = &[Measured]> {
        self.files.iter().flat_map(|file| file.chunk_by(|one, other| one.standard.id == other.standard.id))
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.iter().all(|file| file.is_empty())
    }

    /// Counts them.
    pub fn len(&self) -> usize {
        self.files.iter().map(|file| file.len()).sum()
    }
}

/// The stretch of time that a result is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultPeriod {
    /// As it is written: `2026-01`.
    pub written: String,
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
}

impl ResultPeriod {
    /// Reads a year (`2026`), a half (`2026-H1`), a quarter (`2026-Q1`), a month (`2026-01`), a week (`2026-W05`), a
    /// day (`2026-01-31`), or a financial year from April (`2025-2026`, `2025-26`).
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let span = days(text).ok_or_else(|| {
            let fault = Malformed::new(
                format!("{} is not a period", quoted(text)),
                "write a month such as `2026-01`, a quarter such as `2026-Q1` or a year such as `2026`",
            );
            match meant_period(text) {
                Some(meant) => fault.instead(meant),
                None => fault,
            }
        })?;
        Ok(Self { written: text.to_owned(), start: span.0, end: span.1 })
    }
}

/// Finds the period that another way of writing means: `2026-1`, `2026/01`, `2026Q1`, `Q1 2026`, `2026-w5`.
fn meant_period(text: &str) -> Option<String> {
    let capital = text.trim().to_uppercase();
    let parts: Vec<&str> = capital.split(['-', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let (year, rest) = match parts.as_slice() {
        [year, rest] if year.len() == 4 => (*year, *rest),
        [rest, year] if year.len() == 4 => (*year, *rest),
        [both] if both.is_char_boundary(4) => both.split_at(4),
        _ => return None,
    };
    let meant = match (rest.strip_prefix('W'), rest.len()) {
        (Some(week), 2) => format!("{year}-W0{week}"),
        (None, 1) => format!("{year}-0{rest}"),
        _ => format!("{year}-{rest}"),
    };
    let is_period = number::<i16>(year, 4).is_some() && !rest.is_empty() && days(&meant).is_some();
    // Digits alone may be a year and a month, or a day and a month of something else.
    (is_period && (parts.len() == 2 || !rest.starts_with(|c: char| c.is_ascii_digit()))).then_some(meant)
}

/// Gives the first and last day of a written period.
fn days(text: &str) -> Option<(Date, Date)> {
    let (year, rest) = text.split_once('-').unwrap_or((text, ""));
    let year: i16 = number(year, 4)?;
    let months = |first: i8, count: i32| -> Option<(Date, Date)> {
        let start = Date::new(year, first, 1).ok()?;
        Some((start, start.checked_add(count.months()).ok()?.checked_sub(1.days()).ok()?))
    };
    if !text.contains('-') {
        return months(1, 12);
    }
    let lettered = |letter: char, digits: usize, most: i8| {
        rest.strip_prefix(letter).and_then(|n| number::<i8>(n, digits)).filter(|n| (1..=most).contains(n))
    };
    if let Some(half) = lettered('H', 1, 2) {
        return months(half * 6 - 5, 6);
    }
    if let Some(quarter) = lettered('Q', 1, 4) {
        return months(quarter * 3 - 2, 3);
    }
    if let Some(week) = lettered('W', 2, 53) {
        let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
        return Some((monday, monday.checked_add(6.days()).ok()?));
    }
    match rest.len() {
        2 if number::<i8>(rest, 2) == Some(((i32::from(year) + 1) % 100) as i8) && number::<i8>(rest, 2)? > 12 => {
            months(4, 12)
        }
        2 => months(number(rest, 2).filter(|month| (1..=12).contains(month))?, 1),
        4 if number::<i16>(rest, 4) == Some(year + 1) => months(4, 12),
        5 => parse_date(text).ok().map(|day| (day, day)),
        _ => None,
    }
}

fn number<T: std::str::FromStr>(text: &str, digits: usize) -> Option<T> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

impl fmt::Display for ResultPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// A measured value: a share in hundredths of a per cent, or a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultValue {
    /// A share in hundredths of a per cent; zero is possible here.
    Share(u32),
    /// A time.
    Duration(Duration),
}

impl ResultValue {
    /// Reads `94.4`, `94.4%` or a duration.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let number = text.trim_end_matches('%').trim_end();
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !whole.is_empty() && whole.len() <= 3 && digits(whole) && part.len() <= 2 && digits(part) {
            let hundredths =
                whole.parse::<u32>().unwrap_or(0) * 100 + format!("{part:0<2}").parse::<u32>().unwrap_or(0);
            return if hundredths <= 10_000 {
                Ok(Self::Share(hundredths))
            } else {
                Err(Malformed::new(format!("{} is more than 100 %", quoted(text)), "write a share of at most 100"))
            };
        }
        if text.contains(['%', ',']) {
            let message = format!("{} is not a share", quoted(text));
            let fault = Malformed::new(message, "write a number with a point, such as `94.4`");
            let pointed = text.replacen(',', ".", 1);
            let meant = pointed != text && Self::parse(&pointed).is_ok();
            return Err(if meant { fault.instead(pointed) } else { fault });
        }
        Duration::parse(text).map(Self::Duration).map_err(|fault| {
            match text.bytes().any(|byte| byte.is_ascii_digit()) {
                true => fault,
                false => Malformed::new(
                    format!("{} is neither a share nor a time", quoted(text)),
                    "write a share such as `94.4`, or a time such as `3bd`",
                ),
            }
        })
    }
}

/// One line of the results.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The stretch of time.
    pub period: Spanned<ResultPeriod>,
    /// The standard.
    pub standard: Ref<Standard>,
    /// The channel, where the line is about one only.
    pub channel: Option<Ref<Channel>>,
    /// How many cases there were.
    pub volume: Option<Spanned<u64>>,
    /// In how many of them the standard was kept.
    pub met: Option<Spanned<u64>>,
    /// The result.
    pub value: Option<Spanned<ResultValue>>,
    /// What customers perceived.
    pub perceived: Option<Spanned<ResultValue>>,
    /// How it was measured.
    pub method: String,
    /// What to keep in mind.
    pub note: String,
}

impl Measured {
    /// Gives the result as a share in hundredths of a per cent: as given, or met of volume, rounded to a tenth.
    pub fn share(&self) -> Option<u32> {
        if let Some(Spanned { value: ResultValue::Share(share), .. }) = &self.value {
            return Some(*share);
        }
        let (met, volume) = (self.met.as_ref()?.value, self.volume.as_ref()?.value);
        if self.value.is_some() || volume == 0 || met > volume {
            return None;
        }
        let tenths = (u128::from(met) * 1000 + u128::from(volume) / 2) / u128::from(volume);
        u32::try_from(tenths).ok().map(|tenths| tenths * 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_month_a_quarter_or_a_year() {
        let days = |text: &str| {
            let period = ResultPeriod::parse(text).unwrap();
            format!("{} {}", period.start, period.end)
        };
        assert_eq!(days("2026-02"), "2026-02-01 2026-02-28");
        assert_eq!(days("2026-Q3"), "2026-07-01 2026-09-30");
        assert_eq!(days("2026-H2"), "2026-07-01 2026-12-31");
        assert_eq!(days("2026"), "2026-01-01 2026-12-31");
        assert_eq!(days("2026-W01"), "2025-12-29 2026-01-04");
        assert_eq!(days("2025-2026"), "2025-04-01 2026-03-31");
        assert_eq!(days("2025-26"), "2025-04-01 2026-03-31");
        assert_eq!(days("2026-01-31"), "2026-01-31 2026-01-31");
        for text in ["2026-13", "2026-1", "26-01", "2026-Q5", "2026-", "Jan 2026", "", "2026-2028", "2026-W54", "年"] {
            assert!(ResultPeriod::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_value_is_a_share_or_a_time() {
        assert_eq!(ResultValue::parse("94.4"), Ok(ResultValue::Share(9440)));
        assert_eq!(ResultValue::parse("100%"), Ok(ResultValue::Share(10_000)));
        assert!(matches!(ResultValue::parse("3bd"), Ok(ResultValue::Duration(_))));
        for text in ["94,4", "101", "94.444", "many"] {
            assert!(ResultValue::parse(text).is_err(), "{text}");
        }
    }
}
