//! Numbers with their units as people write them in sentences: `five (5) business days`, `binnen 24 Stunden`, `五个工作日`.

use std::ops::Range;

use crate::units::duration::{Duration, Unit};

/// A number in a sentence, with its unit where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// Where it stands in the text, in bytes: number and unit.
    pub range: Range<usize>,
    /// The number in thousandths.
    pub thousandths: u64,
    /// The second number of a span such as `5–10 days`, in thousandths.
    pub to: Option<u64>,
    /// What is counted.
    pub measure: Measure,
}

/// What a number in a sentence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Time whose unit is clear: `10 business days`, `24 hours`.
    Time(Unit),
    /// Days of which it is not said whether they are business or calendar days.
    Days,
    /// A share.
    Percent,
    /// Money.
    Money,
    /// Anything else.
    Other,
}

impl Amount {
    /// Tells whether it is a stretch of time.
    pub fn is_time(&self) -> bool {
        matches!(self.measure, Measure::Time(_) | Measure::Days)
    }

    /// Gives it as a duration, where it is one whole number of a unit that is clear.
    pub fn duration(&self) -> Option<Duration> {
        let Measure::Time(unit) = self.measure else { return None };
        let whole = self.to.is_none() && self.thousandths % 1000 == 0;
        whole
            .then(|| u32::try_from(self.thousandths / 1000).ok())
            .flatten()
            .and_then(|count| Duration::new(count, unit))
    }
}

/// Reads the amounts of a text; `language` is a tag such as `de` or `zh-Hans`.
///
/// In a language that is not known numbers in digits are read, and nothing of their units but `%`.
pub fn read(text: &str, language: &str) -> Vec<Amount> {
    let _ = (text, language);
    Vec::new()
}
