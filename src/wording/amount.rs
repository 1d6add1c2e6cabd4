//! Numbers with their units as people write them in sentences: `five (5) business days`, `binnen 24 Stunden`, `五个工作日`.
//!
//! English, German, French and Chinese are read; how, is in `latin` and `chinese`. Not here: which amount of a sentence
//! is a limit (`limit_phrase`).

use std::ops::Range;

use super::digits::{COMMA, POINT, SPACED};
use super::{chinese, latin};
use crate::units::duration::{Clock, Duration, Unit};

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
    /// Whether the number is written in words.
    pub in_words: bool,
}

/// What a number in a sentence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Time whose unit is clear: `10 business days`, `24 hours`.
    Time(Unit),
    /// Days of which it is not said whether they are business or calendar days.
    Days,
    /// How much of each day or week: `24 hours a day`, `7 Tage die Woche`.
    Rate,
    /// A share.
    Percent,
    /// Money.
    Money,
    /// How many times: `three times`, `6倍`.
    Times,
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
        let whole = self.to.is_none() && self.thousandths.is_multiple_of(1000);
        whole
            .then(|| u32::try_from(self.thousandths / 1000).ok())
            .flatten()
            .and_then(|count| Duration::new(count, unit))
    }

    /// Gives the clock and the length on it, in thousandths of the clock's smallest unit; nothing for bare days.
    pub fn on_clock(&self) -> Option<(Clock, u64)> {
        let Measure::Time(unit) = self.measure else { return None };
        let one = Duration::new(1, unit)?;
        Some((one.clock(), self.thousandths.checked_mul(one.on_clock())?))
    }

    /// Tells whether it is just this duration; bare days are days of either kind.
    pub fn is(&self, duration: Duration) -> bool {
        let length = duration.on_clock().checked_mul(1000);
        let is_days = matches!(duration.clock(), Clock::BusinessDays | Clock::Dates);
        match self.on_clock() {
            _ if self.to.is_some() => false,
            Some((clock, on_clock)) => clock == duration.clock() && Some(on_clock) == length,
            None => self.measure == Measure::Days && is_days && Some(self.thousandths) == length,
        }
    }
}

/// Reads the amounts of a text; `language` is a tag such as `de` or `zh-Hans`.
///
/// In a language that is not known numbers in digits are read, and nothing of their units but `%` and money. The
/// amounts are in the order of the text and do not overlap.
pub fn read(text: &str, language: &str) -> Vec<Amount> {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    match primary.as_str() {
        "en" => latin::read(text, latin::Tongue::English, POINT),
        "de" => latin::read(text, latin::Tongue::German, COMMA),
        "fr" => latin::read(text, latin::Tongue::French, SPACED),
        "zh" => chinese::read(text),
        _ => latin::read(text, latin::Tongue::Other, POINT),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};

    use super::*;

    fn holds_together(text: &str) {
        for language in ["en", "de", "fr", "zh-Hans", "es", ""] {
            let mut end = 0;
            for amount in read(text, language) {
                assert!(text.get(amount.range.clone()).is_some_and(|part| !part.is_empty()), "{amount:?} in {text:?}");
                assert!(amount.range.start >= end, "{amount:?} in {text:?}");
                let _ = (amount.duration(), amount.on_clock());
                end = amount.range.end;
            }
        }
    }

    fn sentence() -> impl Strategy<Value = String> {
        const PIECES: [&str; 60] = [
            "5",
            "10",
            "24",
            "0",
            "1,5",
            "99999999999999999999",
            "½",
            "%",
            "％",
            " ",
            " ",
            " ",
            "-",
            "–",
            "(",
            ")",
            "/",
            ":",
            ".",
            ",",
            "to",
            "bis",
            "à",
            "至",
            "between",
            "and",
            "entre",
            "et",
            "five",
            "twenty",
            "hundred",
            "a",
            "half",
            "eine",
            "halbe",
            "zweiundzwanzig",
            "cent",
            "quatre",
            "vingt",
            "五",
            "十",
            "两",
            "半",
            "个",
            "第",
            "工作日",
            "天",
            "日内",
            "小时",
            "百分之",
            "business",
            "days",
            "Arbeitstagen",
            "zehntägig",
            "jours",
            "ouvrables",
            "h",
            "€",
            "$",
            "\u{FFFC}",
        ];
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn amounts_stand_in_order_on_whole_characters(text in sentence()) {
            holds_together(&text);
        }

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            holds_together(&text);
        }
    }

    #[test]
    fn other_languages_have_digits_alone() {
        let read = read("en 10 días, el 95 %", "es");
        assert_eq!((read[0].measure, read[1].measure), (Measure::Other, Measure::Percent));
    }

    #[test]
    fn an_amount_is_a_duration_of_the_same_clock_and_length() {
        let amount = |text: &str| read(text, "en").remove(0);
        let is = |text: &str, duration: &str| amount(text).is(Duration::parse(duration).unwrap());
        assert!(
            is("within 24 hours", "24h") && is("half an hour", "30min") && is("a hundred and twenty minutes", "2h")
        );
        assert!(is("12 months", "1y") && is("2 weeks", "14d") && is("14 days", "2w") && is("10 days", "10bd"));
        assert!(!is("24 hours", "1d") && !is("10 business days", "2w") && !is("5-10 business days", "5bd"));
        assert_eq!(amount("10 business days").duration(), Duration::parse("10bd").ok());
        assert_eq!((amount("10 days").duration(), amount("2.5 hours").duration()), (None, None));
    }
}
