//! Whether two short texts say the same: by the words that carry the sense, and by their numbers.
//!
//! Nothing is understood here. Inflection, order, small words and misspellings do not count; a word that is added, taken away or
//! put in the place of another does, and so does a number. Not here: which texts bind (`facts`).

use std::cmp::Ordering;

use crate::wording::amount::{self, Amount, Measure};
use crate::wording::word::words;

/// How much of the words of two texts has to be the same for the rest to be a matter of style.
const ALIKE: f64 = 0.7;

/// Words that carry no sense of their own, in English and German; those that turn a sentence round are not among them.
const SMALL: &str = "a an the of to in on at by for with from is are was were be been being has have had do does did will would \
    shall can could may might it its it's this that these those we our us you your they their them he she his her and or as which \
    who whom when where if there then so also just please i my me \
    der die das den dem des ein eine einen einem einer eines und oder ist sind war waren wird werden wurde wurden worden hat haben \
    hatte hatten es sie er wir uns unser unsere unserem unseren ihr ihre ihrem ihren ihnen im in am an auf bei beim von vom zu zum \
    zur mit für als dass wenn falls wo sich so auch dann dieser diese dieses ich mein meine";

/// The same in Chinese, where each sign is a word here.
const SMALL_SIGNS: &str = "的了是在已经我们您你他她它把被和与及并就也都这那个";

/// Words that turn a sentence round, so that one more or less of them is never a matter of style.
const TURNING: &str = "not no never none without only unless except before after until over under more less most least nicht kein \
    keine keinen nie ohne nur außer vor nach bis über unter mehr weniger 不 没 未 无 只 仅 前 后 非";

/// What a text says, as far as it can be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sense {
    words: Vec<String>,
    amounts: Vec<Amount>,
}

/// How what two texts say compares.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Likeness {
    /// They share no word; it may be the same in other words, or another thing.
    None,
    /// They share this part of their words, and say something else.
    Part(f64),
    /// They say the same.
    Same,
}

impl Sense {
    /// Reads a text in a language, by its tag.
    pub fn of(text: &str, language: &str) -> Self {
        let amounts = amount::read(text, language);
        let mut rest = text.to_owned();
        for amount in amounts.iter().rev() {
            rest.replace_range(amount.range.clone(), " ");
        }
        let mut found = Vec::new();
        for word in words(&rest) {
            if word.folded.chars().any(is_sign) {
                found.extend(word.folded.chars().filter(|sign| !SMALL_SIGNS.contains(*sign)).map(String::from));
            } else if !is_among(&word.folded, SMALL) {
                found.push(word.folded);
            }
        }
        Self { words: found, amounts }
    }

    /// Compares it with another.
    pub fn likeness(&self, other: &Self) -> Likeness {
        let mut left: Vec<&str> = other.words.iter().map(String::as_str).collect();
        let mut gone: Vec<&str> = Vec::new();
        for word in &self.words {
            match left.iter().position(|it| is_same(word, it)) {
                Some(at) => drop(left.swap_remove(at)),
                None => gone.push(word),
            }
        }
        let shared = self.words.len() - gone.len();
        let all = shared + gone.len() + left.len();
        if gone.is_empty() && left.is_empty() && self.has_amounts_of(other) {
            return Likeness::Same;
        }
        if shared == 0 {
            return Likeness::None;
        }
        let part = shared as f64 / all as f64;
        let is_replaced = !gone.is_empty() && !left.is_empty();
        let is_turned = gone.iter().chain(&left).any(|word| is_among(word, TURNING));
        match part >= ALIKE && is_replaced && !is_turned && self.has_amounts_of(other) {
            true => Likeness::Same,
            false => Likeness::Part(part),
        }
    }

    /// Tells whether it has the numbers of another, in any order.
    pub fn has_amounts_of(&self, other: &Self) -> bool {
        let mut left: Vec<&Amount> = other.amounts.iter().collect();
        let found = self.amounts.iter().all(|amount| {
            let at = left.iter().position(|it| of_amounts(amount, it) == Some(Ordering::Equal));
            at.is_some_and(|at| {
                left.swap_remove(at);
                true
            })
        });
        found && left.is_empty()
    }

    /// Tells whether it is more or less than another that differs in its numbers alone: more money, a larger share, a shorter time.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        let bare = |sense: &Self| Self { amounts: Vec::new(), ..sense.clone() };
        if self.amounts.len() != other.amounts.len() || bare(self).likeness(&bare(other)) != Likeness::Same {
            return None;
        }
        let mut found = Ordering::Equal;
        for (one, two) in self.amounts.iter().zip(&other.amounts) {
            let order = match of_amounts(one, two)? {
                Ordering::Equal => continue,
                order if one.is_time() => order.reverse(),
                order if matches!(one.measure, Measure::Money | Measure::Percent) => order,
                _ => return None,
            };
            if found == order.reverse() {
                return None;
            }
            found = order;
        }
        (found != Ordering::Equal).then_some(found)
    }
}

/// Finds which of some texts is which of some others: the likest first, then in their order; those that are left have none.
pub fn pairs(old: &[Sense], new: &[Sense]) -> Vec<(usize, usize, Likeness)> {
    let mut candidates: Vec<(Likeness, usize, usize)> = Vec::new();
    for (at, from) in old.iter().enumerate() {
        candidates.extend(new.iter().enumerate().map(|(now, to)| (from.likeness(to), at, now)));
    }
    candidates.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut found: Vec<(usize, usize, Likeness)> = Vec::new();
    for (likeness, at, now) in candidates {
        if !found.iter().any(|(one, other, _)| *one == at || *other == now) {
            found.push((at, now, likeness));
        }
    }
    found.sort_by_key(|(at, ..)| *at);
    found
}

fn of_amounts(one: &Amount, two: &Amount) -> Option<Ordering> {
    match (one.on_clock(), two.on_clock()) {
        (Some((clock, from)), Some((other, to))) if clock == other && one.to.is_none() && two.to.is_none() => {
            Some(from.cmp(&to))
        }
        (None, None) if one.measure == two.measure && one.to == two.to => Some(one.thousandths.cmp(&two.thousandths)),
        _ => (one.measure == two.measure && (one.thousandths, one.to) == (two.thousandths, two.to))
            .then_some(Ordering::Equal),
    }
}

fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn is_among(word: &str, list: &str) -> bool {
    list.split(' ').any(|it| it == word)
}

/// Tells whether two words are one word in two forms, or misspelt.
fn is_same(one: &str, two: &str) -> bool {
    if one == two {
        return true;
    }
    let shared = one.chars().zip(two.chars()).take_while(|(a, b)| a == b).count();
    let (rest, other) = (one.chars().count() - shared, two.chars().count() - shared);
    let is_form = match shared {
        0..=3 => false,
        4 => rest.max(other) <= 2 || (rest.min(other) <= 1 && rest.max(other) == 3),
        _ => rest.max(other) <= 3,
    };
    let is_misspelt = shared > 0 && shared + rest.min(other) >= 6 && strsim::osa_distance(one, two) == 1;
    is_form || is_misspelt
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, two: &str, language: &str) -> Likeness {
        Sense::of(one, language).likeness(&Sense::of(two, language))
    }

    #[test]
    fn form_order_and_small_words_are_style() {
        let rows = [
            ("complete fault report received", "the complete fault report has been received.", "en"),
            ("labour refunded", "We refund the labour", "en"),
            ("the customer recieves it", "The customer receives it", "en"),
            ("within 12 months of purchase", "within 1 year of purchase", "en"),
            ("vollständige Störungsmeldung liegt vor", "Die vollständigen Störungsmeldungen liegen vor", "de"),
            ("故障登记完整了", "故障登记已经完整", "zh"),
        ];
        for (one, two, language) in rows {
            assert_eq!(likeness(one, two, language), Likeness::Same, "{one} → {two}");
        }
        let long = "you approved the quote later than 10 business days after it was sent to your address";
        assert_eq!(likeness(long, &long.replace("approved", "accepted"), "en"), Likeness::Same);
    }

    #[test]
    fn what_is_added_taken_away_or_put_in_place_is_another_thing() {
        let rows = [
            ("complete fault report received", "the technician has found the fault"),
            ("complete fault report received", "complete fault report checked"),
            ("there was snow on the road", "there was snow or rain on the road"),
            ("runner laid, shoe covers on, packing taken along", "runner laid, shoe covers on"),
            ("the door stayed shut inside the window", "the door stayed shut outside the window"),
            ("10 days after the report", "12 days after the report"),
        ];
        for (one, two) in rows {
            assert!(matches!(likeness(one, two, "en"), Likeness::Part(_)), "{one} → {two}");
        }
        assert_eq!(likeness("on receipt", "on diagnosis", "en"), Likeness::None);
        let long = "the customer who has ordered further work has approved a new written estimate before it began";
        assert!(matches!(likeness(long, &long.replace("before", "after"), "en"), Likeness::Part(_)));
        assert!(matches!(likeness("设备送到我们店里", "设备送到顾客家里", "zh"), Likeness::Part(_)));
    }

    #[test]
    fn where_numbers_alone_differ_there_is_more_or_less() {
        let order = |one: &str, two: &str| Sense::of(one, "en").order(&Sense::of(two, "en")).map(Ordering::reverse);
        assert_eq!(order("labour at 90 EUR", "labour at a flat 90 EUR"), None);
        assert_eq!(order("labour at 90 EUR", "labour at 95 EUR"), Some(Ordering::Greater));
        assert_eq!(order("20% off", "10% off"), Some(Ordering::Less));
        assert_eq!(order("15 minutes at most", "20 minutes at most"), Some(Ordering::Less));
        assert_eq!(order("20 EUR, or 40 EUR", "25 EUR, or 35 EUR"), None);
        assert_eq!(order("three calls", "two calls"), None);
    }

    #[test]
    fn the_likest_are_the_same_and_what_is_left_goes_in_order() {
        let of = |texts: &[&str]| texts.iter().map(|text| Sense::of(text, "en")).collect::<Vec<_>>();
        let found = pairs(&of(&["it rains", "the door was shut", "a strike"]), &of(&["shut was the door", "a flood"]));
        assert_eq!(found, [(0, 1, Likeness::None), (1, 0, Likeness::Same)]);
    }
}
