//! Single values: durations, shares, money, dates, numbers, words.

use jiff::civil::Date;

use super::node::Node;
use super::reader::Reader;
use super::shape::Shape;
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::units::Malformed;
use crate::units::date::parse_date;
use crate::units::duration::Duration;
use crate::units::money::Money;
use crate::units::nearest::{certain, listed, nearest};
use crate::units::share::Share;
use crate::units::time_of_day::TimeOfDay;

/// A value that is written as one word or phrase.
pub trait Scalar: Sized {
    /// What it is, for the manual.
    const SHAPE: Shape;
    /// The permanent name of the finding about a badly written one.
    const FAULT: &'static str;
    /// What was expected, for a sentence.
    const WANTED: &'static str;

    /// Reads it, or says what to write instead.
    fn parse(text: &str) -> Result<Self, Malformed>;

    /// Says what was expected, with all that is possible where that can be listed.
    fn wanted() -> String {
        Self::WANTED.to_owned()
    }
}

/// Makes the finding about a value that is badly written; `name` is that of its type.
pub fn tell(name: &'static str, span: Span, fault: Malformed) -> Diagnostic {
    let told = Diagnostic::error(fault.finding.unwrap_or(name), span, fault.message).action(fault.action).firm();
    match fault.instead {
        Some(instead) => told.fix_value(span, instead),
        None => told,
    }
}

/// A value that may have been left out, with its place.
pub type Given<T> = Option<Spanned<T>>;

impl<T: Scalar> Value for Spanned<T> {
    const SHAPE: Shape = T::SHAPE;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(text) = Reader::filled(node) else {
            reader.scalar(node, &T::wanted());
            return None;
        };
        match T::parse(text) {
            Ok(value) => Some(Self { value, span: node.span }),
            Err(fault) => {
                reader.tell(tell(T::FAULT, node.span, fault));
                None
            }
        }
    }
}

impl Scalar for Duration {
    const SHAPE: Shape = Shape::Value { name: "duration", example: "10 business days" };
    const FAULT: &'static str = "value/duration";
    const WANTED: &'static str = "a duration such as `10 business days`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }
}

impl Scalar for Share {
    const SHAPE: Shape = Shape::Value { name: "share", example: "95%" };
    const FAULT: &'static str = "value/share";
    const WANTED: &'static str = "a share such as `95%`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }
}

impl Scalar for Money {
    const SHAPE: Shape = Shape::Value { name: "money", example: "90 EUR" };
    const FAULT: &'static str = "value/money";
    const WANTED: &'static str = "money such as `90 EUR`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }
}

impl Scalar for Date {
    const SHAPE: Shape = Shape::Value { name: "date", example: "2026-03-01" };
    const FAULT: &'static str = "value/date";
    const WANTED: &'static str = "a date such as `2026-03-01`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        parse_date(text)
    }
}

impl Scalar for TimeOfDay {
    const SHAPE: Shape = Shape::Value { name: "time of day", example: "\"16:00\"" };
    const FAULT: &'static str = "value/time";
    const WANTED: &'static str = "a time such as `\"16:00\"`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }
}

impl Scalar for String {
    const SHAPE: Shape = Shape::Value { name: "plain text", example: "workshop system" };
    const FAULT: &'static str = "value/text";
    const WANTED: &'static str = "a text";

    fn parse(text: &str) -> Result<Self, Malformed> {
        Ok(text.trim().to_owned())
    }
}

impl Scalar for bool {
    const SHAPE: Shape = Shape::Value { name: "yes or no", example: "true" };
    const FAULT: &'static str = "value/yes-no";
    const WANTED: &'static str = "`true` or `false`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => {
                let message = format!("`{text}` is neither `true` nor `false`");
                Err(match text.to_lowercase().as_str() {
                    "yes" | "on" | "ja" | "true" | "是" | "y" => {
                        Malformed::new(message, "write `true`").instead("true")
                    }
                    "no" | "off" | "nein" | "false" | "否" | "n" => {
                        Malformed::new(message, "write `false`").instead("false")
                    }
                    _ => Malformed::new(message, "write `true` or `false`"),
                })
            }
        }
    }
}

impl Scalar for u32 {
    const SHAPE: Shape = Shape::Value { name: "number", example: "4" };
    const FAULT: &'static str = "value/number";
    const WANTED: &'static str = "a whole number such as `4`";

    fn parse(text: &str) -> Result<Self, Malformed> {
        text.parse()
            .map_err(|_| Malformed::new(format!("`{text}` is not a whole number"), "write digits only, such as `4`"))
    }
}

/// Finds a word in a list of words with their meanings, or says which there are.
pub fn word_named<T: Copy>(text: &str, name: &str, words: &[(&'static str, T)]) -> Result<T, Malformed> {
    let known = || words.iter().map(|(word, _)| *word);
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
        return Ok(*value);
    }
    let message = format!("`{}` is not {name}", super::reader::short(text));
    let action = match nearest(text, known()) {
        Some(near) => format!("did you mean `{near}`? Possible are {}", listed(known())),
        None => format!("write {}", listed(known())),
    };
    let fault = Malformed::new(message, action);
    Err(match certain(text, known()) {
        Some(meant) => fault.instead(meant),
        None => fault,
    })
}

/// Declares an enum whose values are words of the handbook.
#[macro_export]
macro_rules! words {
    ($(#[doc = $doc:literal])+ pub enum $name:ident: $what:literal {
        $( $(#[doc = $meaning:literal])+ $word:literal $variant:ident ),+ $(,)?
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[doc = $meaning])+ $variant ),+ }

        impl $name {
            /// Gives the word as it is written.
            pub fn word(self) -> &'static str {
                match self { $( Self::$variant => $word ),+ }
            }
        }

        impl $crate::fields::scalar::Scalar for $name {
            const SHAPE: $crate::fields::shape::Shape = $crate::fields::shape::Shape::Words {
                name: $what,
                words: &[ $( ($word, concat!($($meaning),+)) ),+ ],
            };
            const FAULT: &'static str = "value/word";
            const WANTED: &'static str = $what;

            fn wanted() -> String {
                format!("{}: {}", $what, $crate::units::nearest::listed([$($word),+]))
            }

            fn parse(text: &str) -> Result<Self, $crate::units::Malformed> {
                $crate::fields::scalar::word_named(text, $what, &[ $( ($word, Self::$variant) ),+ ])
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_means_yes_is_told_how_to_write_it() {
        assert_eq!(<bool as Scalar>::parse("yes").unwrap_err().action, "write `true`");
        assert_eq!(<bool as Scalar>::parse("Nein").unwrap_err().action, "write `false`");
        assert_eq!(<bool as Scalar>::parse("true"), Ok(true));
    }

    #[test]
    fn an_unknown_word_is_told_with_the_nearest_and_with_all() {
        let words = [("guarantee", 1), ("commitment", 2)];
        assert_eq!(word_named("guarantee", "a kind", &words), Ok(1));
        let near = word_named("garantee", "a kind", &words).unwrap_err();
        assert_eq!(near.action, "did you mean `guarantee`? Possible are `guarantee` or `commitment`");
        assert_eq!(word_named("xyz", "a kind", &words).unwrap_err().action, "write `guarantee` or `commitment`");
    }
}
