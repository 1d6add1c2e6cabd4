//! The text of the pages: prose by sections, and the smaller texts of things.

use super::entry::{Entry, OnPage, Place, Sort};
use crate::fields::text::{Language, Text};
use crate::model::document::Document;
use crate::model::kind::Kind;
use crate::model::playbook::Playbook;
use crate::model::quantity::Fee;
use crate::model::service::{Exception, Service};
use crate::pages::plain;
use crate::view::address;
use crate::view::writer::Writer;

/// How many characters a passage has at most, as far as its blocks allow.
const LONGEST: usize = 500;

/// Adds the prose of a document: headings as things, what stands below them as passages.
pub fn prose<T>(writer: &Writer<'_>, document: &Document<T>, service: Option<&str>, on: &mut OnPage) {
    let tongue = tag(writer, document.body_in(writer.language).1);
    for section in writer.sections(document, service) {
        let entry = || Entry::new(Sort::Section, section.anchor.as_str(), section.title.as_str()).spoken(tongue);
        if !section.title.is_empty() {
            on.things.push(entry());
        }
        on.passages.extend(passages(&section.text).into_iter().map(|passage| entry().saying(Place::Text, passage)));
    }
}

/// Gives the tag of the language in which a text is shown, where that is not the reader's.
pub fn tongue(writer: &Writer<'_>, text: &Text) -> String {
    text.get(writer.language).map(|(_, language)| tag(writer, language).to_owned()).unwrap_or_default()
}

fn tag<'a>(writer: &'a Writer<'_>, language: Language) -> &'a str {
    if language == writer.language { "" } else { &writer.shared.tags[usize::from(language.0)] }
}

/// Splits a text, one block a line, into passages of some blocks each.
fn passages(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match all.last_mut() {
            Some(last) if last.len() + line.len() < LONGEST => {
                last.push(' ');
                last.push_str(line);
            }
            _ => all.push(line.to_owned()),
        }
    }
    all
}

/// Adds the smaller texts of a service and of its standards, steps and promises.
pub fn service(writer: &Writer<'_>, service: &Document<Service>, on: &mut OnPage) {
    let fields = &service.fields;
    let mut texts: Vec<String> = vec![writer.bare(&fields.because, None)];
    texts.extend(fields.needs.0.iter().map(|need| writer.bare(&need.0.what, None)));
    if let Some(Fee::Text(text)) = &fields.fee {
        texts.push(writer.bare(text, None));
    }
    texts.extend(fields.exceptions.0.iter().map(|exception| match exception {
        Exception::Text(text) => writer.bare(text, None),
        Exception::Deviation(deviation) => writer.bare(&deviation.when, None),
    }));
    let own = tongue(writer, &fields.title);
    add(on, Entry::new(Sort::Section, "", "").spoken(own), &texts);
    let mut of_thing = |kind: Kind, inner: &str, given: &[&Text]| {
        let whole = format!("{}/{inner}", service.id);
        let anchor = address::anchor(writer.handbook(), kind, &service.id, inner);
        let title = plain(&writer.name(kind, &whole));
        let own = (kind, whole);
        let texts: Vec<String> = given.iter().map(|text| writer.bare(text, Some(&own))).collect();
        let spoken = given.iter().find(|text| !text.is_empty()).map(|text| tongue(writer, text));
        add(on, Entry::new(Sort::Section, anchor, title).spoken(spoken.unwrap_or_default()), &texts);
    };
    for row in fields.standards.iter() {
        let clock =
            row.value.clock.iter().flat_map(|clock| [&clock.start, &clock.stop].into_iter().chain(&clock.pause.0));
        let variants = row.value.variants.iter().map(|variant| &variant.when);
        of_thing(Kind::Standard, &row.id, &clock.chain(variants).collect::<Vec<_>>());
    }
    for row in fields.promises.iter() {
        let remedy = row.value.remedy.iter().flat_map(|remedy| [&remedy.what, &remedy.late]);
        let invoke = row.value.invoke.iter().map(|invoke| &invoke.how);
        of_thing(Kind::Promise, &row.id, &remedy.chain(invoke).chain(&row.value.unless).collect::<Vec<_>>());
    }
    for row in fields.steps.iter() {
        let step = &row.value;
        of_thing(
            Kind::Step,
            &row.id,
            &step.tells.0.iter().chain(&step.gives.0).chain([&step.when]).collect::<Vec<_>>(),
        );
    }
}

/// Adds what a playbook says and never says, each phrase on its own, and its other small texts.
pub fn playbook(writer: &Writer<'_>, playbook: &Document<Playbook>, on: &mut OnPage) {
    let fields = &playbook.fields;
    for (sort, phrases) in [(Sort::Say, &fields.say), (Sort::NeverSay, &fields.never_say)] {
        let phrase = |text| {
            let entry = Entry::new(sort, "", "").saying(Place::Statement, writer.bare(text, None));
            entry.spoken(tongue(writer, text))
        };
        on.passages.extend(phrases.iter().map(phrase));
    }
    texts(writer, "", &fields.skills, on);
    let when: Vec<Text> = fields.escalate.0.iter().map(|escalation| escalation.when.clone()).collect();
    texts(writer, "", &when, on);
}

/// Adds small texts of a page as one passage.
pub fn texts(writer: &Writer<'_>, anchor: &str, given: &[Text], on: &mut OnPage) {
    let texts: Vec<String> = given.iter().map(|text| writer.bare(text, None)).collect();
    let spoken = given.first().map(|text| tongue(writer, text)).unwrap_or_default();
    add(on, Entry::new(Sort::Section, anchor, "").spoken(spoken), &texts);
}

fn add(on: &mut OnPage, entry: Entry, texts: &[String]) {
    let text = joined(texts);
    if !text.is_empty() {
        on.passages.push(entry.saying(Place::Text, text));
    }
}

/// Joins texts that stand apart on the page.
pub fn joined(texts: &[String]) -> String {
    let given: Vec<&str> = texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    given.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_put_together_up_to_a_length_and_never_cut() {
        let long = "x".repeat(400);
        assert_eq!(passages(&format!("a\nb\n\n{long}\n{long}\nc")), [format!("a b {long}"), format!("{long} c")]);
        assert_eq!(passages(" \n"), [""; 0]);
        assert_eq!(passages(&"y".repeat(900)).len(), 1);
    }

    #[test]
    fn texts_that_stand_apart_are_joined_without_the_empty_ones() {
        assert_eq!(joined(&["a".into(), String::new(), "b".into()]), "a · b");
    }
}
