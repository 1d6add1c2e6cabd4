//! What a promise is made in: durations, shares, money, dates, times of day; each read strictly and written one way.
//!
//! Not here: what a duration means on a calendar (`calendar`), and how a value is written in a reader's language
//! (`locale`). The words here are those of the content files, which are the same in every language.

pub mod currency;
pub mod date;
pub mod duration;
mod duration_faults;
pub mod money;
mod money_faults;
pub mod nearest;
pub mod share;
pub mod time_of_day;

use std::fmt;

/// Tells what is wrong with a written value, and what to write instead.
///
/// Both texts are for managers who are no programmers: lower case, with what is written in a file in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// What is wrong: "`10 days` does not say which days".
    pub message: String,
    /// What to write instead: "write `10 business days` (10bd) or `10 calendar days` (10d)".
    pub action: String,
    /// The value that is certainly meant, where there is one right answer.
    pub instead: Option<String>,
    /// The name of the finding, where it is another than that of the type.
    pub finding: Option<&'static str>,
}

impl Malformed {
    /// Makes one from its two texts.
    pub fn new(message: impl Into<String>, action: impl Into<String>) -> Self {
        Self { message: message.into(), action: action.into(), instead: None, finding: None }
    }

    /// Adds the value that is certainly meant.
    #[must_use]
    pub fn instead(self, value: impl Into<String>) -> Self {
        Self { instead: Some(value.into()), ..self }
    }

    /// Gives the finding another name than that of the type.
    #[must_use]
    pub fn finding(self, name: &'static str) -> Self {
        Self { finding: Some(name), ..self }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.action)
    }
}

impl std::error::Error for Malformed {}

/// The most characters of a faulty value that a message repeats.
const SHOWN: usize = 48;

/// Puts a written value into backticks, for a message: on one line, without backticks of its own, and not endless.
pub fn quoted(text: &str) -> String {
    let plain = |c: char| match c {
        '`' => '\'',
        c if c.is_control() => ' ',
        c => c,
    };
    let mut shown: String = text.chars().take(SHOWN).map(plain).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_value_stays_on_one_line_within_its_backticks() {
        assert_eq!(quoted("5`6\n7"), "`5'6 7`");
    }

    #[test]
    fn a_long_value_is_cut_between_characters() {
        let shown = quoted(&"务".repeat(500));
        assert_eq!(shown.chars().count(), SHOWN + 3);
        assert!(shown.ends_with("务…`"));
    }

    #[test]
    fn what_is_wrong_stands_before_what_to_do() {
        assert_eq!(
            Malformed::new("`x` is no date", "write `2026-03-01`").to_string(),
            "`x` is no date; write `2026-03-01`"
        );
    }
}
