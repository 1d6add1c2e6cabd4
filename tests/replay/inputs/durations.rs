//! Durations and the other values of a word or two, and amounts in sentences: what is read is written and read again.

use std::fmt::{Debug, Display};

use pledgebook::model::results::{ResultPeriod, ResultValue};
use pledgebook::units::Malformed;
use pledgebook::units::date::parse_date;
use pledgebook::units::duration::Duration;
use pledgebook::units::money::Money;
use pledgebook::units::share::Share;
use pledgebook::units::time_of_day::TimeOfDay;
use pledgebook::wording::amount;

/// The languages in which amounts are read, and one of which nothing is known.
const LANGUAGES: [&str; 5] = ["en", "de", "fr", "zh", "eo"];

/// Reads a text as each kind of value, then as a sentence.
pub fn hold(text: &str) {
    if let Some(read) = is_kept(text, Duration::parse) {
        is_a_length(read);
    }
    is_kept(text, Money::parse);
    is_kept(text, Share::parse);
    is_kept(text, TimeOfDay::parse);
    is_kept(text, parse_date);
    if let Some(period) = is_kept(text, ResultPeriod::parse) {
        assert!(period.start <= period.end, "{period:?}");
    }
    if let Err(fault) = ResultValue::parse(text) {
        can_be_followed(&fault, ResultValue::parse);
    }
    LANGUAGES.iter().for_each(|language| amounts_lie_apart(text, language));
}

/// Holds a value to be the same after it was written and read again, and a fault to be of use.
fn is_kept<T: PartialEq + Debug + Display>(text: &str, parse: fn(&str) -> Result<T, Malformed>) -> Option<T> {
    match parse(text) {
        Ok(value) => {
            assert_eq!(parse(&value.to_string()).as_ref(), Ok(&value), "{text:?} was written as {value}");
            Some(value)
        }
        Err(fault) => {
            can_be_followed(&fault, parse);
            None
        }
    }
}

/// Holds a fault to say something on one line, and what it proposes to be no fault.
fn can_be_followed<T>(fault: &Malformed, parse: fn(&str) -> Result<T, Malformed>) {
    for sentence in [&fault.message, &fault.action] {
        assert!(!sentence.is_empty() && !sentence.contains(char::is_control), "{fault:?}");
    }
    assert!(fault.instead.as_deref().is_none_or(|meant| parse(meant).is_ok()), "{fault:?}");
}

fn is_a_length(read: Duration) {
    assert!(read.count > 0 && read.on_clock() >= u64::from(read.count), "{read:?}");
    assert_eq!(Duration::parse(&read.short()), Ok(read));
    assert_eq!(read.compare_same_clock(read), Some(std::cmp::Ordering::Equal));
    let said = amount::read(&format!("It takes {read}."), "en");
    assert!(matches!(&said[..], [one] if one.duration() == Some(read) && one.is(read)), "{read} was read as {said:?}");
}

fn amounts_lie_apart(text: &str, language: &str) {
    let mut end = 0;
    for amount in amount::read(text, language) {
        let written = text.get(amount.range.clone());
        assert!(amount.range.start >= end && written.is_some_and(|part| !part.is_empty()), "{amount:?} in {text:?}");
        end = amount.range.end;
    }
}
