//! Shares: in what part of the cases something holds, `95%`.
//!
//! Not here: the ratio of two counts in a result, which is computed where results are judged.

use std::fmt;

use super::{Malformed, quoted};

/// A share in hundredths of a per cent, above 0 and at most 100 %; never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u16);

impl Share {
    /// The whole: `100%`.
    pub const WHOLE: Share = Share(10_000);

    /// Reads `95%` or `99.95%`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        match text.strip_suffix('%').and_then(hundredths) {
            Some(hundredths) => Self::in_bounds(hundredths, text),
            None => Err(unreadable(text)),
        }
    }

    /// Makes a share of hundredths of a per cent, 1 to 10,000.
    pub fn from_hundredths(hundredths: u16) -> Option<Self> {
        (1..=10_000).contains(&hundredths).then_some(Self(hundredths))
    }

    /// Gives the hundredths of a per cent: 9500 for `95%`.
    pub fn as_hundredths(self) -> u16 {
        self.0
    }

    fn in_bounds(hundredths: u64, text: &str) -> Result<Self, Malformed> {
        let refused = |what: &str| {
            Err(Malformed::new(format!("{} {what}", quoted(text)), "write a share above `0%`, at most `100%`"))
        };
        match u16::try_from(hundredths).ok().and_then(Self::from_hundredths) {
            Some(share) => Ok(share),
            None if hundredths == 0 => refused("holds in no case at all"),
            None => refused("is more than all cases"),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{whole}%"),
            (_, 0) => write!(f, "{whole}.{}%", rest / 10),
            _ => write!(f, "{whole}.{rest:02}%"),
        }
    }
}

/// Reads digits, perhaps with a point and one or two more, as hundredths.
fn hundredths(number: &str) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole)
        || !digits(fraction)
        || fraction.len() > 2
        || whole.len() > 9
        || (whole.len() > 1 && whole.starts_with('0'))
    {
        return None;
    }
    let tens = if fraction.len() == 1 { 10 } else { 1 };
    Some(whole.parse::<u64>().ok()? * 100 + fraction.parse::<u64>().ok()? * tens)
}

/// Finds what was meant by a share that cannot be read.
fn unreadable(text: &str) -> Malformed {
    let shown = quoted(text);
    let sign = without_words(text);
    let bare = sign.trim_end_matches(['%', '％']).trim_end().replace(',', ".");
    let proposed =
        |message: String, share: Share| Malformed::new(message, format!("write `{share}`")).instead(share.to_string());
    let fraction = text.contains('.').then(|| bare.strip_prefix("0.")).flatten();
    if let Some(share) = fraction.filter(|_| !sign.contains(['%', '％'])).and_then(part_of_one) {
        return proposed(format!("{shown} is no share in per cent"), share);
    }
    if let Some((whole, rest)) = bare.split_once('.')
        && rest.len() > 2
        && rest.bytes().all(|b| b.is_ascii_digit())
        && whole.bytes().all(|b| b.is_ascii_digit())
    {
        return Malformed::new(format!("{shown} has more than two decimals"), "write at most two, such as `99.95%`");
    }
    match hundredths(&bare).and_then(|n| u16::try_from(n).ok()).and_then(Share::from_hundredths) {
        Some(share) if !sign.contains(['%', '％']) => proposed(format!("{shown} has no per cent sign"), share),
        Some(share) => proposed(format!("{shown} is not written as a share is"), share),
        None => Malformed::new(format!("{shown} is no share"), "write a number and a per cent sign, such as `95%`"),
    }
}

/// Words for the sign.
const WORDS: [&str; 5] = ["percent", "per cent", "prozent", "pct", "p.c."];

/// Tells whether a text ends with a word for the per cent sign.
pub fn has_word(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    WORDS.iter().any(|word| lower.ends_with(word))
}

/// Writes a word for the sign as the sign.
fn without_words(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let number = WORDS.iter().find_map(|word| lower.strip_suffix(word));
    number.map_or_else(|| lower.clone(), |number| format!("{}%", number.trim_end()))
}

/// Reads the digits after `0.` as a share of one: `95` is 95 %.
fn part_of_one(digits: &str) -> Option<Share> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{digits:0<4}");
    Share::from_hundredths(padded.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(text: &str) -> String {
        Share::parse(text).unwrap_err().action
    }

    #[test]
    fn a_share_is_read_exactly() {
        assert_eq!(Share::parse("95%").unwrap().as_hundredths(), 9500);
        assert_eq!(Share::parse("99.95%").unwrap().as_hundredths(), 9995);
        assert_eq!(Share::parse("0.01%").unwrap().as_hundredths(), 1);
        assert_eq!(Share::parse("100%").unwrap(), Share::WHOLE);
    }

    #[test]
    fn a_share_is_written_one_way() {
        for (text, shown) in
            [("95%", "95%"), ("99.95%", "99.95%"), ("99.50%", "99.5%"), ("99.05%", "99.05%"), ("7.0%", "7%")]
        {
            assert_eq!(Share::parse(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn nothing_and_more_than_all_are_refused() {
        assert_eq!(Share::parse("0%").unwrap_err().message, "`0%` holds in no case at all");
        assert_eq!(Share::parse("100.01%").unwrap_err().message, "`100.01%` is more than all cases");
        assert_eq!(Share::parse("700%").unwrap_err().message, "`700%` is more than all cases");
    }

    #[test]
    fn what_was_meant_is_proposed() {
        assert_eq!(action("95"), "write `95%`");
        assert_eq!(action("95 %"), "write `95%`");
        assert_eq!(action("95,5%"), "write `95.5%`");
        assert_eq!(action("0.95"), "write `95%`");
        assert_eq!(action("0.9"), "write `90%`");
        assert_eq!(action("95％"), "write `95%`");
    }

    #[test]
    fn what_was_meant_can_be_written_without_asking() {
        for text in ["95 percent", "95 Per Cent", "95prozent", "95 %", "95", "0.95", "95％"] {
            assert_eq!(Share::parse(text).unwrap_err().instead.as_deref(), Some("95%"), "{text}");
        }
        for text in ["0%", "101%", "99.999%", "most", "percent"] {
            assert_eq!(Share::parse(text).unwrap_err().instead, None, "{text}");
        }
    }

    #[test]
    fn a_third_decimal_is_told() {
        assert_eq!(Share::parse("99.999%").unwrap_err().message, "`99.999%` has more than two decimals");
    }

    #[test]
    fn what_is_no_share_is_refused_without_a_guess() {
        for text in ["", "%", ".", ".5%", "5.%", "-5%", "most", "九十%", "1e2%", "99999999999999999999%", "0095%%"] {
            assert!(Share::parse(text).is_err(), "{text}");
        }
        assert_eq!(action("most"), "write a number and a per cent sign, such as `95%`");
    }
}
