//! Words for a reader: the interface's texts with their plurals, and how durations, numbers, dates and lists are
//! written.
//!
//! All words and patterns stand in `themes/default/locales/*.yaml`; nothing here knows a language except the rules of
//! plurals and the direction of scripts. Not here: reading those files (`theme`), the texts of a handbook (`model`),
//! and time zones and working time (`calendar`). No file, no clock, no environment.

pub mod case;
pub mod catalogue;
pub mod dates;
pub mod durations;
pub mod languages;
pub mod numbers;
pub mod phrase;
pub mod plural;

use std::borrow::Cow;
use std::collections::BTreeMap;

use catalogue::{Catalogue, Text};

/// The language of the catalogue that stands in where a language lacks a word.
pub const FALLBACK: &str = "en";

/// A language as a reader meets it: its words, and the built-in English ones for what it lacks.
#[derive(Clone, Debug)]
pub struct Locale {
    tag: String,
    own: Catalogue,
    fallback: Catalogue,
}

impl Locale {
    /// Makes a locale of a BCP 47 tag, its own words, and the English ones for what it lacks.
    pub fn new(tag: &str, catalogue: Catalogue, fallback: Option<Catalogue>) -> Self {
        Self { tag: tag.to_owned(), own: catalogue, fallback: fallback.unwrap_or_default() }
    }

    /// Gives the language's tag.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Gives the tag of the language that the interface speaks: the locale's own, or English where it has no words.
    pub fn words_tag(&self) -> &str {
        if self.own.is_empty() && !self.fallback.is_empty() { FALLBACK } else { &self.tag }
    }

    /// Gives the direction of writing for the `dir` attribute: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        languages::direction(&self.tag)
    }

    /// Gives the language's name in the language itself.
    pub fn native_name(&self) -> &str {
        self.own_text("language.name").unwrap_or_else(|| languages::native_name(&self.tag))
    }

    /// Names another language in this one, as in *not yet translated into German*; by its own name where that is not
    /// known.
    pub fn language_name<'a>(&'a self, tag: &'a str) -> &'a str {
        let lower = tag.to_ascii_lowercase();
        let named = |tag: &str| self.find(&format!("language.names.{tag}")).map(|(_, text)| text.other());
        languages::candidates(&lower).find_map(named).unwrap_or_else(|| languages::native_name(tag))
    }

    /// Gives a word by its dotted key (`nav.services`): the language's own, else the English one, else the key itself.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).map_or(key, |(_, text)| text.other())
    }

    /// Tells whether the language or English has a text for a key.
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Fills the placeholders of a text: `{owner}` by the value named `owner`; one without a value stays as it is.
    pub fn phrase(&self, key: &str, values: &[(&str, &str)]) -> String {
        phrase::fill(self.word(key), |name, _| value(values, name))
    }

    /// Writes a text for a number of things: the plural form for `n`, with `{n}` as the number.
    pub fn count(&self, key: &str, n: u64) -> String {
        self.count_phrase(key, n, &[])
    }

    /// Writes a text for a number of things that has other placeholders besides `{n}`.
    pub fn count_phrase(&self, key: &str, n: u64, values: &[(&str, &str)]) -> String {
        let pattern = self.find(key).map_or(key, |(tag, text)| text.form(plural::category(tag, n)));
        let number = self.count_number(n);
        phrase::fill(pattern, |name, _| match name {
            "n" => Some(Cow::Borrowed(number.as_str())),
            _ => value(values, name),
        })
    }

    /// Lists those of some keys for which the language has no words of its own.
    pub fn missing<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        self.own.missing(keys)
    }

    /// Gives all texts below a key (`search`), by the rest of their keys, for scripts and templates; `""` gives all.
    ///
    /// A text with plural forms gives one entry a form: `results.one`, `results.other`. What the language lacks is
    /// English, marked by nothing.
    pub fn group(&self, key: &str) -> BTreeMap<String, &str> {
        let mut chosen: BTreeMap<&str, &Text> = self.fallback.below(key).collect();
        chosen.extend(self.own.below(key));
        let mut texts = BTreeMap::new();
        for (rest, text) in chosen {
            add_forms(&mut texts, rest, text);
        }
        texts
    }

    /// Joins things to a list: `a, b and c`; nothing gives an empty text.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        let Some((last, rest)) = items.split_last() else { return String::new() };
        let mut joined = String::new();
        for (at, item) in rest.iter().enumerate() {
            joined.push_str(if at == 0 { "" } else { self.word("list.separator") });
            joined.push_str(item.as_ref());
        }
        joined.push_str(if rest.is_empty() { "" } else { self.word("list.last") });
        joined.push_str(last.as_ref());
        joined
    }

    /// Puts a text into quotation marks.
    pub fn quote(&self, text: &str) -> String {
        format!("{}{text}{}", self.word("quote.open"), self.word("quote.close"))
    }

    /// Finds a text and the language that it is in.
    fn find(&self, key: &str) -> Option<(&str, &Text)> {
        let own = self.own.text(key).map(|text| (self.tag.as_str(), text));
        own.or_else(|| self.fallback.text(key).map(|text| (FALLBACK, text)))
    }

    /// Finds a text of the language's own, for what must not mix with English, such as the decimal sign.
    fn own_text(&self, key: &str) -> Option<&str> {
        self.own.text(key).map(Text::other)
    }
}

fn value<'v>(values: &[(&str, &'v str)], name: &str) -> Option<Cow<'v, str>> {
    values.iter().find(|(known, _)| *known == name).map(|(_, value)| Cow::Borrowed(*value))
}

fn add_forms<'t>(texts: &mut BTreeMap<String, &'t str>, key: &str, text: &'t Text) {
    match text {
        Text::Plain(words) => _ = texts.insert(key.to_owned(), words),
        Text::Plural(forms) => {
            for (category, words) in forms {
                texts.insert(format!("{key}.{}", category.name()), words);
            }
        }
    }
}

#[cfg(test)]
mod tests;
