//! Facts of then and of now: which differ, and what that means.

use std::cmp::Ordering;

use super::change::{Effect, What};
use super::fact::{Fact, Facts, Rule};
use super::sense::{self, Likeness, Sense};
use super::values::{Said, Value};
use crate::calendar;
use crate::source::Span;

/// By what values are compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ground<'a> {
    /// The calendar through which durations are, where they run on different clocks.
    pub calendar: Option<&'a calendar::Calendar>,
    /// The language of texts, by its tag.
    pub language: &'a str,
}

/// A fact that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Differs {
    /// What that means.
    pub what: What,
    /// What it means for customers, where its name alone does not tell.
    pub felt: Option<Effect>,
    /// The field.
    pub key: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
    /// Where it is written now.
    pub span: Option<Span>,
}

/// Where parts have no ids and are known by their words, as variants and exceptions are, gives the older ones the words of the newer
/// that say the same, or that stand in their place; tells which say something else.
pub fn align(before: &mut Facts, after: &Facts, part: &str, ground: Ground<'_>) -> Vec<Differs> {
    let names = |facts: &Facts, other: &Facts| -> Vec<Fact> {
        let is_part = |fact: &&Fact| fact.key.starts_with(part) && matches!(fact.value, Value::Whole(..));
        let is_new = |fact: &&Fact| !other.known.iter().any(|it| it.key == fact.key);
        facts.known.iter().filter(is_part).filter(is_new).cloned().collect()
    };
    let (gone, come) = (names(before, after), names(after, before));
    let said = |fact: &Fact| fact.key[part.len()..].to_owned();
    let senses =
        |facts: &[Fact]| -> Vec<Sense> { facts.iter().map(|fact| Sense::of(&said(fact), ground.language)).collect() };
    let mut found = Vec::new();
    for (at, now, likeness) in sense::pairs(&senses(&gone), &senses(&come)) {
        let (from, to) = (&gone[at], &come[now]);
        // Of more on one side than on the other only what is like is the same.
        if likeness == Likeness::None && gone.len() != come.len() {
            continue;
        }
        if likeness != Likeness::Same {
            let (key, what) = (part.trim_end_matches('.').to_owned(), What::ExceptionChanged);
            found.push(Differs { what, felt: None, key, before: said(from), after: said(to), span: to.span });
        }
        for fact in &mut before.known {
            match fact.key.strip_prefix(from.key.as_ref()) {
                Some("") => fact.key = to.key.clone(),
                Some(rest) if rest.starts_with('.') => fact.key = format!("{}{rest}", to.key).into(),
                _ => {}
            }
        }
    }
    found
}

/// Compares the facts of a thing.
pub fn compare(before: &Facts, after: &Facts, ground: Ground<'_>) -> Vec<Differs> {
    let find = |facts: &Facts, key: &str| facts.known.iter().find(|fact| fact.key == key).cloned();
    let mut found = Vec::new();
    for old in &before.known {
        match find(after, &old.key) {
            Some(new) => found.extend(differs(old, &new, ground)),
            None if is_part_of_missing(&old.key, after, before) => {}
            None => found.push(Differs {
                what: old.rule_of_whole(ground).left_out,
                felt: old.rule_of_whole(ground).felt,
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
                what: new.rule_of_whole(ground).given,
                felt: new.rule_of_whole(ground).felt,
                key: new.key.to_string(),
                before: String::new(),
                after: new.value.shown(),
                span: new.span,
            });
        }
    }
    let unread =
        |key: &str| before.unread.iter().chain(&after.unread).any(|it| key == it || key.starts_with(&format!("{it}.")));
    found.retain(|it| !unread(&it.key) && it.what != What::Wording);
    // A sentence that says a limit again changes with it.
    if found.iter().any(|it| it.what != What::StatementChanged) {
        found.retain(|it| it.what != What::StatementChanged);
    }
    found
}

/// Tells whether a fact is a part, `remedy.up_to`, of something that one side lacks as a whole: then that is told, and not its parts.
fn is_part_of_missing(key: &str, lacks: &Facts, has: &Facts) -> bool {
    key.rsplit_once('.').is_some_and(|(whole, _)| {
        let is_whole = |fact: &Fact| fact.key == whole;
        has.known.iter().any(is_whole) && !lacks.known.iter().any(is_whole)
    })
}

impl Fact {
    /// Gives what it means that it is there: a case with a longer limit than all others is an exception, one with a shorter gives more.
    fn rule_of_whole(&self, ground: Ground<'_>) -> Rule {
        let Value::Whole(_, Some((own, limit))) = self.value else { return self.rule };
        let exception = Rule::amount(What::ExceptionAdded, What::ExceptionRemoved);
        match Value::Duration(limit).order(&Value::Duration(own), ground.calendar) {
            Some(Ordering::Less) => exception,
            Some(Ordering::Greater) => Rule::amount(What::Tightened, What::Loosened),
            _ => Rule { felt: Some(Effect::Inside), ..exception },
        }
    }
}

fn differs(old: &Fact, new: &Fact, ground: Ground<'_>) -> Vec<Differs> {
    let rule = new.rule;
    let one = |what| Differs {
        what,
        felt: rule.felt,
        key: new.key.to_string(),
        before: old.value.shown(),
        after: new.value.shown(),
        span: new.span,
    };
    let by = |order: Option<Ordering>| match order {
        Some(Ordering::Less) => Some(one(rule.more)),
        Some(Ordering::Greater) => Some(one(rule.less)),
        Some(Ordering::Equal) => None,
        None => Some(one(rule.other)),
    };
    let found = match (&old.value, &new.value) {
        (Value::Things(_, from), Value::Things(_, to)) => by(match (from.is_subset(to), to.is_subset(from)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }),
        // What is written as it was needs not be read for its sense.
        (Value::Texts(_) | Value::Said(_) | Value::Figures(_), _) if old.value.shown() == new.value.shown() => None,
        (Value::Texts(from), Value::Texts(to)) => return texts((from, to), one, (rule, ground)),
        (Value::Said(from), Value::Said(to)) => {
            let (from, to) = (Sense::of(&from.text, ground.language), Sense::of(&to.text, ground.language));
            if from.likeness(&to) == Likeness::Same { None } else { by(from.order(&to)) }
        }
        (Value::Figures(from), Value::Figures(to)) => {
            let (from, to) = (Sense::of(&from.text, ground.language), Sense::of(&to.text, ground.language));
            if from.has_amounts_of(&to) { None } else { by(None) }
        }
        (Value::Whole(..), Value::Whole(..)) => None,
        (from, to) if from == to => None,
        (from, to) => by(from.order(to, ground.calendar)),
    };
    found.into_iter().collect()
}

/// Compares texts that bind: which are gone, which are new, and which say something else.
fn texts(
    (from, to): (&[Said], &[Said]),
    one: impl Fn(What) -> Differs,
    (rule, ground): (Rule, Ground<'_>),
) -> Vec<Differs> {
    let senses = |all: &[Said]| all.iter().map(|it| Sense::of(&it.text, ground.language)).collect::<Vec<_>>();
    let pairs = sense::pairs(&senses(from), &senses(to));
    let mut found = Vec::new();
    for (_, said) in from.iter().enumerate().filter(|(at, _)| !pairs.iter().any(|(from, ..)| from == at)) {
        found.push(Differs { before: said.text.clone(), after: String::new(), span: None, ..one(rule.less) });
    }
    for (at, now, likeness) in &pairs {
        if *likeness != Likeness::Same {
            let (before, after) = (from[*at].text.clone(), to[*now].text.clone());
            found.push(Differs { before, after, span: to[*now].span, ..one(rule.other) });
        }
    }
    for (_, said) in to.iter().enumerate().filter(|(now, _)| !pairs.iter().any(|(_, to, _)| to == now)) {
        found.push(Differs { before: String::new(), after: said.text.clone(), span: said.span, ..one(rule.more) });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kind::Kind;
    use crate::units::duration::Duration;
    use crate::units::money::Money;

    const GROUND: Ground<'_> = Ground { calendar: None, language: "en" };
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
        compare(&of(before), &of(after), GROUND).into_iter().map(|it| it.what).collect()
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
        let through = |calendar| {
            let ground = Ground { calendar, ..GROUND };
            compare(&of("10 business days"), &of("12 calendar days"), ground).remove(0).what
        };
        assert_eq!(through(None), What::RuleChanged);
        let bench = crate::calendar::Calendar::always();
        assert_eq!(through(Some(&bench)), What::Loosened);
    }

    #[test]
    fn things_that_come_are_more_and_things_that_go_are_less() {
        let rule = Rule::amount(What::ChannelAdded, What::ChannelRemoved);
        let of = |ids: &[&str]| Some(Value::Things(Kind::Channel, ids.iter().map(|id| (*id).to_owned()).collect()));
        assert_eq!(what(rule, of(&["a"]), of(&["a", "b"])), [What::ChannelAdded]);
        assert_eq!(what(rule, of(&["a", "b"]), of(&["b"])), [What::ChannelRemoved]);
        assert_eq!(what(rule, of(&["a"]), of(&["b"])), [What::RuleChanged]);
        assert_eq!(what(rule, of(&["a", "b"]), of(&["b", "a"])), []);
    }

    #[test]
    fn of_texts_it_is_told_which_are_new_which_are_gone_and_which_say_something_else() {
        let rule = Rule::amount(What::ExceptionAdded, What::ExceptionRemoved).or(What::ExceptionChanged);
        let of = |rule, texts: &[&str]| {
            let said = |text: &&str| Said { text: (*text).to_owned(), span: None };
            facts(&[("unless", rule, Value::Texts(texts.iter().map(said).collect()))])
        };
        let found = |rule, before: &[&str], after: &[&str]| -> Vec<(What, String, String)> {
            let found = compare(&of(rule, before), &of(rule, after), GROUND);
            found.into_iter().map(|it| (it.what, it.before, it.after)).collect()
        };
        let text = str::to_owned;
        assert_eq!(found(rule, &["it rains", "the door is shut"], &["The door was shut.", "it rains"]), []);
        let both = found(rule, &["it rains", "a strike"], &["a strike of the carrier", "it rains", "a flood"]);
        let changed = (What::ExceptionChanged, text("a strike"), text("a strike of the carrier"));
        assert_eq!(both, [changed, (What::ExceptionAdded, text(""), text("a flood"))]);
        let gone = (What::ExceptionRemoved, text("a strike"), text(""));
        assert_eq!(found(rule, &["it rains", "a strike"], &["it rains"]), [gone]);
        let loose = rule.or(What::Wording);
        assert_eq!(found(loose, &["it rains"], &["it pours"]), [], "where words do not bind, their number does");
    }

    #[test]
    fn a_text_that_binds_is_more_or_less_by_its_numbers_and_another_by_its_words() {
        let rule = Rule::amount(What::FeeRaised, What::FeeLowered).or(What::FeeChanged);
        let said = |text: &str| Some(Value::Said(Said { text: text.to_owned(), span: None }));
        let of = |before: &str, after: &str| what(rule, said(before), said(after));
        assert_eq!(of("flat 90 EUR", "flat 95 EUR"), [What::FeeRaised]);
        assert_eq!(of("flat 90 EUR", "90 EUR, flat"), []);
        assert_eq!(of("flat 90 EUR", "flat 90 EUR an hour"), [What::FeeChanged]);
    }

    #[test]
    fn a_case_with_a_longer_limit_is_an_exception_and_one_with_a_shorter_gives_more() {
        let duration = |text| Duration::parse(text).unwrap();
        let case = |own, calendar| {
            let limits = Some((duration(own), duration("14 calendar days")));
            let case = facts(&[("variants.it burns", LIMIT, Value::Whole(own.to_owned(), limits))]);
            let found = compare(&Facts::default(), &case, Ground { calendar, ..GROUND }).remove(0);
            (found.what, found.felt)
        };
        let bench = crate::calendar::Calendar::always();
        assert_eq!(case("15 business days", Some(&bench)), (What::ExceptionAdded, None));
        assert_eq!(case("15 business days", None), (What::ExceptionAdded, Some(Effect::Inside)));
        assert_eq!(case("1 week", None), (What::Tightened, None));
    }

    #[test]
    fn a_number_in_a_sentence_is_told_where_no_fact_tells_it() {
        let said = |text: &str| Value::Figures(Said { text: text.to_owned(), span: None });
        let figures = |text: &str| ("statement", Rule::always(What::StatementChanged), said(text));
        let of = |before: &str, after: &str| compare(&facts(&[figures(before)]), &facts(&[figures(after)]), GROUND);
        assert_eq!(of("It holds for 12 months.", "For 1 year it holds"), []);
        assert_eq!(of("It holds for 12 months.", "It holds for 6 months.")[0].what, What::StatementChanged);
        let both = |text: &str, limit: &str| facts(&[figures(text), ("limit", LIMIT, duration(limit))]);
        let found = compare(&both("In 2 weeks", "2 weeks"), &both("In 3 weeks", "3 weeks"), GROUND);
        assert_eq!(found.iter().map(|it| it.what).collect::<Vec<_>>(), [What::Loosened]);
    }

    #[test]
    fn where_a_whole_is_gone_its_parts_are_not_told() {
        let whole = ("remedy", Rule::amount(What::RemedyAdded, What::RemedyRemoved), Value::Word("yes".into()));
        let part = ("remedy.within", LIMIT, duration("2 weeks"));
        let both = facts(&[whole.clone(), part.clone()]);
        let found = compare(&both, &Facts::default(), GROUND);
        assert_eq!(found.iter().map(|it| it.what).collect::<Vec<_>>(), [What::RemedyRemoved]);
        assert_eq!(compare(&both, &facts(&[whole]), GROUND).remove(0).what, What::Loosened);
    }

    #[test]
    fn nothing_is_said_of_what_could_not_be_read() {
        let limit = facts(&[("limit", LIMIT, duration("2 weeks"))]);
        assert_eq!(compare(&limit, &Facts::without(&["limit"]), GROUND), []);
        assert_eq!(compare(&limit, &Facts::without(&["target"]), GROUND).len(), 1);
        let part = facts(&[("remedy", LIMIT, duration("1 week")), ("remedy.within", LIMIT, duration("2 weeks"))]);
        assert_eq!(compare(&part, &Facts::without(&["remedy"]), GROUND), []);
    }

    #[test]
    fn money_of_two_currencies_has_no_order() {
        let money = |text| Some(Value::Money(Money::parse(text).unwrap()));
        let rule = Rule::amount(What::FeeRaised, What::FeeLowered);
        assert_eq!(what(rule, money("20 EUR"), money("25 EUR")), [What::FeeRaised]);
        assert_eq!(what(rule, money("20 EUR"), money("25 CHF")), [What::RuleChanged]);
    }
}
