//! Values that may be of several types.

use crate::fields::node::{Node, NodeKind};
use crate::fields::reader::Reader;
use crate::fields::scalar::{Scalar, tell};
use crate::fields::shape::Shape;
use crate::fields::table::is_id;
use crate::fields::text::Text;
use crate::fields::value::{Reference, Value, Visitor};
use crate::model::kind::{Kind, Ref, Role};
use crate::source::Spanned;
use crate::units::currency::Currency;
use crate::units::duration::Duration;
use crate::units::money::Money;
use crate::units::share::{self, Share};
use crate::units::{Malformed, quoted};

/// An amount of something: a duration, a share or money, or a text where it cannot be counted.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// A duration.
    Duration(Spanned<Duration>),
    /// A share.
    Share(Spanned<Share>),
    /// Money.
    Money(Spanned<Money>),
    /// Words.
    Text(Text),
}

impl Value for Quantity {
    const SHAPE: Shape = Shape::Value { name: "duration, share, money or text", example: "99.5%" };
    const HAS_TEXT: bool = true;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let NodeKind::Scalar(written) = &node.kind else { return Text::read(node, reader).map(Self::Text) };
        let span = node.span;
        if let Ok(value) = Duration::parse(written) {
            return Some(Self::Duration(Spanned { value, span }));
        }
        if let Ok(value) = Share::parse(written) {
            return Some(Self::Share(Spanned { value, span }));
        }
        if let Ok(value) = Money::parse(written) {
            return Some(Self::Money(Spanned { value, span }));
        }
        if let Some((name, fault)) = miswritten(written) {
            reader.tell(tell(name, span, fault));
            return None;
        }
        Text::read(node, reader).map(Self::Text)
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        match self {
            Self::Text(text) => text.translate(node, reader),
            _ => reader.tell_untranslatable(node.span),
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        if let Self::Text(text) = self {
            visitor.text(text);
        }
    }
}

/// Finds a number with a unit that is nearly a duration, a share or money, so that it is not taken for words.
fn miswritten(text: &str) -> Option<(&'static str, Malformed)> {
    let unit = text.trim_start_matches(|letter: char| letter.is_ascii_digit() || " .,-–+".contains(letter));
    if unit.len() == text.len() || text.split_whitespace().count() > 3 {
        return None;
    }
    let word = unit.to_lowercase();
    if word.starts_with('%') || share::has_word(&word) {
        return Some((Share::FAULT, Share::parse(text).err()?));
    }
    let is_time = matches!(word.as_str(), "m" | "b" | "d" | "h" | "bd" | "bh" | "w" | "mo" | "y" | "s" | "min")
        || word.split(' ').next_back().is_some_and(|last| TIMES.contains(&last.trim_end_matches('s')));
    if is_time { Some((Duration::FAULT, Duration::parse(text).err()?)) } else { miswritten_money(text) }
}

/// Words of time, without the `s` of several.
const TIMES: [&str; 10] = ["second", "minute", "hour", "day", "week", "month", "year", "tage", "stunden", "wochen"];

/// Finds an amount with a currency that is not written as money is.
fn miswritten_money(text: &str) -> Option<(&'static str, Malformed)> {
    let is_sum = text.split_whitespace().count() <= 2 && text.bytes().any(|byte| byte.is_ascii_digit());
    let fault = Money::parse(text).err().filter(|_| is_sum)?;
    let word: String = text.chars().filter(|letter| letter.is_alphabetic() || "€$£¥".contains(*letter)).collect();
    let is_currency = Currency::parse(&word.to_uppercase()).is_some()
        || matches!(
            word.to_lowercase().as_str(),
            "euro" | "euros" | "€" | "$" | "£" | "¥" | "dollar" | "dollars" | "元"
        );
    is_currency.then_some((Money::FAULT, fault))
}

/// What a service costs: money, or a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Fee {
    /// Money.
    Money(Spanned<Money>),
    /// Words.
    Text(Text),
}

impl Value for Fee {
    const SHAPE: Shape = Shape::Either(&<Money as Scalar>::SHAPE, &Shape::Text);
    const HAS_TEXT: bool = true;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if let NodeKind::Scalar(written) = &node.kind
            && let Ok(value) = Money::parse(written)
        {
            return Some(Self::Money(Spanned { value, span: node.span }));
        }
        if let NodeKind::Scalar(written) = &node.kind
            && let Some((name, fault)) = miswritten_money(written)
        {
            reader.tell(tell(name, node.span, fault));
            return None;
        }
        Text::read(node, reader).map(Self::Text)
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        match self {
            Self::Text(text) => text.translate(node, reader),
            Self::Money(_) => reader.tell_untranslatable(node.span),
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        if let Self::Text(text) = self {
            visitor.text(text);
        }
    }
}

/// How often something is done: a duration, or a word such as `week`.
#[derive(Clone, Debug, PartialEq)]
pub enum Period {
    /// A duration.
    Duration(Spanned<Duration>),
    /// One of the words of [`PERIODS`].
    Word(Spanned<&'static str>),
}

/// The words for a period.
pub const PERIODS: [&str; 8] = ["shift", "day", "week", "month", "quarter", "half-year", "year", "case"];

impl Value for Period {
    const SHAPE: Shape = Shape::Value { name: "period", example: "month" };

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let written = reader.scalar(node, "a period such as `month` or `1 business day`")?;
        let span = node.span;
        if let Some(value) = PERIODS.into_iter().find(|word| *word == written) {
            return Some(Self::Word(Spanned { value, span }));
        }
        match Duration::parse(written) {
            Ok(value) => Some(Self::Duration(Spanned { value, span })),
            Err(_) if !written.bytes().any(|byte| byte.is_ascii_digit()) => {
                let words = PERIODS.map(|word| (word, ()));
                let fault = crate::fields::scalar::word_named(written, "a period", &words).unwrap_err();
                reader.tell(tell("value/word", span, fault));
                None
            }
            Err(fault) => {
                reader.tell(tell("value/duration", span, fault));
                None
            }
        }
    }
}

/// How often something is reported: a period, or words of the author's own such as `fiscal year`.
#[derive(Clone, Debug, PartialEq)]
pub enum Cadence {
    /// A period.
    Period(Period),
    /// Words.
    Text(Text),
}

impl Value for Cadence {
    const SHAPE: Shape = Shape::Either(&Period::SHAPE, &Shape::Text);
    const HAS_TEXT: bool = true;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            NodeKind::Scalar(written) if PERIODS.contains(&written.as_str()) || Duration::parse(written).is_ok() => {
                Period::read(node, reader).map(Self::Period)
            }
            _ => Text::read(node, reader).map(Self::Text),
        }
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        match self {
            Self::Text(text) => text.translate(node, reader),
            Self::Period(_) => reader.tell_untranslatable(node.span),
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        if let Self::Text(text) = self {
            visitor.text(text);
        }
    }
}

/// A moment within a limit: a share of it or a time after the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// A share of the limit.
    Share(Share),
    /// A time after the start.
    Duration(Duration),
}

impl Scalar for Moment {
    const SHAPE: Shape = Shape::Either(&<Share as Scalar>::SHAPE, &<Duration as Scalar>::SHAPE);
    const FAULT: &'static str = "value/moment";
    const WANTED: &'static str = "a share of the limit such as `70%`, or a duration";

    fn parse(text: &str) -> Result<Self, Malformed> {
        match Share::parse(text) {
            Ok(share) => Ok(Self::Share(share)),
            Err(fault) if text.contains('%') || share::has_word(text) => Err(fault),
            Err(_) if !text.bytes().any(|byte| byte.is_ascii_digit()) => Err(Malformed::new(
                format!("{} is neither a share of the limit nor a time", quoted(text)),
                "write a share such as `70%`, or a duration such as `4 business hours`",
            )),
            Err(_) => Duration::parse(text).map(Self::Duration),
        }
    }
}

/// Who acts in a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Actor {
    /// The customer.
    Customer(Spanned<()>),
    /// A role.
    Role(Ref<Role>),
}

impl Value for Actor {
    const SHAPE: Shape = Shape::Reference("roles, or the word `customer`");

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let written = reader.scalar(node, "the id of a role, or `customer`")?;
        if written == "customer" {
            return Some(Self::Customer(Spanned { value: (), span: node.span }));
        }
        Ref::read(node, reader).map(Self::Role)
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        if let Self::Role(role) = self {
            role.walk(visitor);
        }
    }
}

/// Somebody who was asked: a role, or others in words.
#[derive(Clone, Debug, PartialEq)]
pub enum Party {
    /// A role.
    Role(Ref<Role>),
    /// Somebody else.
    Text(Text),
}

impl Value for Party {
    const SHAPE: Shape = Shape::Either(&Shape::Reference("roles"), &Shape::Text);
    const HAS_TEXT: bool = true;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            NodeKind::Scalar(written) if is_id(written) => Ref::read(node, reader).map(Self::Role),
            _ => Text::read(node, reader).map(Self::Text),
        }
    }

    fn translate(&mut self, node: &Node, reader: &mut Reader) {
        if let Self::Text(text) = self {
            text.translate(node, reader);
        }
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        match self {
            Self::Role(role) => {
                visitor.reference(&Reference { kind: Kind::Role.folder(), id: role.id.clone(), span: role.span });
            }
            Self::Text(text) => visitor.text(text),
        }
    }
}

/// The path of a picture below the content folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture(pub Spanned<String>);

impl Value for Picture {
    const SHAPE: Shape = Shape::Value { name: "path below the content folder", example: "pictures/ten-days.svg" };

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let path = reader.scalar(node, "the path of a picture")?;
        Some(Self(Spanned { value: path.to_owned(), span: node.span }))
    }

    fn walk(&self, visitor: &mut dyn Visitor) {
        visitor.picture(&self.0.value, self.0.span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::yaml;
    use crate::source::{FileId, Span};

    #[test]
    fn a_number_that_is_nearly_a_value_is_not_taken_for_words() {
        let name = |text| miswritten(text).map(|(name, _)| name);
        for text in ["10 days", "5m", "0h", "5-10bd", "10 working days", "1.5 hours"] {
            assert_eq!(name(text), Some("value/duration"), "{text}");
        }
        for text in ["101%", "95,5%", "80 %", "80 percent"] {
            assert_eq!(name(text), Some("value/share"), "{text}");
        }
        for text in ["90 Euro", "90EUR", "5 eur", "90€"] {
            assert_eq!(name(text), Some("value/money"), "{text}");
        }
    }

    #[test]
    fn words_with_a_number_are_words() {
        for text in ["2 of 3 calls", "5 rings", "at the counter", "3 metres", "9 of 10", "10", "1 Person"] {
            assert_eq!(miswritten(text), None, "{text}");
        }
        for text in ["5 EUR by weight", "free", "from 5 EUR", "1 coffee"] {
            assert_eq!(miswritten_money(text), None, "{text}");
        }
    }

    fn read<T: Value>(text: &str) -> (Option<T>, Vec<&'static str>) {
        let whole = Span::new(FileId(0), 0, text.len());
        let mut reader = Reader::new(&[], whole);
        let value = T::read(&yaml::read(text, whole).root, &mut reader);
        (value, reader.diagnostics.into_iter().map(|told| told.name).collect())
    }

    #[test]
    fn a_quantity_is_whatever_it_can_be_read_as() {
        assert!(matches!(read::<Quantity>("2 weeks").0, Some(Quantity::Duration(_))));
        assert!(matches!(read::<Quantity>("99.5%").0, Some(Quantity::Share(_))));
        assert!(matches!(read::<Quantity>("90 EUR").0, Some(Quantity::Money(_))));
        assert!(matches!(read::<Quantity>("nine of ten").0, Some(Quantity::Text(_))));
        assert!(matches!(read::<Fee>("90 EUR").0, Some(Fee::Money(_))));
        assert!(matches!(read::<Fee>("it depends").0, Some(Fee::Text(_))));
    }

    #[test]
    fn a_period_is_a_word_or_a_duration() {
        assert!(matches!(read::<Period>("half-year").0, Some(Period::Word(word)) if word.value == "half-year"));
        assert!(matches!(read::<Period>("2 weeks").0, Some(Period::Duration(_))));
        assert_eq!(read::<Period>("monht").1, ["value/word"]);
        assert_eq!(read::<Period>("3 moons").1, ["value/duration"]);
    }

    #[test]
    fn results_may_be_reported_in_words_of_one_s_own() {
        assert!(matches!(read::<Cadence>("quarter").0, Some(Cadence::Period(_))));
        assert!(matches!(read::<Cadence>("fiscal year").0, Some(Cadence::Text(_))));
    }

    #[test]
    fn a_moment_is_a_share_of_the_limit_or_a_time() {
        assert!(matches!(Moment::parse("70%"), Ok(Moment::Share(_))));
        assert!(matches!(Moment::parse("2 weeks"), Ok(Moment::Duration(_))));
        assert!(Moment::parse("170 percent").is_err());
    }

    #[test]
    fn the_customer_is_no_role() {
        assert!(matches!(read::<Actor>("customer").0, Some(Actor::Customer(_))));
        assert!(matches!(read::<Actor>("desk").0, Some(Actor::Role(role)) if role.id == "desk"));
        assert!(matches!(read::<Party>("desk").0, Some(Party::Role(_))));
        assert!(matches!(read::<Party>("The guild").0, Some(Party::Text(_))));
    }
}
