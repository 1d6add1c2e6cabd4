//! What has changed in a text since it was translated: which fields, which sections, and whether a number.
//!
//! Not here: where the earlier texts come from (git, through the binary).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::checks::fingerprint;
use crate::fields::text::Text;
use crate::fields::value::{Value, Visitor};
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::parse::document::{Family, read};
use crate::source::{FileId, SourceTree};
use crate::wording::amount;

/// What has changed since a text was translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// The text that was translated is not known.
    Unknown,
    /// It is, and these parts differ.
    Known(Differences),
}

/// In what two versions of a text differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// The fields: `standards/quick/statement`.
    pub fields: Vec<String>,
    /// The headings of the sections of prose; an empty one is what stands before the first.
    pub sections: Vec<String>,
    /// The numbers that were there and are no more.
    pub numbers_before: Vec<String>,
    /// The numbers that are there now.
    pub numbers_now: Vec<String>,
}

/// Finds the version of a document that was translated among earlier texts of its file, and says in what it differs.
pub fn since<T: Value + Default>(
    document: &Document<T>,
    (kind, translated): (Kind, &str),
    earlier: &[String],
    languages: &[String],
) -> Since {
    let versions = earlier.iter().filter_map(|text| version::<T>(text, (kind, &document.id), languages));
    let before = versions.into_iter().find(|version| fingerprint::of(version) == translated);
    match before {
        Some(before) => Since::Known(differences(&before, document, languages)),
        None => Since::Unknown,
    }
}

fn version<T: Value + Default>(text: &str, (kind, id): (Kind, &str), languages: &[String]) -> Option<Arc<Document<T>>> {
    let tree = SourceTree::from_texts([("earlier.md", text)]);
    let family = Family { source: Some(FileId(0)), ..Family::new(kind, id) };
    read::<T>(&family, &tree, languages).document
}

fn differences<T: Value>(before: &Document<T>, now: &Document<T>, languages: &[String]) -> Differences {
    let tag = languages.first().map_or("", String::as_str);
    let (old, new) = (texts(before), texts(now));
    let (old_prose, new_prose) = (sections(before.body.text()), sections(now.body.text()));
    let mut changed = Differences::default();
    let mut numbers = Numbers::default();
    for (key, before, now) in pairs(&old, &new) {
        changed.fields.push(key);
        numbers.add(before, now, tag);
    }
    for (key, before, now) in pairs(&old_prose, &new_prose) {
        changed.sections.push(key);
        numbers.add(before, now, tag);
    }
    (changed.numbers_before, changed.numbers_now) = numbers.differing();
    changed
}

/// Gives what stands under a key in one version and differs in the other.
fn pairs<'a>(
    old: &'a BTreeMap<String, String>,
    new: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = (String, &'a str, &'a str)> {
    let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter().filter_map(move |key| {
        let of = |texts: &'a BTreeMap<String, String>| texts.get(key).map_or("", String::as_str);
        let (before, now) = (of(old), of(new));
        (before != now).then(|| (key.clone(), before, now))
    })
}

/// Gives the texts of a document in its source language, by field.
fn texts<T: Value>(document: &Document<T>) -> BTreeMap<String, String> {
    let mut listener = Listener::default();
    document.fields.walk(&mut listener);
    listener.texts
}

/// Collects texts with the way to them.
#[derive(Default)]
struct Listener {
    way: Vec<String>,
    texts: BTreeMap<String, String>,
}

impl Visitor for Listener {
    fn enter(&mut self, key: &str) {
        self.way.push(key.to_owned());
    }

    fn leave(&mut self) {
        self.way.pop();
    }

    fn text(&mut self, text: &Text) {
        if !text.is_empty() {
            self.texts.insert(self.way.join("/"), text.source().replace("\r\n", "\n"));
        }
    }
}

/// Splits prose at its headings; sections under the same heading are one.
fn sections(prose: &str) -> BTreeMap<String, String> {
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    let mut heading = String::new();
    for line in prose.lines().map(str::trim_end) {
        if line.starts_with('#') {
            heading = line.trim_start_matches('#').split('{').next().unwrap_or_default().trim().to_owned();
        }
        let section = sections.entry(heading.clone()).or_default();
        section.push_str(line);
        section.push('\n');
    }
    sections.values_mut().for_each(|text| *text = text.trim().to_owned());
    sections.retain(|_, text| !text.is_empty());
    sections
}

/// The numbers of two versions, each as it is written with its unit.
#[derive(Default)]
struct Numbers {
    before: Vec<String>,
    now: Vec<String>,
}

impl Numbers {
    fn add(&mut self, before: &str, now: &str, tag: &str) {
        let of = |text: &str| -> Vec<String> {
            let amounts = amount::read(text, tag);
            amounts.into_iter().filter_map(|it| text.get(it.range).map(str::to_owned)).collect()
        };
        self.before.extend(of(before));
        self.now.extend(of(now));
    }

    /// Gives those that only one version has, in the order of the text.
    fn differing(self) -> (Vec<String>, Vec<String>) {
        let Self { mut before, mut now } = self;
        before.retain(|number| match now.iter().position(|other| other == number) {
            Some(at) => {
                now.remove(at);
                false
            }
            None => true,
        });
        (before, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::bench::{look, tree};
    use crate::model::page::Page;

    const BEFORE: &str = "---\ntitle: Why\nkind: guide\nchanged: [We ring]\n---\nWe answer in 10 business days.\n\n## Then {#then}\nWe rest.\n";

    /// Says what differs in a page from `BEFORE`, which is in its history among others.
    fn found(now: &str) -> Since {
        let files = tree(&[("pages/why.md", now)]);
        let (checked, _) = look(&files);
        let page = &checked.handbook().pages["why"];
        let languages = ["en".to_owned(), "de".to_owned()];
        let translated = fingerprint::of(&version::<Page>(BEFORE, (Kind::Page, "why"), &languages).unwrap());
        let earlier = ["no front matter".to_owned(), now.to_owned(), BEFORE.to_owned()];
        since(page, (Kind::Page, &translated), &earlier, &languages)
    }

    #[test]
    fn fields_sections_and_numbers_that_differ_are_named() {
        let now =
            BEFORE.replace("We ring", "We write").replace("10 business", "12 business").replace("rest.", "sleep.");
        let Since::Known(differences) = found(&now) else { panic!("the text is not known") };
        assert_eq!(
            (differences.fields, differences.sections),
            (vec!["changed/0".into()], vec!["".into(), "Then".into()])
        );
        assert_eq!(differences.numbers_before, ["10 business days"]);
        assert_eq!(differences.numbers_now, ["12 business days"]);
    }

    #[test]
    fn a_number_that_only_moves_has_not_changed() {
        let now = BEFORE.replace("We answer in 10 business days.", "In 10 business days we answer.");
        let Since::Known(differences) = found(&now) else { panic!("the text is not known") };
        assert_eq!((differences.sections.len(), differences.numbers_before.len()), (1, 0));
        assert_eq!(differences.numbers_now, [""; 0]);
    }

    #[test]
    fn a_text_that_was_never_there_is_not_known() {
        let files = tree(&[("pages/why.md", BEFORE)]);
        let (checked, _) = look(&files);
        let page = &checked.handbook().pages["why"];
        let languages = ["en".to_owned()];
        assert_eq!(since(page, (Kind::Page, "0123456789ab"), &[BEFORE.to_owned()], &languages), Since::Unknown);
        assert_eq!(since(page, (Kind::Page, "0123456789ab"), &[], &languages), Since::Unknown);
    }
}
