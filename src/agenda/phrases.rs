//! What is due, in words: a line that names it, and what there is to know.

use super::since::{Differences, Since};
use super::{Item, Matter};
use crate::checks::review::changed::Change;
use crate::fields::text::Language;
use crate::locale::Locale;
use crate::model::kind::Kind;
use crate::model::lookup::Thing;

/// The most fields, sections or numbers that are listed.
const MOST_LISTED: usize = 4;

/// How things are named and words are chosen.
#[derive(Clone, Copy)]
pub struct Phrases<'a> {
    /// The words.
    pub locale: &'a Locale,
    /// The tags of the handbook's languages, the source language first.
    pub tags: &'a [String],
    /// Names a thing as plain text.
    pub name: &'a dyn Fn(&Thing) -> String,
}

impl Phrases<'_> {
    /// Names what is due: `Review: Repair in warranty`.
    pub fn title(&self, item: &Item) -> String {
        let name = self.thing(item);
        let key = format!("agenda.{}", item.matter.word());
        match item.matter.language() {
            Some(language) => self.phrase(&key, &[("thing", &name), ("language", self.language(language))]),
            None => self.phrase(&key, &[("thing", &name)]),
        }
    }

    /// Names a thing, with its service where it stands in one.
    fn thing(&self, item: &Item) -> String {
        let (kind, id) = &item.thing;
        let name = (self.name)(&item.thing);
        match id.rsplit_once('/').filter(|_| kind.is_within_service()) {
            Some((service, _)) => format!("{} · {name}", (self.name)(&(Kind::Service, service.to_owned()))),
            None => name,
        }
    }

    /// Tells what there is to know, a sentence a line; nothing where the title says all.
    pub fn details(&self, item: &Item) -> Vec<String> {
        let locale = self.locale;
        let one = match &item.matter {
            Matter::Review { last, every } => {
                self.phrase("agenda.reviewed", &[("date", &locale.date(*last)), ("every", &locale.every(*every))])
            }
            Matter::Changed { last, change: Change::Parts(parts) } => {
                let word =
                    |part: &crate::model::stamp::Part| locale.word(&format!("agenda.part.{}", part.word())).to_owned();
                let parts = locale.list(&parts.iter().map(word).collect::<Vec<_>>());
                match last {
                    Some(last) => {
                        self.phrase("agenda.parts_since", &[("parts", &parts), ("date", &locale.date(*last))])
                    }
                    None => self.phrase("agenda.parts", &[("parts", &parts)]),
                }
            }
            Matter::Changed { change: Change::Unreadable, .. } => locale.word("agenda.no_stamp").to_owned(),
            Matter::Moved { commit, services } => {
                locale.count_phrase("agenda.moved_by", *services as u64, &[("commit", commit)])
            }
            Matter::Ends => return Vec::new(),
            Matter::Result { last: Some(last) } => {
                self.phrase("agenda.last_result", &[("period", &locale.period(&last.written))])
            }
            Matter::Result { last: None } => locale.word("agenda.no_result").to_owned(),
            Matter::Stale { since: Since::Unknown, .. } => locale.word("agenda.since_unknown").to_owned(),
            Matter::Stale { since: Since::Known(differences), .. } => return self.differences(differences),
            Matter::Missing { fields, .. } if fields.is_empty() => return Vec::new(),
            Matter::Missing { fields, .. } => self.phrase("agenda.lacks", &[("fields", &self.few(fields))]),
        };
        vec![one]
    }

    fn differences(&self, differences: &Differences) -> Vec<String> {
        let locale = self.locale;
        let mut lines = Vec::new();
        if !differences.fields.is_empty() {
            lines.push(self.phrase("agenda.fields", &[("fields", &self.few(&differences.fields))]));
        }
        if !differences.sections.is_empty() {
            let name = |heading: &String| match heading.is_empty() {
                true => locale.word("agenda.opening").to_owned(),
                false => locale.quote(heading),
            };
            let names: Vec<String> = differences.sections.iter().map(name).collect();
            lines.push(self.phrase("agenda.sections", &[("sections", &self.few(&names))]));
        }
        let (before, now) = (&differences.numbers_before, &differences.numbers_now);
        lines.push(match before.is_empty() && now.is_empty() {
            true => locale.word("agenda.no_number").to_owned(),
            false => {
                let said = |numbers: &[String]| if numbers.is_empty() { "–".to_owned() } else { self.few(numbers) };
                self.phrase("agenda.numbers", &[("before", &said(before)), ("now", &said(now))])
            }
        });
        lines
    }

    /// Lists the first few of some words, and says how many more there are.
    fn few(&self, words: &[String]) -> String {
        let more = words.len().saturating_sub(MOST_LISTED);
        let mut shown: Vec<String> = words.iter().take(MOST_LISTED).cloned().collect();
        if more > 0 {
            shown.push(self.locale.count("agenda.more", more as u64));
        }
        self.locale.list(&shown)
    }

    fn language(&self, language: Language) -> &str {
        self.locale.language_name(self.tags.get(usize::from(language.0)).map_or("", String::as_str))
    }

    fn phrase(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.locale.phrase(key, values)
    }
}
