//! Facts: what binds in a thing, each with a rule that tells what more or less of it means.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::change::What;
use crate::calendar::{self, compare};
use crate::fields::scalar::Given;
use crate::fields::text::Text;
use crate::model::kind::{Kind, Ref, Target};
use crate::model::quantity::{Period, Quantity};
use crate::source::Span;
use crate::units::duration::Duration;
use crate::units::money::Money;
use crate::units::share::Share;

/// A value that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A duration.
    Duration(Duration),
    /// A share.
    Share(Share),
    /// Money.
    Money(Money),
    /// A day.
    Date(Date),
    /// A number.
    Number(u32),
    /// A word out of a list that goes from less to more, with its place there.
    Rank(u8, &'static str),
    /// A word, or a few.
    Word(String),
    /// Whom to tell at which moments.
    Told(Vec<(String, BTreeSet<String>)>),
    /// Things of a kind, in no order.
    Things(Kind, BTreeSet<String>),
    /// Texts of which only the number counts.
    Texts(Vec<String>),
}

/// What it means for a value to become more or less, to be given or to be left out, or to be another one.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// It is more.
    pub more: What,
    /// It is less.
    pub less: What,
    /// It was not there before.
    pub given: What,
    /// It is no longer there.
    pub left_out: What,
    /// It is another one, neither more nor less.
    pub other: What,
}

impl Rule {
    /// Whatever happens means the same.
    pub const fn always(what: What) -> Self {
        Self { more: what, less: what, given: what, left_out: what, other: what }
    }

    /// Less is better for a customer, and so is to have one at all: limits.
    pub const fn limit(more: What, less: What) -> Self {
        Self { more, less, given: less, left_out: more, other: What::RuleChanged }
    }

    /// More is more, and to have it is more than to lack it.
    pub const fn amount(more: What, less: What) -> Self {
        Self { more, less, given: more, left_out: less, other: What::RuleChanged }
    }
}

/// One thing that binds.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The field, as it is written in the file.
    pub key: Cow<'static, str>,
    /// Its value.
    pub value: Value,
    /// What its change means.
    pub rule: Rule,
    /// Where it is written, where that is known.
    pub span: Option<Span>,
}

/// The facts of a thing, in the order of its fields.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What is known.
    pub known: Vec<Fact>,
    /// The fields that could not be read, of which nothing is said.
    pub unread: Vec<String>,
}

impl Facts {
    /// Begins the facts of a thing of which some fields could not be read.
    pub fn without(faulty: &[&'static str]) -> Self {
        let mut facts = Self::default();
        facts.unread("", faulty);
        facts
    }

    /// Notes the fields of a part that could not be read.
    pub fn unread(&mut self, part: &str, faulty: &[&'static str]) {
        self.unread.extend(faulty.iter().map(|key| format!("{part}{key}")));
    }

    /// Adds a fact.
    pub fn add(&mut self, key: impl Into<Cow<'static, str>>, rule: Rule, value: Value, span: Option<Span>) {
        self.known.push(Fact { key: key.into(), value, rule, span });
    }

    /// Adds a value that may be left out.
    pub fn given<T: Copy>(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        rule: Rule,
        given: &Given<T>,
        value: fn(T) -> Value,
    ) {
        if let Some(given) = given {
            self.add(key, rule, value(given.value), Some(given.span));
        }
    }

    /// Adds a reference that may be left out.
    pub fn one<T: Target>(&mut self, key: &'static str, rule: Rule, of: Option<&Ref<T>>) {
        if let Some(of) = of {
            self.add(key, rule, Value::Things(T::KIND, [of.id.clone()].into()), Some(of.span));
        }
    }

    /// Adds references, where there are any.
    pub fn all<T: Target>(&mut self, key: &'static str, rule: Rule, of: &[Ref<T>]) {
        if let Some(first) = of.first() {
            let ids = of.iter().map(|one| one.id.clone()).collect();
            self.add(key, rule, Value::Things(T::KIND, ids), Some(first.span));
        }
    }

    /// Adds texts of which the number counts, where there are any.
    pub fn texts<'t>(&mut self, key: &'static str, rule: Rule, texts: impl IntoIterator<Item = &'t Text>) {
        let texts: Vec<String> = texts.into_iter().map(|text| text.source().to_owned()).collect();
        if !texts.is_empty() {
            self.add(key, rule, Value::Texts(texts), None);
        }
    }

    /// Adds a quantity, unless it is given in words alone.
    pub fn quantity(&mut self, key: impl Into<Cow<'static, str>>, rule: Rule, of: Option<&Quantity>) {
        match of {
            Some(Quantity::Duration(it)) => self.add(key, rule, Value::Duration(it.value), Some(it.span)),
            Some(Quantity::Share(it)) => self.add(key, rule, Value::Share(it.value), Some(it.span)),
            Some(Quantity::Money(it)) => self.add(key, rule, Value::Money(it.value), Some(it.span)),
            Some(Quantity::Text(_)) | None => {}
        }
    }

    /// Adds how often something is done.
    pub fn period(&mut self, key: &'static str, rule: Rule, of: Option<&Period>) {
        match of {
            Some(Period::Duration(it)) => self.add(key, rule, Value::Duration(it.value), Some(it.span)),
            Some(Period::Word(it)) => self.add(key, rule, Value::Word(it.value.to_owned()), Some(it.span)),
            None => {}
        }
    }
}

/// A fact that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Differs {
    /// What that means.
    pub what: What,
    /// The field.
    pub key: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
    /// Where it is written now.
    pub span: Option<Span>,
}

/// Where parts have no ids and are known by their words, as variants are, gives the older ones the words of the newer where as many
/// are gone as are new: what was reworded is the same.
pub fn align(before: &mut Facts, after: &Facts, part: &str) {
    let names = |facts: &Facts| -> Vec<String> {
        let whole =
            facts.known.iter().filter(|fact| fact.key.starts_with(part) && matches!(fact.value, Value::Texts(_)));
        whole.map(|fact| fact.key.to_string()).collect()
    };
    let (old, new) = (names(before), names(after));
    let gone: Vec<&String> = old.iter().filter(|name| !new.contains(name)).collect();
    let come: Vec<&String> = new.iter().filter(|name| !old.contains(name)).collect();
    if gone.len() != come.len() {
        return;
    }
    for (from, to) in gone.into_iter().zip(come) {
        for fact in &mut before.known {
            match fact.key.strip_prefix(from.as_str()) {
                Some("") => fact.key = to.clone().into(),
                Some(rest) if rest.starts_with('.') => fact.key = format!("{to}{rest}").into(),
                _ => {}
            }
        }
    }
}

/// Compares the facts of a thing; durations that run on different clocks through a calendar.
pub fn compare(before: &Facts, after: &Facts, through: Option<&calendar::Calendar>) -> Vec<Differs> {
    let find = |facts: &Facts, key: &str| facts.known.iter().find(|fact| fact.key == key).cloned();
    let mut found = Vec::new();
    for old in &before.known {
        match find(after, &old.key) {
            Some(new) => found.extend(differs(old, &new, through)),
            None if is_part_of_missing(&old.key, after, before) => {}
            None => found.push(Differs {
                what: old.rule.left_out,
                key: old.key.to_string(),
                before: old.value.shown(),
                after: String::new(),
                span: None,
            }),
        }
    }
    for new in &after.known {
        if find(before, &new.key).is_none() && !is_part_of_missing(&new.key, before, after) {
            found.push(Differs {
                what: new.rule.given,
                key: new.key.to_string(),
                before: String::new(),
                after: new.value.shown(),
                span: new.span,
            });
        }
    }
    let unread =
        |key: &str| before.unread.iter().chain(&after.unread).any(|it| key == it || key.starts_with(&format!("{it}.")));
    found.retain(|it| !unread(&it.key));
    found
}

/// Tells whether a fact is a part, `remedy.up_to`, of something that one side lacks as a whole: then that is told, and not its parts.
fn is_part_of_missing(key: &str, lacks: &Facts, has: &Facts) -> bool {
    key.rsplit_once('.').is_some_and(|(whole, _)| {
        let is_whole = |fact: &Fact| fact.key == whole;
        has.known.iter().any(is_whole) && !lacks.known.iter().any(is_whole)
    })
}

fn differs(old: &Fact, new: &Fact, through: Option<&calendar::Calendar>) -> Option<Differs> {
    let rule = new.rule;
    let (before, after) = (old.value.shown(), new.value.shown());
    let differs =
        |what| Differs { what, key: new.key.to_string(), before: before.clone(), after: after.clone(), span: new.span };
    match (&old.value, &new.value) {
        (Value::Things(_, from), Value::Things(_, to)) => {
            let (gone, come) = (from.difference(to).next().is_some(), to.difference(from).next().is_some());
            match (gone, come) {
                (false, false) => None,
                (false, true) => Some(differs(rule.more)),
                (true, false) => Some(differs(rule.less)),
                (true, true) => Some(differs(rule.other)),
            }
        }
        (Value::Texts(from), Value::Texts(to)) => match to.len().cmp(&from.len()) {
            Ordering::Equal => None,
            more => {
                // Only what is new or gone is shown.
                let only = |of: &[String], not: &[String]| {
                    of.iter().filter(|text| !not.contains(text)).cloned().collect::<Vec<_>>().join("; ")
                };
                let what = if more == Ordering::Greater { rule.more } else { rule.less };
                Some(Differs { before: only(from, to), after: only(to, from), ..differs(what) })
            }
        },
        (from, to) if from == to => None,
        (from, to) => Some(differs(match from.order(to, through) {
            Some(Ordering::Less) => rule.more,
            Some(Ordering::Greater) => rule.less,
            Some(Ordering::Equal) => return None,
            None => rule.other,
        })),
    }
}

impl Value {
    /// Compares it with a newer one; nothing where there is no order between them.
    fn order(&self, to: &Value, through: Option<&calendar::Calendar>) -> Option<Ordering> {
        match (self, to) {
            (Self::Duration(from), Self::Duration(to)) => {
                // A limit that now ends later from any start is longer, however seldom that is.
                let longer = compare::compare(*to, *from, through)?.worst_case();
                Some(longer.reverse())
            }
            (Self::Share(from), Self::Share(to)) => Some(from.as_hundredths().cmp(&to.as_hundredths())),
            (Self::Money(from), Self::Money(to)) => from.compare(*to),
            (Self::Date(from), Self::Date(to)) => Some(from.cmp(to)),
            (Self::Number(from), Self::Number(to)) => Some(from.cmp(to)),
            (Self::Rank(from, _), Self::Rank(to, _)) => Some(from.cmp(to)),
            _ => None,
        }
    }

    /// Gives it as it is written in a file.
    pub fn shown(&self) -> String {
        match self {
            Self::Duration(it) => it.to_string(),
            Self::Share(it) => it.to_string(),
            Self::Money(it) => it.to_string(),
            Self::Date(it) => it.to_string(),
            Self::Number(it) => it.to_string(),
            Self::Rank(_, it) => (*it).to_owned(),
            Self::Word(it) => it.clone(),
            Self::Told(all) => {
                let one = |(at, tell): &(String, BTreeSet<String>)| {
                    format!("{at} {}", Vec::from_iter(tell.iter().map(String::as_str)).join(", "))
                };
                all.iter().map(one).collect::<Vec<_>>().join("; ")
            }
            Self::Things(_, ids) => ids.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
            Self::Texts(texts) => texts.join("; "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Rule = Rule::limit(What::Loosened, What::Tightened);

    fn facts(all: &[(&'static str, Rule, Value)]) -> Facts {
        let mut facts = Facts::default();
        all.iter().for_each(|(key, rule, value)| facts.add(*key, *rule, value.clone(), None));
        facts
    }

    fn duration(text: &str) -> Value {
        Value::Duration(Duration::parse(text).unwrap())
    }

    fn what(rule: Rule, before: Option<Value>, after: Option<Value>) -> Vec<What> {
        let of = |value: Option<Value>| facts(&value.map(|value| ("f", rule, value)).into_iter().collect::<Vec<_>>());
        compare(&of(before), &of(after), None).into_iter().map(|it| it.what).collect()
    }

    #[test]
    fn a_longer_limit_is_looser_and_so_is_none() {
        let of = |before: &str, after: &str| what(LIMIT, Some(duration(before)), Some(duration(after)));
        assert_eq!(of("2 weeks", "3 weeks"), [What::Loosened]);
        assert_eq!(of("3 weeks", "2 weeks"), [What::Tightened]);
        assert_eq!(of("2 weeks", "14 calendar days"), []);
        assert_eq!(what(LIMIT, Some(duration("2 weeks")), None), [What::Loosened]);
        assert_eq!(what(LIMIT, None, Some(duration("2 weeks"))), [What::Tightened]);
    }

    #[test]
    fn business_time_and_days_are_compared_through_a_calendar_or_not_at_all() {
        let of = |text| facts(&[("limit", LIMIT, duration(text))]);
        let through = |calendar| compare(&of("10 business days"), &of("10 calendar days"), calendar).remove(0).what;
        assert_eq!(through(None), What::RuleChanged);
        let bench = crate::calendar::Calendar::always();
        assert_eq!(
            compare(&of("10 business days"), &of("12 calendar days"), Some(&bench)).remove(0).what,
            What::Loosened
        );
    }

    #[test]
    fn things_that_come_are_more_and_things_that_go_are_less() {
        let rule = Rule { other: What::RuleChanged, ..Rule::amount(What::ChannelAdded, What::ChannelRemoved) };
        let of = |ids: &[&str]| Some(Value::Things(Kind::Channel, ids.iter().map(|id| (*id).to_owned()).collect()));
        assert_eq!(what(rule, of(&["a"]), of(&["a", "b"])), [What::ChannelAdded]);
        assert_eq!(what(rule, of(&["a", "b"]), of(&["b"])), [What::ChannelRemoved]);
        assert_eq!(what(rule, of(&["a"]), of(&["b"])), [What::RuleChanged]);
        assert_eq!(what(rule, of(&["a", "b"]), of(&["b", "a"])), []);
    }

    #[test]
    fn of_texts_the_number_counts_and_the_words_do_not() {
        let rule = Rule::amount(What::ExceptionAdded, What::ExceptionRemoved);
        let of = |texts: &[&str]| {
            facts(&[("unless", rule, Value::Texts(texts.iter().map(|it| (*it).to_owned()).collect()))])
        };
        assert_eq!(compare(&of(&["it rains"]), &of(&["it pours"]), None), []);
        let found = compare(&of(&["it rains"]), &of(&["it rains", "it snows"]), None).remove(0);
        assert_eq!((found.what, found.before.as_str(), found.after.as_str()), (What::ExceptionAdded, "", "it snows"));
    }

    #[test]
    fn where_a_whole_is_gone_its_parts_are_not_told() {
        let whole = ("remedy", Rule::amount(What::RemedyAdded, What::RemedyRemoved), Value::Word("yes".into()));
        let part = ("remedy.within", LIMIT, duration("2 weeks"));
        let both = facts(&[whole.clone(), part.clone()]);
        let found = compare(&both, &Facts::default(), None);
        assert_eq!(found.iter().map(|it| it.what).collect::<Vec<_>>(), [What::RemedyRemoved]);
        assert_eq!(compare(&both, &facts(&[whole]), None).remove(0).what, What::Loosened);
    }

    #[test]
    fn nothing_is_said_of_what_could_not_be_read() {
        let limit = facts(&[("limit", LIMIT, duration("2 weeks"))]);
        assert_eq!(compare(&limit, &Facts::without(&["limit"]), None), []);
        assert_eq!(compare(&limit, &Facts::without(&["target"]), None).len(), 1);
        let part = facts(&[("remedy", LIMIT, duration("1 week")), ("remedy.within", LIMIT, duration("2 weeks"))]);
        assert_eq!(compare(&part, &Facts::without(&["remedy"]), None), []);
    }

    #[test]
    fn money_of_two_currencies_has_no_order() {
        let money = |text| Some(Value::Money(Money::parse(text).unwrap()));
        let rule = Rule::amount(What::FeeRaised, What::FeeLowered);
        assert_eq!(what(rule, money("20 EUR"), money("25 EUR")), [What::FeeRaised]);
        assert_eq!(what(rule, money("20 EUR"), money("25 CHF")), [What::RuleChanged]);
    }
}
