//! The figures of a text that its translations must have too, and which of them differ.

use std::ops::Range;

use crate::checks::reading::printed;
use crate::markdown::wiki::WikiLink;
use crate::model::handbook::Handbook;
use crate::model::lookup::Thing;
use crate::model::printable::Printable;
use crate::source::Span;
use crate::units::duration::{Clock, Duration, Unit};
use crate::wording::amount::{Amount, Measure};
use crate::wording::limit_phrase::is_round_the_clock;

/// A figure of a text.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    value: Value,
    /// The number alone, in thousandths, whatever it counts.
    number: u64,
    to: Option<u64>,
    in_words: bool,
    /// As it is written.
    pub(super) written: String,
    /// Where it stands.
    pub(super) place: Span,
}

/// What a figure says, whatever its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// Time on a clock, in thousandths of its smallest unit.
    Time(Clock, u64),
    /// Days of which it is not said which.
    Days(u64),
    /// A share.
    Percent(u64),
    /// A share in other words, `9 out of 10`, or how much of each day.
    Rate,
    /// Money of whatever currency.
    Money(u64),
    /// Anything else.
    Other(u64),
}

/// Collects the figures of a text.
pub(super) fn of_text(text: &str, amounts: &[Amount], place: &dyn Fn(&Range<usize>) -> Span) -> Vec<Figure> {
    let figure = |amount: &Amount| {
        let value = match amount.measure {
            _ if is_round_the_clock(text, amount) => return None,
            Measure::Rate => Value::Rate,
            Measure::Time(Unit::CalendarDay) | Measure::Days if is_french_fortnight(text, amount) => {
                Value::Time(Clock::Dates, 14_000)
            }
            Measure::Time(_) => amount.on_clock().map(|(clock, length)| Value::Time(clock, length))?,
            Measure::Days => Value::Days(amount.thousandths),
            Measure::Percent => Value::Percent(amount.thousandths),
            Measure::Money => Value::Money(amount.thousandths),
            Measure::Times | Measure::Other => Value::Other(amount.thousandths),
        };
        let written = text.get(amount.range.clone()).unwrap_or_default().to_owned();
        let number = amount.thousandths;
        Some(Figure { value, number, to: amount.to, in_words: amount.in_words, written, place: place(&amount.range) })
    };
    amounts.iter().filter_map(figure).collect()
}

/// Gives the figure that a reference prints.
pub(super) fn of_link(handbook: &Handbook, own: &Thing, link: &WikiLink, place: Span) -> Option<Figure> {
    let (value, written) = match printed(handbook, own, link)? {
        Printable::Duration(duration) => (of_duration(duration)?, duration.to_string()),
        Printable::Share(share) => (Value::Percent(u64::from(share.as_hundredths()) * 10), share.to_string()),
        Printable::Money(money) => {
            let one = 10_u64.pow(u32::from(money.currency.minor_digits()));
            let minor = u64::try_from(money.amount).ok()?;
            (Value::Money(minor.checked_mul(1000)? / one), money.to_string())
        }
        Printable::Text(_) | Printable::Plain(_) => return None,
    };
    let number = match value {
        Value::Time(_, number) | Value::Days(number) | Value::Percent(number) => number,
        Value::Money(number) | Value::Other(number) => number,
        Value::Rate => 0,
    };
    Some(Figure { value, number, to: None, in_words: false, written, place })
}

/// Tells whether days are two weeks as the French say them: `quinze jours`.
fn is_french_fortnight(text: &str, amount: &Amount) -> bool {
    text.get(amount.range.clone()).is_some_and(|part| part.to_lowercase().starts_with("quinze jours"))
}

fn of_duration(duration: Duration) -> Option<Value> {
    duration.on_clock().checked_mul(1000).map(|length| Value::Time(duration.clock(), length))
}

fn is_days(clock: Clock) -> bool {
    matches!(clock, Clock::BusinessDays | Clock::Dates)
}

impl Figure {
    /// Tells whether both are time, or both are of another kind.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let is_time = |value: Value| matches!(value, Value::Time(..) | Value::Days(_));
        is_time(self.value) == is_time(other.value)
            && (is_time(self.value) || std::mem::discriminant(&self.value) == std::mem::discriminant(&other.value))
    }

    /// Tells whether both say the same; bare days are dates.
    fn is_same(&self, other: &Self) -> bool {
        let same = match (self.value, other.value) {
            (Value::Days(days), Value::Time(Clock::Dates, length))
            | (Value::Time(Clock::Dates, length), Value::Days(days)) => days == length,
            (one, other) => one == other,
        };
        same && self.to == other.to
    }

    /// Tells whether it is just this duration.
    pub(super) fn is_duration(&self, duration: Duration) -> bool {
        let is_bare = self.number_of_days().is_some_and(|days| duration.on_clock().checked_mul(1000) == Some(days));
        self.to.is_none() && (of_duration(duration) == Some(self.value) || (is_bare && is_days(duration.clock())))
    }

    /// Tells whether it is the same number of days as another figure, of which it is not said which days.
    pub(super) fn is_bare_form(&self, other: &Self) -> bool {
        let same = |length| self.number_of_days() == Some(length) && self.to == other.to;
        matches!(other.value, Value::Time(clock, length) if is_days(clock) && same(length))
    }

    fn number_of_days(&self) -> Option<u64> {
        match self.value {
            Value::Days(days) => Some(days),
            _ => None,
        }
    }

    /// Tells whether the other language may say it in a way that is not read: `one`, `twice`, `ein Jahr`.
    fn is_small(&self) -> bool {
        match self.value {
            Value::Other(number) => self.in_words || number <= 2_000,
            Value::Time(clock, length) if self.written.chars().any(|letter| letter.is_ascii_digit()) => match clock {
                Clock::Months => [1_000, 12_000].contains(&length),
                Clock::Dates => [1_000, 7_000].contains(&length),
                Clock::Elapsed => length == 3_600_000,
                _ => length == 1_000,
            },
            Value::Time(Clock::Months, length) => length <= 12_000,
            Value::Time(Clock::Dates, length) => length <= 7_000,
            Value::Time(Clock::Elapsed, length) => length <= 3_600_000,
            Value::Time(_, length) => length <= 1_000,
            Value::Days(days) => [1_000, 7_000].contains(&days),
            // `All calls` are 100 % of them.
            Value::Percent(share) => share == 100_000,
            Value::Rate => true,
            Value::Money(_) => false,
        }
    }

    /// Gives the bare number, if nothing more is known of it.
    fn number(&self) -> Option<u64> {
        match self.value {
            Value::Other(number) => Some(number),
            _ => None,
        }
    }
}

/// Gives the figures of either text that the other has not, those left out that may be said in other words.
pub(super) fn differing(first: Vec<Figure>, second: Vec<Figure>) -> (Vec<Figure>, Vec<Figure>) {
    let mut extra = second;
    let mut missing = Vec::new();
    for figure in first {
        match extra.iter().position(|other| other.is_same(&figure)) {
            Some(at) => drop(extra.remove(at)),
            None => missing.push(figure),
        }
    }
    // A bare number may stand with a unit that only one language writes: `打5分`, `a 5`.
    let mut at = 0;
    while let Some(figure) = missing.get(at) {
        let is_rate =
            |one: &Figure, other: &Figure| one.value == Value::Rate && matches!(other.value, Value::Percent(_));
        let twin = extra.iter().position(|other| {
            let bare = figure.number().is_some() || other.number().is_some();
            (bare && other.number == figure.number) || is_rate(figure, other) || is_rate(other, figure)
        });
        match twin {
            Some(twin) => {
                extra.remove(twin);
                missing.remove(at);
            }
            None => at += 1,
        }
    }
    say_shares(&mut missing, &mut extra);
    say_shares(&mut extra, &mut missing);
    // What is small on one side alone is a manner of speaking; against another figure of its kind it counts.
    let is_told = |figure: &Figure, others: &[Figure]| {
        !figure.is_small() || (figure.number().is_none() && others.iter().any(|other| other.is_like(figure)))
    };
    let told_missing: Vec<Figure> = missing.iter().filter(|figure| is_told(figure, &extra)).cloned().collect();
    let told_extra: Vec<Figure> = extra.iter().filter(|figure| is_told(figure, &missing)).cloned().collect();
    (told_missing, told_extra)
}

/// Takes out shares that the other text says as `nine out of ten`, with the two numbers.
fn say_shares(one: &mut Vec<Figure>, other: &mut Vec<Figure>) {
    let is_share = |share: &Figure, part: &Figure, whole: &Figure| match (share.value, part.number(), whole.number()) {
        (Value::Percent(share), Some(part), Some(whole)) => part.checked_mul(100_000) == whole.checked_mul(share),
        _ => false,
    };
    one.retain(|share| {
        let at = other.windows(2).position(|two| matches!(two, [part, whole] if is_share(share, part, whole)));
        at.inspect(|at| drop(other.drain(*at..*at + 2))).is_none()
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::wording::amount::read;

    fn differ(english: &str, chinese: &str) -> (usize, usize) {
        let nowhere = |_: &Range<usize>| Span::new(FileId(0), 0, 0);
        let figures = |text: &str, tag: &str| of_text(text, &read(text, tag), &nowhere);
        let (missing, extra) = differing(figures(english, "en"), figures(chinese, "zh"));
        (missing.len(), extra.len())
    }

    #[test]
    fn manners_of_speaking_are_no_difference() {
        for (english, chinese) in [
            ("one of three points", "三点之一"),
            ("a customer who gives a 5", "打5分的顾客"),
            ("half of them rang twice", "一半人打了两次电话"),
            ("within 30 days", "30个自然日内"),
            ("open 24 hours a day", "全天营业"),
            ("a 24-hour hotline", "全天24小时热线"),
        ] {
            assert_eq!(differ(english, chinese), (0, 0), "{chinese}");
        }
    }

    fn differ_in_french(english: &str, french: &str) -> (usize, usize) {
        let nowhere = |_: &Range<usize>| Span::new(FileId(0), 0, 0);
        let figures = |text: &str, tag: &str| of_text(text, &read(text, tag), &nowhere);
        let (missing, extra) = differing(figures(english, "en"), figures(french, "fr"));
        (missing.len(), extra.len())
    }

    #[test]
    fn what_a_french_translator_writes_is_no_difference() {
        for (english, french) in [
            ("within two weeks", "sous quinze jours"),
            ("within 14 days", "dans les quinze jours"),
            ("persons aged 65 and over within one month", "les personnes âgées de 65 ans et plus dans le mois suivant"),
            ("within 12 months", "dans un délai d'un an"),
            ("within 12 months", "dans l'année"),
            ("within 1 business day", "d'ici la fin du jour ouvrable suivant"),
            ("within 1 hour of the call", "dans l'heure suivant l'appel"),
            ("within 7 days", "dans la semaine"),
            ("100% of payments within 30 days", "tous les paiements dans les 30 jours"),
            ("All payments within 30 days", "100 % des paiements dans les 30 jours"),
            ("nine out of ten requests within 3 business days", "90 % des demandes dans les 3 jours ouvrables"),
        ] {
            assert_eq!(differ_in_french(english, french), (0, 0), "{french}");
        }
        for (english, french) in [
            ("within 1 business day", "dans les 2 jours ouvrables"),
            ("within 15 business days", "dans les quinze jours"),
            ("100% of calls", "98 % des appels"),
            ("within 60 minutes", "dans les 90 minutes"),
            ("within 30 minutes", "dans les 20 minutes"),
        ] {
            assert_eq!(differ_in_french(english, french), (1, 1), "{french}");
        }
    }

    #[test]
    fn numbers_and_units_are_a_difference() {
        assert_eq!(differ("within 10 business days", "10天内"), (1, 1));
        assert_eq!(differ("90 % of 412 calls", "412个电话的95%"), (1, 1));
        assert_eq!(differ("within 2 hours", "尽快"), (1, 0));
        assert_eq!(differ("within one week", "两周内"), (1, 1));
    }
}
