//! Why a duration cannot be read, and what was probably meant.
//!
//! Not here: the durations that can be read (`duration`). This is asked only after reading has failed.

use super::duration::{Duration, Unit};
use super::nearest::{certain_meaning, nearest};
use super::{Malformed, quoted};

const FORMS: &str =
    "write a whole number and a unit, such as `10 business days` (10bd), `24 hours` (24h) or `30 calendar days` (30d)";
const UNITS: &str = "use s, min, h, bh (business hours), bd (business days), d (calendar days), w, mo or y";

/// Other words for a unit, in lower case.
const OTHER_WORDS: [(&str, Unit); 30] = [
    ("sec", Unit::Second),
    ("secs", Unit::Second),
    ("sekunden", Unit::Second),
    ("mins", Unit::Minute),
    ("minuten", Unit::Minute),
    ("hr", Unit::Hour),
    ("hrs", Unit::Hour),
    ("std", Unit::Hour),
    ("stunden", Unit::Hour),
    ("working hour", Unit::BusinessHour),
    ("working hours", Unit::BusinessHour),
    ("opening hours", Unit::BusinessHour),
    ("wh", Unit::BusinessHour),
    ("working day", Unit::BusinessDay),
    ("working days", Unit::BusinessDay),
    ("work days", Unit::BusinessDay),
    ("workdays", Unit::BusinessDay),
    ("weekdays", Unit::BusinessDay),
    ("wd", Unit::BusinessDay),
    ("arbeitstage", Unit::BusinessDay),
    ("werktage", Unit::BusinessDay),
    ("cd", Unit::CalendarDay),
    ("kalendertage", Unit::CalendarDay),
    ("wk", Unit::Week),
    ("wks", Unit::Week),
    ("wochen", Unit::Week),
    ("monate", Unit::Month),
    ("yr", Unit::Year),
    ("yrs", Unit::Year),
    ("jahre", Unit::Year),
];

/// Tells what is wrong with a text that is no duration.
pub(super) fn explain(text: &str) -> Malformed {
    let tidy = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    if Duration::read(&tidy).is_some() {
        return untidy(text, &tidy);
    }
    let number_end = tidy.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(tidy.len());
    let (number, rest) = tidy.split_at(number_end);
    if number.is_empty() {
        return without_number(text, rest);
    }
    let rest = rest.trim_start();
    range(text, rest)
        .or_else(|| fraction(text, number, rest))
        .or_else(|| bad_count(text, number, rest))
        .unwrap_or_else(|| bad_unit(text, number, rest))
}

fn untidy(text: &str, tidy: &str) -> Malformed {
    let shown = quoted(text);
    let what = if text.trim() != text || text.split_whitespace().collect::<Vec<_>>().join(" ") != text {
        format!("{shown} has a space too many")
    } else {
        format!("{shown} has capital letters")
    };
    Malformed::new(what, format!("write `{tidy}`")).instead(tidy)
}

fn without_number(text: &str, rest: &str) -> Malformed {
    let shown = quoted(text);
    if text.trim().is_empty() {
        return Malformed::new("there is no duration here", FORMS);
    }
    let positive = rest.trim_start_matches(['-', '−', '+']).trim_start();
    if positive.len() < rest.len()
        && let Some(meant) = Duration::read(positive)
    {
        let what = if rest.starts_with('+') { "has a plus sign" } else { "is below zero" };
        let fault = Malformed::new(format!("{shown} {what}"), format!("write `{}`", meant.short()));
        return if rest.starts_with('+') { fault.instead(meant.short()) } else { fault };
    }
    if Unit::parse(rest).is_some() {
        return Malformed::new(format!("{shown} has no number"), format!("write how many, such as `10 {rest}`"));
    }
    Malformed::new(format!("{shown} does not begin with a whole number in digits"), FORMS)
}

/// Recognises `5-10bd`, `5–10 bd`, `5 to 10 bd`.
fn range(text: &str, rest: &str) -> Option<Malformed> {
    let after =
        ["-", "–", "—", "~", "to ", "bis ", "..", "/"].iter().find_map(|mark| rest.strip_prefix(mark))?.trim_start();
    let action = match Duration::read(after) {
        Some(longer) => format!("write the longer one: `{}`", longer.short()),
        None => "write the longer one, such as `10bd`".to_owned(),
    };
    let message = format!("{} is a range, and a limit is one number", quoted(text));
    Some(Malformed::new(message, action).finding("time/range"))
}

/// Recognises `1.5h` and `1,5h`, and proposes the smaller unit where it comes out even.
fn fraction(text: &str, number: &str, rest: &str) -> Option<Malformed> {
    let decimals = rest.strip_prefix(['.', ','])?;
    let end = decimals.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(decimals.len());
    let (decimals, unit) = decimals.split_at(end);
    let message = format!("{} is not a whole number", quoted(text));
    Some(match (decimals.is_empty(), Unit::parse(unit.trim_start())) {
        (false, Some(unit)) => match in_smaller(number, decimals, unit) {
            Some(meant) => Malformed::new(message, format!("write `{}`", meant.short())).instead(meant.short()),
            None => Malformed::new(message, "write a whole number, if need be of a smaller unit"),
        },
        _ => Malformed::new(message, FORMS),
    })
}

fn in_smaller(whole: &str, decimals: &str, unit: Unit) -> Option<Duration> {
    let tens = 10_u64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let scaled = whole.parse::<u64>().ok()?.checked_mul(tens)?.checked_add(decimals.parse().ok()?)?;
    let (smaller, holds) = match unit {
        Unit::Minute => (Unit::Second, 60),
        Unit::Hour => (Unit::Minute, 60),
        Unit::Week => (Unit::CalendarDay, 7),
        Unit::Year => (Unit::Month, 12),
        same => (same, 1),
    };
    let even = |count: u64, unit| match (count % tens, u32::try_from(count / tens)) {
        (0, Ok(count)) => Duration::new(count, unit),
        _ => None,
    };
    even(scaled, unit).or_else(|| even(scaled.checked_mul(holds)?, smaller))
}

fn bad_count(text: &str, number: &str, rest: &str) -> Option<Malformed> {
    let shown = quoted(text);
    let significant = number.trim_start_matches('0');
    if significant.is_empty() {
        return Some(Malformed::new(format!("{shown} is no time at all"), "write a number above zero, such as `1h`"));
    }
    if significant.parse::<u32>().is_err() {
        return Some(Malformed::new(
            format!("{shown} is too long"),
            format!("write at most `{}`, if need be of a longer unit", u32::MAX),
        ));
    }
    if significant.len() < number.len() && Unit::parse(rest).is_some() {
        let meant = format!("{significant}{}", spaced(rest));
        return Some(Malformed::new(format!("{shown} begins with a zero"), format!("write `{meant}`")).instead(meant));
    }
    None
}

/// Puts a space before a long form and none before a short one.
fn spaced(unit: &str) -> String {
    if unit.len() > 3 { format!(" {unit}") } else { unit.to_owned() }
}

fn bad_unit(text: &str, number: &str, rest: &str) -> Malformed {
    let shown = quoted(text);
    let number = number.trim_start_matches('0');
    let either = |a: (Unit, &str), b: (Unit, &str)| {
        format!("write `{number} {}` ({number}{}) or `{number} {}` ({number}{})", a.1, a.0.short(), b.1, b.0.short())
    };
    let several = |unit: Unit| if number == "1" { unit.singular() } else { unit.plural() };
    match rest {
        "" => Malformed::new(format!("{shown} has no unit"), UNITS),
        "day" | "days" | "tage" | "tag" | "天" => Malformed::new(
            format!("{shown} does not say which days"),
            either((Unit::BusinessDay, several(Unit::BusinessDay)), (Unit::CalendarDay, several(Unit::CalendarDay))),
        )
        .finding("time/ambiguous-day"),
        "m" => Malformed::new(
            format!("{shown} does not say whether minutes or months"),
            either((Unit::Minute, several(Unit::Minute)), (Unit::Month, several(Unit::Month))),
        ),
        "b" | "business" => Malformed::new(
            format!("{shown} does not say whether business hours or business days"),
            either((Unit::BusinessHour, several(Unit::BusinessHour)), (Unit::BusinessDay, several(Unit::BusinessDay))),
        ),
        word => match other_word(word) {
            Some(unit) => Malformed::new(
                format!("{shown} has the unknown unit {}", quoted(word)),
                format!("write `{number} {}` ({number}{})", several(unit), unit.short()),
            )
            .instead(format!("{number} {}", several(unit))),
            None => unknown_unit(&shown, number, word),
        },
    }
}

fn unknown_unit(shown: &str, number: &str, word: &str) -> Malformed {
    if word.contains(|c: char| c.is_ascii_digit()) || word.split(' ').count() > 2 {
        return Malformed::new(format!("{shown} is more than one number and one unit"), FORMS);
    }
    let message = format!("{shown} has the unknown unit {}", quoted(word));
    let Some(near) = near_unit(word) else { return Malformed::new(message, UNITS) };
    let fault = Malformed::new(message, format!("did you mean `{number}{}`? {UNITS}", near.short()));
    match certain_meaning(word, long_words()) {
        Some(unit) if number == "1" => fault.instead(format!("{number} {}", unit.singular())),
        Some(unit) => fault.instead(format!("{number} {}", unit.plural())),
        None => fault,
    }
}

/// Gives the long forms of all units.
fn long_words() -> impl Iterator<Item = (&'static str, Unit)> {
    Unit::ALL.into_iter().flat_map(|unit| [(unit.plural(), unit), (unit.singular(), unit)])
}

fn other_word(word: &str) -> Option<Unit> {
    OTHER_WORDS.iter().find(|(other, _)| *other == word).map(|(_, unit)| *unit)
}

/// Finds the unit that a mistyped word is nearest to; short forms are too short to guess at.
fn near_unit(word: &str) -> Option<Unit> {
    let found = nearest(word, long_words().map(|(word, _)| word))
        .or_else(|| nearest(word, OTHER_WORDS.iter().map(|(other, _)| *other).filter(|other| other.len() > 4)))?;
    Unit::parse(found).or_else(|| other_word(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (String, String) {
        let Malformed { message, action, .. } = Duration::parse(text).unwrap_err();
        (message, action)
    }

    fn told(text: &str, message: &str, action: &str) {
        assert_eq!(fault(text), (message.to_owned(), action.to_owned()));
    }

    #[test]
    fn days_must_say_which_days() {
        told(
            "10 days",
            "`10 days` does not say which days",
            "write `10 business days` (10bd) or `10 calendar days` (10d)",
        );
        told("1 day", "`1 day` does not say which days", "write `1 business day` (1bd) or `1 calendar day` (1d)");
    }

    #[test]
    fn m_is_minutes_or_months() {
        told("5m", "`5m` does not say whether minutes or months", "write `5 minutes` (5min) or `5 months` (5mo)");
    }

    #[test]
    fn a_range_is_refused() {
        told("5-10bd", "`5-10bd` is a range, and a limit is one number", "write the longer one: `10bd`");
        told(
            "5 to 10 business days",
            "`5 to 10 business days` is a range, and a limit is one number",
            "write the longer one: `10bd`",
        );
        told("5–10", "`5–10` is a range, and a limit is one number", "write the longer one, such as `10bd`");
    }

    #[test]
    fn zero_and_less_are_refused() {
        told("0h", "`0h` is no time at all", "write a number above zero, such as `1h`");
        told("-3bd", "`-3bd` is below zero", "write `3bd`");
        told("+3bd", "`+3bd` has a plus sign", "write `3bd`");
    }

    #[test]
    fn a_fraction_is_written_in_a_smaller_unit() {
        told("1.5h", "`1.5h` is not a whole number", "write `90min`");
        told("1,5 hours", "`1,5 hours` is not a whole number", "write `90min`");
        told("0.5y", "`0.5y` is not a whole number", "write `6mo`");
        told("2.0bd", "`2.0bd` is not a whole number", "write `2bd`");
        told("1.5bd", "`1.5bd` is not a whole number", "write a whole number, if need be of a smaller unit");
        assert_eq!(fault("1.99999999999999999999999h").0, "`1.99999999999999999999999h` is not a whole number");
    }

    #[test]
    fn a_number_needs_a_unit_and_a_unit_a_number() {
        told("10", "`10` has no unit", UNITS);
        told("bd", "`bd` has no number", "write how many, such as `10 bd`");
        told("business days", "`business days` has no number", "write how many, such as `10 business days`");
        told("", "there is no duration here", FORMS);
    }

    #[test]
    fn a_number_out_of_bounds_is_refused() {
        assert_eq!(fault("4294967296bd").0, "`4294967296bd` is too long");
        assert_eq!(fault("99999999999999999999999bd").0, "`99999999999999999999999bd` is too long");
    }

    #[test]
    fn capital_letters_and_spaces_are_put_right() {
        told("10BD", "`10BD` has capital letters", "write `10bd`");
        told("10 Business Days", "`10 Business Days` has capital letters", "write `10 business days`");
        told("10  bd", "`10  bd` has a space too many", "write `10 bd`");
        told(" 10bd", "` 10bd` has a space too many", "write `10bd`");
        told("010bd", "`010bd` begins with a zero", "write `10bd`");
        told("010 weeks", "`010 weeks` begins with a zero", "write `10 weeks`");
    }

    #[test]
    fn other_words_and_slips_of_the_pen_are_understood() {
        told(
            "10 working days",
            "`10 working days` has the unknown unit `working days`",
            "write `10 business days` (10bd)",
        );
        told("1 hr", "`1 hr` has the unknown unit `hr`", "write `1 hour` (1h)");
        told(
            "3 buisness days",
            "`3 buisness days` has the unknown unit `buisness days`",
            &format!("did you mean `3bd`? {UNITS}"),
        );
        told("3 moths", "`3 moths` has the unknown unit `moths`", &format!("did you mean `3mo`? {UNITS}"));
        told("3 fortnights", "`3 fortnights` has the unknown unit `fortnights`", UNITS);
    }

    #[test]
    fn what_was_certainly_meant_can_be_written_without_asking() {
        let instead = |text: &str| Duration::parse(text).unwrap_err().instead;
        for (text, meant) in [
            ("10 Business Days", "10 business days"),
            ("1.5h", "90min"),
            ("010bd", "10bd"),
            ("+3bd", "3bd"),
            ("1 hr", "1 hour"),
            ("3 buisness days", "3 business days"),
            ("1 minuts", "1 minute"),
        ] {
            assert_eq!(instead(text).as_deref(), Some(meant), "{text}");
            assert!(Duration::parse(meant).is_ok(), "{meant}");
        }
        for text in ["10 days", "5m", "-3bd", "5-10bd", "10", "1.5bd", "1h 30min", "3 fortnights", "0h"] {
            assert_eq!(instead(text), None, "{text}");
        }
    }

    #[test]
    fn two_units_are_one_too_many() {
        told("1h 30min", "`1h 30min` is more than one number and one unit", FORMS);
        assert_eq!(fault("1 hour and 30 minutes").0, "`1 hour and 30 minutes` is more than one number and one unit");
    }

    #[test]
    fn any_text_is_refused_without_a_panic() {
        for text in [
            "ten days",
            "１０bd",
            "十天",
            "10天",
            "½h",
            "10bd\u{0}",
            "\u{301}",
            "10\u{a0}bd",
            "1e3h",
            "0x10h",
            "∞",
            "1.h",
            ".5h",
            "-",
            "--",
            "1-",
            "İ",
        ] {
            let (message, action) = fault(text);
            assert!(!message.is_empty() && !action.is_empty(), "{text}");
        }
    }
}
