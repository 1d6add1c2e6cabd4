//! Facts: what binds in a thing, each with a rule that tells what more or less of it means.

use std::borrow::Cow;

use super::change::{Effect, What};
use super::values::{Said, Value};
use crate::fields::scalar::Given;
use crate::fields::text::Text;
use crate::model::kind::{Ref, Target};
use crate::model::quantity::{PERIODS, Period, Quantity};
use crate::source::Span;

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
    /// It is another one, neither more nor less; where that is a matter of words, it is no change.
    pub other: What,
    /// What it means for customers, where its name alone does not tell.
    pub felt: Option<Effect>,
}

impl Rule {
    /// Whatever happens means the same.
    pub const fn always(what: What) -> Self {
        Self { more: what, less: what, given: what, left_out: what, other: what, felt: None }
    }

    /// Less is better for a customer, and so is to have one at all: limits.
    pub const fn limit(more: What, less: What) -> Self {
        Self { given: less, left_out: more, ..Self::amount(more, less) }
    }

    /// More is more, and to have it is more than to lack it.
    pub const fn amount(more: What, less: What) -> Self {
        Self { more, less, given: more, left_out: less, other: What::RuleChanged, felt: None }
    }

    /// The same, but for what is neither more nor less.
    pub const fn or(self, other: What) -> Self {
        Self { other, ..self }
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

    /// Adds texts that bind, where there are any.
    pub fn texts<'t>(&mut self, key: &'static str, rule: Rule, texts: impl IntoIterator<Item = &'t Text>) {
        let texts: Vec<Said> = texts.into_iter().map(Said::from).collect();
        if !texts.is_empty() {
            self.add(key, rule, Value::Texts(texts), None);
        }
    }

    /// Adds a text that binds, unless it is empty.
    pub fn said(&mut self, key: impl Into<Cow<'static, str>>, rule: Rule, text: &Text) {
        if !text.is_empty() {
            let said = Said::from(text);
            let span = said.span;
            self.add(key, rule, Value::Said(said), span);
        }
    }

    /// Adds a text whose numbers bind, unless it is empty.
    pub fn figures(&mut self, key: &'static str, rule: Rule, text: &Text) {
        if !text.is_empty() {
            let said = Said::from(text);
            let span = said.span;
            self.add(key, rule, Value::Figures(said), span);
        }
    }

    /// Adds a quantity; `rule` is that of an amount, `limit` that of a stretch of time.
    pub fn quantity(&mut self, key: impl Into<Cow<'static, str>>, (rule, limit): (Rule, Rule), of: Option<&Quantity>) {
        match of {
            Some(Quantity::Duration(it)) => self.add(key, limit, Value::Duration(it.value), Some(it.span)),
            Some(Quantity::Share(it)) => self.add(key, rule, Value::Share(it.value), Some(it.span)),
            Some(Quantity::Money(it)) => self.add(key, rule, Value::Money(it.value), Some(it.span)),
            Some(Quantity::Text(it)) => self.said(key, rule, it),
            None => {}
        }
    }

    /// Adds how often something is done.
    pub fn period(&mut self, key: &'static str, rule: Rule, of: Option<&Period>) {
        match of {
            Some(Period::Duration(it)) => self.add(key, rule, Value::Duration(it.value), Some(it.span)),
            Some(Period::Word(it)) => {
                let place = PERIODS.iter().position(|word| *word == it.value && it.value != "case");
                let value = match place.and_then(|place| u8::try_from(place).ok()) {
                    Some(place) => Value::Rank(place, it.value),
                    None => Value::Word(it.value.to_owned()),
                };
                self.add(key, rule, value, Some(it.span));
            }
            None => {}
        }
    }
}
