//! Why an amount of money cannot be read, and what was probably meant.
//!
//! Not here: the amounts that can be read (`money`). This is asked only after reading has failed.

use super::currency::{self, Currency};
use super::money::Money;
use super::nearest::nearest;
use super::{Malformed, quoted};

const FORM: &str = "write an amount, a space and a currency code, such as `90 EUR` or `1250.50 EUR`";

/// Codes that are proposed before others that are as near.
const COMMON: [&str; 5] = ["EUR", "USD", "CNY", "GBP", "CHF"];

/// What people write in place of a code, in lower case; one that several currencies share names them all.
const OTHER_WORDS: [(&str, &[&str]); 24] = [
    ("€", &["EUR"]),
    ("euro", &["EUR"]),
    ("euros", &["EUR"]),
    ("欧元", &["EUR"]),
    ("$", &["USD", "CAD", "AUD"]),
    ("us$", &["USD"]),
    ("dollar", &["USD", "CAD", "AUD"]),
    ("dollars", &["USD", "CAD", "AUD"]),
    ("美元", &["USD"]),
    ("£", &["GBP"]),
    ("pound", &["GBP"]),
    ("pounds", &["GBP"]),
    ("¥", &["CNY", "JPY"]),
    ("￥", &["CNY", "JPY"]),
    ("yuan", &["CNY"]),
    ("元", &["CNY"]),
    ("人民币", &["CNY"]),
    ("yen", &["JPY"]),
    ("franken", &["CHF"]),
    ("sfr", &["CHF"]),
    ("kr", &["SEK", "NOK", "DKK"]),
    ("₹", &["INR"]),
    ("rupees", &["INR"]),
    ("zł", &["PLN"]),
];

/// Tells what is wrong with a text that is no money.
pub(super) fn explain(text: &str) -> Malformed {
    let shown = quoted(text);
    let (number, word) = parts(text);
    if number.is_empty() {
        return Malformed::new(format!("{shown} has no amount"), FORM);
    }
    if number.starts_with(['-', '−']) {
        return Malformed::new(format!("{shown} is below zero"), "write an amount of zero or more");
    }
    if word.is_empty() {
        return Malformed::new(
            format!("{shown} has no currency"),
            format!("write `{} EUR`, or another currency's code", plain(&number)),
        );
    }
    match meant_currencies(&word).as_slice() {
        [] => unknown_currency(&shown, &word),
        [code] => bad_amount(text, &number, code),
        several => {
            let codes: Vec<String> = several.iter().map(|code| format!("`{} {code}`", plain(&number))).collect();
            Malformed::new(
                format!("{shown} does not name its currency by its code"),
                format!("write {}", codes.join(" or ")),
            )
        }
    }
}

/// Splits a text into what belongs to a number and what does not, in whichever order they stand.
fn parts(text: &str) -> (String, String) {
    let numeric = |c: char| c.is_ascii_digit() || ['.', ',', '-', '−', '\'', '’', '_'].contains(&c);
    let number: String = text.chars().filter(|c| numeric(*c)).collect();
    let word: String = text.chars().map(|c| if numeric(c) { ' ' } else { c }).collect();
    let has_digit = number.bytes().any(|b| b.is_ascii_digit());
    (if has_digit { number } else { String::new() }, word.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Tells whether the digits of a text are one number, with spaces between thousands at most.
fn is_one_number(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let number = text.find(digit).zip(text.rfind(digit)).and_then(|(from, to)| text.get(from..=to));
    let mut groups = number.unwrap_or_default().split(char::is_whitespace);
    let first = groups.next().is_some_and(|first| first.chars().all(|c| digit(c) || ".,'’_".contains(c)));
    let thousands = |group: &str| group.split(['.', ',']).next().is_some_and(|digits| digits.len() == 3);
    first && groups.all(|group| thousands(group) && group.chars().all(|c| digit(c) || ".,".contains(c)))
}

fn meant_currencies(word: &str) -> Vec<&'static str> {
    let capital = word.to_uppercase();
    if let Some(code) = currency::codes().find(|code| *code == capital) {
        return vec![code];
    }
    let lower = word.to_lowercase();
    OTHER_WORDS.iter().find(|(other, _)| *other == lower).map(|(_, codes)| codes.to_vec()).unwrap_or_default()
}

fn unknown_currency(shown: &str, word: &str) -> Malformed {
    let message = format!("{shown} has the unknown currency {}", quoted(word));
    let capital = word.to_uppercase();
    if let Some(new) = currency::successor(&capital) {
        return Malformed::new(message, format!("write `{new}`, which took its place"));
    }
    let near = if capital.len() == 3 { nearest(&capital, COMMON.into_iter().chain(currency::codes())) } else { None };
    match near {
        Some(code) => Malformed::new(message, format!("did you mean `{code}`? write a code of ISO 4217")),
        None => Malformed::new(message, "write a code of ISO 4217, such as `EUR`, `USD` or `CNY`"),
    }
}

fn bad_amount(text: &str, number: &str, code: &str) -> Malformed {
    let shown = quoted(text);
    let Some(currency) = Currency::parse(code) else { return Malformed::new(format!("{shown} is no money"), FORM) };
    let tidy = tidy(number, usize::from(currency.minor_digits()));
    match Money::read(&format!("{tidy} {code}")) {
        Some(meant) => {
            let fault = Malformed::new(format!("{shown} is not written as money is here"), format!("write `{meant}`"));
            if is_one_number(text) { fault.instead(meant.to_string()) } else { fault }
        }
        None if decimals(&tidy) > usize::from(currency.minor_digits()) => {
            let most = match currency.minor_digits() {
                0 => "no decimals".to_owned(),
                digits => format!("{digits} decimals"),
            };
            Malformed::new(format!("{shown} is finer than {code}, which has {most}"), format!("write {most}"))
        }
        None if tidy.bytes().filter(u8::is_ascii_digit).count() > 15 => {
            Malformed::new(format!("{shown} is too large"), "write an amount below a thousand billion")
        }
        None => Malformed::new(format!("{shown} is not written as money is here"), FORM),
    }
}

/// Gives a number without marks between thousands, to propose it with whatever code is right.
fn plain(number: &str) -> String {
    let tidy = tidy(number, 2);
    let (whole, fraction) = tidy.split_once('.').unwrap_or((&tidy, ""));
    if fraction.bytes().all(|b| b == b'0') { whole.to_owned() } else { tidy }
}

fn decimals(tidy: &str) -> usize {
    tidy.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// Writes `1.250,50`, `1,250.50` or `90,5` the way it is read: `1250.50`, `90.50`.
///
/// A last mark with three digits behind it parts thousands, unless the currency has three decimals and the mark is a point.
fn tidy(number: &str, digits: usize) -> String {
    let marks = [',', '.', '\'', '’', '_'];
    let all: String = number.chars().filter(char::is_ascii_digit).collect();
    let Some((before, after)) = number.rsplit_once([',', '.']) else { return unpadded(&all) };
    let thousands =
        after.len() == 3 && (digits != 3 || before.contains(marks) && number.matches([',', '.']).count() < 2);
    if thousands || after.is_empty() || !after.bytes().all(|b| b.is_ascii_digit()) {
        return unpadded(&all);
    }
    let whole: String = before.chars().filter(char::is_ascii_digit).collect();
    format!("{}.{after:0<digits$}", unpadded(&whole))
}

fn unpadded(digits: &str) -> String {
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        number => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(text: &str) -> String {
        Money::parse(text).unwrap_err().action
    }

    fn message(text: &str) -> String {
        Money::parse(text).unwrap_err().message
    }

    #[test]
    fn names_and_signs_of_currencies_are_understood() {
        assert_eq!(action("90 Euro"), "write `90 EUR`");
        assert_eq!(action("90€"), "write `90 EUR`");
        assert_eq!(action("€ 90"), "write `90 EUR`");
        assert_eq!(action("EUR 90"), "write `90 EUR`");
        assert_eq!(action("90 eur"), "write `90 EUR`");
        assert_eq!(action("90EUR"), "write `90 EUR`");
        assert_eq!(action("90  EUR"), "write `90 EUR`");
        assert_eq!(action("500元"), "write `500 CNY`");
    }

    #[test]
    fn an_amount_that_is_one_number_can_be_written_without_asking() {
        let instead = |text: &str| Money::parse(text).unwrap_err().instead;
        assert_eq!(instead("90 Euro").as_deref(), Some("90 EUR"));
        assert_eq!(instead("EUR 90").as_deref(), Some("90 EUR"));
        assert_eq!(instead("1 250,50 €").as_deref(), Some("1250.50 EUR"));
        assert_eq!(instead("500元").as_deref(), Some("500 CNY"));
        for text in ["$90", "90 ERU", "90 BGN", "9 9 EUR", "90 EUR 50", "1 EUR 500", "90", "5-10 EUR"] {
            assert_eq!(instead(text), None, "{text}");
        }
    }

    #[test]
    fn a_sign_that_several_currencies_share_is_not_guessed() {
        assert_eq!(action("$90"), "write `90 USD` or `90 CAD` or `90 AUD`");
        assert_eq!(action("¥90"), "write `90 CNY` or `90 JPY`");
    }

    #[test]
    fn decimals_and_thousands_of_other_countries_are_understood() {
        assert_eq!(action("90,50 EUR"), "write `90.50 EUR`");
        assert_eq!(action("90.5 EUR"), "write `90.50 EUR`");
        assert_eq!(action("1.250,50 EUR"), "write `1250.50 EUR`");
        assert_eq!(action("1,250.50 EUR"), "write `1250.50 EUR`");
        assert_eq!(action("1,250 EUR"), "write `1250 EUR`");
        assert_eq!(action("1'250.50 CHF"), "write `1250.50 CHF`");
        assert_eq!(action("090 EUR"), "write `90 EUR`");
        assert_eq!(action("90.- CHF"), "write `90 CHF`");
    }

    #[test]
    fn more_decimals_than_the_currency_has_are_told() {
        assert_eq!(message("90.0050 EUR"), "`90.0050 EUR` is finer than EUR, which has 2 decimals");
        assert_eq!(message("90.50 JPY"), "`90.50 JPY` is finer than JPY, which has no decimals");
    }

    #[test]
    fn an_amount_needs_a_currency_and_a_currency_an_amount() {
        assert_eq!(message("90"), "`90` has no currency");
        assert_eq!(action("90"), "write `90 EUR`, or another currency's code");
        assert_eq!(message("EUR"), "`EUR` has no amount");
        assert_eq!(message(""), "`` has no amount");
        assert_eq!(message("-90 EUR"), "`-90 EUR` is below zero");
    }

    #[test]
    fn an_unknown_code_is_told_with_the_nearest_or_its_successor() {
        assert_eq!(action("90 ERU"), "did you mean `EUR`? write a code of ISO 4217");
        assert_eq!(action("90 BGN"), "write `EUR`, which took its place");
        assert_eq!(action("90 vouchers"), "write a code of ISO 4217, such as `EUR`, `USD` or `CNY`");
    }

    #[test]
    fn any_text_is_refused_without_a_panic() {
        for text in [
            "九十 EUR",
            "1e5 EUR",
            "9 9 EUR",
            "..,, EUR",
            "1.2.3.4 EUR",
            "99999999999999999999999 EUR",
            "- EUR",
            "\u{0}",
            "EUR EUR",
            "9\u{301}0 EUR",
        ] {
            assert!(Money::parse(text).is_err(), "{text}");
        }
        assert_eq!(message("99999999999999999999999 EUR"), "`99999999999999999999999 EUR` is too large");
    }
}
