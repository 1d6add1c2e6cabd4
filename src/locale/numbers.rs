//! Numbers, shares and money as a reader writes them: `1,250.5`, `95 %`, `90 €`.
//!
//! Signs and order stand in the locale file under `number` and `currency`. A language without a catalogue of its own
//! gets neutral ones (a narrow space between thousands, as in ISO 80000-1, 7.3), not the English comma, which half the
//! world reads as a decimal sign. Not here: durations and dates.

use std::borrow::Cow;

use super::{Locale, phrase};
use crate::units::money::Money;
use crate::units::share::Share;

const NEUTRAL_GROUP: &str = "\u{202f}";
const NEUTRAL_DECIMAL: &str = ".";
const NEUTRAL_PERCENT: &str = "{number}%";
const NEUTRAL_MONEY: &str = "{currency}\u{a0}{amount}";

impl Locale {
    /// Writes a whole number with its thousands set apart.
    pub fn number(&self, n: i64) -> String {
        self.signed(n < 0, self.count_number(n.unsigned_abs()))
    }

    /// Writes a decimal number, given in units of its last digit: 944 with one digit is `94.4`. All digits are kept.
    pub fn decimal(&self, units: i64, digits: u8) -> String {
        self.signed(units < 0, self.point(units.unsigned_abs(), digits))
    }

    /// Writes a share of cases: `95%`, `99.95%`.
    pub fn share(&self, share: Share) -> String {
        self.percent(u64::from(share.as_hundredths()))
    }

    /// Writes hundredths of a per cent, which unlike a share may be none or above the whole: a result, part of a
    /// budget.
    pub fn percent(&self, hundredths: u64) -> String {
        let number = match (hundredths % 100, hundredths % 10) {
            (0, _) => self.count_number(hundredths / 100),
            (_, 0) => self.point(hundredths / 10, 1),
            _ => self.point(hundredths, 2),
        };
        let pattern = self.own_text("number.percent").unwrap_or(NEUTRAL_PERCENT);
        phrase::fill(pattern, |name, _| (name == "number").then_some(Cow::Borrowed(number.as_str())))
    }

    /// Writes money with the currency's sign or name where the language has one, else its ISO 4217 code. A whole amount
    /// has no decimals.
    pub fn money(&self, money: Money) -> String {
        let digits = money.currency.minor_digits();
        let (amount, one) = (money.amount.unsigned_abs(), 10_u64.pow(u32::from(digits)));
        let number = if amount % one == 0 { self.count_number(amount / one) } else { self.point(amount, digits) };
        let number = self.signed(money.amount < 0, number);
        let key = format!("currency.{}", money.currency.code());
        let pattern = self.own_text("number.money").unwrap_or(NEUTRAL_MONEY);
        // A name may follow the number at once, as in Chinese; a code never does.
        let code = if pattern.contains("{amount}{currency}") {
            format!("\u{a0}{}", money.currency)
        } else {
            money.currency.to_string()
        };
        let currency = self.own_text(&key).unwrap_or(&code);
        phrase::fill(pattern, |name, _| match name {
            "amount" => Some(Cow::Borrowed(number.as_str())),
            "currency" => Some(Cow::Borrowed(currency)),
            _ => None,
        })
    }

    /// Writes a whole number that is not below zero.
    pub(super) fn count_number(&self, n: u64) -> String {
        let digits = n.to_string();
        let sign = self.own_text("number.group").unwrap_or(NEUTRAL_GROUP);
        let mut grouped = String::with_capacity(digits.len() * 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push_str(sign);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// Writes a number that is not below zero, given in units of its last decimal.
    pub(super) fn point(&self, units: u64, digits: u8) -> String {
        let digits = digits.min(MOST_DIGITS);
        let one = 10_u64.pow(u32::from(digits));
        let whole = self.count_number(units / one);
        let sign = self.own_text("number.decimal").unwrap_or(NEUTRAL_DECIMAL);
        match digits {
            0 => whole,
            _ => format!("{whole}{sign}{:0width$}", units % one, width = usize::from(digits)),
        }
    }

    fn signed(&self, below_zero: bool, number: String) -> String {
        if below_zero { format!("−{number}") } else { number }
    }
}

/// The most decimals that a number of 64 bits can have; more are written as this many.
const MOST_DIGITS: u8 = 19;

#[cfg(test)]
mod tests {
    use super::super::tests::shipped::{english, german, locale, of_tag};
    use super::*;

    fn money(locale: &Locale, text: &str) -> String {
        locale.money(Money::parse(text).unwrap()).replace('\u{a0}', "~")
    }

    fn share(locale: &Locale, text: &str) -> String {
        locale.share(Share::parse(text).unwrap())
    }

    #[test]
    fn thousands_are_set_apart() {
        let numbers = [0, 7, 999, 1000, 12_500, 1_234_567];
        let written = |locale: Locale| numbers.map(|n| locale.number(n)).join(" ");
        assert_eq!(written(english()), "0 7 999 1,000 12,500 1,234,567");
        assert_eq!(written(german()), "0 7 999 1.000 12.500 1.234.567");
        assert_eq!(written(locale("zh")), "0 7 999 1,000 12,500 1,234,567");
    }

    #[test]
    fn decimals_are_kept_to_the_last() {
        assert_eq!(english().decimal(944, 1), "94.4");
        assert_eq!(german().decimal(940, 1), "94,0");
        assert_eq!(german().decimal(123_456_705, 2), "1.234.567,05");
        assert_eq!(english().decimal(5, 0), "5");
        assert_eq!(english().decimal(-5, 2), "−0.05");
    }

    #[test]
    fn numbers_at_the_edge_are_written_whole() {
        assert_eq!(english().number(i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!(english().decimal(i64::MAX, 19), "0.9223372036854775807");
        assert_eq!(english().decimal(1, u8::MAX), "0.0000000000000000001");
    }

    #[test]
    fn a_share_has_the_decimals_that_it_needs() {
        assert_eq!(share(&english(), "95%") + &share(&english(), "99.05%"), "95%99.05%");
        assert_eq!(["99.5%", "99.95%", "100%"].map(|text| share(&english(), text)), ["99.5%", "99.95%", "100%"]);
    }

    #[test]
    fn a_german_share_has_a_comma_and_a_narrow_space() {
        assert_eq!(share(&german(), "95%"), "95\u{202f}%");
        assert_eq!(share(&german(), "99.95%"), "99,95\u{202f}%");
    }

    #[test]
    fn a_chinese_share_stands_close() {
        assert_eq!(share(&locale("zh"), "99.5%"), "99.5%");
    }

    #[test]
    fn a_result_may_be_none_or_above_the_whole() {
        assert_eq!(english().percent(0), "0%");
        assert_eq!(english().percent(12_345), "123.45%");
    }

    #[test]
    fn money_is_written_as_the_language_does() {
        assert_eq!(money(&english(), "90 EUR"), "EUR~90");
        assert_eq!(money(&german(), "90 EUR"), "90~€");
        assert_eq!(money(&locale("zh"), "90 EUR"), "90欧元");
        assert_eq!(money(&locale("zh"), "90 CNY"), "90元");
    }

    #[test]
    fn a_currency_without_a_sign_keeps_its_code() {
        assert_eq!(money(&english(), "90 USD"), "USD~90");
        assert_eq!(money(&german(), "90 CHF"), "90~CHF");
        assert_eq!(money(&locale("zh"), "90 CHF"), "90~CHF");
    }

    #[test]
    fn an_amount_has_all_decimals_of_its_currency_or_none() {
        assert_eq!(money(&english(), "1250.50 EUR"), "EUR~1,250.50");
        assert_eq!(money(&german(), "1250.50 EUR"), "1.250,50~€");
        assert_eq!(money(&english(), "0.05 EUR"), "EUR~0.05");
        assert_eq!(money(&english(), "1.250 KWD"), "KWD~1.250");
        assert_eq!(money(&english(), "1000 JPY"), "JPY~1,000");
        let least = Money { amount: i64::MIN, ..Money::parse("1 JPY").unwrap() };
        assert_eq!(german().money(least), "−9.223.372.036.854.775.808\u{a0}JPY");
    }

    #[test]
    fn a_language_without_a_catalogue_has_neutral_signs() {
        let french = of_tag("fr");
        assert_eq!(french.decimal(125_050, 2), "1\u{202f}250.50");
        assert_eq!(share(&french, "95%"), "95%");
        assert_eq!(money(&french, "90 EUR"), "EUR~90");
    }
}
