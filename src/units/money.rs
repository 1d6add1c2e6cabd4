//! Money: an exact amount and an ISO 4217 code, `90 EUR`.
//!
//! Not here: exchange rates (amounts of two currencies never compare) and the writing of money for a reader (`locale`).

use std::cmp::Ordering;
use std::fmt;

use super::Malformed;
use super::currency::Currency;
use super::money_faults;

/// An exact amount of one currency, never a float and never below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount in the currency's smallest unit: 9000 for `90 EUR`, 90 for `90 JPY`.
    pub amount: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// Reads `90 EUR` or `1250.50 EUR`: digits, a point and as many decimals as the currency has, one space, the code.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        Self::read(text).ok_or_else(|| money_faults::explain(text))
    }

    /// Reads an amount, and does not say why it cannot.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (number, code) = text.split_once(' ')?;
        let currency = Currency::parse(code)?;
        Some(Self { amount: minor_units(number, currency.minor_digits())?, currency })
    }

    /// Compares two amounts of the same currency, and gives nothing for different ones.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.amount.cmp(&other.amount))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.currency.minor_digits());
        let one = 10_u64.pow(u32::from(self.currency.minor_digits()));
        let (sign, amount) = (if self.amount < 0 { "-" } else { "" }, self.amount.unsigned_abs());
        let (whole, rest) = (amount / one, amount % one);
        match rest {
            0 => write!(f, "{sign}{whole} {}", self.currency),
            _ => write!(f, "{sign}{whole}.{rest:0digits$} {}", self.currency),
        }
    }
}

/// Reads a decimal number with no or with exactly `digits` decimals, in units of the last of them.
fn minor_units(number: &str, digits: u8) -> Option<i64> {
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) if all_digits(fraction) && fraction.len() == usize::from(digits) => (whole, fraction),
        Some(_) => return None,
        None => (number, ""),
    };
    if !all_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    let fraction = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    whole.parse::<i64>().ok()?.checked_mul(10_i64.pow(u32::from(digits)))?.checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn an_amount_is_read_in_the_smallest_unit_of_its_currency() {
        assert_eq!(money("90 EUR").amount, 9000);
        assert_eq!(money("1250.50 EUR").amount, 125_050);
        assert_eq!(money("90 JPY").amount, 90);
        assert_eq!(money("1.250 KWD").amount, 1250);
        assert_eq!(money("0 EUR").amount, 0);
    }

    #[test]
    fn an_amount_is_written_one_way() {
        for (text, shown) in
            [("90 EUR", "90 EUR"), ("90.00 EUR", "90 EUR"), ("1250.50 EUR", "1250.50 EUR"), ("0.05 EUR", "0.05 EUR")]
        {
            assert_eq!(money(text).to_string(), shown);
        }
        assert_eq!(money("1.005 KWD").to_string(), "1.005 KWD");
        assert_eq!(Money { amount: i64::MIN, ..money("1 JPY") }.to_string(), "-9223372036854775808 JPY");
    }

    #[test]
    fn only_amounts_of_one_currency_compare() {
        assert_eq!(money("90 EUR").compare(money("89.99 EUR")), Some(Ordering::Greater));
        assert_eq!(money("90 EUR").compare(money("90 USD")), None);
    }

    #[test]
    fn an_amount_too_large_to_be_exact_is_refused() {
        assert!(Money::parse("92233720368547758.07 EUR").is_ok());
        assert!(Money::parse("92233720368547758.08 EUR").is_err());
        assert!(Money::parse("99999999999999999999999 EUR").is_err());
    }
}
