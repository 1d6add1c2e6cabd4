//! Amounts in sentences of languages that put spaces between words.
//!
//! Not here: words for numbers (`spelled`) and units (`unit_word`), and Chinese.

use super::amount::{Amount, Measure};
use super::digits::Style;
use super::token::{DASHES, Kind, Token, tokens, words_from};
use super::unnumbered::is_name;
use super::{article, spelled, unit_word};
use crate::units::duration::Unit;

/// A language whose words are known, or any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Any other.
    Other,
}

/// A number among the tokens.
#[derive(Clone, Copy, Debug)]
struct Number {
    thousandths: u64,
    /// The token after it.
    end: usize,
    in_words: bool,
    is_article: bool,
    /// The unit that is a part of the same word.
    measure: Option<Measure>,
}

/// Reads the amounts of a text.
pub(super) fn read(text: &str, tongue: Tongue, style: Style) -> Vec<Amount> {
    let tokens = tokens(text, style);
    let reader = Reader { tokens: &tokens, tongue };
    let (mut amounts, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        match reader.amount(at) {
            Some((amount, end)) => {
                amounts.extend(amount);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    joined(text, amounts)
}

struct Reader<'a> {
    tokens: &'a [Token],
    tongue: Tongue,
}

impl Reader<'_> {
    /// Reads what begins at a token: an amount, or a number that counts nothing; gives the token after it.
    fn amount(&self, at: usize) -> Option<(Option<Amount>, usize)> {
        let is_money = self.is_currency(at);
        let start = at + usize::from(is_money);
        let first = self.number(start)?;
        if is_money && !first.in_words {
            return Some((Some(self.made(at, &first, None, (Measure::Money, first.end))), first.end));
        }
        let single = self.measure(&first);
        let (second, unit) = match self.second(start, &first, single) {
            Some((second, unit)) => (Some(second), unit),
            None => (None, single),
        };
        let number = second.unwrap_or(first);
        if let Some((measure, end)) = unit {
            if !self.is_counted(start, (&first, second.as_ref()), measure, end) {
                let minutes = matches!(self.tokens.get(end), Some(Token { kind: Kind::Number(_), .. }));
                return Some((None, end + usize::from(minutes && self.tongue == Tongue::French)));
            }
            let (measure, end) = self.rate(measure, end);
            let mut amount = self.made(at, &first, second, (measure, end));
            let half = self.half_after(end).filter(|_| amount.is_time());
            amount.thousandths = amount.thousandths.saturating_add(half.map_or(0, |_| 500));
            let end = half.unwrap_or(end);
            amount.range.end = self.tokens.get(end - 1).map_or(amount.range.end, |last| last.range.end);
            return Some((Some(amount), end));
        }
        if number.is_article
            || first.is_article
            || is_name(self.tongue, self.tokens, (start, number.end), first.thousandths)
        {
            return Some((None, first.end));
        }
        Some((Some(self.made(at, &first, second, (Measure::Other, number.end))), number.end))
    }

    fn made(&self, at: usize, first: &Number, second: Option<Number>, (measure, end): (Measure, usize)) -> Amount {
        let start = self.tokens.get(at).map_or(0, |token| token.range.start);
        let end = self.tokens.get(end.saturating_sub(1)).map_or(start, |token| token.range.end);
        let to = second.map(|second| second.thousandths);
        Amount { range: start..end, thousandths: first.thousandths, to, measure, in_words: first.in_words }
    }

    /// Reads a number, in digits or words, with the same number in brackets behind it.
    fn number(&self, at: usize) -> Option<Number> {
        let first = self.plain_number(at)?;
        let open = self.tokens.get(first.end).is_some_and(|token| token.is_sign(&['(']));
        let again = open.then(|| self.plain_number(first.end + 1)).flatten();
        let closed = |again: &Number| self.tokens.get(again.end).is_some_and(|token| token.is_sign(&[')']));
        match again.filter(|again| again.thousandths == first.thousandths && closed(again)) {
            Some(again) => Some(Number { end: again.end + 1, is_article: false, ..first }),
            None => Some(first),
        }
    }

    fn plain_number(&self, at: usize) -> Option<Number> {
        let token = self.tokens.get(at)?;
        if let Kind::Number(thousandths) = token.kind {
            return Some(Number { thousandths, end: at + 1, in_words: false, is_article: false, measure: None });
        }
        let word = token.word()?;
        let words = words_from(self.tokens, at, 6);
        let plain: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let read = match self.tongue {
            Tongue::English => spelled::english(&plain),
            Tongue::French => spelled::french(&plain),
            Tongue::German => {
                if let Some((thousandths, measure)) = unit_word::german_compound(word) {
                    let number = Number { thousandths, end: at + 1, in_words: true, is_article: false, measure: None };
                    return Some(Number { measure: Some(measure), ..number });
                }
                spelled::german(word)
            }
            Tongue::Other => None,
        }?;
        let end = words.get(read.words.checked_sub(1)?)?.1;
        let is_article = read.is_article && read.thousandths == 1000;
        Some(Number { thousandths: read.thousandths, end, in_words: true, is_article, measure: None })
    }

    /// Finds what a number counts, with the token after it.
    fn measure(&self, number: &Number) -> Option<(Measure, usize)> {
        if let Some(measure) = number.measure {
            return Some((measure, number.end));
        }
        let next = self.tokens.get(number.end)?;
        if next.is_sign(&['%', '％']) {
            return Some((Measure::Percent, number.end + 1));
        }
        if let Some(end) = self.per_hundred(number.end) {
            return Some((Measure::Percent, end));
        }
        if next.is_sign(&['×']) && self.tokens.get(number.end + 1).is_none_or(|after| after.word().is_some()) {
            return Some((Measure::Times, number.end + 1));
        }
        if next.is_sign(&['€', '£', '$', '¥']) {
            return Some((Measure::Money, number.end + 1));
        }
        self.unit(number.end)
    }

    /// Finds the French `p. 100`.
    fn per_hundred(&self, at: usize) -> Option<usize> {
        let is_hundred = |at: usize| matches!(self.tokens.get(at), Some(Token { kind: Kind::Number(100_000), .. }));
        let word = self.tokens.get(at).and_then(Token::word).filter(|_| self.tongue == Tongue::French)?;
        let dot = usize::from(self.tokens.get(at + 1).is_some_and(|token| token.is_sign(&['.'])));
        (matches!(word, "p" | "pour") && is_hundred(at + 1 + dot)).then_some(at + 2 + dot)
    }

    fn unit(&self, at: usize) -> Option<(Measure, usize)> {
        let words = words_from(self.tokens, at, 5);
        let plain: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let (measure, used) = match self.tongue {
            Tongue::English => unit_word::english(&plain),
            Tongue::German => unit_word::german(&plain),
            Tongue::French => unit_word::french(&plain),
            Tongue::Other => plain.first().filter(|word| unit_word::is_currency(word)).map(|_| (Measure::Money, 1)),
        }?;
        Some((measure, words.get(used.checked_sub(1)?)?.1))
    }

    /// Reads the second number of a span; gives it with the unit of both.
    fn second(
        &self,
        at: usize,
        first: &Number,
        own: Option<(Measure, usize)>,
    ) -> Option<(Number, Option<(Measure, usize)>)> {
        if first.is_article {
            return None;
        }
        let from = own.map_or(first.end, |(_, end)| end);
        let is_next = |second: u64| second == first.thousandths.saturating_add(1000);
        let (start, only_next) = self.link(at, from)?;
        let second = self.number(start).filter(|second| !second.is_article)?;
        let unit = self.measure(&second);
        let same = match (own, unit) {
            (None, _) => true,
            (Some((measure, _)), Some((other, _))) => measure == other,
            (Some(_), None) => false,
        };
        let fits = second.thousandths > first.thousandths && (!only_next || is_next(second.thousandths));
        let in_kind = unit.is_some() || (!only_next && !first.in_words && !second.in_words);
        (same && fits && in_kind).then_some((second, unit))
    }

    /// Finds what links two numbers: gives the token after it, and whether only neighbours such as `2 or 3` are a span.
    fn link(&self, at: usize, from: usize) -> Option<(usize, bool)> {
        let dash = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_sign(&DASHES));
        let at_word = from + usize::from(dash(from));
        if let Some(word) = self.tokens.get(at_word).and_then(Token::word) {
            let before = at.checked_sub(1).and_then(|before| self.tokens.get(before)).and_then(Token::word);
            let between = matches!(before, Some("between" | "zwischen" | "entre"));
            let after = at_word + 1 + usize::from(dash(at_word + 1));
            return match (self.tongue, word) {
                (Tongue::English, "to") | (Tongue::German, "bis") | (Tongue::French, "à") => Some((after, false)),
                (Tongue::English, "and") | (Tongue::German, "und") | (Tongue::French, "et") if between => {
                    Some((after, false))
                }
                (Tongue::English, "or") | (Tongue::German, "oder") | (Tongue::French, "ou") => Some((after, true)),
                _ => None,
            };
        }
        dash(from).then_some((from + 1, false))
    }

    /// Tells whether a number before a unit counts it: `an hour`, but not `one day` or `eines Tages` in passing.
    fn is_counted(&self, at: usize, (first, second): (&Number, Option<&Number>), measure: Measure, end: usize) -> bool {
        if self.tokens.get(at).is_some_and(|token| token.is_glued)
            && at.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|token| token.is_sign(&['+', '#']))
        {
            return false;
        }
        let hour = matches!(measure, Measure::Time(Unit::Hour));
        let to = second.map(|second| second.thousandths);
        if self.tongue == Tongue::French && hour && !first.in_words && article::is_french_hour(self.tokens, at, end, to)
        {
            return false;
        }
        !first.is_article || article::counts(self.tongue, self.tokens, at, measure)
    }

    /// Finds out whether time is told for each day or week: `24 hours a day`.
    fn rate(&self, measure: Measure, end: usize) -> (Measure, usize) {
        let is_time = matches!(measure, Measure::Time(_) | Measure::Days);
        match article::period_after(self.tongue, self.tokens, end).filter(|_| is_time) {
            Some(end) => (Measure::Rate, end),
            None => (measure, end),
        }
    }

    /// Finds `and a half` behind a unit.
    fn half_after(&self, end: usize) -> Option<usize> {
        let words = words_from(self.tokens, end, 3);
        let plain: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        match plain.as_slice() {
            ["and", "a", "half"] => Some(words.get(2)?.1),
            ["et", "demi" | "demie", ..] => Some(words.get(1)?.1),
            _ => None,
        }
    }

    fn is_currency(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let is_number = matches!(self.tokens.get(at + 1), Some(Token { kind: Kind::Number(_), .. }));
        let is_word = token.word().is_some_and(|word| word.len() == 3 && unit_word::is_currency(word));
        is_number && (token.is_sign(&['€', '£', '$', '¥']) || is_word)
    }
}

/// Joins hours and minutes, and makes the hours before `7 days a week` a rate.
fn joined(text: &str, amounts: Vec<Amount>) -> Vec<Amount> {
    let mut done: Vec<Amount> = Vec::with_capacity(amounts.len());
    for amount in amounts {
        let between = |last: &Amount| {
            let gap = text.get(last.range.end..amount.range.start).unwrap_or_default();
            gap.trim_matches([' ', '\u{a0}', ',']).to_lowercase()
        };
        if let Some(last) = done.last_mut() {
            let gap = between(last);
            if amount.measure == Measure::Rate
                && last.is_time()
                && matches!(gap.as_str(), "" | "and" | "und" | "et" | "/")
            {
                last.measure = Measure::Rate;
            }
            let link = matches!(gap.as_str(), "" | "and" | "und" | "et");
            if link && let Some(sum) = sum(last, &amount) {
                *last = Amount { range: last.range.start..amount.range.end, ..sum };
                continue;
            }
        }
        done.push(amount);
    }
    done
}

/// Adds `1 hour` and `30 minutes`.
fn sum(first: &Amount, second: &Amount) -> Option<Amount> {
    let fits = matches!(
        (first.measure, second.measure),
        (Measure::Time(Unit::Hour), Measure::Time(Unit::Minute))
            | (Measure::Time(Unit::Minute), Measure::Time(Unit::Second))
    );
    let whole = first.to.is_none() && second.to.is_none() && second.thousandths < 60_000;
    let thousandths = first.thousandths.checked_mul(60)?.checked_add(second.thousandths)?;
    (fits && whole).then(|| Amount { thousandths, ..second.clone() })
}
