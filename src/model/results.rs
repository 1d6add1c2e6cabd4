//! What was measured: one line a standard and a period.

use std::fmt;

use crate::model::kind::{Channel, Ref, Standard};
use crate::source::Spanned;
use crate::units::Malformed;
use crate::units::duration::Duration;

/// The stretch of time that a result is about: a year, a quarter or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResultPeriod {
    /// The year.
    pub year: u16,
    /// The first month, from 1.
    pub month: u8,
    /// How many months: 1, 3 or 12.
    pub months: u8,
}

impl ResultPeriod {
    /// Reads `2026`, `2026-Q1` or `2026-01`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let fault = || Malformed {
            message: format!("`{text}` is not a period"),
            action: "write a month such as `2026-01`, a quarter such as `2026-Q1` or a year such as `2026`".into(),
        };
        let (year, rest) = text.split_once('-').unwrap_or((text, ""));
        let digits = |part: &str, wanted: usize| part.len() == wanted && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) {
            return Err(fault());
        }
        let year = year.parse().map_err(|_| fault())?;
        match rest.strip_prefix('Q').map(str::parse::<u8>) {
            _ if rest.is_empty() && !text.contains('-') => Ok(Self { year, month: 1, months: 12 }),
            Some(Ok(quarter @ 1..=4)) if rest.len() == 2 => Ok(Self { year, month: quarter * 3 - 2, months: 3 }),
            None if digits(rest, 2) => match rest.parse() {
                Ok(month @ 1..=12) => Ok(Self { year, month, months: 1 }),
                _ => Err(fault()),
            },
            _ => Err(fault()),
        }
    }
}

impl fmt::Display for ResultPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.months {
            12 => write!(f, "{}", self.year),
            3 => write!(f, "{}-Q{}", self.year, self.month.div_ceil(3)),
            _ => write!(f, "{}-{:02}", self.year, self.month),
        }
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
                Err(Malformed {
                    message: format!("`{text}` is more than 100 %"),
                    action: "write a share of at most 100".into(),
                })
            };
        }
        if text.contains(['%', ',']) {
            let message = format!("`{text}` is not a share");
            return Err(Malformed { message, action: "write a number with a point, such as `94.4`".into() });
        }
        Duration::parse(text).map(Self::Duration)
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
        for text in ["2026-01", "2026-12", "2026-Q3", "2026"] {
            assert_eq!(ResultPeriod::parse(text).unwrap().to_string(), text);
        }
        for text in ["2026-13", "2026-1", "26-01", "2026-Q5", "2026-", "Jan 2026", ""] {
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
