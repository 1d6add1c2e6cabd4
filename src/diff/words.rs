//! The words of a thing, field by field and language by language: all that is said and does not bind.

use std::collections::BTreeMap;

use crate::fields::text::{Language, SOURCE, Text};
use crate::fields::value::{Value, Visitor};

/// Texts by field and language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(BTreeMap<(String, Language), String>);

/// Tables whose things are compared one by one.
const TABLES: [&str; 4] = ["standards", "steps", "promises", "items"];

impl Words {
    /// Gathers the texts of a thing, without those of the things in its tables.
    pub fn of(value: &impl Value) -> Self {
        let mut gathering = Gathering::default();
        value.walk(&mut gathering);
        gathering.words
    }

    /// Adds a text.
    pub fn add(&mut self, field: &str, language: Language, text: &str) {
        self.0.insert((field.to_owned(), language), text.to_owned());
    }

    /// Gives the text of a field in a language; empty where there is none.
    pub fn get(&self, field: &str, language: Language) -> &str {
        self.0.get(&(field.to_owned(), language)).map_or("", String::as_str)
    }

    /// Walks over the texts of a language, with their fields.
    pub fn in_language(&self, language: Language) -> impl Iterator<Item = (&str, &str)> {
        let of = self.0.iter().filter(move |((_, found), _)| *found == language);
        of.map(|((field, _), text)| (field.as_str(), text.as_str()))
    }

    /// Gives all of the source language in one text, by which a thing is known again.
    pub fn source(&self) -> String {
        self.in_language(SOURCE).map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    }

    /// Finds what differs: in the source language, and in translations alone.
    pub fn differ<'a>(&'a self, after: &'a Words) -> Vec<Reworded<'a>> {
        let keys = self.0.keys().chain(after.0.keys());
        let mut found: Vec<Reworded<'a>> = Vec::new();
        let mut keys: Vec<_> = keys.collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let of = |words: &'a Words| words.0.get(key).map_or("", String::as_str);
            let (before, after) = (of(self), of(after));
            if before != after {
                found.push(Reworded { field: &key.0, language: key.1, before, after });
            }
        }
        found
    }
}

/// A text that is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reworded<'a> {
    /// The field.
    pub field: &'a str,
    /// The language.
    pub language: Language,
    /// What it said; empty where it said nothing.
    pub before: &'a str,
    /// What it says; empty where it says nothing.
    pub after: &'a str,
}

#[derive(Default)]
struct Gathering {
    words: Words,
    path: Vec<String>,
    count: usize,
}

impl Visitor for Gathering {
    fn enter(&mut self, key: &str) {
        self.path.push(key.to_owned());
        self.count = 0;
    }

    fn leave(&mut self) {
        self.path.pop();
    }

    fn text(&mut self, text: &Text) {
        if self.path.first().is_some_and(|first| TABLES.contains(&first.as_str())) {
            return;
        }
        self.count += 1;
        let mut field = self.path.join(".");
        if self.count > 1 {
            field.push_str(&format!(" {}", self.count));
        }
        for (language, version) in text.versions() {
            self.words.0.insert((field.clone(), language), version.value.clone());
        }
    }
}
